import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import type { Assumption, Need } from '../command.ts';
import type { Hours } from './am-or-pm.ts';
import { readHours } from './am-or-pm.ts';
import { isoClock, isoDay } from './calendar.ts';
import type { DateSaid } from './date-said.ts';
import { dayIn, minuteIn } from './instants.ts';
import type { Picked, Said, When } from './picked.ts';
import { NOTHING, sorted } from './picked.ts';
import type { Asked, Frame } from './reckoning.ts';
import { governing, hoursOf, reckon } from './reckoning.ts';
import { askDay, pastDay, settle } from './settling.ts';
import type { TimeFrame } from './spans.ts';
import type { ZoneSaid } from './zones.ts';

/** Turns what was picked into instants, or into what must be asked. */
export function settleWhen(picked: Picked, { now, zone }: TimeFrame, words: Said): When {
  const { clock } = picked;
  const frame = frameOf(picked.zone, { now, zone });
  const isPlaceless = zone === null && (picked.zone === null || picked.zone.kind === 'own');
  if (picked.zone?.kind === 'unknown' || isPlaceless) return askZone(picked);
  if (!clock) return withoutClock(picked.date, frame);
  const when = atClock({ clock, picked, frame, words });
  return frame.zone === frame.own ? when : inOwnZone(when, frame);
}

/** Where a clock with this zone is read. */
export function frameOf(said: ZoneSaid | null, { now, zone }: Pick<TimeFrame, 'now' | 'zone'>): Frame {
  const own = zone === null ? now.zone : ianaZone(zone);
  return { own, here: now.setZone(own), ...governing(said, own) };
}

/** What is known while a time must be asked is asked, and answered, in the person's own zone. */
function inOwnZone(when: When, frame: Frame): When {
  if (when.span !== null || when.clock === null) return when;
  if (when.day === null) return { ...when, clock: null };
  const there = DateTime.fromISO(`${when.day}T${when.clock}`, { zone: frame.zone }).setZone(frame.own);
  return { ...when, day: there.toISODate(), clock: there.toFormat('HH:mm') };
}

function askZone({ clock, date, part }: Picked): When {
  const day = date?.need === 'date' ? null : (date?.day ?? null);
  const hours = clock && readHours(clock.from, clock.to, part);
  const needs: Need[] = ['tz'];
  if (!hours) needs.push('time');
  if (date ? day === null : !hours) needs.push('date');
  if (hours?.problem) needs.push(hours.problem);
  return {
    ...NOTHING,
    day: day === null ? null : isoDay(day),
    clock: hours && !hours.problem ? isoClock(hours.start % 1440) : null,
    needs: sorted(needs),
  };
}

function withoutClock(said: DateSaid | null, { here }: Frame): When {
  if (!said || said.day === null) return { ...NOTHING, needs: ['date', 'time'] };
  const isPast = said.day < dayIn(here);
  const needs = sorted(['time', ...(said.need ? [said.need] : []), ...(isPast ? (['past'] as const) : [])]);
  return { ...NOTHING, day: isPast || said.need ? null : isoDay(said.day), needs };
}

function atClock(asked: Asked): When {
  const hours = hoursOf(asked);
  const said = asked.clock.fromDate ?? asked.picked.date;
  if (!said) return nextOccurrence(hours, asked);
  if (said.day !== null) return onDay(said, said.day, hours, asked);
  const need = said.source === 'vague' ? 'date' : (said.need ?? 'date');
  return { ...NOTHING, clock: isoClock(hours.start % 1440), needs: [need] };
}

/** A clock that has just gone by is as likely a slip as it is tomorrow's. */
const JUST_PASSED_MINUTES = 4 * 60;

/** No day was said: the next time that this clock shows in the governing zone; asked where it has only just gone by. */
function nextOccurrence(hours: Hours, asked: Asked): When {
  const { frame, words } = asked;
  const there = frame.here.setZone(frame.zone);
  const today = dayIn(there);
  const passedBy = minuteIn(there) - hours.start;
  const isPast = passedBy >= 0;
  const when = settle(isPast ? today + 1 : today, hours, asked);
  if (!isPast || !when.span) return when;
  if (passedBy <= JUST_PASSED_MINUTES) return pastDay(today, when, hours, asked);
  const { start } = when.span;
  const assumption: Assumption = { kind: 'date', said: words.clock(), taken: start, alternative: null };
  return { ...when, assumed: [...when.assumed, assumption] };
}

/** A day was said: it is asked where it may be another one or has gone by. */
function onDay(said: DateSaid, day: number, hours: Hours, asked: Asked): When {
  const { frame, words } = asked;
  if (said.need) return askDay([day, ...said.others], said.need, hours, asked);
  const when = settle(day, hours, asked);
  const at = when.span?.start ?? when.choices.at(-1)?.start;
  if (at && at <= frame.here) {
    if (said.later !== null) return settle(said.later, hours, asked);
    const past = pastDay(day, when, hours, asked);
    return day === dayIn(frame.here) ? { ...past, day: isoDay(day) } : past;
  }
  const other = said.others[0];
  if (!when.span || other === undefined || hours.problem) return when;
  const alternative = reckon(other, hours, asked).span;
  const assumption: Assumption = { kind: 'date', said: words.date(), taken: when.span.start, alternative };
  return { ...when, assumed: [...when.assumed, assumption] };
}
