import type { DateTime } from 'luxon';
import type { Guest } from '../meeting/meeting.ts';
import { type Audience, clockFor, names, plain, shown } from './filling.ts';
import type { Say } from './say.ts';
import { span, zoneInFull } from './when.ts';

/** What any card about one meeting must say of it. */
export type Occasion = { subject: string | null; start: DateTime; end: DateTime; zone: string };

const GUESTS_SHOWN = 12;

/** What and when: `seen` for a card's head, with the subject for a TextRun; `spoken` for speech and notifications. */
export function wordOccasion({ subject, start, end, zone }: Occasion, audience: Audience) {
  const clock = clockFor(audience, zone);
  const when = { ...span(start, end, clock), zone: zoneInFull(start, clock) };
  const title = subject ?? audience.say.text('meeting.untitled');
  return { seen: { title: shown(title), ...when }, spoken: { subject: plain(title), ...when } };
}

/** The guests in one line for a TextRun, however many they are; none for nobody. */
export function wordGuests(guests: readonly Guest[], say: Say): string[] {
  if (guests.length === 0) return [];
  return [names(guests.map(nameOf), say, GUESTS_SHOWN)];
}

function nameOf(guest: Guest): string {
  return shown(guest.kind === 'email' ? guest.email : guest.name);
}
