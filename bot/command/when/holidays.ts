import { first, map, maybe, seq, word, words } from '../text/pattern.ts';
import type { DateRule } from './date-said.ts';
import { yearless } from './date-said.ts';

/** Days with one fixed date wherever they are kept, so that no country must be guessed. */
const FIXED: readonly (readonly [string, number, number])[] = [
  ["new year's eve", 12, 31],
  ['new years eve', 12, 31],
  ["new year's day", 1, 1],
  ['new years day', 1, 1],
  ['christmas eve', 12, 24],
  ['xmas eve', 12, 24],
  ['christmas day', 12, 25],
  ['xmas day', 12, 25],
  ['boxing day', 12, 26],
  ["st stephen's day", 12, 26],
  ["valentine's day", 2, 14],
  ['valentines day', 2, 14],
  ["st patrick's day", 3, 17],
  ['st patricks day', 3, 17],
  ["st andrew's day", 11, 30],
  ["st george's day", 4, 23],
  ["april fool's day", 4, 1],
  ["april fools' day", 4, 1],
  ['anzac day', 4, 25],
  ['australia day', 1, 26],
  ['waitangi day', 2, 6],
  ['canada day', 7, 1],
  ['bastille day', 7, 14],
  ['bonfire night', 11, 5],
  ['guy fawkes night', 11, 5],
  ['armistice day', 11, 11],
  ['remembrance day', 11, 11],
  ['veterans day', 11, 11],
  ['republic day', 1, 26],
  ['gandhi jayanti', 10, 2],
  ['heritage day', 9, 24],
  ['freedom day', 4, 27],
  ['halloween', 10, 31],
  ['juneteenth', 6, 19],
];

const rules = FIXED.map(([name, month, date]) =>
  map(
    seq(maybe(word('on')), words(name)),
    () => (context: Parameters<typeof yearless>[0]) => yearless(context, month, date),
  ),
);

/** A holiday with a fixed date, by its full name: "Christmas Eve" is a day, "Christmas party" is not. */
export const holiday: DateRule = first(...rules);
