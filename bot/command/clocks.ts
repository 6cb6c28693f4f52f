import type { Part } from './lexicon.ts';
import { spelled } from './numbers.ts';
import type { Rule, Tokens } from './pattern.ts';
import { digits, first, map, maybe, opens, seq, tokenAt, word, words } from './pattern.ts';

/** A time of day as said. `half` is null where nobody said am or pm. */
export type Clock = {
  hour: number;
  minute: number;
  half: 'am' | 'pm' | null;
  /** 24-hour reading: nothing to guess about the half of the day. */
  is24: boolean;
  /** A bare number: a clock only where its neighbours say so. */
  weak: boolean;
  /** Looks like a year as much as like a time. */
  yearLike: boolean;
  /** Said by name ("end of day"), so that the minute is a custom rather than a fact. */
  custom: boolean;
  part: Part | null;
};

const PLAIN: Clock = {
  hour: 0,
  minute: 0,
  half: null,
  is24: false,
  weak: false,
  yearLike: false,
  custom: false,
  part: null,
};
const at24 = (hour: number, minute = 0): Clock => ({ ...PLAIN, hour, minute, is24: true });
const custom = (hour: number, minute = 0): Clock => ({ ...at24(hour, minute), custom: true });

/** am, pm, a.m., p.m., and a or p right behind the number. */
export const half: Rule<'am' | 'pm'> = opens(['#half'], (tokens, at) => {
  const token = tokenAt(tokens, at);
  const said = token.means?.half;
  if (!said) return null;
  if (token.low.length === 2) return { value: said, next: at + 1 };
  const dot = tokenAt(tokens, at + 1);
  const m = tokenAt(tokens, at + 2);
  if (dot.low === '.' && m.low === 'm' && m.glued) {
    const last = tokenAt(tokens, at + 3);
    return { value: said, next: last.low === '.' && last.glued ? at + 4 : at + 3 };
  }
  if (tokenAt(tokens, at + 1).low === 'm' && tokenAt(tokens, at - 1).kind === 'number')
    return { value: said, next: at + 2 };
  return token.glued && tokenAt(tokens, at - 1).kind === 'number' ? { value: said, next: at + 1 } : null;
});

const named = first<Clock>(
  map(seq(maybe(word('12 twelve')), word('noon midday noontime')), () => at24(12)),
  map(seq(maybe(word('12 twelve')), word('midnight')), () => at24(24)),
  map(
    first(
      word('eod cob eob cop'),
      words('end of the day'),
      words('end of day'),
      words('end of business'),
      words('end of the business day'),
      words('end of business day'),
      words('end of the working day'),
      words('end of play'),
      words('close of business'),
      words('close of play'),
    ),
    () => custom(17),
  ),
  map(
    first(
      word('sob sod bob'),
      words('start of business'),
      words('start of the business day'),
      words('start of the day'),
      words('start of day'),
      words('start of the working day'),
      words('beginning of business'),
      words('beginning of the day'),
      words('opening of business'),
      words('open of business'),
      words('start of play'),
    ),
    () => custom(9),
  ),
);

/** The minutes behind an hour: ":30", ".30", "h30". */
const minutes: Rule<{ minute: number; sign: string }> = opens([': . h ;'], (tokens, at) => {
  const sign = tokenAt(tokens, at);
  const digitsAfter = tokenAt(tokens, at + 1);
  if (!sign.glued || !/^([:.h]|;)$/.test(sign.low) || !digitsAfter.glued) return null;
  if (digitsAfter.kind !== 'number' || digitsAfter.low.length !== 2 || Number(digitsAfter.low) > 59)
    return null;
  return { value: { minute: Number(digitsAfter.low), sign: sign.low }, next: at + 2 };
});

const hourAndMinutes = seq(digits(0, 24, 2), minutes);
const withSeparator: Rule<Clock> = opens(['#digits'], (tokens, at) => {
  const hit = hourAndMinutes(tokens, at);
  if (!hit) return null;
  const [hour, { minute, sign }] = hit.value;
  if (hour === 24 && minute > 0) return null;
  const is24 = hour > 12 || hour === 0 || (tokenAt(tokens, at).low.length === 2 && hour < 10);
  const seconds = tokenAt(tokens, hit.next).low === ':' && tokenAt(tokens, hit.next + 1).low === '00' ? 2 : 0;
  return { value: { ...PLAIN, hour, minute, is24, weak: sign === '.' && !is24 }, next: hit.next + seconds };
});

