import type { Hit, Tokens } from '../text/pattern.ts';
import { first, map, maybe, meaning, opens, phrases, seq, tokenAt, word } from '../text/pattern.ts';
import type { DateContext, DateSaid } from './date-said.ts';
import { date } from './dates.ts';
import type { DateItem, ItemRule } from './items.ts';
import { inThePart } from './parts.ts';
import { coming } from './weekday-dates.ts';

/** The day that is named here, if one is. */
export function dateHere(tokens: Tokens, at: number, context: DateContext): Hit<DateSaid> | null {
  const hit = date(tokens, at);
  const value = hit?.value(context);
  return hit && value ? { value, next: hit.next } : null;
}

const cue = word('on for from starting');
const partBehind = first(
  inThePart,
  map(seq(maybe(word('early late mid')), maybe(word('-')), meaning('part')), ([, , part]) => part),
);

/** "tomorrow morning", "Friday in the afternoon", "tomorrow night". */
function withPart(tokens: Tokens, item: DateItem): DateItem {
  const hit = item.said.part ? null : partBehind(tokens, item.next);
  return hit ? { ...item, next: hit.next, said: { ...item.said, part: hit.value } } : item;
}

/** A day, with its "on" and the part of it that was named. */
export const dateItem: ItemRule = opens([cue, date], (tokens, at, context) => {
  const lead = cue(tokens, at);
  // "on 16" is a day only with its "on".
  const hit = (lead && dateHere(tokens, lead.next, context)) ?? dateHere(tokens, at, context);
  if (!hit) return null;
  const base = { kind: 'date' as const, first: at, next: hit.next, said: hit.value };
  return withPart(tokens, { ...base, isCued: lead !== null, repeats: false });
});

const PLURALS = 'mondays tuesdays wednesdays thursdays fridays saturdays sundays'.split(' ');

function weekdayOfPlural(tokens: Tokens, at: number, context: DateContext): DateSaid | null {
  const index = PLURALS.indexOf(tokenAt(tokens, at).low);
  return index < 0 ? null : coming(context, index + 1);
}

const onEvery = word('on every for each');
const another = first<unknown>(seq(word(','), maybe(word('and'))), word('and & + /'));

/** "mondays, wednesdays and fridays": the first of them that comes. */
function pluralsHere(
  tokens: Tokens,
  at: number,
  context: DateContext,
): (Hit<DateSaid> & { count: number }) | null {
  let said = weekdayOfPlural(tokens, at, context);
  if (!said) return null;
  let next = at + 1;
  let count = 1;
  for (let and = another(tokens, next); and; and = another(tokens, next)) {
    const more = weekdayOfPlural(tokens, and.next, context);
    if (!more) break;
    if ((more.day ?? 0) < (said.day ?? 0)) said = more;
    next = and.next + 1;
    count += 1;
  }
  return { value: said, next, count };
}

/** "on Mondays": the coming one, and again. */
export const pluralDay: ItemRule = opens([onEvery, ...PLURALS], (tokens, at, context) => {
  const lead = onEvery(tokens, at);
  const hit = pluralsHere(tokens, lead?.next ?? at, context);
  if (!hit) return null;
  const before = tokenAt(tokens, at - 1);
  const behind = tokenAt(tokens, hit.next);
  const isAlone = at === 0 || /^(sign|break)$/.test(before.kind) || before.means?.half !== undefined;
  const isTimed = /^(at|@|from|\d{1,4})$/.test(behind.low);
  const isList = hit.count > 1 && (behind.kind !== 'word' || behind.means !== undefined);
  if (!(lead || isAlone || isTimed || isList)) return null;
  return { kind: 'date', first: at, next: hit.next, said: hit.value, isCued: true, repeats: true };
});

const repeat = phrases(
  'every|each day|weekday|morning|afternoon|week|fortnight|month|quarter|year',
  'every working|business|other|second|two|2|three|3|four|4 day|week|weeks|fortnight|month|months',
  'once|twice a week|month',
  'on weekdays',
  'repeating|recurring|repeat|repeats|recurs daily|weekly|fortnightly|monthly|biweekly',
  'daily|weekly|fortnightly|monthly|biweekly|bi-weekly on|at|every|from',
  'recurring|repeating',
);
const every = seq(word('every each'), maybe(word('other second')));
const LAST_TAKEN_BACK = /^(on|at|from|every)$/;

/** Repetition. "every" leaves the day behind it to the rule for days. */
export const repeatItem: ItemRule = opens([repeat, every], (tokens, at, context) => {
  const hit = repeat(tokens, at);
  if (hit) {
    const isTooFar = hit.next - at > 1 && LAST_TAKEN_BACK.test(tokenAt(tokens, hit.next - 1).low);
    return { kind: 'repeat', first: at, next: isTooFar ? hit.next - 1 : hit.next };
  }
  const lead = every(tokens, at);
  const isDay =
    lead &&
    (dateHere(tokens, lead.next, context)?.value.weekday || weekdayOfPlural(tokens, lead.next, context));
  return lead && isDay ? { kind: 'repeat', first: at, next: lead.next } : null;
});
