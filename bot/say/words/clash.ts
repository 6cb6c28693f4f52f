import type { Audience } from '../say.ts';
import { type MeetingHead, shortTitle } from './meeting-head.ts';
import { clockFor, time } from './time.ts';

/** What somebody has at a time already: a meeting that was made here, or an event of their calendar. */
export type Clash = Pick<MeetingHead, 'subject' | 'guests' | 'isRoom' | 'start'> & { isOfCalendar?: true };

/** The sentence that says so, on the clock of that zone (IANA); none where there is nothing. */
export function wordClash(
  { clash, zone }: { clash?: Clash | undefined; zone: string },
  audience: Audience,
): string[] {
  if (clash === undefined) return [];
  const { text } = audience.say;
  const subject = shortTitle(clash, audience.say);
  const said = { subject, time: time(clash.start, clockFor(audience, zone)) };
  return [text(clash.isOfCalendar ? 'draft.clashCalendar' : 'draft.clash', said)];
}
