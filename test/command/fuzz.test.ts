import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Command } from '../../bot/command/command.ts';
import { NEEDS } from '../../bot/command/command.ts';
import { parse } from '../../bot/command/parse.ts';
import { cleanText, readRawText } from '../../bot/command/text/clean.ts';
import { READING } from './reading.ts';

const PIECES =
  'tomorrow|3pm|3-|at|on|friday|next|week|the|3rd|of|about|re:|with|Sam|bo@contoso.com|<at>Ana</at>|"|\'|(|)|,|.|-|–|\n|for|an|hour|30|min|in|20|minutes|half|past|quarter|to|noon|midnight|9|7|12|25/12|03/04|2026|30 February|London time|EST|UTC+2|their time|no|passcode|record it|lobby|everyone|can|skip|co-organiser|template|in French|cancel|move|it|every|monday|now|room|link|help|settings|my|time zone|is|was|book|a|call|meeting|please|can you|😀|é|مرحبا|<b>|&amp;|&#x200b;|\u202e|\u0000|\ud800|\u0301|\u0316|\u0301\u0316'.split(
    '|',
  );

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(' '));
const glued = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));

/** What every command promises, whatever it was made from. */
function expectWellFormed(command: Command): void {
  if (command.kind !== 'create') return;
  const { mode, when, day, clock, needs, choices, assumed, subject, minutes } = command;
  expect(needs).toEqual(NEEDS.filter((need) => needs.includes(need)));
  if (mode === 'scheduled') expect(when !== null || needs.length > 0).toBe(true);
  if (when && needs.length > 0) expect(needs).toEqual(['recurrence']);
  for (const span of [
    ...(when ? [when] : []),
    ...choices,
    ...assumed.flatMap(({ alternative }) => alternative ?? []),
  ]) {
    expect(span.start.isValid).toBe(true);
    if (span.end) expect(span.end > span.start).toBe(true);
  }
  if (when && mode === 'scheduled') expect(when.start > READING.now).toBe(true);
  if (day !== null) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
  if (clock !== null) expect(clock).toMatch(/^[0-2]\d:[0-5]\d$/);
  if (minutes !== null) expect(minutes).toBeGreaterThan(0);
  expect(subject).not.toBe('');
}

test.each([
  ['pieces of phrases', soup],
  ['pieces without spaces', glued],
  ['any text', fc.string({ unit: 'binary', maxLength: 300 })],
  [
    'repetitions',
    fc
      .tuple(fc.constantFrom(...PIECES), fc.integer({ min: 1, max: 900 }))
      .map(([piece, count]) => piece.repeat(count)),
  ],
])('%s never break the parser', (_name, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      expectWellFormed(parse(readRawText(text, ['Parley']), READING));
      expectWellFormed(parse({ text, people: [] }, { ...READING, zone: null }));
    }),
    { seed: 42, numRuns: 400 },
  );
});

test.each([...PIECES, '<script>', '</script ', '&#x', '&CounterClockwise', 'a\u200d', '\u0301 ', '<at>Ana'])(
  '%j over and over, 40,000 characters, keeps nobody waiting',
  (piece) => {
    const text = piece.repeat(Math.ceil(40_000 / piece.length));
    // The slow ones need every mark before every other, too.
    const sorted = [...text].sort().reverse().join('');
    const times: number[] = [];
    for (let i = 0; i < 3 && !times.some((ms) => ms < 200); i += 1) {
      const begun = performance.now();
      for (const long of [text, sorted, `a${text}`]) cleanText(long);
      parse(readRawText(text, ['Parley']), READING);
      times.push(performance.now() - begun);
    }
    expect(Math.min(...times)).toBeLessThan(200);
  },
);

test('cleaning what is clean changes nothing', () => {
  fc.assert(
    fc.property(glued, (text) => {
      const once = cleanText(text.replaceAll(/[&<>]/g, ''));
      expect(cleanText(once)).toBe(once);
    }),
    { seed: 42, numRuns: 300 },
  );
});

test('only the first 2,000 characters are understood', () => {
  const text = `tomorrow 3pm about ${'shelf labels, '.repeat(200)}`;
  expect(parse({ text: `${text} cancel it`, people: [] }, READING)).toEqual(
    parse({ text, people: [] }, READING),
  );
});
