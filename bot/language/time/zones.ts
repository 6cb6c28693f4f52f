import { type Fit, type Found, isTagged } from './chart.ts';

/** A zone as said. `own`: "my time"; `unknown`: "her time". */
export type ZoneSaid =
  | { kind: 'iana'; zone: string }
  | { kind: 'offset'; minutes: number }
  /** `east`: minutes east of UTC, null for a region that keeps its clock changes; `isAllYear`: said in every season. */
  | { kind: 'abbreviation'; place: string; east: number | null; isAllYear: boolean }
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
    return hasTime || isEnd || !('word' in found) || isBehindDigits(fit) ? abbreviation(found, fit) : null;
  const zone = String(found.zone);
  if (found.area !== undefined && !zone.startsWith(`${found.area}/`)) return null;
  // "3pm Central"; by itself "central" is any word, and "réunion" what people hold.
  const isWord =
    'zonename' in found ||
    isTagged(fit, fit.next - 1, 'noun') ||
    ('regional' in found && !isTagged(fit, fit.first - 1, 'half'));
  if (found.form === 'bare' && (isWord || !isEnd)) return null;
  return { kind: 'iana', zone };
}

/** The "z" of "14:00Z". */
const isBehindDigits = ({ chart: { tokens }, first }: Fit) =>
  tokens[first]?.glued === true && tokens[first - 1]?.kind === 'number';

/** What an abbreviation means to somebody of this zone; null where it is another word of the language ("et", "est"). */
function abbreviation(found: Found, { chart, first }: Fit): ZoneSaid | null {
  const token = chart.tokens[first];
  const isOtherWord = chart
    .matchesAt(first)
    .some(({ readings }) => readings.some((tags) => !('abbr' in tags)));
  const place = String(found.place);
  if (isOtherWord && token?.text === token?.low) return null;
  if ('home' in found && place !== chart.context.zone) return null;
  const east = found.east === undefined ? null : Number(found.east);
  return { kind: 'abbreviation', place, east, isAllYear: 'season' in found };
}
