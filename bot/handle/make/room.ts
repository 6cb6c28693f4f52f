import { meetingWords } from '../../language/languages.ts';
import { listDeclined, type Missed, selectInRoom, toChoices } from '../../meeting/granted-options.ts';
import { roomKey } from '../../meeting/kind.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import type { Guess, Note } from '../../meeting/notes.ts';
import { type MeetingRecord, roomOf } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { answerEnded, answerMeeting, headOf, showMeeting } from '../cards/meeting-card.ts';
import { addInvitation } from '../cards/post-invitation.ts';
import { countMade, withinLimit } from '../once/create-limit.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { mentionsOf } from './resolve-guests.ts';
import { isFirstHere, keep, mergeGuests, type RoomOrder, recordIdOf, recordOf } from './room-record.ts';

/**
 * Opens a room, or makes it. An existing room keeps its times and its name; if others were asked for, the card says so and
 * offers them. Options that a room cannot begin with are set afterwards.
 */
export async function openRoom(asked: RoomOrder, scope: GraphScope): Promise<Outcome> {
  const { services, owner } = scope;
  const known = await services.store.meeting(owner.tenant, recordIdOf(owner, asked.externalId));
  // Delivered again because its card did not get through: it is open already.
  if (known?.changedBy === asked.askedBy) return showMeeting(known, scope);
  const open = () => services.meetings.createOrGet(asked, scope.caller);
  const opening = known === null ? await withinLimit(scope, open) : { made: await open() };
  if ('refused' in opening) return opening.refused;
  const { isNew } = opening.made;
  // Graph had closed the room, which was not known before: opening it again counts as a new meeting, and keeps its options.
  if (isNew && known !== null) await countMade(scope);
  const order = isNew ? { ...asked, options: { ...known?.options, ...asked.options } } : asked;
  const { meeting, missed } = await withOptions({ ...opening.made, known }, order, scope);
  const isFirst = await isFirstHere(order.externalId, scope);
  const notes: Note[] = [...order.unmet, ...notesOf({ isNew, isFirst, meeting }, order, scope)];
  const guesses = isNew ? [] : otherTimes(meeting, order);
  const { unknown } = order;
  const said = { guesses, assumedMinutes: null, notes, missed, ...(unknown && { unknown }) };
  const record = recordOf({ meeting, known, isFirst, said }, order, scope);
  await keep(record, known, scope);
  const outcome = answerMeeting('room', meeting, record, scope, { mentions: mentionsOf(order.guests) });
  return record.invitation === undefined ? outcome : addInvitation(outcome, record, scope);
}

/**
 * Gives a room a new link. Graph has one room for each id, so the old one must be removed first. If Graph then gives none, the
 * card says that the room is closed, and the record is kept until somebody asks for the room again.
 */
export async function renewRoom(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const { services } = scope;
  const room = roomOf(record);
  const { start, end, ...head } = headOf(record);
  const { guests, options, changedBy: askedBy = '' } = record;
  const times = start > services.now() ? { start, end } : null;
  const order = { ...room, ...head, guests, options, times, unmet: [], askedBy };
  let isClosed = false;
  let isLocked = false;
  const closeAndOpen = async () => {
    isLocked = await services.meetings.retire(record.graphId, scope.caller);
    isClosed = true;
    return services.meetings.createOrGet(order, scope.caller);
  };
  const renewing = await withinLimit(scope, closeAndOpen).catch((error: unknown) => {
    if (!isClosed) throw error;
    return { refused: answerEnded('gone', record, { isLocked }) };
  });
  if ('refused' in renewing) return renewing.refused;
  const made = { ...renewing.made, known: null };
  const { meeting, missed } = await withOptions(made, order, scope);
  const notes: Note[] = made.isNew ? [isLocked ? 'oldLinkLocked' : 'oldLinkRemoved'] : [];
  const said = { guesses: [], assumedMinutes: null, notes, missed };
  const fresh = recordOf({ meeting, known: record, isFirst: room.isFirst, said }, order, scope);
  const renewed = { ...fresh, revision: record.revision + 1 };
  const stored = await services.store.replaceMeeting(renewed, record.revision);
  return stored === null ? answerNotice('alreadyDone') : answerMeeting('renewed', meeting, stored, scope);
}

type Opened = { meeting: Meeting; isNew: boolean; known: MeetingRecord | null };

/** Sets options and people by a change, because createOrGet takes no options, and adds nobody to an existing room. */
async function withOptions(
  { meeting, isNew, known }: Opened,
  { options: asked, guests }: RoomOrder,
  { caller, services }: GraphScope,
): Promise<{ meeting: Meeting; missed: readonly Missed[] }> {
  const { options, missed } = selectInRoom(asked, services.offer);
  const all = mergeGuests(known?.guests ?? [], guests);
  const there = isNew ? guests : (known?.guests ?? []);
  const isJoined = known !== null && all.length > there.length;
  const hasRoles = options.presenters !== undefined || guests.some(({ role }) => role !== undefined);
  const isWhole = isNew || known !== null;
  const people = isWhole && (isJoined || hasRoles) ? { guests: all } : {};
  if (Object.keys(toChoices(options)).length === 0 && !('guests' in people)) return { meeting, missed };
  const changed = await services.meetings.update(meeting.graphId, { options, ...people }, caller);
  return { meeting: changed, missed: [...missed, ...listDeclined(options, changed.granted)] };
}

/** The times that were asked for, if the room has others. */
function otherTimes({ start, end }: Meeting, { times }: RoomOrder): Guess[] {
  if (times === null) return [];
  const other = { start: times.start.toMillis(), end: times.end.toMillis() };
  const isSame = other.start === start.toMillis() && other.end === end.toMillis();
  return isSame ? [] : [{ kind: 'stored', said: '', taken: start.toMillis(), other }];
}

function notesOf(
  { isNew, isFirst, meeting }: { isNew: boolean; isFirst: boolean; meeting: Meeting },
  { subject }: RoomOrder,
  { turn }: TurnScope,
): Note[] {
  if (!isNew) {
    const [there, asked] = [meeting.subject, subject].map((name) => roomKey(name, meetingWords()));
    const isRenamed = there !== asked;
    return isRenamed ? ['roomFound', 'roomRenamed'] : ['roomFound'];
  }
  if (turn.place === 'personal') return ['roomMade'];
  return isFirst ? ['roomMade', 'roomOwn'] : ['roomMade', 'roomOthers'];
}