const hourSpaceMinutes = seq(digits(1, 23, 2), digits(0, 55, 2));
/** "10 30": only on the quarter hours, and not "10 30-minute slots". */
const withSpace: Rule<Clock> = opens(['#digits'], (tokens, at) => {
  const hit = hourSpaceMinutes(tokens, at);
  if (!hit) return null;
  const [hour, minute] = hit.value;
  const behind = tokenAt(tokens, hit.next);
  const isCounted =
    behind.means?.unit !== undefined || behind.low === '-' || (behind.glued && behind.kind !== 'sign');
  const isApart = !tokenAt(tokens, at + 1).glued && tokenAt(tokens, at + 1).low.length === 2;
  if (!isApart || minute % 15 !== 0 || (isCounted && behind.means?.half === undefined)) return null;
  return { value: { ...PLAIN, hour, minute, is24: hour > 12, weak: true }, next: hit.next };
});

/** 1530, 0930, 545, 12: digits without any sign. */
const bare: Rule<Clock> = opens(['#digits'], (tokens, at) => {
  const { kind, low } = tokenAt(tokens, at);
  if (kind !== 'number' || low.length > 4) return null;
  const value = Number(low);
  if (low.length <= 2) {
    if (value > 24 || (value === 0 && low.length < 2)) return null;
    const is24 = value > 12 || value === 0;
    return { value: { ...PLAIN, hour: value, is24, weak: true }, next: at + 1 };
  }
  const hour = Math.floor(value / 100);
  const minute = value % 100;
  if (hour > 23 || minute > 59) return null;
  const is24 = low.length === 4 && (hour > 12 || low.startsWith('0'));
  const yearLike = low.length === 4 && ((value >= 2020 && value < 2040) || (value >= 1990 && value < 2000));
  return {
    value: { ...PLAIN, hour, minute, is24, weak: !low.startsWith('0'), yearLike },
    next: at + 1,
  };
});

const spelledHour = map(spelled, (value) =>
  value >= 1 && value <= 12 ? { ...PLAIN, hour: value, weak: true } : null,
);
const spelledTime: Rule<Clock> = map(seq(spelled, maybe(word('oh')), spelled), ([hour, oh, minute]) => {
  const fits =
    hour >= 1 && hour <= 12 && minute % 5 === 0 && minute < 60 && (oh ? minute < 10 : minute >= 10);
  return fits ? { ...PLAIN, hour, minute } : null;
});

const hourOnly = first<Clock>(
  named,
  map(digits(1, 12, 2), (hour) => ({ ...PLAIN, hour })),
  map(spelled, (hour) => (hour >= 1 && hour <= 12 ? { ...PLAIN, hour } : null)),
);
const offset = first<number>(
  map(seq(maybe(word('a')), word('quarter')), () => 15),
  map(seq(word('half')), () => 30),
  map(seq(first(digits(1, 29, 2), spelled), maybe(word('minutes mins min'))), ([minute]) =>
    minute < 30 ? minute : null,
  ),
);

function shifted(clock: Clock, by: number): Clock {
  const total = clock.hour * 60 + clock.minute + by;
  const wrapped = clock.is24 ? (total + 1440) % 1440 : total < 60 ? total + 720 : total;
  return { ...clock, hour: Math.floor(wrapped / 60), minute: wrapped % 60, weak: false };
}

const spokenParts = seq(offset, word('past after to of till til before'), hourOnly);
/** half past nine, quarter to noon, ten past three, twenty to five. "10 to 3" is a range, not ten to three. */
const spoken: Rule<Clock> = opens([offset], (tokens, at) => {
  const hit = spokenParts(tokens, at);
  if (!hit) return null;
  const [minute, direction, clock] = hit.value;
  const isPast = direction === 'past' || direction === 'after';
  const isDigits = tokenAt(tokens, at).kind === 'number';
  if (minute === 30 && !isPast) return null;
  // "nine to ten" are two hours; "nine minutes to ten" is not said any other way.
  if (minute % 5 !== 0 && tokenAt(tokens, at + 1).low === direction) return null;
  if (isDigits && direction !== 'past' && minute < 13 && tokenAt(tokens, at + 1).low === direction)
    return null;
  if (direction === 'after' || direction === 'before')
    if (minute !== 15 && !clock.is24 && isDigits) return null;
  return { value: shifted(clock, isPast ? minute : -minute), next: hit.next };
});
const halfParts = seq(word('half'), maybe(word('-')), hourOnly);
/** British "half nine" is half past nine. */
const halfNine: Rule<Clock> = opens(['half'], (tokens, at) => {
  const hit = halfParts(tokens, at);
  return hit && !tokenAt(tokens, hit.next).means?.unit
    ? { value: shifted(hit.value[2], 30), next: hit.next }
    : null;
});

