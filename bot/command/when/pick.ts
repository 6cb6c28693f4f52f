import type { Part } from '../text/lexicon.ts';
import type { Tokens } from '../text/pattern.ts';
import { tokenAt } from '../text/pattern.ts';
import type { ClockItem, DateItem, Item } from './items.ts';
import type { ZoneSaid } from './zones.ts';

/** What was said about when, one of each; `used` are the items that it came from. */
export type Picked = {
  clock: ClockItem | null;
  /** Two clocks were said: there is none until the person chooses. */
  isClockOpen: boolean;
  date: DateItem | null;
  minutes: number | null;
  inMinutes: number | null;
  zone: ZoneSaid | null;
  part: Part | null;
  isNow: boolean;
  isRepeated: boolean;
  used: ReadonlySet<Item>;
};

const GAP = /^(,|at|on|@|the|-|–|—|\(|\)|for|from|;|:|of|in|and|by|is|\n)$/;

/** Whether nothing but commas and small words lies between two items. */
function isAdjacent(tokens: Tokens, a: Item, b: Item): boolean {
  const [left, right] = a.first < b.first ? [a, b] : [b, a];
  if (right.first - left.next > 2) return false;
  for (let at = left.next; at < right.first; at += 1) if (!GAP.test(tokenAt(tokens, at).low)) return false;
  return true;
}

function ofKind<K extends Item['kind']>(items: readonly Item[], kind: K): Extract<Item, { kind: K }>[] {
  return items.filter((item): item is Extract<Item, { kind: K }> => item.kind === kind);
}

const AFTER_BARE_HOUR =
  /^([,;.!?)(\n–—-]|with|w|about|on|re|regarding|for|in|at|to|please|and|pls|titled|called|named|concerning|invite|from|thanks|)$/;
const COUNTABLE =
  /^(people|persons|men|women|children|candidates|of|x|more|new|other|or|new|big|key|main|open)$/;

/** The items of a text, and which tokens one of them begins at. */
type Found = { tokens: Tokens; items: readonly Item[]; starts: ReadonlySet<number> };

function neighbours({ items }: Found, index: number): Item[] {
  return items
    .slice(Math.max(0, index - 2), index + 3)
    .filter((_item, i) => i + Math.max(0, index - 2) !== index);
}

/** Whether the neighbours make a bare number an hour: "at 4", "tomorrow 4", "4 tomorrow", "monday 2". */
function isHour(found: Found, item: ClockItem, index: number): boolean {
  const { tokens, starts } = found;
  const behind = tokenAt(tokens, item.next);
  const isNoun = behind.kind === 'word' && !AFTER_BARE_HOUR.test(behind.low) && !starts.has(item.next);
  const looksCounted =
    isNoun && ((behind.low.endsWith('s') && !behind.low.endsWith('ss')) || COUNTABLE.test(behind.low));
  if (item.isCued) return !(looksCounted && item.to === null && COUNTABLE.test(behind.low));
  if (looksCounted || (isNoun && item.from.yearLike)) return false;
  const before = tokenAt(tokens, item.first - 1);
  const isRangeAtEnd = item.to !== null && !isNoun && !before.low.endsWith('s');
  if (isRangeAtEnd && found.items.some(({ kind }) => kind === 'date')) return true;
  const days = neighbours(found, index).filter(({ kind }) => kind === 'date' || kind === 'part');
  return days.some((other) => isAdjacent(tokens, item, other) && (other.first < item.first || !isNoun));
}

function isNearDate(found: Found, item: ClockItem, index: number): boolean {
  return neighbours(found, index).some(
    (other) => other.kind === 'date' && isAdjacent(found.tokens, item, other),
  );
}

/** The clock that is meant: one with a "3pm" or "at" before a bare number, one beside a day before one by itself. */
function pickClock(found: Found): ClockItem | null {
  let best: { item: ClockItem; rank: number } | null = null;
  for (const [index, item] of found.items.entries()) {
    if (item.kind !== 'clock') continue;
    const rank = item.isWeak
      ? Number(isHour(found, item, index))
      : 2 + Number(item.isCued) + 2 * Number(isNearDate(found, item, index));
    if (rank > (best?.rank ?? 0)) best = { item, rank };
  }
  return best?.item ?? null;
}

/** "the Monday metrics": a day that only describes the noun behind it. */
function isOwnNoun({ tokens, starts }: Found, item: DateItem): boolean {
  const behind = tokenAt(tokens, item.next);
  return (
    !item.isCued && behind.kind === 'word' && !AFTER_BARE_HOUR.test(behind.low) && !starts.has(item.next)
  );
}

