import { isLanguageTag } from '../../language/text/language-names.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Reply } from '../../say/render.ts';
import type { StoreKey } from '../../store/keys.ts';
import { answerNotice, answerWith, type Outcome, sendReplies } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { headOf } from './meeting-card.ts';
import { problemOf } from './refusals.ts';

/** How a person wants an invitation. `isThere`: the card on which they asked shows one already. */
type InviteWish = { language: string | null; as: 'card' | 'text'; isThere: boolean };

/** Reads what a button of an invitation sends. */
export function readInvite({ language, as, isThere }: CardAction['data']): InviteWish {
  return {
    language: isLanguageTag(language) ? language : null,
    as: as === 'text' ? 'text' : 'card',
    isThere: isThere === true,
  };
}

/** Posts the invitation as a new message. If the card on which it was asked for shows one already, that card changes instead. */
export async function postInvitation(
  record: MeetingRecord,
  wish: InviteWish,
  scope: GraphScope,
): Promise<Outcome> {
  const reply = await readInvitation(record, wish, scope);
  if (wish.isThere && wish.as === 'card') return answerWith('invited', { kind: 'card', reply });
  if (!(await isFirstClick(record.id, wish, scope))) return answerNotice('invited');
  const { place } = scope.turn;
  const origin = { conversation: scope.turn.conversation, place, isPrivate: true as const };
  return {
    ...sendReplies('invited', reply),
    answer: { kind: 'posted', notice: 'invited' },
    ...(record.isPrivate && { origin }),
  };
}

/** A second click within this time counts as the same one, because people double-click and Teams asks again. */
const ONCE_MS = 5_000;

function isFirstClick(
  id: string,
  { language, as }: InviteWish,
  { services, owner, turn }: TurnScope,
): Promise<boolean> {
  const key: StoreKey = `invite:${id}:${turn.conversation}:${as}:${language ?? ''}`;
  return services.store.claim({ tenant: owner.tenant }, key, services.now().toMillis() + ONCE_MS);
}

/** Adds the invitation that was asked for together with the meeting. */
export async function addInvitation(
  outcome: Outcome,
  record: MeetingRecord,
  scope: GraphScope,
): Promise<Outcome> {
  const wish = { language: null, as: 'card', isThere: false } as const;
  const also = await readInvitation(record, wish, scope).catch((error: unknown): Reply => {
    // The meeting is there: that its invitation is not is no reason to say that it failed. Bugs are thrown on.
    problemOf(error, scope.services.access.mode);
    return { kind: 'notice', notice: 'invitationLater' };
  });
  return { ...outcome, send: [...outcome.send, also] };
}

async function readInvitation(
  record: MeetingRecord,
  { language: asked, as }: InviteWish,
  scope: GraphScope,
): Promise<Reply> {
  const { zone, isRoom } = headOf(record);
  const worded = await wordInvitation(record, asked, scope);
  return { kind: 'invitation', id: record.id, zone, isRoom, as, isOwn: true, ...worded };
}

/**
 * Reads Graph's invitation in the language that was asked for now (`asked`) or when the meeting was made, or else in the
 * person's language.
 */
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