const core = first<Clock>(named, spoken, halfNine, withSeparator, withSpace, bare, spelledTime, spelledHour);
const oclock = first<string>(word("o'clock oclock"), words("o ' clock"), words('o clock'));
const hours = word('hrs hours hr h hour');
const sharp = first<string>(word('sharp prompt'), words('on the dot'), words('on the button'));
const ish: Rule<string> = (tokens, at) => {
  const hyphen = tokenAt(tokens, at).low === '-' ? 1 : 0;
  return tokenAt(tokens, at + hyphen).low === 'ish' ? { value: 'ish', next: at + hyphen + 1 } : null;
};

const BAD_BEFORE = new Set([
  '.',
  ',',
  '/',
  '#',
  ':',
  '$',
  '£',
  '€',
  '+',
  '*',
  '=',
  '_',
  '\\',
  '^',
  'no',
  'v',
]);
const BAD_BEHIND = new Set(['%', '°', '$', '€', '£', '*', '=', '_', '\\', '^', '½', '+', '(']);

/** Whether the number is a piece of something larger: 12.53%, 3/4, Q3, 5G, #9. */
function isFragment(tokens: Tokens, at: number, next: number): boolean {
  const token = tokenAt(tokens, at);
  const before = tokenAt(tokens, at - 1);
  const behind = tokenAt(tokens, next);
  const isAfterSlash = before.low === '/' && tokenAt(tokens, next - 1).means?.half !== undefined;
  if (token.glued && BAD_BEFORE.has(before.low) && !isAfterSlash) return true;
  if (
    token.glued &&
    (before.kind === 'word' || before.kind === 'number') &&
    !before.means &&
    before.low !== 'at' &&
    before.low !== 'from'
  )
    return true;
  if (before.low === '$' || before.low === '£' || before.low === '€' || before.low === '#') return true;
  if (!behind.glued) return behind.low === '%';
  if (BAD_BEHIND.has(behind.low)) return true;
  if (
    behind.kind === 'word' &&
    !behind.means &&
    behind.low !== 'to' &&
    behind.low !== 'till' &&
    behind.low !== 'h'
  )
    return true;
  const isPoint = behind.low === '.' || behind.low === ',' || behind.low === ':' || behind.low === '/';
  return isPoint && tokenAt(tokens, next + 1).glued && tokenAt(tokens, next + 1).kind === 'number';
}

/** A time of day at this place, with its am, pm, o'clock, hrs or sharp. */
export const clock: Rule<Clock> = opens([core], (tokens, at) => {
  const hit = core(tokens, at);
  if (!hit) return null;
  let { value, next } = hit;
  const isNumber = tokenAt(tokens, at).kind === 'number';
  const dayHalf = value.hour <= 12 && value.hour > 0 && !value.custom ? half(tokens, next) : null;
  if (dayHalf) {
    value = { ...value, half: dayHalf.value, is24: false, weak: false, yearLike: false };
    next = dayHalf.next;
  } else if (value.is24 && value.hour > 12 && value.hour < 24 && isNumber) {
    next = half(tokens, next)?.next ?? next;
  }
  const isFourDigits = isNumber && (tokenAt(tokens, at).low.length >= 3 || value.is24 || next - at >= 3);
  const tail = oclock(tokens, next) ?? (isFourDigits ? hours(tokens, next) : null) ?? ish(tokens, next);
  if (tail) {
    value = { ...value, weak: false, yearLike: false };
    next = tail.next;
    const late = half(tokens, next);
    if (late && !value.half) {
      value = { ...value, half: late.value, is24: false };
      next = late.next;
    }
  }
  next = sharp(tokens, next)?.next ?? next;
  if (isFragment(tokens, at, next)) return null;
  const isCounted =
    tokenAt(tokens, next).means?.unit !== undefined && tokenAt(tokens, next + 1).low !== 'after';
  if (!value.half && !value.custom && value.weak && isCounted) return null;
  return { value, next };
});
