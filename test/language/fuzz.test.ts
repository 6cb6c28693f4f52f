import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../bot/language/languages.ts';
import { read } from '../../bot/language/read.ts';
import type { Frame, Reading } from '../../bot/language/reading.ts';
import { AT_HAND, FRAME } from './reading.ts';

const PHRASES = readFileSync(new URL('../phrases/en.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text);
const WORDS = [...new Set(PHRASES.flatMap((text) => text.split(' ')))];

const word = fc.constantFrom(
  ...WORDS,
  '\uFFFC',
  '\n',
  '"',
  '(',
  '-',
  '/',
  ':',
  ',',
  '7',
  '31',
  '2026',
  'bo@x.com',
);
const sentence = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
const anything = fc.string({ unit: 'binary', maxLength: 300 });
const mixed = fc.oneof(
  sentence,
  anything,
  fc.tuple(sentence, anything).map((both) => both.join('')),
);
const frames = fc.record({
  now: fc
    .integer({ min: 0, max: 4_000_000_000 })
    .map((at) => DateTime.fromSeconds(at, { zone: 'Europe/Berlin' })),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', null),
  locale: fc.constantFrom('en-GB', 'en-US', 'de-DE', 'fr-FR', 'xx', ''),
  context: fc.constantFrom(AT_HAND, { open: null, focus: null, meetings: [] }),
}) as fc.Arbitrary<Frame>;
const people = [{ name: 'Sam', id: null }];

/** Every span that a reading speaks of. */
function spansOf({ sentence: said }: Reading): { first: number; next: number }[] {
  return said ? [...said.times, ...said.parts, ...said.options] : [];
}

describe('whatever is written', () => {
  test('nothing throws, every span is within the text, and the same text reads the same', () => {
    fc.assert(
      fc.property(mixed, frames, (text, frame) => {
        const reading = read({ text, people }, frame);
        const count = reading.sentence?.tokens.length ?? 0;
        for (const { first, next } of spansOf(reading)) {
          expect(first).toBeGreaterThanOrEqual(0);
          expect(next).toBeGreaterThan(first);
          expect(next).toBeLessThanOrEqual(count);
        }
        expect(JSON.stringify(read({ text, people }, frame).command)).toBe(JSON.stringify(reading.command));
      }),
      { numRuns: 300 },
    );
  });

  test('a meeting is only made where its time is known or asked for', () => {
    fc.assert(
      fc.property(sentence, frames, (text, frame) => {
        const { command, way } = read({ text, people }, frame);
        if (command.kind !== 'create' || command.mode === 'room' || way !== 'do') return;
        expect(command.needs).toEqual([]);
        expect(command.when).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

test('reading takes time in proportion to the text', () => {
  const parts = [
    'move the call with Sam to 4pm and record it, ',
    '3-',
    'with Sam, Lee and Kim about Q3 ',
    '"no lobby" (',
  ];
  const millisecondsOf = (text: string) => {
    const once = () => {
      const from = process.cpuUsage().user;
      read({ text, people: [] }, FRAME);
      return (process.cpuUsage().user - from) / 1000;
    };
    return Math.min(...Array.from({ length: 15 }, once));
  };
  for (const part of parts) {
    const text = part.repeat(2000 / part.length);
    expect(millisecondsOf(text)).toBeLessThan(10 + 8 * millisecondsOf(text.slice(0, 500)));
  }
});

test('there is a model for every language that can be read', () => {
  expect(LANGUAGES).toContain('en');
});
