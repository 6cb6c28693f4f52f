import { DateTime } from 'luxon';
import { answerLine } from '../../bot/explain/answer-line.ts';
import { read } from '../../bot/language/read.ts';
import type { Context, Frame, Reading } from '../../bot/language/reading.ts';
import { readRawText } from '../../bot/language/text/clean.ts';

/** Tuesday 15 September 2026, 09:40 in London. */
export const FRAME: Frame = {
  now: DateTime.fromISO('2026-09-15T09:40:00', { zone: 'Europe/London' }),
  zone: 'Europe/London',
  locale: 'en-GB',
};

/** A meeting "Q3" at 14:00 today that was shown two minutes ago, and another at 16:00. */
export const AT_HAND: Context = {
  open: null,
  focus: {
    subject: 'Q3',
    start: '2026-09-15T14:00:00+01:00',
    end: '2026-09-15T14:30:00+01:00',
    minutesAgo: 2,
  },
  meetings: [
    {
      subject: 'Q3',
      start: '2026-09-15T14:00:00+01:00',
      end: '2026-09-15T14:30:00+01:00',
      attendees: ['Sam', 'lee@contoso.com'],
    },
    {
      subject: 'Retro',
      start: '2026-09-15T16:00:00+01:00',
      end: '2026-09-15T16:30:00+01:00',
      attendees: ['Kim'],
    },
  ],
};

/** Reads text as Teams sends it. */
export function readText(text: string, frame: Frame = FRAME): Reading {
  return read(readRawText(text, ['Parley', 'MeetBot']), frame);
}

/** What the line protocol answers, as an object. */
export function answerOf(text: string, context?: Context, locale = 'en-GB'): Record<string, unknown> {
  const line = { id: 1, text, now: '2026-09-15T09:40:00+01:00', zone: 'Europe/London', locale, context };
  return JSON.parse(answerLine(JSON.stringify(line))) as Record<string, unknown>;
}
