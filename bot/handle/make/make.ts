import type { DateTime } from 'luxon';
import type { Reach } from '../../auth/scopes.ts';
import type { Caller } from '../../graph/call-as.ts';
import type { Assumption } from '../../language/command.ts';
import type { Draft, RoomWish } from '../../meeting/decide.ts';
import { toWished } from '../../meeting/granted-options.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { toOffers } from '../../meeting/notes.ts';
import type { DraftReply } from '../../say/cards/draft.ts';
import type { Reply } from '../../say/reply.ts';
import type { Pending, Settings } from '../../store/store.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import { meetingCard, show } from '../cards/meeting-card.ts';
import { withInvitation } from '../cards/post-invitation.ts';
import { isRetryable, problemReply } from '../cards/refusals.ts';
import { park } from '../park.ts';
import type { TurnScope } from '../services.ts';
import { callGraph, type Progress, type Refusal } from '../sign-in/caller.ts';
import { createMeeting } from './create-meeting.ts';
import { rememberInvited } from './enter-in-calendar.ts';
import { mentionsOf } from './find-guests.ts';
import { openRoom } from './room.ts';
import { externalIdFor } from './room-record.ts';

/** A meeting about which nothing is left to ask. */
export type Wish = {
  draft: Draft;
  guests: readonly Guest[];
  zone: string;
  settings: Settings;
  assumed: readonly Assumption[];
};

/** Makes a meeting about which nothing is left to ask, or shows what waits for the asker's sign-in. */
export async function make(
  pending: Pending,
  { assumed, ...wish }: Wish,
  scope: TurnScope,
): Promise<Progress> {
  const sure = { ...wish, assumed: toOffers(assumed, wish.draft, scope.services.now()) };
  const work = (caller: Caller) => makeOnce(pending, sure, caller, scope);
  const { calendar } = wish.draft;
  return orDraft(pending, work, draftOf(pending, sure, scope), scope, {
    reach: calendar === undefined ? 'meetings' : 'calendar',
    isMailing: calendar === 'guests',
  });
}

/** The same for a room; without a time its draft stands where it was asked for. */
export async function makeRoom(
  pending: Pending,
  { room, guests, zone }: Pick<Wish, 'guests' | 'zone'> & { room: RoomWish },
  asked: DateTime,
  scope: TurnScope,
): Promise<Progress> {
  const { services, owner } = scope;
  const { id } = pending;
  const work = async (caller: Caller) => {
    const externalId = await externalIdFor(room.subject, scope);
    const order = { ...room, externalId, guests, zone, askedBy: id };
    const outcome = await openRoom(order, caller, scope);
    await services.store.unpark(owner, id);
    return outcome;
  };
  return orDraft(pending, work, draftOfRoom(pending, { room, guests, zone }, asked), scope);
}

/** Does it in the asker's name, or shows what waits for their sign-in, where there is something to be seen before. */
export async function orDraft<T extends object = Outcome>(
  pending: Pending,
  work: (caller: Caller) => Promise<T>,
  draft: Reply | null,
  scope: TurnScope,
  { reach = 'meetings', isMailing = false }: { reach?: Reach; isMailing?: boolean } = {},
): Promise<Progress | T> {
  const done = await callGraph(scope, work, reach);
  if ('needs' in done) return { ...done, ...(draft && { draft }) };
  return 'problem' in done ? sayFailure(done, pending, isMailing, scope) : done;
}

/** Makes it, or shows it where it is there already. Throws GraphError. */
export async function makeOnce(
  pending: Pending,
  wish: Wish,
  caller: Caller,
  scope: TurnScope,
): Promise<Outcome> {
  const { services, owner } = scope;
  const { draft, guests, zone, settings, assumed } = wish;
  const { meetings, requests } = await scope.person();
  // The meeting bears the id of its request, which waits until its card is there.
  const done = requests.some(({ id }) => id === pending.id)
    ? [{ kind: 'request' as const, id: pending.id }]
    : [];
  // Delivered again because its card did not get through: the meeting is there already.
  const made = meetings.find(({ id }) => id === pending.id);
  if (made !== undefined) return { ...(await show(made, caller, scope)), done };
  const language = draft.options.invitation ?? settings.language ?? pending.locale;
  const order = { id: pending.id, guests, zone, draft, assumed };
  const created = await createMeeting(order, { ...caller, language }, scope);
  if ('refused' in created) {
    await services.store.unpark(owner, pending.id);
    return created.refused;
  }
  const { meeting, record } = created;
  if (record.event?.isInviting) await rememberInvited(scope);
  const outcome = meetingCard('created', meeting, record, scope, { mentions: mentionsOf(guests) });
  return { ...(await withInvitation(outcome, record, caller, scope)), done };
}

/** What will be made, to be looked at before. */
export function draftOf(
  { id, asker }: Pending,
  { draft, zone, guests, assumed: all }: Omit<Wish, 'settings'>,
  { services }: TurnScope,
): DraftReply {
  const options = toWished(draft.options);
  const assumed = toOffers(all, draft, services.now());
  return { kind: 'draft', id, asker, zone, guests, assumed, ...draft, options };
}

/** The same of a room. */
export function draftOfRoom(
  { id, asker }: Pending,
  { room, guests, zone }: Pick<Wish, 'guests' | 'zone'> & { room: RoomWish },
  asked: DateTime,
): DraftReply {
  const { subject, unmet, unknown, options } = room;
  const times = room.times ?? { start: asked, end: asked.plus({ hours: 1 }) };
  const more = { assumed: [], assumedMinutes: null, isRoom: true, options: toWished(options) };
  return { kind: 'draft', id, asker, subject, ...times, zone, guests, unmet, unknown, ...more };
}

/** What was refused, with another try where that may help. `isMailing`: guests may have been mailed. */
async function sayFailure(
  { problem, wait, by }: Refusal,
  pending: Pending,
  isMailing: boolean,
  scope: TurnScope,
): Promise<Outcome> {
  const { services, owner } = scope;
  const retryId = isRetryable(problem) ? pending.id : null;
  if (retryId === null) await services.store.unpark(owner, pending.id);
  else await park(pending, 'retry', services);
  const isMailed = isMailing && by === 'graph' && retryId !== null ? { isMailed: true as const } : {};
  const reply = { ...problemReply(problem, scope, retryId, wait), ...isMailed };
  return answerWith(problem, { kind: 'card', reply });
}
