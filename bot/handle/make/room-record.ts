import { meetingWords } from '../../language/languages.ts';
import type { RoomWish } from '../../meeting/decide.ts';
import { dropRefused } from '../../meeting/granted-options.ts';
import { guestKey } from '../../meeting/guest-list.ts';
import { roomKey } from '../../meeting/kind.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import {
  chatOrChannel,
  isSamePlace,
  KEEP_MEETING_MS,
  type MeetingRecord,
  type Owner,
} from '../../meeting/record.ts';
import { idOf, ownedId, type StoreKey } from '../../store/keys.ts';
import { comingMeetings, type TurnScope } from '../services.ts';

/** A room that a person wants. `askedBy`: the request by which they asked. */
export type RoomOrder = RoomWish & {
  externalId: string;
  guests: readonly Guest[];
  zone: string;
  askedBy: string;
};

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

/** The id of a room's record. For Graph every person has a room of their own. */
export const recordIdOf = (owner: Owner, externalId: string): string => ownedId(owner, externalId);

const claimOf = (externalId: string): StoreKey => `room:${externalId}`;
const ownClaimOf = (externalId: string, { user }: Owner): StoreKey => `room:${idOf(externalId, user)}`;
const untilOf = (end: number, { services }: TurnScope) =>
  Math.max(services.now().toMillis(), end) + KEEP_MEETING_MS;

/** Whether nobody else in this conversation has a room of that name. If so, the name is claimed for this person. */
export async function isFirstHere(externalId: string, scope: TurnScope): Promise<boolean> {
  const { store } = scope.services;
  const anybody = { tenant: scope.owner.tenant };
  const [first, own] = [claimOf(externalId), ownClaimOf(externalId, scope.owner)];
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
  for (const key of [claimOf(room.externalId), ownClaimOf(room.externalId, owner)])
    await services.store.release({ tenant: owner.tenant }, key);
}

/** The guests from before and from now, each once; where a guest is in both, the newer entry counts. */
export function mergeGuests(before: readonly Guest[], now: readonly Guest[]): readonly Guest[] {
  const known = new Set(now.map(guestKey));
  return [...before.filter((guest) => !known.has(guestKey(guest))), ...now];
}

type Known = {
  meeting: Meeting;
  known: MeetingRecord | null;
  isFirst: boolean;
  said: MeetingRecord['said'];
};

/** The record of a room, without its link. */
export function recordOf(
  { meeting, known, isFirst, said }: Known,
  { externalId, subject, guests, options, zone, askedBy }: RoomOrder,
  scope: TurnScope,
): MeetingRecord {
  const { services, owner, turn } = scope;
  const now = services.now();
  const invitation = options.invitation ?? known?.invitation;
  const end = meeting.end.toMillis();
  return {
    id: recordIdOf(owner, externalId),
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
export async function keep(
  record: MeetingRecord,
  known: MeetingRecord | null,
  { services }: TurnScope,
): Promise<void> {
  const { store } = services;
  if (known !== null && (await store.replaceMeeting(record, known.revision))) return;
  const newest = await store.meeting(record.owner.tenant, record.id);
  if (newest === null) await store.addMeeting(record);
}
