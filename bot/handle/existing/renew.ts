import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { Caller } from '../../graph/call-as.ts';
import { applyWish, type Wish } from '../../meeting/apply-change.ts';
import { type Kind, kindOf } from '../../meeting/kind.ts';
import type { Meeting, MeetingRequest } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import { isOver, type MeetingRecord } from '../../meeting/record.ts';
import type { RenewQuestion } from '../../say/cards/confirm.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { endedCard, headOf, meetingCard } from '../cards/meeting-card.ts';
import { makeGranted } from '../make/create-meeting.ts';
import { renewRoom } from '../make/room.ts';
import { withinLimit } from '../once/create-limit.ts';
import type { TurnScope } from '../services.ts';
import { begin } from './begun-work.ts';

/** *New link* asks once. `question`: by whom and why it is asked for, where that is not the button. */
export function confirmRenew(
  record: MeetingRecord,
  scope: TurnScope,
  { request, renew = { options: [], isNeeded: false } }: { request?: string; renew?: RenewQuestion } = {},
): Outcome {
  if (isOver(record, scope.services.now().toMillis())) return endedCard('over', record);
  const { id, revision } = record;
  const head = { id, revision, ...headOf(record) };
  const reply = { kind: 'confirm' as const, ...head, renew, ...(request !== undefined && { request }) };
  return answerWith('askedNewLink', { kind: 'form', reply });
}

/**
 * A new meeting, and then the old one locked and deleted. Of the old link no more is said than Graph has confirmed; a
 * leftover that Graph would not delete is tried again at the next click.
 */
export async function renew(
  record: MeetingRecord,
  caller: Caller,
  scope: TurnScope,
  wish: Wish = headOf(record),
): Promise<Outcome> {
  const wanted = applyWish(record, wish);
  await begin(record, { verb: 'renew', wanted }, scope);
  return renewTo(wanted, caller, scope);
}

/** The same, once it is kept that it was begun. `wanted`: the meeting with what is wished besides. */
export function renewTo(wanted: MeetingRecord, caller: Caller, scope: TurnScope): Promise<Outcome> {
  return RENEW[kindOf(wanted).name](wanted, caller, scope);
}

async function renewMeeting(wanted: MeetingRecord, caller: Caller, scope: TurnScope): Promise<Outcome> {
  const { services } = scope;
  if (isOver(wanted, services.now().toMillis())) return endedCard('over', wanted);
  const creation = await withinLimit(scope, () => makeGranted(requestOf(wanted), caller, services));
  if ('refused' in creation) return creation.refused;
  const { meeting, missed } = creation.made;
  const { before: _, ...kept } = wanted;
  const renewed: MeetingRecord = {
    ...kept,
    said: { ...wanted.said, missed },
    graphId: meeting.graphId,
    revision: wanted.revision + 1,
    leftovers: [...wanted.leftovers, wanted.graphId],
  };
  if (!(await services.store.replaceMeeting(renewed, wanted.revision))) {
    await services.meetings.delete(meeting.graphId, caller);
    return answerNotice('alreadyDone');
  }
  return finishRenewal(renewed, renewed.revision, meeting, caller, scope);
}

const RENEW = { meeting: renewMeeting, room: renewRoom } satisfies Record<Kind['name'], unknown>;

/** *Remove the old link*: another try at what *New link* could not delete. */
export async function removeOld(record: MeetingRecord, caller: Caller, scope: TurnScope): Promise<Outcome> {
  await begin(record, { verb: 'removeOld', wanted: record }, scope);
  const meeting = await scope.services.meetings.get(record.graphId, caller);
  return finishRenewal({ ...record, revision: record.revision + 1 }, record.revision, meeting, caller, scope);
}

/** Locks and deletes the older meetings, keeps those that Graph still has, and says what is known of their links. */
async function finishRenewal(
  record: MeetingRecord,
  storedRevision: number,
  meeting: Meeting,
  caller: Caller,
  scope: TurnScope,
): Promise<Outcome> {
  const { services } = scope;
  const { leftovers, note } = await removeOldMeetings(record.leftovers, caller, services);
  const notes = [note];
  const said = { guesses: [], assumedMinutes: null, notes, missed: record.said.missed ?? [] };
  const spokenOfAt = services.now().toMillis();
  const settled: MeetingRecord = { ...record, leftovers, said, spokenOfAt };
  const stored = await services.store.replaceMeeting(settled, storedRevision);
  return stored === null ? answerNotice('alreadyDone') : meetingCard('renewed', meeting, stored, scope);
}

function requestOf({ subject, start, end, zone, guests, options }: MeetingRecord): MeetingRequest {
  const at = (instant: number) => DateTime.fromMillis(instant, { zone: ianaZone(zone) });
  return { subject, start: at(start), end: at(end), guests, options };
}

/** Removes what can be removed; answers what Graph still has, and what is to be said. */
async function removeOldMeetings(
  graphIds: readonly string[],
  caller: Caller,
  { meetings }: TurnScope['services'],
): Promise<{ leftovers: string[]; note: Note }> {
  const results = await Promise.allSettled(graphIds.map((graphId) => meetings.retire(graphId, caller)));
  const leftovers = graphIds.filter((_, i) => results[i]?.status === 'rejected');
  if (leftovers.length > 0) return { leftovers, note: 'oldLinkAlive' };
  const isLocked = results.every((result) => result.status === 'fulfilled' && result.value);
  return { leftovers, note: isLocked ? 'oldLinkLocked' : 'oldLinkRemoved' };
}
