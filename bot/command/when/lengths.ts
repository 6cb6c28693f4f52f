import type { Unit } from '../text/lexicon.ts';
import { count } from '../text/numbers.ts';
import type { Rule } from '../text/pattern.ts';
import { digits, first, map, maybe, opens, seq, tokenAt, word, words } from '../text/pattern.ts';

const MINUTES: Partial<Record<Unit, number>> = { minute: 1, hour: 60 };

/** "m" and "h" count only right behind a number; "a" and "d" are never minutes. */
const timeUnit: Rule<number> = opens(['#unit'], (tokens, at) => {
  const token = tokenAt(tokens, at);
  const isLetter = token.low === 'm' || token.low === 'h';
  const behind = tokenAt(tokens, at + 1);
  if (token.low === 'h' && behind.kind === 'number' && behind.glued) return null;
  // "14h" is an hour of the day.
  if (token.low === 'h' && Number(tokenAt(tokens, at - 1).low) > 12) return null;
  if (isLetter && !token.glued && tokenAt(tokens, at + 1).kind === 'word') return null;
  const minutes = token.means?.unit && MINUTES[token.means.unit];
  return minutes ? { value: minutes, next: at + 1 } : null;
});
const hour: Rule<number> = opens(['#unit'], (tokens, at) => {
  const hit = timeUnit(tokens, at);
  return hit?.value === 60 ? hit : null;
});
const minute: Rule<number> = opens(['#unit'], (tokens, at) => {
  const hit = timeUnit(tokens, at);
  return hit?.value === 1 ? hit : null;
});
const hyphen = maybe(word('-'));
const article = word('a an one 1');

const wholeHours = digits(0, 24, 2);
/** 1.5, 1,5, 0.25 or 1½. */
const decimal: Rule<number> = opens(['#digits'], (tokens, at) => {
  const hit = wholeHours(tokens, at);
  if (!hit) return null;
  const sign = tokenAt(tokens, hit.next);
  const fraction = tokenAt(tokens, hit.next + 1);
  if (sign.low === '½') return { value: hit.value + 0.5, next: hit.next + 1 };
  if (!/^[.,]$/.test(sign.low) || !fraction.glued || fraction.kind !== 'number' || fraction.low.length > 2)
    return null;
  return { value: Number(`${hit.value}.${fraction.low}`), next: hit.next + 2 };
});

const halfAnHour = first(
  map(seq(maybe(word('a')), words('half an|a?'), hyphen, hour), () => 30),
  map(seq(word('½'), maybe(word('an a')), hour), () => 30),
  map(seq(word('1'), word('/'), word('2'), maybe(word('an a')), hour), () => 30),
);
const quarters = first(
  map(seq(words('three|3 quarter|quarters of? an|a?'), hour), () => 45),
  map(seq(words('3 / 4 of? an|a?'), hour), () => 45),
  map(seq(words('a? quarter of? an|a?'), hour), () => 15),
);
const hourAndAHalf = first(
  map(seq(maybe(article), hyphen, hour, words('and|& a half')), () => 90),
  map(seq(maybe(article), hyphen, hour, words('and|& a quarter')), () => 75),
);
const andMinutes = map(seq(maybe(word('and ,')), count, hyphen, minute), ([, minutes]) => minutes);
const anHourAndMinutes = map(seq(article, hour, andMinutes), ([, , rest]) => 60 + rest);
/** What may follow a number: its unit, and a half or minutes beyond whole hours. */
const counted: Rule<number> = map(
  seq(
    count,
    first<(amount: number) => number | null>(
      map(seq(words('and a half'), hour), () => (hours) => hours * 60 + 30),
      map(seq(hyphen, hour, words('and a half')), () => (hours) => hours * 60 + 30),
      map(
        seq(hyphen, hour, andMinutes),
        ([, , rest]) =>
          (hours) =>
            hours * 60 + rest,
      ),
      map(
        seq(hyphen, timeUnit),
        ([, unit]) =>
          (amount) =>
            amount * unit,
      ),
      map(word("'"), () => (minutes) => (minutes >= 10 && minutes % 5 === 0 ? minutes : null)),
    ),
  ),
  ([amount, reckon]) => reckon(amount),
);
const compactParts = seq(digits(1, 5, 1), word('h hr'), digits(0, 59, 2));
/** 1h30: glued throughout and few hours, else it is the clock of half past. */
const compact: Rule<number> = opens(['#digits'], (tokens, at) => {
  const hit = compactParts(tokens, at);
  const isGlued = tokenAt(tokens, at + 1).glued && tokenAt(tokens, at + 2).glued;
  return hit && isGlued ? { value: hit.value[0] * 60 + hit.value[2], next: hit.next } : null;
});
const hourThenNumber = seq(digits(1, 5, 1), hour, digits(5, 55, 2));
/** "1 hr 20": the minutes have no unit of their own, so nothing may follow that they could count. */
const openMinutes: Rule<number> = opens(['#digits'], (tokens, at) => {
  const hit = hourThenNumber(tokens, at);
  if (!hit) return null;
  const { kind, low, glued } = tokenAt(tokens, hit.next);
  const isOpen =
    kind === 'break' || (/^[,.;)–—-]$/.test(low) && !(glued && tokenAt(tokens, hit.next + 1).glued));
  return isOpen ? { value: hit.value[0] * 60 + hit.value[2], next: hit.next } : null;
});
const plain = first(
  openMinutes,
  map(seq(decimal, hyphen, hour), ([hours]) => (hours <= 12 ? hours * 60 : null)),
  counted,
  map(seq(word('an a'), hour), () => 60),
  map(seq(hour, hyphen, word('long')), () => 60),
  map(seq(words('a couple of'), hour), () => 120),
);

/** A stretch of time in minutes, 1 minute to 24 hours; without the words around it. */
export const length: Rule<number> = map(
  first(halfAnHour, quarters, hourAndAHalf, anHourAndMinutes, compact, plain),
  (minutes) => (minutes >= 1 && minutes <= 24 * 60 * 31 ? Math.round(minutes) : null),
);
