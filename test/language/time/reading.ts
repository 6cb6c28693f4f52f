import { DateTime } from 'luxon';
import { loadPack } from '../../../bot/language/pack.ts';
import { readRawText } from '../../../bot/language/text/clean.ts';
import { tokenize } from '../../../bot/language/text/tokens.ts';
import { findTimeSpans } from '../../../bot/language/time/find-times.ts';
import { resolveTimes } from '../../../bot/language/time/resolve.ts';
import type { TimeFrame, Times } from '../../../bot/language/time/spans.ts';

/** When and where a text is read, and in which language. */
export type Moment = TimeFrame & { language: string };

/** Tuesday 15 September 2026, 09:40 in London. */
export const READING = readingAt('2026-09-15T09:40:00', 'Europe/London');

/** A reading at that wall-clock time there. */
export function readingAt(iso: string, zone: string, locale = 'en-GB', language = 'en'): Moment {
  return { now: DateTime.fromISO(iso, { zone }), zone, locale, language };
}

/** All times of a text, as if nothing in it were a subject. */
export function timesOf(text: string, moment: Moment = READING): Times {
  const pack = loadPack(moment.language);
  const tokens = tokenize(readRawText(text, ['Parley', 'MeetBot']).text, pack.elided);
  return resolveTimes(findTimeSpans(tokens, pack, moment), tokens, pack, moment);
}

const SHORT = 'yyyy-MM-dd HH:mm';

/** The same, or what else was said about a meeting that is there: "shift 60", "until 17:00", "now". */
export function told(text: string, moment: Moment): string {
  const { when, needs, minutes, isNow, shiftMinutes, extendMinutes, shiftDays, until } = timesOf(
    text,
    moment,
  );
  const also = when && needs.length > 0 ? ` needs ${needs.join(' ')}` : '';
  if (when) return `${whenOf(text, moment)}${also}`;
  if (shiftMinutes !== null) return `shift ${shiftMinutes}`;
  if (shiftDays !== null) return `shift ${shiftDays} days`;
  if (extendMinutes !== null) return `extend ${extendMinutes}`;
  if (until !== null) return `until ${until}`;
  const length = minutes === null ? '' : `length ${minutes}`;
  if (isNow) return `now ${length}`.trim();
  return length !== '' && needs.includes('date') ? length : whenOf(text, moment);
}

/** "2026-09-16 15:00" or with an end "… – 16:00", in the reader's zone; what must be asked instead, if anything. */
export function whenOf(text: string, moment: Moment = READING): string {
  const { when, needs, minutes } = timesOf(text, moment);
  if (!when) return `asks ${needs.join(' ')}`;
  const end = when.end ?? (minutes === null ? null : when.start.plus({ minutes }));
  const start = when.start.toFormat(SHORT);
  if (!end) return start;
  return `${start} – ${end.toFormat(end.hasSame(when.start, 'day') ? 'HH:mm' : SHORT)}`;
}
