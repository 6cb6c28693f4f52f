import { DateTime } from 'luxon';
import type { MeetingRecord } from '../../bot/meeting/record.ts';

/** Where the tables are read. */
export const ZONE = 'Europe/Budapest';
/** The Friday before the clocks change, early in the afternoon. */
export const NOW = DateTime.fromISO('2026-03-27T14:00', { zone: ZONE });

/** A wall-clock time there. */
export const at = (iso: string, zone = ZONE) => DateTime.fromISO(iso, { zone });

type Given = Partial<Omit<MeetingRecord, 'start' | 'end' | 'createdAt'>> & {
  id: string;
  start?: string;
  minutes?: number;
  /** Minutes before NOW at which it was made. */
  madeAgo?: number;
};

/** A stored meeting of half an hour, tomorrow at ten, unless something else is given. Times are wall clock in ZONE. */
export function record({
  start = '2026-03-28T10:00',
  minutes = 30,
  madeAgo = 5,
  ...given
}: Given): MeetingRecord {
  const from = at(start);
  return {
    owner: { tenant: 'tenant', user: 'user' },
    conversation: 'chat',
    cardId: null,
    graphId: `graph-${given.id}`,
    revision: 1,
    leftovers: [],
    subject: null,
    start: from.toMillis(),
    end: from.plus({ minutes }).toMillis(),
    zone: ZONE,
    guests: [],
    options: {},
    said: { guesses: [], assumedMinutes: null, notes: [] },
    createdAt: NOW.minus({ minutes: madeAgo }).toMillis(),
    expires: from.plus({ days: 60 }).toMillis(),
    ...given,
  };
}
