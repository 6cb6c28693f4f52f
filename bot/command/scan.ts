import type { Clock } from './clocks.ts';
import { clock } from './clocks.ts';
import type { DateContext, DateSaid } from './dates.ts';
import { date } from './dates.ts';
import type { ClockItem, DateItem, Item } from './items.ts';
import { length } from './lengths.ts';
import { option } from './options.ts';
import type { Hit, Rule, Tokens } from './pattern.ts';
import { digits, first, map, maybe, meaning, phrase, seq, tokenAt, word } from './pattern.ts';
import { zoneAlone, zoneBehindClock } from './zones.ts';

/** One kind of thing tried at a place; the first that fits wins. */
type ItemRule = (tokens: Tokens, at: number, context: DateContext) => Item | null;

const clockCue = first<unknown>(
  seq(word('at from by'), word('about around approximately roughly circa say')),
  phrase('starting at'),
  phrase('starting from'),
  phrase('start at'),
  phrase('kicking off at'),
  phrase('beginning at'),
  word('at @ from between around starting kl circa approx'),
);
const softCue = first<unknown>(seq(word('for on'), word('about around')), word('for ~ by on in'));
const joiner = first<string>(
  word('- – — ~ to til till until untill thru through'),
  phrase('up to'),
  phrase('ending at'),
  phrase('finishing at'),
  phrase('- >'),
  phrase("' til"),
);

function dateHere(tokens: Tokens, at: number, context: DateContext): Hit<DateSaid> | null {
  const hit = date(tokens, at);
  const value = hit?.value(context);
  return hit && value ? { value, next: hit.next } : null;
}

type Range = Pick<ClockItem, 'from' | 'to' | 'fromDate' | 'toDate' | 'zone'>;

/** The clock here, and the clock up to which it lasts if one follows. */
function clockOrRange(
  tokens: Tokens,
  at: number,
  context: DateContext,
  isBetween: boolean,
): Hit<Range> | null {
  const start = clock(tokens, at);
  if (!start) return null;
  const zone = zoneBehindClock(tokens, start.next);
  const afterZone = zone?.next ?? start.next;
  const alone: Hit<Range> = {
    value: { from: start.value, to: null, fromDate: null, toDate: null, zone: zone?.value ?? null },
    next: afterZone,
  };
  const comma = tokenAt(tokens, afterZone).low === ',' ? 1 : 0;
  const fromDate = dateHere(tokens, skipOn(tokens, afterZone + comma), context);
  const join = first(joiner, isBetween ? word('and &') : joiner);
  const joined = join(tokens, afterZone) ?? (fromDate && join(tokens, fromDate.next));
  if (!joined) return alone;
  const toDate = dateHere(tokens, skipOn(tokens, joined.next), context);
  const endAt = toDate?.next ?? joined.next;
  const end =
    clock(tokens, tokenAt(tokens, endAt).low === 'at' ? endAt + 1 : endAt) ?? clock(tokens, joined.next);
  if (!end || (toDate && end.next <= toDate.next)) {
    return end ? finish(tokens, { ...alone.value, to: end.value }, end.next, context) : alone;
  }
  const isFromDated = joined.next > (fromDate?.next ?? Number.POSITIVE_INFINITY);
  return finish(
    tokens,
    {
      ...alone.value,
      to: end.value,
      fromDate: isFromDated ? (fromDate?.value ?? null) : null,
      toDate: toDate?.value ?? null,
    },
    end.next,
    context,
  );
}

function skipOn(tokens: Tokens, at: number): number {
  return tokenAt(tokens, at).low === 'on' ? at + 1 : at;
}

function finish(tokens: Tokens, range: Range, next: number, context: DateContext): Hit<Range> {
  const zone = zoneBehindClock(tokens, next);
  const behind = zone?.next ?? next;
  const lateDate = range.fromDate && !range.toDate ? dateHere(tokens, skipOn(tokens, behind), context) : null;
  return {
    value: {
      ...range,
      zone: range.zone ?? zone?.value ?? null,
      toDate: range.toDate ?? lateDate?.value ?? null,
    },
    next: lateDate?.next ?? behind,
  };
}

/** "3-3-3-3" is not a range but noise; so is a range glued to further digits. */
function isNoise(tokens: Tokens, at: number, next: number): boolean {
  const before = tokenAt(tokens, at - 1);
  const behind = tokenAt(tokens, next);
  const isChainBehind = behind.low === '-' && behind.glued && tokenAt(tokens, next + 1).kind === 'number';
  const isChainBefore = before.low === '-' && tokenAt(tokens, at).glued && before.glued;
  return isChainBehind || isChainBefore;
}

