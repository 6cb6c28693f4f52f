import { type Fit, type Found, isGluedTo, isTagged } from './chart.ts';

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440, week: 10_080 };
/** Longer than anything; such a length is asked. */
const LONGEST = 999_999 * 60;
const LONGEST_COMPACT_HOURS = 5;

/** What was said of the number of units: 1.5, ¾; "an" is one. */
function amountOf({ number, vast, decimal, fraction, share }: Found): number {
  return Number(number ?? vast ?? decimal ?? fraction ?? share ?? 1);
}

/** "1 hr 20": the minutes have no unit, so nothing may follow that they could count. */
function isOpen({ chart: { tokens }, next }: Fit): boolean {
  const behind = tokens[next];
  const isSign = behind !== undefined && ',.;)–—-'.includes(behind.low);
  return !behind || behind.kind === 'break' || (isSign && !(behind.glued && tokens[next + 1]?.glued));
}

function minutesOf(found: Found, fit: Fit): number | null {
  const extra = Number(found.extra ?? 0);
  const hours = Number(found.hour ?? 0);
  switch (found.form) {
    case 'part':
      return 60 * Number(found.share ?? found.fraction);
    case 'compact':
      return hours >= 1 && hours <= LONGEST_COMPACT_HOURS ? hours * 60 + Number(found.mm) : null;
    case 'signed':
      return hours <= LONGEST_COMPACT_HOURS ? hours * 60 + Number(found.mm) : null;
    case 'open':
      return extra >= 5 && extra <= 55 && isOpen(fit) && amountOf(found) <= LONGEST_COMPACT_HOURS
        ? amountOf(found) * 60 + extra
        : null;
    case 'primes':
      return amountOf(found) >= 10 && amountOf(found) % 5 === 0 ? amountOf(found) : null;
    case 'one':
      return 60;
  }
  if (found.minutes !== undefined) return Number(found.minutes);
  if (found.share !== undefined) return 60 * (amountOf({ ...found, share: undefined }) + Number(found.share));
  // Where a second unit was said the first one comes first: "1 hr 15 min".
  if (found.extra !== undefined) return amountOf(found) * 60 + extra;
  return amountOf(found) * (MINUTES[String(found.unit)] ?? 0);
}

/** "m" counts only right behind a number; "14h" and "1500 hours" are hours of the day; days are lengths behind "for". */
function isUnitOf(found: Found, fit: Fit): boolean {
  const { tokens } = fit.chart;
  const [digits, last, behind] = [tokens[fit.first], tokens[fit.next - 1], tokens[fit.next]];
  if (found.unit === 'day' || found.unit === 'week') return isTagged(fit, fit.first - 1, 'cue:for');
  if (last?.low === 'm' && !last.glued && behind?.kind === 'word') return false;
  if (last?.low.length === 1 && behind?.glued && (behind.kind === 'word' || behind.kind === 'number'))
    return false;
  return !(
    digits?.kind === 'number' &&
    digits.low.length === 4 &&
    found.unit === 'hour' &&
    amountOf(found) <= 2400
  );
}

/** "15 heures", "9h": an hour of the day where the language says both alike, unless a word like "for" stands before it; "de" is none. */
function isClocklike(found: Found, fit: Fit): boolean {
  const isFor = isTagged(fit, fit.first - 1, 'cue:for') && !isTagged(fit, fit.first - 1, 'cue:of');
  const { tokens } = fit.chart;
  const isOne =
    found.extra !== undefined && !tokens.slice(fit.first, fit.next).some(({ low }) => low === ',');
  return !isFor && !isOne && amountOf(found) >= 7 && amountOf(found) <= 24;
}

/** A stretch of time in minutes, without the words around it. */
export function makeLength(found: Found, fit: Fit): number | null {
  const { clocklike } = fit.chart.context;
  const isHourWord = fit.chart.tokens.slice(fit.first, fit.next).some(({ low }) => clocklike.has(low));
  if (isHourWord && isClocklike(found, fit)) return null;
  const last = fit.chart.tokens[fit.next - 1];
  if (!isUnitOf(found, fit)) return null;
  if (last?.low === 'h' && found.form === undefined && amountOf(found) > 12) return null;
  if (fit.chart.tokens[fit.first]?.kind === 'number' && isGluedTo(fit, '.,:/')) return null;
  const minutes = minutesOf(found, fit);
  if (minutes === null || minutes <= 0) return null;
  return Math.min(Math.round(minutes), LONGEST);
}
