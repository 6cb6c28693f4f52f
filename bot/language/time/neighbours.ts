import { hasTag } from '../lexicon.ts';
import type { Fit } from './chart.ts';

/** Whether what begins here goes on from a number or one of these signs, without a space between. */
export function isGluedTo({ chart: { tokens }, first }: Fit, signs: string): boolean {
  const before = tokens[first - 1];
  if (!tokens[first]?.glued || !before) return false;
  return signs.includes(before.low) || before.kind === 'number';
}

/** Whether the lexicon gives a token one of these tags, "cue" or "cue:at". */
export function isTagged({ chart }: Fit, at: number, ...tags: readonly string[]): boolean {
  return hasTag(chart.matchesAt(at), ...tags);
}

/** Whether a number goes on at this token, without a space between. */
export function isGluedNumber({ chart }: Fit, at: number): boolean {
  const token = chart.tokens[at];
  return token?.glued === true && token.kind === 'number';
}

/** Whether a number goes on behind a sign: "17/11", "5-6". */
export function isHead({ chart: { tokens }, next }: Fit): boolean {
  const behind = tokens[next];
  return behind?.glued === true && "-/'".includes(behind.low);
}

/** Whether the number in front of `next` is the hour of a clock: "June 5pm" is no 5 June. */
export function isClockNumber(fit: Fit): boolean {
  const [behind, third] = [fit.chart.tokens[fit.next], fit.chart.tokens[fit.next + 1]];
  if (isTagged(fit, fit.next, 'half') || isTagged(fit, fit.next, 'hourword')) return true;
  if (!behind?.glued) return false;
  if (':h%'.includes(behind.low) || isTagged(fit, fit.next, 'halfletter')) return true;
  return behind.low === '.' && third?.glued === true && third.kind === 'number';
}

/** Whether a number is the rest of another one: the "2" of "4.2", the "5" of "9-5". */
export function isTail({ chart: { tokens }, first }: Fit): boolean {
  const [number, sign, token] = [tokens[first - 2], tokens[first - 1], tokens[first]];
  return (
    token?.kind === 'number' &&
    token.glued &&
    // "10:00/2027-01-21" are two.
    !(sign?.low === '/' && token.low.length === 4) &&
    sign?.kind === 'sign' &&
    sign.glued &&
    number?.kind === 'number'
  );
}

/** A number that is a piece of something larger: 12.53%, 3/4, Q3, 5G, #9. */
export function isFragment({ chart: { tokens, matchesAt }, first, next }: Fit): boolean {
  const [before, token, behind] = [tokens[first - 1], tokens[first], tokens[next]];
  const isKnown = (at: number) => matchesAt(at).length > 0;
  if (token?.kind !== 'number') return false;
  if (before && '$£€#'.includes(before.low)) return true;
  if (token.glued && before) {
    const [sign, word] = [tokens[first - 3], tokens[first - 2]];
    const isAfterSlash =
      before.low === '/' && (sign?.low === ':' || (word?.kind === 'word' && isKnown(first - 2)));
    if ('.,#:+*=_\\^/'.includes(before.low) && !isAfterSlash) return true;
    if ((before.kind === 'word' || before.kind === 'number') && !isKnown(first - 1)) return true;
  }
  if (!behind?.glued) return behind?.low === '%';
  const isBare = next - first === 1;
  if ('%°$€£*=_\\^½¼¾('.includes(behind.low) || (isBare && behind.low === '+')) return true;
  if (behind.kind === 'word') return !isKnown(next);
  const isNumberBehind = tokens[next + 1]?.glued === true && tokens[next + 1]?.kind === 'number';
  if (!isNumberBehind) return false;
  return '.,:'.includes(behind.low) || (isBare && behind.low === '/');
}

/** "19h 25/4/2027": the number before the stroke begins a date; "10:00/11:00" are two times. */
export function isDateBehind({ chart: { tokens }, next: at }: Fit): boolean {
  if (tokens[at]?.low !== '/' || !tokens[at]?.glued || tokens[at + 1]?.kind !== 'number') return false;
  const isClock = tokens[at + 2]?.low === ':' || (tokens[at + 1]?.low.length ?? 0) > 2;
  return tokens[at - 1]?.kind === 'number' && !isClock;
}
