import { meetingWords } from '../../language/languages.ts';
import type { RoomWish } from '../../meeting/decide.ts';
import {
  dropRefused,
  listDeclined,
  type Missed,
  selectInRoom,
  toChoices,
} from '../../meeting/granted-options.ts';
import { guestsWithout } from '../../meeting/guest-list.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { Guess, Note } from '../../meeting/notes.ts';
import {
  chatOrChannel,
  isSamePlace,
  KEEP_MEETING_MS,
  type MeetingRecord,
  type Owner,
  roomKey,
} from '../../meeting/record.ts';
import { idOf, ownedId, type StoreKey } from '../../store/keys.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { answerEnded, answerMeeting, headOf, showMeeting } from '../cards/meeting-card.ts';
import { addInvitation } from '../cards/post-invitation.ts';
import { countMade, withinLimit } from '../once/create-limit.ts';
import { comingMeetings, type GraphScope, type TurnScope } from '../services.ts';
import { mentionsOf } from './resolve-guests.ts';

/** A room that a person wants. `askedBy`: the request by which they asked. */
type RoomOrder = RoomWish & {
  externalId: string;
  guests: readonly Guest[];
  zone: string;
  askedBy: string;
};

/**
 * Opens a room, or makes it. An existing room keeps its times and its name; if others were asked for, the card says so and
 * offers them. Options that a room cannot begin with are set afterwards.
 */
export async function openRoom(asked: RoomOrder, scope: GraphScope): Promise<Outcome> {
  const { services, owner } = scope;
  const known = await services.store.meeting(owner.tenant, ownedId(owner, asked.externalId));
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
  const record = recordOf({ meeting, known }, { isFirst, said }, order, scope);
  await keep(record, known, scope);
  const outcome = answerMeeting('room', meeting, record, scope, { mentions: mentionsOf(order.guests) });
  return record.invitation === undefined ? outcome : addInvitation(outcome, record, scope);
}

/**
 * Gives a room a new link. Graph has one room for each id, so the old one must be removed first. If Graph then gives none, the
 * card says that the room is closed, and the record is kept until somebody asks for the room again.
 */
export async function renewRoom(
  record: MeetingRecord,
  room: NonNullable<MeetingRecord['room']>,
  scope: GraphScope,
): Promise<Outcome> {
  const { services } = scope;
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
  const fresh = recordOf({ meeting, known: record }, { isFirst: room.isFirst, said }, order, scope);
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

/**
 * Graph's external id of the person's room that has this name now, perhaps after it was renamed; otherwise that of a new room:
 * a hash that reveals nothing, and is the same for everybody in a chat or channel.
 */
export async function externalIdFor(name: string | null, scope: TurnScope): Promise<string> {
  const { conversation } = scope.turn;
  const keyOfName = (subject: string | null) => roomKey(subject, meetingWords());
  const own = `parley-${idOf(scope.owner.tenant, chatOrChannel(conversation), keyOfName(name))}`;
  const records = await comingMeetings(scope);
  const called = records
    .filter((record) => isSamePlace(record.conversation, conversation))
    .flatMap(({ room, subject }) =>
      room && keyOfName(subject) === keyOfName(name) ? [room.externalId] : [],
    );
  return called.includes(own) ? own : (called[0] ?? own);
}

/** The keys of the claims of a room's name, by anybody and by this person. */
const claimsOf = (externalId: string, { user }: Owner) =>
  [`room:${externalId}`, `room:${idOf(externalId, user)}`] as const satisfies StoreKey[];

const untilOf = (end: number, { services }: TurnScope) =>
  Math.max(services.now().toMillis(), end) + KEEP_MEETING_MS;

/** Whether nobody else in this conversation has a room of that name. If so, the name is claimed for this person. */
async function isFirstHere(externalId: string, scope: TurnScope): Promise<boolean> {
  const { store } = scope.services;
  const anybody = { tenant: scope.owner.tenant };
  const [first, own] = claimsOf(externalId, scope.owner);
  const until = untilOf(0, scope);
  const isFree = await store.claim(anybody, first, until);
  if (isFree) await store.claim(anybody, own, until);
  if (!isFree && (await store.claimedUntil(anybody, own)) === null) return false;
  for (const key of [first, own]) await store.settle(anybody, key, until);
  return true;
}

/** Releases the name of a room that is closed. */
export async function leaveRoom({ room }: MeetingRecord, { services, owner }: TurnScope): Promise<void> {
  if (!room?.isFirst) return;
  for (const key of claimsOf(room.externalId, owner))
    await services.store.release({ tenant: owner.tenant }, key);
}

/** The guests from before and from now, each once; where a guest is in both, the newer entry counts. */
const mergeGuests = (before: readonly Guest[], now: readonly Guest[]): readonly Guest[] => [
  ...guestsWithout(before, now),
  ...now,
];

/** The record of a room, without its link. */
function recordOf(
  { meeting, known }: Omit<Opened, 'isNew'>,
  { isFirst, said }: { isFirst: boolean; said: MeetingRecord['said'] },
  { externalId, subject, guests, options, zone, askedBy }: RoomOrder,
  scope: TurnScope,
): MeetingRecord {
  const { services, owner, turn } = scope;
  const now = services.now();
  const invitation = options.invitation ?? known?.invitation;
  const end = meeting.end.toMillis();
  return {
    // For Graph every person has a room of their own.
    id: ownedId(owner, externalId),
    owner,
    conversation: known?.conversation ?? turn.conversation,
    cardId: known?.cardId ?? null,
    ...(known?.olderCards && { olderCards: known.olderCards }),
    graphId: meeting.graphId,
    // A room that is opened again after it was closed has a card of its own: no older button fits it.
    revision: known?.revision ?? now.toUnixInteger(),
    changedBy: askedBy,
    leftovers: [],
    subject: meeting.subject ?? subject,
    start: meeting.start.toMillis(),
    end,
    zone,
    guests: mergeGuests(known?.guests ?? [], guests),
    // What a room was refused is said once; it is asked for each time anew.
    options: { ...known?.options, ...dropRefused(options, said.missed ?? []) },
    ...(invitation !== undefined && { invitation }),
    room: { externalId, isFirst },
    said,
    createdAt: known?.createdAt ?? now.toMillis(),
    spokenOfAt: now.toMillis(),
    expires: untilOf(end, scope),
  };
}

/** Stores the record. If one person opens a room on two devices at once, both open the same. */
async function keep(
  record: MeetingRecord,
  known: MeetingRecord | null,
  { services }: TurnScope,
): Promise<void> {
  const { store } = services;
  if (known !== null && (await store.replaceMeeting(record, known.revision))) return;
  const newest = await store.meeting(record.owner.tenant, record.id);
  if (newest === null) await store.addMeeting(record);
}