function pickDate(found: Found, clock: ClockItem | null): DateItem | null {
  const { tokens, items } = found;
  const dates = ofKind(items, 'date');
  const known = dates.filter(({ said }) => said.source !== 'vague');
  const near = clock && known.find((item) => isAdjacent(tokens, item, clock));
  return (
    near ??
    known.find((item) => item.isCued) ??
    known.find((item) => !isOwnNoun(found, item)) ??
    known[0] ??
    dates[0] ??
    null
  );
}

/** "Monday 12 August" is one day said twice; where the two disagree, the person must choose. */
function withWeekday(found: Found, date: DateItem): { date: DateItem; also: DateItem | null } {
  const { tokens, items } = found;
  const isPair = (a: DateItem, b: DateItem) => a.said.source === 'weekday' && b.said.source === 'calendar';
  const other = ofKind(items, 'date').find(
    (item) =>
      item !== date &&
      isAdjacent(tokens, item, date) &&
      (isPair(item, date) || isPair(date, item)) &&
      !(item.first > date.first && isOwnNoun(found, item)),
  );
  if (!other) return { date, also: null };
  const [weekday, day] = isPair(date, other) ? [date.said, other] : [other.said, date];
  return { date: { ...day, said: reconcile(day.said, weekday.weekday) }, also: other };
}

function reconcile(said: DateItem['said'], weekday: number | null): DateItem['said'] {
  const days = [said.day, ...said.others].filter((day) => day !== null);
  const fits = days.filter((day) => ((((day + 3) % 7) + 7) % 7) + 1 === weekday);
  const [only] = fits;
  if (only !== undefined && fits.length === 1)
    return {
      ...said,
      day: only,
      others: [],
      need: said.need === 'past' && only === said.day ? 'past' : null,
    };
  if (said.day === null) return said;
  return { ...said, need: 'conflict', others: conflictChoices(said.day, weekday) };
}

function conflictChoices(day: number, weekday: number | null): number[] {
  if (weekday === null) return [];
  const ahead = (weekday - ((((day + 3) % 7) + 7) % 7) - 1 + 7) % 7;
  return [day + ahead - 7, day + ahead];
}

