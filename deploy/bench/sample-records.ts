import type { MeetingRecord, Owner } from '../../bot/meeting/record.ts';
import type { Pending } from '../../bot/store/store.ts';

/** The owner of every sample. */
export const ADA: Owner = { tenant: 'contoso', user: 'ada' };

/** The instant of every sample, in epoch milliseconds. */
export const NOW = Date.UTC(2026, 10, 21, 12);
const LATER = NOW + 60_000;

/** A request of Ada's that waits. */
export function pending(change: Partial<Pending> = {}): Pending {
  return {
    id: 'p1',
    owner: ADA,
    asker: 'Ada',
    conversation: 'a:1',
    waitsFor: 'signin',
    utterance: { text: 'meeting at 3 with \uFFFC', people: [{ name: 'Ben', id: '29:ben' }] },
    askedAt: NOW,
    zone: 'Europe/London',
    locale: 'en-GB',
    answers: [{ choice: 0, date: null, time: '15:00', zone: null, minutes: null, who: ['29:ben', null] }],
    expires: LATER,
    ...change,
  };
}

/** A meeting of Ada's, made just now. */
export function meeting(change: Partial<MeetingRecord> = {}): MeetingRecord {
  return {
    id: 'm1',
    owner: ADA,
    conversation: 'a:1',
    cardId: null,
    graphId: 'graph-1',
    revision: 1,
    leftovers: [],
    subject: 'Q3',
    start: NOW + 3_600_000,
    end: NOW + 5_400_000,
    zone: 'Europe/London',
    guests: [{ kind: 'email', email: 'lee@contoso.com' }],
    options: { passcode: false },
    said: {
      guesses: [{ kind: 'ampm', said: '3', taken: NOW, other: { start: NOW, end: LATER } }],
      assumedMinutes: 30,
      notes: ['shareLink'],
    },
    createdAt: NOW,
    expires: NOW + 86_400_000,
    ...change,
  };
}
