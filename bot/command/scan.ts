import { clockItem } from './clock-items.ts';
import type { DateContext } from './date-said.ts';
import { dateItem, pluralDay, repeatItem } from './day-items.ts';
import type { Item, ItemRule } from './items.ts';
import { bareLengthItem, lengthItem, relativeItem } from './length-items.ts';
import type { Tokens } from './pattern.ts';
import { byOpener, tokenAt } from './pattern.ts';
import { nowItem, optionItem, partItem, sometimeItem, zoneItem } from './small-items.ts';

// The order is the meaning: "in 20 minutes" before "20 minutes", lengths before hours, days with numbers before clocks.
const rulesFor = byOpener<ItemRule>([
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
]);

function itemAt(tokens: Tokens, at: number, context: DateContext): Item | null {
  for (const rule of rulesFor(tokenAt(tokens, at))) {
    const item = rule(tokens, at, context);
    if (item && item.next > at) return item;
  }
  return null;
}

/** Everything in the text that speaks of time or of options, left to right, without overlaps. */
export function scan(tokens: Tokens, context: DateContext, isMasked: (at: number) => boolean): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length; ) {
    const item = isMasked(at) ? null : itemAt(tokens, at, context);
    if (item) items.push(item);
    at = item ? item.next : at + 1;
  }
  return items;
}
