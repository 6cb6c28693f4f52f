import type { Fit, Found } from './chart.ts';
import type { Clock } from './clock.ts';
import { PLAIN } from './clock.ts';
import { isGluedNumber, isTagged } from './neighbours.ts';

/** "half past nine", "Viertel vor drei", "dix heures moins le quart": minutes that are added or taken away. */
export function shifted(clock: Clock, minutes: number): Clock {
  const total = clock.hour * 60 + clock.minute + minutes;
  const wrapped = clock.is24 ? (total + 1440) % 1440 : total < 60 ? total + 720 : total;
  return { ...clock, hour: Math.floor(wrapped / 60), minute: wrapped % 60, weak: false };
}

/** A time of day that has a name: noon, the end of the day. */
export function named(value: string, isCustom: boolean): Clock {
  const [hour = 0, minute = 0] = value.split(':').map(Number);
  return { ...PLAIN, hour, minute, is24: true, custom: isCustom };
}

/**
 * Whether the number at the end is minutes of the hour before it: in digits they have two of them, and few are said.
 * "at 4 o'clock 2moro", "um 9 Uhr ein Meeting" and "midi une petite heure" have none.
 */
export function isMinuteSaid(minute: number, fit: Fit): boolean {
  const last = fit.chart.tokens[fit.next - 1];
  return minute > 0 && (last?.kind === 'number' ? last.low.length === 2 : minute >= 5);
}

/** "nine thirty", "nine oh five", "14 Uhr 30", "quinze heures trente". */
export function spoken(found: Found, fit: Fit): Clock | null {
  const [hour, minute] = [Number(found.hour), Number(found.minute)];
  if (found.hourword === undefined) {
    const isRound = minute % 5 === 0 && (found.zero === undefined ? minute >= 10 : minute < 10);
    if (hour < 1 || hour > 12 || !isRound || fit.chart.tokens[fit.first]?.kind === 'number') return null;
  }
  if (found.hourword !== undefined && (isTagged(fit, fit.next, 'unit') || isGluedNumber(fit, fit.next + 1)))
    return null;
  if (!isMinuteSaid(minute, fit)) return null;
  return { ...PLAIN, hour, minute, is24: hour > 12 || hour === 0 };
}

/**
 * "ten to four", "20 past 3". Digits before "to" are a range where they can be: "10 to 3"; words may be one, unless "at", "by",
 * "to" or "until" stands before them.
 */
export function relative(found: Found, fit: Fit): Clock | null {
  const base = hourOf(found);
  if (!base) return null;
  const sign = found.form === 'to' ? -1 : 1;
  const minute = Number(found.minute);
  // "from ten to eleven" are two hours.
  if ('loose' in found && isTagged(fit, fit.first - 1, 'cue:from', 'cue:between')) return null;
  const isWordy = 'unit' in found;
  const isDigits = fit.chart.tokens[fit.first]?.kind === 'number';
  if (minute < 1 || minute > 29 || (minute % 5 !== 0 && !isWordy)) return null;
  if (isDigits && 'loose' in found && minute < 13 && !isWordy) return null;
  if (isDigits && 'vague' in found && minute !== 15 && !base.is24) return null;
  const isOneTime = isTagged(fit, fit.first - 1, 'cue:at', 'cue:by', 'cue:to', 'cue:until');
  const mayBeRange = 'loose' in found && !isWordy && !isOneTime && minute <= 12;
  return { ...shifted(base, sign * minute), rangeFrom: mayBeRange ? minute : null };
}

/** The hour that a spoken time counts from: "nine", "noon". */
export function hourOf(found: Found): Clock | null {
  if (typeof found.named === 'string') return named(found.named, 'custom' in found);
  const hour = Number(found.hour);
  if (Number.isNaN(hour)) return null;
  if (hour < 1 || hour > 24) return null;
  return { ...PLAIN, hour, is24: hour > 12 };
}