/** The "9am New York" of "2pm London / 9am New York". */
function isSameElsewhere(tokens: Tokens, chosen: ClockItem, item: ClockItem): boolean {
  const before = tokenAt(tokens, item.first - 1).low;
  return item.zone !== null && item.first === chosen.next + 1 && /^[/=(|,]$/.test(before);
}

/** Dinner at 8 is in the evening, breakfast at 7 in the morning. */
function mealtime(tokens: Tokens): Part | null {
  for (const { low } of tokens.slice(0, 40)) {
    if (low === 'dinner' || low === 'supper' || low === 'drinks') return 'evening';
    if (low === 'breakfast') return 'morning';
  }
  return null;
}

const isHabit = (item: Item) => item.kind === 'date' && item.repeats;

/** The "4pm" of "3pm or 4pm": nobody has decided yet. A meeting is on one day, so "Monday and Wednesday" leaves it open as well. */
function rivalOf({ tokens, items }: Found, item: Item | null): Item | undefined {
  if (!item) return undefined;
  const parts = item.kind === 'date' && !item.repeats ? /^(?:or|and|&)$/ : /^or$/;
  const isOpen = (at: number) => parts.test(tokenAt(tokens, at).low);
  return items.find(
    (other) =>
      other.kind === item.kind &&
      isHabit(other) === isHabit(item) &&
      ((other.first === item.next + 1 && isOpen(item.next)) ||
        (other.next === item.first - 1 && isOpen(other.next))),
  );
}

/** "Monday 9-10 and Wednesday 9-10": days besides the chosen one that say another. */
function otherDays(found: Found, chosen: DateItem | null, used: ReadonlySet<Item>): DateItem[] {
  const day = chosen?.said.day ?? null;
  if (day === null) return [];
  return ofKind(found.items, 'date').filter(
    (item) =>
      !used.has(item) &&
      !item.repeats &&
      item.said.source !== 'vague' &&
      item.said.day !== null &&
      !isOwnNoun(found, item),
  );
}

const NO_NOUN =
  /^(?:if|or|that|is|works?|would|could|can|when|as|because|so|but|maybe|also|too|then|ends?|ending)$/;
const DETERMINER = /^(?:the|my|our|this|that|his|her|their|a|an|'s|’s)$/;

/** "The 3pm", "9am club": a clock that names something. */
function isNamed({ tokens, starts }: Found, { first: at, next }: Item): boolean {
  const behind = tokenAt(tokens, next);
  const isNoun = behind.kind === 'word' && !AFTER_BARE_HOUR.test(behind.low) && !NO_NOUN.test(behind.low);
  return DETERMINER.test(tokenAt(tokens, at - 1).low) || (isNoun && !starts.has(next));
}

/** "10am, 2pm": certain clocks besides the chosen one. */
function otherClocks(found: Found, chosen: ClockItem | null, used: ReadonlySet<Item>): ClockItem[] {
  if (chosen === null) return [];
  return ofKind(found.items, 'clock').filter(
    (item) => !used.has(item) && (!item.isWeak || item.isCued) && !isNamed(found, item),
  );
}

/** "4pm (16:00)" is one time said twice. */
function isSameClock(a: ClockItem, b: ClockItem): boolean {
  const minutes = ({ from: { hour, minute, half } }: ClockItem) =>
    (half === null ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
  return minutes(a) === minutes(b) || (minutes(a) - minutes(b)) % 720 === 0;
}

/** "Tomorrow morning at 3pm". */
function isContrary({ from }: ClockItem, part: Part | null): boolean {
  return (part === 'morning' && from.half === 'pm') || (part === 'evening' && from.half === 'am');
}

/** None of the days, until the person chooses one. */
function undecided(date: DateItem, rivals: readonly Item[]): DateItem {
  const days = [date, ...rivals].flatMap((item) => (item.kind === 'date' ? (item.said.day ?? []) : []));
  const [day = null, ...others] = days.sort((a, b) => a - b);
  return { ...date, said: { ...date.said, day, others, need: 'date' } };
}

const isListedBefore = (tokens: Tokens, item: Item, day: Item) =>
  item.next === day.first - 1 && tokenAt(tokens, item.next).low === ',';

/** Chooses among everything that was said about time; what is not chosen stays words. */
export function pick(tokens: Tokens, items: readonly Item[]): Picked {
  const found = { tokens, items, starts: new Set(items.map(({ first }) => first)) };
  const clock = pickClock(found);
  const foundDate = pickDate(found, clock);
  const merged = foundDate && withWeekday(found, foundDate);
  const lengths = ofKind(items, 'length');
  const length = lengths.find(({ isCued }) => isCued) ?? lengths[0] ?? null;
  const relative = clock ? null : (ofKind(items, 'relative')[0] ?? null);
  const zones = ofKind(items, 'zone');
  const parts = ofKind(items, 'part');
  const nows = clock || relative || merged?.date.said.day ? [] : ofKind(items, 'now');
  const options = ofKind(items, 'option');
  const repeats = ofKind(items, 'repeat');
  const sometimes = ofKind(items, 'sometime');
  const beside = merged
    ? ofKind(items, 'date').filter(
        (item) => item.repeats || (item.said.source === 'vague' && !isOwnNoun(found, item)),
      )
    : [];
  const rivalDate = rivalOf(found, foundDate);
  // The "mon" of "mon, wed and fri".
  const listed = ofKind(items, 'date').filter(
    (item) => rivalDate && [foundDate, rivalDate].some((day) => day && isListedBefore(tokens, item, day)),
  );
  const otherZones = clock
    ? ofKind(items, 'clock').filter((item) => isSameElsewhere(tokens, clock, item))
    : [];
  const used = new Set<Item>([
    ...beside,
    ...otherZones,
    ...listed,
    ...[rivalOf(found, clock), rivalDate].filter((item) => item !== undefined),
    ...[clock, foundDate, merged?.also, length, relative].filter(
      (item) => item !== null && item !== undefined,
    ),
    ...[...zones, ...parts, ...nows, ...options, ...repeats, ...sometimes],
  ]);
  const days = otherDays(found, merged?.date ?? null, used);
  const clocks = otherClocks(found, clock, used);
  for (const item of [...days, ...clocks]) used.add(item);
  const rivalDays = days.filter(({ said }) => said.day !== merged?.date.said.day);
  const rivals = [...(rivalDate ? [rivalDate, ...listed] : []), ...rivalDays];
  const date = merged && rivals.length > 0 ? undecided(merged.date, rivals) : merged?.date;
  const dayPart = merged?.date.said.part ?? parts[0]?.part ?? null;
  const isOpen =
    rivalOf(found, clock) !== undefined ||
    (clock !== null && (clocks.some((item) => !isSameClock(clock, item)) || isContrary(clock, dayPart)));
  return {
    clock: isOpen ? null : clock,
    isClockOpen: isOpen,
    date: date ?? null,
    minutes: length?.minutes ?? null,
    inMinutes: relative?.minutes ?? null,
    zone: clock?.zone ?? zones[0]?.zone ?? null,
    part: clock?.from.part ?? merged?.date.said.part ?? parts[0]?.part ?? mealtime(tokens),
    isNow: nows.length > 0,
    isRepeated: repeats.length > 0 || merged?.date.repeats === true,
    used,
  };
}
