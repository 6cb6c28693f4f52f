import { vast } from '../text/numbers.ts';
import type { Rule, Tokens } from '../text/pattern.ts';
import {
  digits,
  first,
  map,
  maybe,
  meaning,
  opens,
  phrases,
  seq,
  tokenAt,
  word,
  words,
} from '../text/pattern.ts';
import type { Item, ItemRule } from './items.ts';
import { length } from './lengths.ts';
import { isParticle } from './parts.ts';

const spanned: Rule<number> = map(
  seq(word('in'), maybe(word('about around another roughly')), length, maybe(word("'")), maybe(word('time'))),
  ([, , minutes]) => minutes,
);
/** "in 10" is ten minutes, where nothing countable follows. */
const minutesOnly: Rule<number> = map(seq(word('in'), digits(5, 55, 2)), ([, minutes]) =>
  minutes % 5 === 0 ? minutes : null,
);
const BEHIND_MINUTES = /^([,.;!?)\n]|with|about|on|re|regarding|for|to|please|and|)$/;

function isWhole(tokens: Tokens, next: number): boolean {
  const { low, glued } = tokenAt(tokens, next);
  const isFraction = glued && tokenAt(tokens, next + 1).glued && tokenAt(tokens, next + 1).kind === 'number';
  return BEHIND_MINUTES.test(low) && !isFraction;
}

/** "chuck in 20 min" is a length; "call in 20 min" is not. */
function inTime(tokens: Tokens, at: number, next: number, minutes: number): Item {
  if (isParticle(tokens, at)) return { kind: 'length', first: at + 1, next, minutes, isCued: true };
  return { kind: 'relative', first: at, next, minutes };
}

/** "in 20 minutes": elapsed time, not wall clock. */
export const relativeItem: ItemRule = opens([spanned, minutesOnly], (tokens, at) => {
  const hit = spanned(tokens, at);
  if (hit) return inTime(tokens, at, hit.next, hit.value);
  const short = minutesOnly(tokens, at);
  if (!short || !isWhole(tokens, short.next)) return null;
  return inTime(tokens, at, short.next, short.value);
});

const cue = phrases(
  'for about|around|approximately|roughly|up|maybe|a|an|another|the|max|only to? a|an?',
  'for|lasting|lasts|max|maximum|duration|length|x :?',
);
const tail = maybe(first<unknown>(seq(word('-'), word('long')), word('long max maximum tops slot total')));
const NOT_A_LENGTH =
  /^(before|after|late|early|ago|past|away|behind|ahead|notice|rule|break|delay|walk|drive|limit|timer|window|per)$/;

/** "for 20" can only be minutes: no clock shows it. */
const bareMinutes = map(seq(word('for'), digits(15, 90, 2)), ([, minutes]) =>
  minutes % 5 === 0 ? minutes : null,
);
const bareNumber = digits(15, 90, 2);
const TAKING = new Set('get grab need want have quick spare steal borrow another'.split(' '));

function isLengthBehind(tokens: Tokens, next: number): boolean {
  const { low, means, glued } = tokenAt(tokens, next);
  const isDay = means?.weekday !== undefined || means?.shift !== undefined;
  return !glued && (isDay || /^(with|w|on|re|about|abt|at|regarding)$/.test(low));
}

/** "get 45 with Noor": a number that a verb of taking makes minutes. */
const takenMinutes: Rule<number> = opens(['#digits'], (tokens, at) => {
  if (!TAKING.has(tokenAt(tokens, at - 1).low) && !isParticle(tokens, at - 1)) return null;
  const hit = bareNumber(tokens, at);
  return hit && hit.value % 5 === 0 && isLengthBehind(tokens, hit.next) ? hit : null;
});

/** A length without its unit, where nothing else can be meant: "in 45" at the end, "get 45 with Noor". */
export const bareLengthItem: ItemRule = opens(['in', bareMinutes, takenMinutes], (tokens, at) => {
  const begin = isParticle(tokens, at) ? at + 1 : at;
  const taken = takenMinutes(tokens, begin);
  if (taken) return { kind: 'length', first: begin, next: taken.next, minutes: taken.value, isCued: true };
  const hit = bareMinutes(tokens, at);
  return hit && isWhole(tokens, hit.next)
    ? { kind: 'length', first: at, next: hit.next, minutes: hit.value, isCued: true }
    : null;
});

const fromNow = words('from now');
const MOST_MINUTES = 999_999 * 60;
const MINUTES = { minute: 1, hour: 60, day: 0, week: 0, fortnight: 0, month: 0, year: 0 } as const;
/** "for 5000 hours": longer than anything, which must be asked. */
const vastLength: Rule<number> = map(seq(vast, meaning('unit')), ([amount, unit]) => {
  const minutes = amount * MINUTES[unit];
  return minutes > 0 ? Math.min(minutes, MOST_MINUTES) : null;
});

/** "for 45 min", "half an hour", "90 mins long"; elapsed time where "from now" stands behind it. */
export const lengthItem: ItemRule = opens([cue, length], (tokens, at) => {
  const lead = cue(tokens, at);
  // "for an hour": the article may belong to the length.
  const known = lead
    ? (length(tokens, lead.next) ?? length(tokens, lead.next - 1) ?? length(tokens, at + 1))
    : length(tokens, at);
  const hit = known ?? (lead && vastLength(tokens, lead.next));
  if (!hit || NOT_A_LENGTH.test(tokenAt(tokens, hit.next).low)) return null;
  const since = lead ? null : fromNow(tokens, hit.next);
  if (since) return { kind: 'relative', first: at, next: since.next, minutes: hit.value };
  const next = tail(tokens, hit.next)?.next ?? hit.next;
  return { kind: 'length', first: at, next, minutes: hit.value, isCued: lead !== null && known !== null };
});
