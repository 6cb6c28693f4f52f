import { isLanguageTag } from '../../language/text/language-tag.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Reply } from '../../say/reply.ts';
import type { StoreKey } from '../../store/keys.ts';
import { answerNotice, answerWith, type Outcome, sendReplies } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { headOf } from './meeting-card.ts';
import { problemOf } from './refusals.ts';

/** How somebody wants an invitation; `isThere`: on the card where they asked, which shows one already. */
type InviteWish = { language: string | null; as: 'card' | 'text'; isThere: boolean };

/** What the buttons of an invitation bring. */
export function readInvite({ language, as, isThere }: CardAction['data']): InviteWish {
  return {
    language: isLanguageTag(language) ? language : null,
    as: as === 'text' ? 'text' : 'card',
    isThere: isThere === true,
  };
}

/** *Invitation*: the text to pass on, as a message of its own; in another language, on the card that shows it. */
export async function postInvitation(
  record: MeetingRecord,
  { language, as, isThere }: InviteWish,
  scope: GraphScope,
): Promise<Outcome> {
  const reply = await readInvitation(record, { language, as }, scope);
  if (isThere && as === 'card') return answerWith('invited', { kind: 'card', reply });
  if (!(await isFirstClick(record.id, { language, as }, scope))) return answerNotice('invited');
  const { place } = scope.turn;
  const origin = { conversation: scope.turn.conversation, place, isPrivate: true as const };
  return {
    ...sendReplies('invited', reply),
    answer: { kind: 'posted', notice: 'invited' },
    ...(record.isPrivate && { origin }),
  };
}

/** A second click within this time is the same one: people double-click, and Teams asks again. */
const ONCE_MS = 5_000;

function isFirstClick(
  id: string,
  { language, as }: Pick<InviteWish, 'language' | 'as'>,
  { services, owner, turn }: TurnScope,
): Promise<boolean> {
  const key: StoreKey = `invite:${id}:${turn.conversation}:${as}:${language ?? ''}`;
  return services.store.claim({ tenant: owner.tenant }, key, services.now().toMillis() + ONCE_MS);
}

/** The card of a meeting that was just made, and its invitation where one was asked for in words. */
export async function withInvitation(
  outcome: Outcome,
  record: MeetingRecord,
  scope: GraphScope,
): Promise<Outcome> {
  if (record.invitation === undefined) return outcome;
  const wish = { language: record.invitation, as: 'card' } as const;
  const also = await readInvitation(record, wish, scope).catch((error: unknown): Reply => {
    // The meeting is there: that its invitation is not is no reason to say that it failed. Bugs are thrown on.
    problemOf(error, scope.services.access.mode);
    return { kind: 'notice', notice: 'invitationLater' };
  });
  return { ...outcome, send: [...outcome.send, also] };
}

async function readInvitation(
  record: MeetingRecord,
  { language: asked, as }: Pick<InviteWish, 'language' | 'as'>,
  scope: GraphScope,
): Promise<Reply> {
  const { zone, isRoom } = headOf(record);
  const worded = await wordInvitation(record, asked, scope);
  return { kind: 'invitation', id: record.id, zone, isRoom, as, isOwn: true, ...worded };
}

/** Graph's own invitation, in the language that was asked for, now or when the meeting was made, or else in the person's. */
export async function wordInvitation(
  record: MeetingRecord,
  asked: string | null,
  { caller, services, turn, person }: GraphScope,
) {
  const { settings } = await person();
  const wished = asked ?? record.invitation ?? settings.language ?? turn.locale;
  const language = isLanguageTag(wished) ? wished : 'en';
  return { language, ...(await services.meetings.invitation(record.graphId, language, caller)) };
}
