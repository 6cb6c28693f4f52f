import type { Need } from '../command.ts';
import type { Tokens } from '../text/pattern.ts';
import { tokenAt } from '../text/pattern.ts';
import type { Item } from './items.ts';

const FRACTION = /^[¼½¾⅓⅔]$/;
const isUnit = (low: string) => /^(?:h|hr|hrs|hour|hours|min|mins|minutes?)$/.test(low);

/** A clock that no rule has taken: "2pm" of "2pm/4pm", "14:00" of "14:00 - 2026-12-18". */
function isClock(tokens: Tokens, at: number): boolean {
  if (tokenAt(tokens, at).kind !== 'number') return false;
  const [next, second] = [tokenAt(tokens, at + 1), tokenAt(tokens, at + 2)];
  if (next.low === 'am' || next.low === 'pm') return true;
  return (
    next.low === ':' && next.glued && second.kind === 'number' && second.glued && second.low.length === 2
  );
}

/** A month beside a number that no rule has taken: "Dec twenty three". */
function isDate(tokens: Tokens, at: number): boolean {
  if (tokenAt(tokens, at).means?.month === undefined) return false;
  const { kind, means } = tokenAt(tokens, at + 1);
  return kind === 'number' || means?.number !== undefined || means?.ordinal !== undefined;
}

/** A part of a length that no rule has taken: "1 1/2 hours", "0.75h", "¾ hour". */
function isLength(tokens: Tokens, at: number, lengths: ReadonlySet<number>): boolean {
  const { low, kind } = tokenAt(tokens, at);
  if (FRACTION.test(low)) return true;
  const isPart = kind === 'number' || low === '.' || low === '/';
  const next = tokenAt(tokens, at + 1);
  return isPart && ((lengths.has(at + 1) && low !== '/') || (next.glued && isUnit(next.low)));
}

/** What must be asked because something that was said of the time was not understood. */
export function leftoverNeeds(
  tokens: Tokens,
  items: readonly Item[],
  isTaken: (at: number) => boolean,
): readonly Need[] {
  const lengths = new Set(items.filter(({ kind }) => kind === 'length').map(({ first }) => first));
  const open = tokens.map((_token, at) => at).filter((at) => !isTaken(at));
  return [
    ...(open.some((at) => isDate(tokens, at)) ? (['date'] as const) : []),
    ...(open.some((at) => isClock(tokens, at)) ? (['time'] as const) : []),
    ...(open.some((at) => isLength(tokens, at, lengths)) ? (['range'] as const) : []),
  ];
}
