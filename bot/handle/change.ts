import { DateTime } from 'luxon';
import { GraphError } from '../graph/failure.ts';
import type { Caller } from '../graph/online-meetings.ts';
import type { MeetingChange } from '../graph/to-wire.ts';
import { applied, type Wish } from '../meeting/change.ts';
import { declined, type Missed, possible, possibleInRoom, unrefused } from '../meeting/granted.ts';
import type { Choices, Meeting } from '../meeting/meeting.ts';
import type { Note } from '../meeting/note.ts';
import type { Guess, MeetingRecord } from '../meeting/record.ts';
import { ianaZone } from '../zone.ts';
import { headOf, meetingCard } from './meeting-card.ts';
import type { Services, Setting } from './services.ts';
import { type Step, says } from './step.ts';

/**
 * The same meeting and link with another time, subject, options or roles; what Graph granted of them is said. What the
 * time was before is offered as the way back, which is one click too. Nothing is stored unless Graph has taken it.
 */
export async function change(
  record: MeetingRecord,
  wish: Wish,
  caller: Caller,
  setting: Setting,
): Promise<Step> {
  const { services } = setting;
  const attainable = record.room === undefined ? possible : possibleInRoom;
  const { options: sent, missed } = attainable(wish.options ?? {}, services.offer);
  const wanted = applied(record, { ...wish, options: sent });
  const meeting = await patch(record, toChange(record, wanted, sent), caller, services);
  const refused = [...missed, ...declined(sent, meeting.granted)];
  const after: MeetingRecord = {
    ...wanted,
    options: kept(record.room ? withUnrefused(record, sent, refused) : wanted.options, sent, meeting),
    revision: record.revision + 1,
    spokenOfAt: services.now().toMillis(),
    said: {
      guesses: wayBack(record, wish.start),
      assumedMinutes: null,
      notes: notesOn(record, wish),
      missed: [...stillMissed(record, wish), ...refused],
    },
  };
  const stored = await services.store.replaceMeeting(after, record.revision);
  return stored === null ? says('alreadyDone') : meetingCard('changed', meeting, stored, setting);
}

/** Only what is different. Roles are told with the whole list, and who may present with the roles. */
function toChange(record: MeetingRecord, wanted: MeetingRecord, sent: Choices): MeetingChange {
  const { subject, start, end } = headOf(wanted);
  const isTimed = wanted.start !== record.start || wanted.end !== record.end;
  const isByRole = sent.presenters === 'invited' || sent.presenters === 'named';
  const hasRoles = isByRole || wanted.guests !== record.guests;
  const { presenters } = wanted.options;
  const options = hasRoles && presenters !== undefined ? { ...sent, presenters } : sent;
  return {
    ...(subject === record.subject ? {} : { subject }),
    ...(isTimed && { times: { start, end } }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(hasRoles && { guests: wanted.guests }),
  };
}

/** What a template has locked Graph refuses altogether: then the rest is changed, and the answer tells what is not. */
async function patch(
  { graphId, options }: MeetingRecord,
  wish: MeetingChange,
  caller: Caller,
  { meetings }: Services,
): Promise<Meeting> {
  if (Object.keys(wish).length === 0) return meetings.get(graphId, caller);
  try {
    return await meetings.update(graphId, wish, caller);
  } catch (error) {
    const { options: locked, guests: _, ...rest } = wish;
    const isLocked = error instanceof GraphError && error.status === 400 && options.template !== undefined;
    if (!isLocked || locked === undefined) throw error;
    return Object.keys(rest).length === 0
      ? meetings.get(graphId, caller)
      : meetings.update(graphId, rest, caller);
  }
}

/** Who lets a meeting be recorded that was not granted encryption wants that encryption no more. */
function kept(wanted: Choices, sent: Choices, { granted }: Meeting): Choices {
  const { encrypted: _, ...clear } = wanted;
  const isInTheClear = (sent.record || sent.transcribe) && granted.encrypted !== true;
  return isInTheClear ? clear : wanted;
}

/** What a room was refused is said once; it is asked for each time anew. */
const withUnrefused = (record: MeetingRecord, sent: Choices, refused: readonly Missed[]): Choices => ({
  ...record.options,
  ...unrefused(sent, refused),
});

function stillMissed({ said, room }: MeetingRecord, { options = {} }: Wish): Missed[] {
  if (room !== undefined) return [];
  return (said.missed ?? []).filter(({ option }) => options[option] === undefined);
}

function notesOn(record: MeetingRecord, { start, leaving = [] }: Wish): Note[] {
  return [
    isMoved(record, start) ? 'moved' : 'changed',
    ...(leaving.length > 0 ? (['guestsLeft'] as const) : []),
    ...(record.leftovers.length > 0 ? (['oldLinkAlive'] as const) : []),
  ];
}

const isMoved = (record: MeetingRecord, start: DateTime) => start.toMillis() !== record.start;

/** What the time was before, as the other reading of what it is now. */
function wayBack(record: MeetingRecord, start: DateTime): Guess[] {
  if (!isMoved(record, start)) return [];
  const kind = start.hasSame(headOf(record).start, 'day') ? 'time' : 'date';
  return [{ kind, said: '', taken: start.toMillis(), other: { start: record.start, end: record.end } }];
}

/** Takes the last move back, as *Change back* does. */
export async function undo(record: MeetingRecord, caller: Caller, setting: Setting): Promise<Step> {
  return record.said.notes.includes('moved')
    ? takeReading(record, 0, caller, setting)
    : says('nothingToUndo');
}

/** Takes the other reading of what was asked ("change to 3 AM"). */
export async function takeReading(
  record: MeetingRecord,
  choice: number,
  caller: Caller,
  setting: Setting,
): Promise<Step> {
  const reading = record.said.guesses[choice]?.other;
  if (!reading || reading.start < setting.services.now().toMillis()) return says('expired');
  const { zone, subject } = record;
  const at = (instant: number) => DateTime.fromMillis(instant, { zone: ianaZone(zone) });
  return change(record, { start: at(reading.start), end: at(reading.end), subject }, caller, setting);
}
