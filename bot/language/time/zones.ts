import type { Fit, Found } from './chart.ts';

/** A zone as said. `own`: "my time"; `unknown`: "her time". */
export type ZoneSaid =
  | { kind: 'iana'; zone: string }
  | { kind: 'offset'; minutes: number }
  | { kind: 'abbreviation'; name: string }
  | { kind: 'own' }
  | { kind: 'unknown' };

/** A zone as the lexicon and its pattern say it. One without "time" counts only behind a clock, where nothing else can be meant. */
export function makeZone(found: Found, fit: Fit): ZoneSaid | null {
  if (found.inner !== undefined) return found.inner as ZoneSaid;
  if ('ownzone' in found) return { kind: 'own' };
  if ('unknownzone' in found) return { kind: 'unknown' };
  // "(UTC+00:00) Dublin, Edinburgh" is how calendars name a place's zone, with its offset in winter.
  if (typeof found.offset === 'number' && found.zone === undefined)
    return { kind: 'offset', minutes: found.offset };
  const behind = fit.chart.tokens[fit.next];
  const isEnd = behind?.kind !== 'word' || fit.chart.matchesAt(fit.next).length > 0;
  const hasTime = 'timeword' in found;
  if (typeof found.abbr === 'string' && found.zone === undefined)
    return hasTime || isEnd || !('word' in found) || isBehindDigits(fit)
      ? { kind: 'abbreviation', name: found.abbr }
      : null;
  const zone = String(found.zone);
  if (found.area !== undefined && !zone.startsWith(`${found.area}/`)) return null;
  if (found.form === 'bare' && ('zonename' in found || !isEnd)) return null;
  return { kind: 'iana', zone };
}

/** The "z" of "14:00Z". */
const isBehindDigits = ({ chart: { tokens }, first }: Fit) =>
  tokens[first]?.glued === true && tokens[first - 1]?.kind === 'number';
