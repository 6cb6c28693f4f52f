import type { Rule } from '../text/pattern.ts';
import { digits, opens, seq, tokenAt, word } from '../text/pattern.ts';
import type { Clock } from './clock-said.ts';
import { PLAIN } from './clock-said.ts';

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
/** 15:30, 9.45, 15h30. */
export const withSeparator: Rule<Clock> = opens(['#digits'], (tokens, at) => {
  const hit = hourAndMinutes(tokens, at);
  if (!hit) return null;
  const [hour, { minute, sign }] = hit.value;
  if (hour === 24 && minute > 0) return null;
  const is24 = hour > 12 || hour === 0 || (tokenAt(tokens, at).low.length === 2 && hour < 10);
  const seconds = tokenAt(tokens, hit.next).low === ':' && tokenAt(tokens, hit.next + 1).low === '00' ? 2 : 0;
  return { value: { ...PLAIN, hour, minute, is24, weak: sign === '.' && !is24 }, next: hit.next + seconds };
});

const hourHyphenMinutes = seq(digits(1, 12, 2), word('-'), digits(0, 45, 2));
/** "5-30 pm", as many write it in India: no hour of a range is 15, 30 or 45. */
export const withHyphen: Rule<Clock> = opens(['#digits'], (tokens, at) => {
  const hit = hourHyphenMinutes(tokens, at);
  if (!hit) return null;
  const [hour, , minute] = hit.value;
  const isMinutes = tokenAt(tokens, at + 2).low.length === 2 && minute % 15 === 0;
  return isMinutes && /^[ap]m$/.test(tokenAt(tokens, hit.next).low)
    ? { value: { ...PLAIN, hour, minute }, next: hit.next }
    : null;
});

const hourSpaceMinutes = seq(digits(1, 23, 2), digits(0, 55, 2));
/** "10 30": only on the quarter hours, and not "10 30-minute slots". */
export const withSpace: Rule<Clock> = opens(['#digits'], (tokens, at) => {
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
export const bare: Rule<Clock> = opens(['#digits'], (tokens, at) => {
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

const halfHour = seq(word('am pm'), digits(1, 12, 2));
const halfHourMinutes = seq(word('am pm'), digits(1, 12, 2), minutes);
const BEHIND_HALF = /^(|[,.;!?)–—-]|with|about|re|for|on|and|to|till|until)$/;

/** "mon am 9", "tomorrow pm 3:30": the half of the day before its hour, right behind the day. */
export const afterHalf: Rule<Clock> = opens(['am pm'], (tokens, at) => {
  const { means } = tokenAt(tokens, at - 1);
  const isBehindDay = at === 0 || means?.weekday !== undefined || means?.shift !== undefined;
  if (!isBehindDay) return null;
  const half = tokenAt(tokens, at).low === 'am' ? 'am' : 'pm';
  const exact = halfHourMinutes(tokens, at);
  if (exact) {
    const [, hour, { minute }] = exact.value;
    return { value: { ...PLAIN, hour, minute, half }, next: exact.next };
  }
  const hit = halfHour(tokens, at);
  const behind = hit && tokenAt(tokens, hit.next);
  const isWhole = behind?.kind === 'break' || BEHIND_HALF.test(behind?.low ?? 'x');
  return hit && isWhole ? { value: { ...PLAIN, hour: hit.value[1], half }, next: hit.next } : null;
});
