import { DateTime } from 'luxon';
import * as z from 'zod';
import { memo } from '../base/cache.ts';
import { ianaZone } from '../base/date-time.ts';
import { type Answer, type Change, NEEDS, type Which } from '../language/command.ts';
import { FRESH_MINUTES } from '../language/conversation/known-meetings.ts';
import { meetingWords } from '../language/languages.ts';
import type { Context, Known } from '../language/reading.ts';
import { applyChange } from '../meeting/apply-change.ts';
import { DEFAULT_MINUTES } from '../meeting/decide.ts';
import type { Guest } from '../meeting/meeting.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import { pickAmong, whichLike, whichMeeting } from '../meeting/which-meeting.ts';

const orNull = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? null);
const named = { subject: orNull(z.string()), start: z.string() };
const shown = { ...named, end: z.string(), clockZone: z.string().optional() };
const known = z.object({
  ...shown,
  attendees: z.array(z.string()).default([]),
  minutesAgo: z.number().optional(),
  madeMinutesAgo: z.number().optional(),
});
const question = z.object({
  kind: z.literal('question'),
  needs: z.array(z.enum(NEEDS)).catch([]).default([]),
  subject: orNull(z.string()),
  start: orNull(z.string()),
});
const confirm = z.object({
  kind: z.literal('confirm'),
  subject: orNull(z.string()),
  start: orNull(z.string()),
  areDrafts: z.literal(true).optional(),
});
const CONTEXT = z.object({
  open: orNull(z.union([question, confirm])),
  focus: orNull(z.object({ ...shown, minutesAgo: z.number() })),
  meetings: z
    .array(known)
    .nullish()
    .transform((meetings) => meetings ?? []),
});

/** As the bot does it: what waits for a yes is what was shown last. Its line tells no end. */
function withShown(context: z.infer<typeof CONTEXT>): z.infer<typeof CONTEXT> {
  const { open, focus } = context;
  if (focus !== null || open?.kind !== 'confirm' || open.start === null) return context;
  const { subject, start } = open;
  const end = DateTime.fromISO(start, { setZone: true }).plus({ minutes: DEFAULT_MINUTES }).toISO() ?? start;
  return { ...context, focus: { subject, start, end, minutesAgo: 0 } };
}

/** One request of the line protocol, checked. */
export type Line = {
  id: unknown;
  text: string;
  now: DateTime;
  zone: string | null;
  locale: string;
  context: z.infer<typeof CONTEXT> | undefined;
};

// Lines of one file often have the same instant, and parsing one is expensive. Zone names contain no space.
const instantOf = memo(1_000, (isoAndZone) => {
  const [iso = '', zone = ''] = isoAndZone.split(' ');
  const instant = DateTime.fromISO(iso, { setZone: true });
  return zone === '' ? instant : instant.setZone(ianaZone(zone));
});

/** Parses and checks one JSON line. Throws an Error that says what is wrong. */
export function readLine(json: string): Line {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('a line must be an object');
  const { id, text, now, zone, locale, context } = value as Record<string, unknown>;
  if (typeof text !== 'string') throw new Error('text must be a string');
  const isZone = typeof zone === 'string' && !zone.includes(' ') && ianaZone(zone).isValid;
  if (zone !== null && zone !== undefined && !isZone) throw new Error('zone must be an IANA name or null');
  const instant =
    typeof now === 'string' && !now.includes(' ') ? instantOf(`${now} ${isZone ? zone : ''}`) : null;
  if (!instant?.isValid) throw new Error('now must be an ISO instant');
  return {
    id: id ?? null,
    text,
    now: instant,
    zone: isZone ? zone : null,
    locale: typeof locale === 'string' ? locale : 'en-GB',
    context: context === null || context === undefined ? undefined : withShown(CONTEXT.parse(context)),
  };
}

const HERE = 'here';
const LONG_AGO = 0;

const guestOf = (said: string): Guest =>
  said.includes('@') ? { kind: 'email', email: said } : { kind: 'name', name: said };

/** A meeting of the line's context as a record. Members that only Graph and the channel know are empty. */
function recordOf(known: Known, spokenOfAt: number): MeetingRecord {
  const id = `${known.subject} ${known.start}`;
  return {
    ...{ id, graphId: id, conversation: HERE, cardId: null, revision: 0, leftovers: [], zone: 'utc' },
    owner: { tenant: '', user: '' },
    subject: known.subject,
    start: DateTime.fromISO(known.start).toMillis(),
    end: DateTime.fromISO(known.end).toMillis(),
    guests: known.attendees.map(guestOf),
    options: {},
    said: { guesses: [], assumedMinutes: null, notes: [] },
    createdAt: LONG_AGO,
    spokenOfAt,
    expires: Number.MAX_SAFE_INTEGER,
  };
}

