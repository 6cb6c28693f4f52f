import type { Tokens } from '../text/pattern.ts';
import { tokenAt } from '../text/pattern.ts';

const STOP = new Set(
  'is are was were will would shall must may might cannot could has had do does did be been a about after again all an and any are as asap at be before book by call can cover for from has have i if in into is it its me meeting my no now of off on or our out please pls re record regarding schedule set should so some that the their them then there these this those through to today tomorrow until up us was we were what when where which who why will with you your thanks thx lunch coffee no new titled called named concerning subject topic agenda title about invite inviting include cc'.split(
    ' ',
  ),
);
const GROUP_LEADS = new Set('the our my all whole entire everyone rest of'.split(' '));
const NOT_PEOPLE = new Set(
  'chat lobby passcode password recording transcript camera cameras mic mics video audio lunch coffee agenda slides drinks food time notes care pleasure interpreter captions subtitles template option options link dial-in view regards respect reference breaks q break demo'.split(
    ' ',
  ),
);

const APPLYING = new Set('candidate candidates applicant applicants contender finalist'.split(' '));
const TITLES = new Set('dr mr mrs ms prof'.split(' '));
const GROUPS = new Set(
  'team teams office offices squad crew group department dept folks people guys board committee panel staff leads lead managers unit desk hub branch client clients site plant factory store warehouse supplier suppliers vendor vendors partner partners account customer customers agency contractor contractors reps side end'.split(
    ' ',
  ),
);

/** One bare name: up to three words that are neither small words nor times; "Bank of Foo" and "Dr. Lee" are one. */
export function bareName(
  tokens: Tokens,
  at: number,
  text: string,
  isFree: (at: number) => boolean,
): { name: string; next: number } | null {
  let from = at;
  while (GROUP_LEADS.has(tokenAt(tokens, from).low) && from < at + 3) from += 1;
  const isTitled = isCapital(tokens, from, text);
  // "The UK sales leads": behind an article the noun goes with its name.
  const isDefinite = from > at;
  if (isDefinite && tokenAt(tokens, from).low === 'new') from += 1;
  let next = from;
  let words = 0;
  while (words < (isDefinite ? 4 : 3) && isFree(next) && isNameWord(tokens, next)) {
    const isApart = !isCapital(tokens, next, text) && !GROUPS.has(tokenAt(tokens, next).low);
    const isOwned = tokenAt(tokens, next - 1).low.endsWith("'s");
    if (words > 0 && isTitled && isApart && !isDefinite && !isOwned) break;
    const isGroup = GROUPS.has(tokenAt(tokens, next).low);
    if (words > 0 && GROUPS.has(tokenAt(tokens, next - 1).low) && !isGroup) break;
    const { low } = tokenAt(tokens, next);
    words += 1;
    next += 1;
    if (TITLES.has(low) && tokenAt(tokens, next).low === '.') next += 1;
    if (tokenAt(tokens, next).low === '-' && tokenAt(tokens, next).glued && isNameWord(tokens, next + 1))
      next += 2;
    if (isTitled && tokenAt(tokens, next).low === 'of' && isCapital(tokens, next + 1, text)) next += 1;
  }
  // "The candidate for the backend role": what somebody is, and nobody's name.
  if (APPLYING.has(tokenAt(tokens, next - 1).low) && tokenAt(tokens, next).low === 'for') return null;
  if (
    next === from ||
    NOT_PEOPLE.has(tokenAt(tokens, from).low) ||
    NOT_PEOPLE.has(tokenAt(tokens, next - 1).low)
  )
    return null;
  return { name: text.slice(tokenAt(tokens, from).from, tokenAt(tokens, next - 1).to), next };
}

/** April, May and June are people as well. */
const MONTH_NAMES = /^(january|april|may|june|july|august|september|october)$/;

/** A word that may be part of a name: no small word, and nothing that means a time. */
export function isNameWord(tokens: Tokens, at: number): boolean {
  const { kind, low, means } = tokenAt(tokens, at);
  const isMonthName = means?.month !== undefined && MONTH_NAMES.test(low);
  const behind = tokenAt(tokens, at + 1);
  // The R of "R&D" is nobody.
  const isLetter = low.length === 1 && behind.low === '&' && behind.glued;
  const isShift = means?.part !== undefined && GROUPS.has(behind.low);
  return (
    kind === 'word' &&
    (!means || isMonthName || isShift || low === 'a' || low === 'hr') &&
    !STOP.has(low) &&
    !/'(?:ll|re|ve|d|m)$|n't$/.test(low) &&
    !isLetter
  );
}

/** Whether a token is written with a capital. */
export function isCapital(tokens: Tokens, at: number, text: string): boolean {
  const letter = text[tokenAt(tokens, at).from] ?? '';
  return letter !== letter.toLowerCase();
}
