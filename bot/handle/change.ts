import { DateTime } from 'luxon';
import { cleanText } from '../command/clean.ts';
import type { Caller } from '../graph/online-meetings.ts';
import { changed, type Wrong } from '../meeting/change.ts';
import { toSubject } from '../meeting/subject.ts';
import type { Reply } from '../reply.ts';
import type { Guess, MeetingRecord } from '../store/store.ts';
import type { CardAction } from '../turn.ts';
import { headOf, meetingCard } from './on-meeting.ts';
import type { Setting } from './services.ts';
import { type Step, says } from './step.ts';

type Changed = { start: DateTime; end: DateTime; subject: string | null };

/**
 * The same meeting and link with another time or subject. What the time was before is offered as the way back, which
 * is one click too. Nothing is stored unless Graph has taken it.
 */
export async function change(
  record: MeetingRecord,
  { start, end, subject }: Changed,
  caller: Caller,
  setting: Setting,
): Promise<Step> {
  const { services } = setting;
  const after: MeetingRecord = {
    ...record,
    ...{ subject, start: start.toMillis(), end: end.toMillis() },
    revision: record.revision + 1,
    said: {
      guesses: wayBack(record, start),
      assumedMinutes: null,
      notes: [
        ...(isMoved(record, start) ? (['moved'] as const) : []),
        ...(record.leftovers.length > 0 ? (['oldLinkAlive'] as const) : []),
      ],
    },
    expires: record.expires + Math.max(0, end.toMillis() - record.end),
  };
  const isTimed = isMoved(record, start) || end.toMillis() !== record.end;
  const wish = {
    ...(subject === record.subject ? {} : { subject }),
    ...(isTimed && { times: { start, end } }),
  };
  const meeting = await services.meetings.update(record.graphId, wish, caller);
  if (!(await services.store.replaceMeeting(after, record.revision))) return says('alreadyDone');
  return meetingCard('changed', meeting, after, setting);
}

const isMoved = (record: MeetingRecord, start: DateTime) => start.toMillis() !== record.start;

/** What the time was before, as the other reading of what it is now. */
function wayBack(record: MeetingRecord, start: DateTime): Guess[] {
  if (!isMoved(record, start)) return [];
  const kind = start.hasSame(headOf(record).start, 'day') ? 'time' : 'date';
  return [{ kind, said: '', taken: start.toMillis(), other: { start: record.start, end: record.end } }];
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
  const at = (instant: number) => DateTime.fromMillis(instant, { zone });
  return change(record, { start: at(reading.start), end: at(reading.end), subject }, caller, setting);
}

/** The form behind *Change*, filled with how things are. */
export function editForm(record: MeetingRecord, wrong: 'past' | 'range' | 'dst' | null = null): Step {
  const { start, end, subject, zone } = headOf(record);
  const reply: Reply = {
    ...{ kind: 'edit', id: record.id, revision: record.revision, subject, zone, wrong },
    date: start.toISODate() ?? '',
    time: start.toFormat('HH:mm'),
    minutes: Math.round(end.diff(start, 'minutes').minutes),
  };
  return { kind: 'form', name: 'edit', reply };
}

/** What the form brought back, held against the same rules as what is said in words; an emptied subject is none. */
export function readForm(
  record: MeetingRecord,
  data: CardAction['data'],
  now: DateTime,
): Changed | { wrong: Wrong } {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
  const minutes = Number(data.minutes);
  if (!Number.isInteger(minutes) || minutes < 1) return { wrong: 'range' };
  const form = {
    day: text('date'),
    clock: text('time'),
    minutes,
    when: null,
    shiftMinutes: null,
    subject: null,
  };
  const wish = changed(record, form, { now, zone: record.zone });
  if (wish.kind === 'ask') return wish;
  return { ...wish, subject: toSubject(cleanText(text('subject'))) };
}
