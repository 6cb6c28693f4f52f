import { DateTime } from 'luxon';
import type { Need, Span } from '../command/command.ts';
import type { Reply } from '../reply.ts';
import { type Audience, clockFor, duration, type Filling, plain, type Value } from './filling.ts';
import type { Say } from './say.ts';
import { type Clock, capital, clockChange, date, day, offset, span, time, zoneName } from './when.ts';
import { zoneChoices } from './zones.ts';

type AskReply = Extract<Reply, { kind: 'ask' }>;

/** Six actions fit a card, and one of them is *Make the meeting*. */
const CHOICES_SHOWN = 5;
const LENGTHS = [15, 25, 30, 45, 50, 60, 90, 120];
/** What a button between two readings settles, so that no picker need be shown for it. */
const SETTLED_BY_CHOICE: readonly Need[] = ['ampm', 'dateorder', 'conflict', 'range', 'dst'];
const ASKS_DATE: readonly Need[] = ['date', 'past', 'dateorder', 'conflict'];
const ASKS_TIME: readonly Need[] = ['time', 'ampm', 'past', 'range', 'dst'];

/** Fills cards/ask.json: every open point at once. Inputs are `date`, `time`, `zone` and `minutes`; buttons carry `choice`. */
export function askFilling(reply: AskReply, audience: Audience): Filling {
  const { say } = audience;
  const clock = clockFor(audience, reply.zone ?? audience.zone ?? 'UTC');
  const reasons = reply.needs.map((need) => reason(need, reply, clock));
  const choices = titles(reply.choices.slice(0, CHOICES_SHOWN), clock);
  const inputs = openInputs(reply, say);
  const isButtonEnough = choices.length > 0 && inputs.date.length + inputs.time.length === 0;
  const heading = say.text('ask.title', { count: Math.max(1, reasons.length) });
  return {
    data: {
      id: reply.id,
      heading: reply.needs.join() === 'recurrence' ? say.text('ask.confirm') : heading,
      title: reply.subject === null ? [] : [reply.subject],
      reasons,
      choices: choices.map((title, choice) => ({ title, choice })),
      ...inputs,
      zone: reply.zone === null ? [zoneInput(clock)] : [],
      facts: [lasting(reply, say)],
      submit: isButtonEnough ? [] : [say.text('ask.submit')],
      speak: plain(reasons.join(' ')),
      fallbackText: reasons.join(' '),
    },
    summary: say.text('ask.summary'),
  };
}

function reason(need: Need, { date: isoDate, time: hhmm, zone, choices }: AskReply, clock: Clock): string {
  const { text } = clock.say;
  const at = readWall(isoDate, hhmm, clock);
  const known = { day: isoDate && at ? day(at, clock) : null, time: hhmm && at ? time(at, clock) : null };
  switch (need) {
    case 'date':
      return known.time === null ? text('ask.date') : text('ask.dateAt', { time: known.time });
    case 'time':
      return known.day === null ? text('ask.time') : text('ask.timeOn', { day: known.day });
    case 'past':
      return past(at, known, clock);
    case 'range':
      return text(choices.length > 0 ? 'ask.rangeChoice' : 'ask.range');
    case 'dst': {
      const change = isoDate && hhmm && zone ? clockChange(isoDate, hhmm, zone) : null;
      if (change === null || known.day === null || hhmm === null) return text('ask.dst');
      return text(`ask.${change}`, { day: known.day, time: wallTime(hhmm, clock) });
    }
    default:
      return text(`ask.${need}`);
  }
}

function past(at: DateTime | null, known: { day: string | null; time: string | null }, clock: Clock): string {
  const { say, zone, now } = clock;
  if (!at || known.day === null || known.time === null || at > now) return say.text('ask.past');
  if (at.hasSame(now.setZone(zone), 'day')) return say.text('ask.pastToday', { time: known.time });
  return say.text('ask.pastOn', { day: capital(known.day, say), time: known.time });
}

function readWall(isoDate: string | null, hhmm: string | null, { zone, now }: Clock): DateTime | null {
  const at = DateTime.fromISO(`${isoDate ?? now.setZone(zone).toISODate()}T${hhmm ?? '12:00'}`, { zone });
  return at.isValid ? at : null;
}

/** A clock that does not exist in its own zone is worded in one where every clock does. */
function wallTime(hhmm: string, { say, now }: Clock): string {
  return time(DateTime.fromISO(`2000-01-01T${hhmm}`, { zone: 'UTC' }), { say, zone: 'UTC', now });
}

/** The fewest words in which these readings differ: the clock, the day, both, and the offset where a clock comes twice. */
function titles(choices: readonly Span[], clock: Clock): string[] {
  const differ = (words: (choice: Span) => string) => new Set(choices.map(words)).size === choices.length;
  const byDay = ({ start }: Span) => capital(date(start, clock), clock.say);
  const byTime = ({ start }: Span) => time(start, clock);
  const byHours = ({ start, end }: Span) => (end ? span(start, end, clock).hours : time(start, clock));
  const byBoth = (choice: Span) => `${byDay(choice)}, ${byTime(choice)}`;
  const byOffset = ({ start }: Span) => `${byTime({ start, end: null })} (${offset(start, clock.zone)})`;
  const isOneDay = new Set(choices.map(byDay)).size === 1;
  const isOneClock = new Set(choices.map(byTime)).size === 1;
  if (choices.length < 2) return choices.map(byBoth);
  const ladder = isOneDay ? [byTime, byHours, byOffset] : isOneClock ? [byDay] : [];
  return choices.map(ladder.find(differ) ?? byBoth);
}

function openInputs({ needs, choices, date: isoDate, time: hhmm, minutes }: AskReply, say: Say) {
  const open = choices.length === 0 ? needs : needs.filter((need) => !SETTLED_BY_CHOICE.includes(need));
  const isOpen = (asks: readonly Need[], known: string | null) =>
    open.some((need) => asks.includes(need)) || (known === null && choices.length === 0);
  const error = say.text('ask.required');
  const lengths = [...new Set([...LENGTHS, minutes])].sort((a, b) => a - b);
  return {
    date: isOpen(ASKS_DATE, isoDate)
      ? [{ label: say.text('ask.dateLabel'), value: isoDate ?? '', error }]
      : [],
    time: isOpen(ASKS_TIME, hhmm) ? [{ label: say.text('ask.timeLabel'), value: hhmm ?? '', error }] : [],
    minutes: open.includes('range')
      ? [
          {
            label: say.text('ask.minutesLabel'),
            value: String(minutes),
            error,
            choices: lengths.map((length) => ({ title: duration(length, say), value: String(length) })),
          },
        ]
      : [],
  };
}

function zoneInput({ say, now }: Clock): Value {
  return {
    label: say.text('ask.zoneLabel'),
    placeholder: say.text('ask.zonePlaceholder'),
    error: say.text('ask.required'),
    choices: zoneChoices(now, say),
  };
}

function lasting({ minutes, zone }: AskReply, say: Say): string {
  const length = duration(minutes, say);
  return zone === null
    ? say.text('ask.about', { length })
    : say.text('ask.aboutIn', { length, zone: zoneName(zone, say) });
}
