import type { Span } from '../language/command.ts';
import { type Clock, capital, date, offset, span, time } from './when.ts';

/** Readings to choose between: what they have in common, said once, and for each the words in which it differs. */
export function wordChoices(choices: readonly Span[], clock: Clock): { common: string[]; titles: string[] } {
  const byDay = ({ start }: Span) => capital(date(start, clock), clock.say);
  const byTime = ({ start }: Span) => time(start, clock);
  const byBoth = (choice: Span) => `${byDay(choice)}, ${byTime(choice)}`;
  const [first] = choices;
  if (!first || choices.length === 1) return { common: [], titles: choices.map(byBoth) };
  const isOneDay = isSame(choices, byDay);
  const isOneTime = isSame(choices, byTime);
  if (isOneDay)
    return { common: [byDay(first)], titles: choices.map(isOneTime ? bySmallPrint(choices, clock) : byTime) };
  return isOneTime
    ? { common: [byTime(first)], titles: choices.map(byDay) }
    : { common: [], titles: choices.map(byBoth) };
}

/** The same start: they differ in their end. The same clock at two instants: it comes twice that night. */
function bySmallPrint(choices: readonly Span[], clock: Clock): (choice: Span) => string {
  if (isSame(choices, ({ start }) => String(start.toMillis()))) {
    return ({ start, end }) => (end ? span(start, end, clock).hours : time(start, clock));
  }
  return ({ start }) => `${time(start, clock)} (${offset(start, clock.zone)})`;
}

function isSame(choices: readonly Span[], words: (choice: Span) => string): boolean {
  return new Set(choices.map(words)).size === 1;
}