const clockItem: ItemRule = (tokens, at, context) => {
  const cue = clockCue(tokens, at);
  const soft = cue ? null : softCue(tokens, at);
  const begin = cue?.next ?? soft?.next ?? at;
  const isBetween = tokenAt(tokens, at).low === 'between';
  const hit = clockOrRange(tokens, begin, context, isBetween);
  if (!hit || isNoise(tokens, begin, hit.next)) return null;
  const { from, to } = hit.value;
  const isBare = (clock: Clock) => clock.weak && !clock.half;
  const hasYear = from.yearLike && !cue && !to;
  const isWeak = (isBare(from) && (to === null || isBare(to))) || hasYear;
  const next = inThePart(tokens, hit.next);
  const part = next?.value ?? null;
  const isWeakCue = tokenAt(tokens, at).low === 'from' && to === null;
  return {
    kind: 'clock',
    first: at,
    next: next?.next ?? hit.next,
    ...hit.value,
    from: part ? { ...from, part, weak: false } : from,
    isCued: cue !== null && !isWeakCue,
    isWeak: isWeak && part === null,
  };
};

/** "in the morning", "at night" right behind a clock. */
const inThePart = first(
  map(seq(word('in'), word('the'), meaning('part')), ([, , part]) => part),
  map(seq(word('at'), word('night')), () => 'night' as const),
);

const dateItem: ItemRule = (tokens, at, context) => {
  const cue = first<unknown>(word('on for from'), phrase('starting'))(tokens, at);
  const hit = (cue && dateHere(tokens, cue.next, context)) ?? dateHere(tokens, at, context);
  if (!hit) return null;
  const isCued = cue !== null;
  return withPart(tokens, {
    kind: 'date',
    first: at,
    next: hit.next,
    said: hit.value,
    isCued,
    repeats: false,
  });
};

/** "tomorrow morning", "Friday, in the afternoon", "tomorrow night". */
function withPart(tokens: Tokens, item: DateItem): DateItem {
  const hit = first(
    inThePart,
    map(seq(maybe(word('early late mid')), maybe(word('-')), meaning('part')), ([, , part]) => part),
  )(tokens, item.next);
  if (!hit || item.said.part) return item;
  return { ...item, next: hit.next, said: { ...item.said, part: hit.value } };
}

const relativeItem: ItemRule = (tokens, at) => {
  const rule: Rule<number> = first(
    map(
      seq(
        word('in'),
        maybe(word('about around another')),
        length,
        maybe(seq(word("'"), word('time'))),
        maybe(word('time')),
      ),
      ([, , minutes]) => minutes,
    ),
    map(seq(length, word('from'), word('now')), ([minutes]) => minutes),
    map(seq(word('in'), digits(5, 55, 2)), ([, minutes]) => (minutes % 5 === 0 ? minutes : null)),
  );
  const hit = rule(tokens, at);
  if (!hit) return null;
  const isShort = tokenAt(tokens, hit.next - 1).kind === 'number';
  const behind = tokenAt(tokens, hit.next);
  if (
    isShort &&
    (behind.kind === 'number' ||
      (behind.kind === 'word' && !SMALL.has(behind.low)) ||
      (behind.glued && behind.low !== ',' && behind.low !== '.'))
  )
    return null;
  return { kind: 'relative', first: at, next: hit.next, minutes: hit.value };
};
const SMALL = new Set('with about on re regarding for to please and'.split(' '));

const NOT_A_LENGTH = new Set('before after late early ago past earlier later away behind ahead'.split(' '));
const lengthItem: ItemRule = (tokens, at) => {
  const cue = first<unknown>(
    phrase('for about'),
    phrase('for around'),
    phrase('for up to'),
    phrase('for a'),
    phrase('for an'),
    word('for lasting x max duration length'),
    phrase('duration :'),
    phrase('length :'),
  )(tokens, at);
  const hit =
    (cue && length(tokens, cue.next)) ??
    (cue?.value === 'for a' || cue?.value === 'for an' ? length(tokens, at + 1) : null) ??
    length(tokens, at);
  if (!hit) return null;
  const behind = tokenAt(tokens, hit.next);
  const isCued = cue !== null && tokenAt(tokens, at).low !== 'a';
  if (NOT_A_LENGTH.has(behind.low)) return null;
  const long = maybe(first<unknown>(seq(word('-'), word('long')), word('long max maximum tops slot total')))(
    tokens,
    hit.next,
  );
  return { kind: 'length', first: at, next: long?.next ?? hit.next, minutes: hit.value, isCued };
};

