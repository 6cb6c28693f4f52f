import type { Reach } from '../../auth/scopes.ts';
import type { RoomWish } from '../../meeting/decide.ts';
import { toWished } from '../../meeting/granted-options.ts';
import { toOffers } from '../../meeting/notes.ts';
import type { DraftReply } from '../../say/cards/draft.ts';
import type { Problem } from '../../say/cards/problem.ts';
import type { Reply } from '../../say/render.ts';
import type { Pending } from '../../store/store.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import { answerMeeting, showMeeting } from '../cards/meeting-card.ts';
import { addInvitation } from '../cards/post-invitation.ts';
import { isRetryable, problemReply } from '../cards/refusals.ts';
import { guardStoring } from '../once/once.ts';
import { type OpenRequest, park } from '../request.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { callGraph, type NeedsToken, type Refusal } from '../sign-in/caller.ts';
import { rememberInvited } from './calendar-event.ts';
import { createMeeting, type Wish } from './create-meeting.ts';
import { mentionsOf } from './resolve-guests.ts';
import { externalIdFor, openRoom } from './room.ts';

/** What can be made once the person is signed in: what it looks like, and the work that makes it. */
type Plan<T = Outcome> = {
  /** Shown to a person who must sign in first; null if there is nothing to be seen. */
  draft: Reply | null;
  work(scope: GraphScope): Promise<T>;
  /** How far the token must reach. */
  reach: Reach;
  /** The guests are mailed. */
  isMailing: boolean;
};

/** Carries out a plan in the asker's name, or answers that they must sign in first. */
export async function carryOut<T extends object>(
  { draft, work, reach, isMailing }: Plan<T>,
  pending: Pending,
  scope: TurnScope,
): Promise<T | Outcome | NeedsToken> {
  const sayUnstored = () => sayAgain('unexpected', pending, { wait: null, isMailed: isMailing }, scope);
  const done = await guardStoring(() => callGraph(scope, work, reach), sayUnstored);
  if ('needs' in done) return { ...done, ...(draft && { draft }) };
  if (!('problem' in done)) return done;
  return guardStoring(() => sayFailure(done, pending, isMailing, scope), sayUnstored);
}

type DraftPlan = Plan & { draft: DraftReply };

/** The plan of a meeting about which nothing is left to ask. */
export function planMeeting(wish: Wish, { pending }: OpenRequest, scope: TurnScope): DraftPlan {
  const { draft, zone, guests } = wish;
  const assumed = toOffers(wish.assumed, draft, scope.services.now());
  const { id, asker } = pending;
  const options = toWished(draft.options);
  return {
    draft: { kind: 'draft', id, asker, zone, guests, assumed, ...draft, options },
    work: (scope) => makeOnce(pending, { ...wish, assumed }, scope),
    reach: draft.calendar === undefined ? 'meetings' : 'calendar',
    isMailing: draft.calendar === 'guests',
  };
}

/** The plan of a room. When it was asked for stands for the times of a room that has none. */
export function planRoom(
  { room, guests, zone }: Pick<Wish, 'guests' | 'zone'> & { room: RoomWish },
  { pending: { id, asker }, asked }: OpenRequest,
  scope: TurnScope,
): DraftPlan {
  const { services, owner } = scope;
  const { subject, unmet, unknown, options } = room;
  const times = room.times ?? { start: asked, end: asked.plus({ hours: 1 }) };
  const more = { assumed: [], assumedMinutes: null, isRoom: true, options: toWished(options) };
  return {
    draft: { kind: 'draft', id, asker, subject, ...times, zone, guests, unmet, unknown, ...more },
    work: async (scope) => {
      const externalId = await externalIdFor(subject, scope);
      const outcome = await openRoom({ ...room, externalId, guests, zone, askedBy: id }, scope);
      await services.store.unpark(owner, id);
      return outcome;
    },
    reach: 'meetings',
    isMailing: false,
  };
}

/** Makes the meeting, or shows it if it exists already. Throws GraphError. */
async function makeOnce(pending: Pending, wish: Wish, scope: GraphScope): Promise<Outcome> {
  const { services, owner } = scope;
  const { meetings, requests, settings } = await scope.person();
  // The meeting bears the id of its request, which waits until its card is there.
  const done = requests.some(({ id }) => id === pending.id)
    ? [{ kind: 'request' as const, id: pending.id }]
    : [];
  // Delivered again because its card did not get through: the meeting is there already.
  const known = meetings.find(({ id }) => id === pending.id);
  if (known !== undefined) return { ...(await showMeeting(known, scope)), done };
  const language = wish.draft.options.invitation ?? settings.language ?? pending.locale;
  const created = await createMeeting(
    { ...wish, id: pending.id },
    { ...scope, caller: { ...scope.caller, language } },
  );
  if ('refused' in created) {
    await services.store.unpark(owner, pending.id);
    return created.refused;
  }
  const { meeting, record } = created;
  if (record.event?.isInviting) await rememberInvited(scope);
  const outcome = answerMeeting('created', meeting, record, scope, { mentions: mentionsOf(wish.guests) });
  const made = record.invitation === undefined ? outcome : await addInvitation(outcome, record, scope);
  return { ...made, done };
}

/** Says what was refused, and offers another try if that may help. `isMailing`: guests may have been mailed. */
async function sayFailure(
  { problem, wait, by }: Refusal,
  pending: Pending,
  isMailing: boolean,
  scope: TurnScope,
): Promise<Outcome> {
  const { services, owner } = scope;
  if (isRetryable(problem)) {
    await park(pending, 'retry', services);
    return sayAgain(problem, pending, { wait, isMailed: isMailing && by === 'graph' }, scope);
  }
  await services.store.unpark(owner, pending.id);
  return answerWith(problem, { kind: 'card', reply: problemReply(problem, scope, null, wait) });
}

/** A problem with *Try again*. */
function sayAgain(
  problem: Problem,
  { id }: Pending,
  { wait, isMailed }: { wait: number | null; isMailed: boolean },
  scope: TurnScope,
): Outcome {
  const reply = { ...problemReply(problem, scope, id, wait), ...(isMailed && { isMailed: true as const }) };
  return answerWith(problem, { kind: 'card', reply });
}
