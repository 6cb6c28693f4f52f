import { DateTime } from 'luxon';
import type { Need } from '../language/command.ts';
import type { AskReply } from '../reply/question.ts';
import { duration } from './filling.ts';
import { type Clock, capital, clockChange, date, day, time } from './when.ts';

/** Minutes in a day: what is longer was misunderstood. */
export const LONGEST = 24 * 60;

/** Why we ask, one sentence a point, each once, in the order of the needs. */
export function reasons(reply: AskReply, clock: Clock): string[] {
  return [...new Set(reply.needs.map((need) => reason(need, reply, clock)))];
}

/** The wall clock that was said, in the clock's zone; the present day stands in for an unknown one, noon for an unknown time. */
export function readWall({ date: isoDate, time: hhmm }: AskReply, { zone, now }: Clock): DateTime | null {
  const at = DateTime.fromISO(`${isoDate ?? now.setZone(zone).toISODate()}T${hhmm ?? '12:00'}`, { zone });
  return at.isValid ? at : null;
}

function reason(need: Need, reply: AskReply, clock: Clock): string {
  const { text } = clock.say;
  switch (need) {
    case 'date':
    case 'time':
      return text(reply.needs.includes('date') && reply.needs.includes('time') ? 'ask.when' : `ask.${need}`);
    case 'past':
      return past(reply, clock);
    case 'range':
      if (reply.minutes > LONGEST) return text('ask.long', { length: duration(reply.minutes, clock.say) });
      return text(reply.choices.length > 1 ? 'ask.rangeChoice' : 'ask.range');
    case 'dst':
      return clocksChange(reply, clock);
    default:
      return text(`ask.${need}`);
  }
}

function past(reply: AskReply, clock: Clock): string {
  const { say, zone, now } = clock;
  const at = readWall(reply, clock);
  if (!reply.date || !reply.time || !at || at > now) return say.text('ask.past');
  if (at.hasSame(now.setZone(zone), 'day')) return say.text('ask.pastToday', { time: time(at, clock) });
  return say.text('ask.pastOn', { day: capital(day(at, clock), say), time: time(at, clock) });
}

function clocksChange(reply: AskReply, clock: Clock): string {
  const { text } = clock.say;
  const wall = readWall(reply, clock);
  if (!reply.date || !reply.time || !reply.zone || !wall) return text('ask.dst');
  const change = clockChange(reply.date, reply.time, reply.zone);
  if (change === null) return text('ask.dst');
  return text(`ask.${change}`, { day: date(wall, clock), time: face(reply.time, clock) });
}

/** A clock that its own zone skips is worded in a zone that skips none. */
function face(hhmm: string, { say, now }: Clock): string {
  return time(DateTime.fromISO(`2000-01-01T${hhmm}`, { zone: 'UTC' }), { say, zone: 'UTC', now });
}