/** All meetings of the line's context, of which the focus was spoken of last. */
function recordsIn({ context, now }: Line): MeetingRecord[] {
  if (context === undefined) return [];
  const { focus, meetings } = context;
  const isFocus = ({ subject, start }: Pick<Known, 'subject' | 'start'>) =>
    subject === focus?.subject && start === focus?.start;
  const shownAt =
    focus && focus.minutesAgo <= FRESH_MINUTES
      ? now.minus({ minutes: focus.minutesAgo }).toMillis()
      : LONG_AGO;
  const others = meetings.map((known) => recordOf(known, isFocus(known) ? shownAt : LONG_AGO));
  const isListed = focus === null || meetings.some(isFocus);
  return isListed ? others : [...others, recordOf({ ...focus, attendees: [] }, shownAt)];
}

/** When a line is said, and on which clock. */
export const frameOf = ({ now, zone }: Line) => ({ now, zone: zone ?? 'utc' });

const here = (line: Line) => ({ ...frameOf(line), conversation: HERE, words: meetingWords() });

/** The meetings that may be meant; exactly one if it is clear. */
export const meantMeetings = (which: Which, line: Line): readonly MeetingRecord[] =>
  whichMeeting(recordsIn(line), which, here(line));

/** The meetings that a new one may be to be like. */
export const likeMeetings = (which: Which, line: Line): readonly MeetingRecord[] =>
  whichLike(recordsIn(line), which, here(line));

/** The meeting that an answer picks if the open question asks which meeting is meant. Null if it picks none. */
export function pickedMeeting(answer: Answer, line: Line): MeetingRecord | null {
  const open = line.context?.open;
  if (open?.kind !== 'question' || open.needs.length > 0) return null;
  const offered = recordsIn(line);
  return offered[pickAmong(answer, offered, here(line)) ?? -1] ?? null;
}

/** The times of a meeting after a change. Null if the change is not possible. */
export function timesAfter(
  record: MeetingRecord,
  change: Change,
  line: Line,
): { start: DateTime; end: DateTime } | null {
  const after = applyChange(record, change, frameOf(line));
  return after.kind === 'changed' ? after : null;
}

type Question = Extract<NonNullable<Context['open']>, { kind: 'question' }>;

const NOON = 12;

/** The same instant in the other half of the day. */
function inHalf(start: DateTime, half: Answer['half']): DateTime {
  if (half === null) return start;
  return start.set({ hour: (start.hour % NOON) + (half === 'pm' ? NOON : 0) });
}

/** The start from a known day and a typed clock, or from a known clock and a typed day. */
function startOf(answer: Answer, known: DateTime | null, zone: string): DateTime | null {
  if (known === null) return answer.when?.start ?? null;
  const isPlain =
    answer.when === null && answer.day === null && answer.clock === null && answer.minutes === null;
  if (answer.half !== null && isPlain) return inHalf(known, answer.half);
  const clock = known.toFormat('HH:mm');
  if (answer.clock === null && answer.day) return DateTime.fromISO(`${answer.day}T${clock}`, { zone });
  if (answer.clock === null) return answer.when?.start ?? known;
  const day = answer.saysDay && answer.day !== null ? answer.day : known.toISODate();
  return DateTime.fromISO(`${day}T${answer.clock}`, { zone });
}

/** The times of an answer, completed with what its question knows. */
export function completed(answer: Answer, open: Question | null, zone: string): Record<string, unknown> {
  const at = open?.start ? DateTime.fromISO(open.start, { zone }) : null;
  const isPlace = answer.zone !== null && answer.day === null && answer.clock === null;
  const known = isPlace ? (at?.setZone(answer.zone ?? zone, { keepLocalTime: true }) ?? null) : at;
  const start = startOf(answer, known, zone);
  const length = answer.when?.end?.diff(answer.when.start) ?? null;
  const end = start && length ? start.plus(length) : null;
  const iso = (at: DateTime | null) => at?.toISO({ suppressMilliseconds: true }) ?? null;
  return { start: iso(start) ?? answer.day, end: iso(end), durationMinutes: answer.minutes };
}
