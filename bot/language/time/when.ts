import { DateTime } from 'luxon';
import { ianaZone } from '../../zone.ts';
import type { Assumption, Need } from '../command.ts';
import type { Day } from './calendar.ts';
import { isoClock, isoDay } from './calendar.ts';
import type { Hours } from './hours.ts';
import { readHours } from './hours.ts';
import { dayIn, minuteIn } from './instants.ts';
import type { Picked, Said, When } from './picked.ts';
import { NOTHING, sorted } from './picked.ts';
import { hoursOf, reckon } from './reckoning.ts';
import { askDay, pastDay, settle } from './settling.ts';
import type { TimeFrame } from './spans.ts';
import type { Frame } from './time-frame.ts';
import { governing } from './time-frame.ts';
import type { ZoneSaid } from './zones.ts';

/** Turns what was picked into instants, or into what must be asked. */
export function settleWhen(picked: Picked, { now, zone }: TimeFrame, words: Said): When {
  const frame = frameOf(picked.zone, { now, zone });
  const isPlaceless = zone === null && (picked.zone === null || picked.zone.kind === 'own');
  if (picked.zone?.kind === 'unknown' || isPlaceless) return askZone(picked);
  const when = picked.clock ? atClock(picked, frame, words) : withoutClock(picked, frame);
  return picked.clock && frame.zone !== frame.own ? inOwnZone(when, frame) : when;
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

function askZone(picked: Picked): When {
  const day = picked.date?.need === 'date' ? null : (picked.date?.day ?? null);
  const hours = picked.clock ? readHours(picked.clock.from, picked.clock.to, picked.part) : null;
  const needs: Need[] = ['tz'];
  if (!hours) needs.push('time');
  if (!hours && !picked.date) needs.push('date');
  if (picked.date && day === null) needs.push('date');
  if (hours?.problem) needs.push(hours.problem);
  return {
    ...NOTHING,
    day: day === null ? null : isoDay(day),
    clock: hours && !hours.problem ? isoClock(hours.start % 1440) : null,
    needs: sorted(needs),
  };
}

function withoutClock(picked: Picked, { here }: Frame): When {
  const said = picked.date;
  if (!said) return { ...NOTHING, needs: ['date', 'time'] };
  if (said.day === null) return { ...NOTHING, needs: ['date', 'time'] };
  const isPast = said.day < dayIn(here);
  const needs: Need[] = ['time'];
  if (said.need) needs.push(said.need);
  if (isPast) needs.push('past');
  return { ...NOTHING, day: isPast || said.need ? null : isoDay(said.day), needs: sorted(needs) };
}

function atClock(picked: Picked, frame: Frame, words: Said): When {
  const hours = hoursOf(picked);
  const said = picked.clock?.fromDate ?? picked.date;
  if (!hours) return { ...NOTHING, needs: ['time'] };
  if (said && said.day === null)
    return {
      ...NOTHING,
      clock: isoClock(hours.start % 1440),
      needs: sorted(said.source === 'vague' ? ['date'] : [said.need ?? 'date']),
    };
  const day = said?.day ?? null;
  return day === null ? nextOccurrence(hours, picked, frame, words) : onDay(day, hours, picked, frame, words);
}

/** A clock that has just gone by is as likely a slip as it is tomorrow's. */
const JUST_PASSED_MINUTES = 4 * 60;

/** No day was said: the next time that this clock shows in the governing zone; asked where it has only just gone by. */
function nextOccurrence(hours: Hours, picked: Picked, frame: Frame, words: Said): When {
  const there = frame.here.setZone(frame.zone);
  const today = dayIn(there);
  const passedBy = minuteIn(there) - hours.start;
  const isPast = passedBy >= 0;
  const when = settle(isPast ? today + 1 : today, hours, picked, frame, words);
  if (!isPast || !when.span) return when;
  if (passedBy <= JUST_PASSED_MINUTES) return pastDay(today, when, hours, picked, frame);
  const { start } = when.span;
  const assumption: Assumption = { kind: 'date', said: words.clock, taken: start, alternative: null };
  return { ...when, assumed: [...when.assumed, assumption] };
}

function onDay(day: Day, hours: Hours, picked: Picked, frame: Frame, words: Said): When {
  const said = picked.clock?.fromDate ?? picked.date;
  if (!said) return NOTHING;
  if (said.need) return askDay(day, said.need, said.others, hours, picked, frame);
  const when = settle(day, hours, picked, frame, words);
  const at = when.span?.start ?? when.choices.at(-1)?.start;
  if (at && at <= frame.here) {
    if (said.isSameDay) return settle(day + 7, hours, picked, frame, words);
    const past = pastDay(day, when, hours, picked, frame);
    return day === dayIn(frame.here) ? { ...past, day: isoDay(day) } : past;
  }
  const other = said.others[0];
  if (!when.span || other === undefined || hours.problem) return when;
  const alternative = reckon(other, hours, picked, frame, frame.zone).span;
  const assumption: Assumption = { kind: 'date', said: words.date, taken: when.span.start, alternative };
  return { ...when, assumed: [...when.assumed, assumption] };
}
