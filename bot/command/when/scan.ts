import { hasHelper } from '../option/coorganiser-option.ts';
import type { Tokens } from '../text/pattern.ts';
import { byOpener, tokenAt } from '../text/pattern.ts';
import { clockItem } from './clock-items.ts';
import type { DateContext } from './date-said.ts';
import { dateItem, pluralDay, repeatItem } from './day-items.ts';
import type { Item, ItemRule } from './items.ts';
import { bareLengthItem, lengthItem, relativeItem } from './length-items.ts';
import { coorganiserItem, nowItem, optionItem, partItem, sometimeItem, zoneItem } from './small-items.ts';

// The order is the meaning: "in 20 minutes" before "20 minutes", lengths before hours, days with numbers before clocks.
const RULES: readonly ItemRule[] = [
  optionItem,
  repeatItem,
  pluralDay,
  relativeItem,
  nowItem,
  lengthItem,
  bareLengthItem,
  sometimeItem,
  dateItem,
  clockItem,
  partItem,
  zoneItem,
];
const rulesFor = byOpener(RULES);
const rulesWithHelpers = byOpener([coorganiserItem, ...RULES]);
const CLOCKS = [clockItem];

/** "3pm" and "3:30" begin a clock and nothing else; most messages have one, and no other rule need try it. */
function isClock(tokens: Tokens, at: number): boolean {
  if (tokenAt(tokens, at).kind !== 'number') return false;
  const { low, glued } = tokenAt(tokens, at + 1);
  return low === 'pm' || low === 'am' || (low === ':' && glued && tokenAt(tokens, at + 2).glued);
}

function itemAt(tokens: Tokens, at: number, context: DateContext, rules: readonly ItemRule[]): Item | null {
  for (const rule of rules) {
    const item = rule(tokens, at, context);
    if (item && item.next > at) return item;
  }
  return null;
}

/** Everything in the text that speaks of time or of options, left to right, without overlaps. */
export function scan(tokens: Tokens, context: DateContext, isMasked: (at: number) => boolean): Item[] {
  const items: Item[] = [];
  const find = hasHelper(tokens) ? rulesWithHelpers : rulesFor;
  for (let at = 0; at < tokens.length; ) {
    const item = isMasked(at)
      ? null
      : itemAt(tokens, at, context, isClock(tokens, at) ? CLOCKS : find(tokenAt(tokens, at)));
    if (item) items.push(item);
    at = item ? item.next : at + 1;
  }
  return items;
}
