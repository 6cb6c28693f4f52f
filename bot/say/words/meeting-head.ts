import type { DateTime } from 'luxon';
import type { Audience } from '../say.ts';
import { clockFor, span, zoneInFull } from './time.ts';
import { plain, shown } from './user-text.ts';

/** What any card about one meeting must say of it. */
type Occasion = {
  subject: string | null;
  start: DateTime;
  end: DateTime;
  zone: string;
  /** A room: unless it is entered for later, it has no times worth the name. */
  isRoom?: boolean;
};

/** What and when: `seen` for a card's head, with the subject for a TextRun; `spoken` for speech and notifications. */
export function wordOccasion(occasion: Occasion, audience: Audience) {
  const { subject, start, end, zone, isRoom } = occasion;
  const { text } = audience.say;
  const clock = clockFor(audience, zone);
  const stored = { ...span(start, end, clock), zone: zoneInFull(start, clock) };
  const when = isAnyTime(occasion, audience)
    ? {
        day: text('room.kind'),
        hours: text('room.anyTime'),
        zone: text('room.sameLink'),
      }
    : stored;
  const title = subject ?? text(isRoom ? 'room.untitled' : 'meeting.untitled');
  return { seen: { title: shown(title), ...when }, spoken: { subject: plain(title), ...when } };
}

/** Graph's clock and ours may differ a little: a room of this minute is for any time. */
const SOON_MINUTES = 5;

/** Whether there is nothing to say of when it is. */
export function isAnyTime({ isRoom, start }: Pick<Occasion, 'isRoom' | 'start'>, { now }: Audience): boolean {
  return isRoom === true && start <= now.plus({ minutes: SOON_MINUTES });
}
