import { expect, test } from 'vitest';
import { normalize, toLine, toName, visible } from '../../bot/base/safe-text.ts';

test.each<[string, string, string]>([
  ['control characters', 'a\u0000b\u0007c\u0085d\u009f', 'abcd'],
  ['marks of the writing direction', 'a\u061cb\u200ec\u200fd\u202ae\u202ef\u2066g\u2069', 'abcdefg'],
  ['zero-width spaces, soft hyphens, joiners of words', 'a\u200bb\u00adc\u2060d\ufeffe', 'abcde'],
  ['fillers', 'a\u034fb\u115fc\u3164d\uffa0e', 'abcde'],
  ['tags that spell a hidden text', 'a\u{e0041}\u{e0042}b\u{e007f}', 'ab'],
  ['joiners where there is nothing to join', '\u200da\u200cb 1\u200d', 'ab 1'],
  ['halves of characters', 'a\ud83d b\udc00', 'a\ufffd b\ufffd'],
  ['nothing of what structures a text', 'a\tb\nc\r\nd', 'a\tb\nc\r\nd'],
  ['nothing of an emoji', '👩‍💻 ❤️ 🏳️‍🌈', '👩‍💻 ❤️ 🏳️‍🌈'],
  ['nothing of Persian and Hindi', 'می\u200cخواهم क्\u200dष', 'می\u200cخواهم क्\u200dष'],
  ['no accent', 'Việt Ångström שָׁלוֹם', 'Việt Ångström שָׁלוֹם'],
])('what is visible: %s', (_name, text, seen) => {
  expect(visible(text)).toBe(seen);
});

test('a line is one, and has a limit in characters', () => {
  expect(toLine(' a\r\n\u2028b\t\u00a0 c ', 100)).toBe('a b c');
  expect(toLine('👍'.repeat(300), 255)).toBe('👍'.repeat(255));
  expect(toLine(`${'a'.repeat(9)} b`, 10)).toBe('a'.repeat(9));
  expect(toName(`Ann\u202e ${'x'.repeat(1_000)}`)).toHaveLength(256);
});

test('normalizing keeps every accent that a language has', () => {
  expect(normalize('e\u0302\u0301', 'NFC')).toBe('ế');
  expect(normalize('ﬁ', 'NFKC')).toBe('fi');
  expect(normalize(`a${'\u0301'.repeat(100)}b`, 'NFD' as 'NFKD')).toBe(`a${'\u0301'.repeat(30)}b`);
});

const LONG = 40_000;
test.each<[string, string]>([
  ['marks in the wrong order', '\u0301'.repeat(LONG / 2) + '\u0316'.repeat(LONG / 2)],
  ['marks in turn', '\u0301\u0316'.repeat(LONG / 2)],
  ['marks behind joiners', 'a\u0301\u0316\u200d'.repeat(LONG / 4)],
  ['joiners', '\u200d'.repeat(LONG)],
  ['spaces', ' \u00a0'.repeat(LONG / 2)],
  ['halves of characters', '\ud83d'.repeat(LONG)],
])('%s take no time that anybody notices', (_name, text) => {
  const times: number[] = [];
  for (let i = 0; i < 3 && !times.some((ms) => ms < 200); i += 1) {
    const begun = performance.now();
    for (const form of ['NFC', 'NFKC', 'NFKD'] as const) normalize(toLine(text, LONG), form);
    for (const form of ['NFC', 'NFKC', 'NFKD'] as const) normalize(text, form);
    times.push(performance.now() - begun);
  }
  expect(Math.min(...times)).toBeLessThan(200);
});
