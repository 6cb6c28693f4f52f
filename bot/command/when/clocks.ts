import type { Rule, Tokens } from '../text/pattern.ts';
import { first, opens, tokenAt, word, words } from '../text/pattern.ts';
import { afterHalf, bare, withHyphen, withSeparator, withSpace } from './clock-numbers.ts';
import type { Clock } from './clock-said.ts';
import { half, named } from './clock-said.ts';
import { halfNine, spelledHour, spelledTime, spoken } from './clock-spoken.ts';

const core = first<Clock>(
  named,
  spoken,
  halfNine,
  withSeparator,
  withHyphen,
  withSpace,
  bare,
  afterHalf,
  spelledTime,
  spelledHour,
);
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
    behind.low !== 'z' &&
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
  const isOpen = value.half === null && !value.custom;
  const dayHalf = isOpen && value.hour <= 12 && value.hour > 0 ? half(tokens, next) : null;
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
