import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { loadPack } from '../../bot/language/pack.ts';
import { settleParts } from '../../bot/language/sentence/parts.ts';
import { tokenize } from '../../bot/language/text/tokens.ts';
import { findTimeSpans } from '../../bot/language/time/find-times.ts';

const pack = loadPack('en');
const now = DateTime.fromISO('2026-09-15T09:40:00', { zone: 'Europe/London' });

/** The words that stay in the subject where the first `next` tokens were marked as one. */
function subjectLeft(text: string, next: number): string {
  const tokens = tokenize(text);
  const times = findTimeSpans(tokens, pack, { now, zone: 'Europe/London', locale: 'en-GB' });
  const [part] = settleParts({ tokens, pack, knowledge: [], act: 'create', times }, [
    { role: 'subject', first: 0, next },
  ]);
  return text.slice(tokens[part?.first ?? 0]?.from, tokens[(part?.next ?? 1) - 1]?.to);
}

test.each([
  ['toolbox for Friday 10/10 at 6am', 3, 'toolbox'],
  ['Q3 budget tomorrow 3pm', 3, 'Q3 budget'],
  ['1400-1500 supplier audit on friday', 5, 'supplier audit'],
  ['supplier audit 9-5 day after tomorrow', 5, 'supplier audit'],
  ['hiring tmrw, at quarter to five', 2, 'hiring'],
  ['report of Monday with Sam at 3pm tomorrow', 3, 'report of Monday'],
])('times at the end of a subject: %s', (text, next, subject) => {
  expect(subjectLeft(text, next)).toBe(subject);
});