const repeat: Rule<unknown> = first<unknown>(
  phrase('every day'),
  phrase('every weekday'),
  phrase('every working day'),
  phrase('every week'),
  phrase('every fortnight'),
  phrase('every two weeks'),
  phrase('every 2 weeks'),
  phrase('every other week'),
  phrase('every month'),
  phrase('each day'),
  phrase('each week'),
  phrase('each month'),
  phrase('every morning'),
  phrase('once a week'),
  phrase('twice a week'),
  phrase('on weekdays'),
  phrase('repeating weekly'),
  phrase('recurring weekly'),
  phrase('repeat weekly'),
  phrase('repeats weekly'),
  word('recurring repeating'),
);
const repeatItem: ItemRule = (tokens, at, context) => {
  const hit = repeat(tokens, at);
  if (hit) return { kind: 'repeat', first: at, next: hit.next };
  const every = seq(word('every each'), maybe(word('other second')))(tokens, at);
  if (
    every &&
    (dateHere(tokens, every.next, context)?.value.weekday ||
      singular(tokenAt(tokens, every.next).low, context))
  )
    return { kind: 'repeat', first: at, next: every.next };
  return null;
};

function singular(low: string, context: DateContext): DateSaid | null {
  if (!low.endsWith('days') || low === 'days' || low === 'holidays') return null;
  const token = {
    kind: 'word',
    low: low.slice(0, -1),
    from: 0,
    to: 0,
    glued: false,
    means: WEEKDAY_PLURALS[low],
  } as const;
  return token.means ? (dateHere([token], 0, context)?.value ?? null) : null;
}
const WEEKDAY_PLURALS: Record<string, { weekday: number }> = Object.fromEntries(
  'mondays tuesdays wednesdays thursdays fridays saturdays sundays'
    .split(' ')
    .map((name, index) => [name, { weekday: index + 1 }]),
);
/** "on Mondays": the coming one, and again. */
const pluralDay: ItemRule = (tokens, at, context) => {
  const cue = word('on every')(tokens, at);
  const start = cue?.next ?? at;
  const said = singular(tokenAt(tokens, start).low, context);
  if (!said || (!cue && at > 0)) return null;
  return { kind: 'date', first: at, next: start + 1, said, isCued: true, repeats: true };
};

const NOW = first<unknown>(
  phrase('right now'),
  phrase('right away'),
  phrase('straight away'),
  phrase('this minute'),
  phrase('this very minute'),
  phrase('this instant'),
  phrase('as soon as possible'),
  phrase('just now'),
  word('immediately instantly straightaway asap rn'),
);
const nowItem: ItemRule = (tokens, at) => {
  const hit = NOW(tokens, at);
  if (hit) return { kind: 'now', first: at, next: hit.next };
  if (tokenAt(tokens, at).low !== 'now') return null;
  const before = tokenAt(tokens, at - 1).low;
  const behind = tokenAt(tokens, at + 1).low;
  const isElse = /^(until|till|by|from|til|for|just)$/.test(before) || /^(that|on|then|and)$/.test(behind);
  return isElse ? null : { kind: 'now', first: at, next: at + 1 };
};

const partItem: ItemRule = (tokens, at) => {
  const hit = inThePart(tokens, at);
  return hit && { kind: 'part', first: at, next: hit.next, part: hit.value };
};
const zoneItem: ItemRule = (tokens, at) => {
  const open = tokenAt(tokens, at).low === '(' ? 1 : 0;
  const hit = zoneAlone(tokens, at + open);
  return (
    hit && {
      kind: 'zone',
      first: at,
      next: hit.next + (open && tokenAt(tokens, hit.next).low === ')' ? 1 : 0),
      zone: hit.value,
    }
  );
};
const sometimeItem: ItemRule = (tokens, at) => {
  const hit = first<unknown>(
    phrase('at some point'),
    phrase('first thing'),
    phrase('after lunch'),
    phrase('before lunch'),
    phrase('when everyone is free'),
    phrase('usual time'),
    phrase('at the usual time'),
    phrase('same time'),
  )(tokens, at);
  return hit && { kind: 'sometime', first: at, next: hit.next };
};
const optionItem: ItemRule = (tokens, at) => {
  const hit = option(tokens, at);
  return hit && { kind: 'option', first: at, next: hit.next, said: hit.value };
};

// The order is the meaning: "in 20 minutes" before "20 minutes", lengths before hours, dates with numbers before clocks.
const RULES: readonly ItemRule[] = [
  optionItem,
  repeatItem,
  pluralDay,
  relativeItem,
  nowItem,
  lengthItem,
  sometimeItem,
  dateItem,
  clockItem,
  partItem,
  zoneItem,
];

/** Everything in the text that speaks of time or of options, left to right, without overlaps. */
export function scan(tokens: Tokens, context: DateContext, isMasked: (at: number) => boolean): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length; ) {
    const item = isMasked(at) ? null : firstItem(tokens, at, context);
    if (item) items.push(item);
    at = item ? item.next : at + 1;
  }
  return items;
}

function firstItem(tokens: Tokens, at: number, context: DateContext): Item | null {
  for (const rule of RULES) {
    const item = rule(tokens, at, context);
    if (item && item.next > at) return item;
  }
  return null;
}
