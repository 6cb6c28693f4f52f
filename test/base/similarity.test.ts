import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNear, wordsOf } from '../../bot/base/similarity.ts';

describe('words', () => {
  test.each([
    ['case and punctuation', '  Q3: Review!? ', ['q3', 'review']],
    ['accents', 'Überprüfung für Café Łódź', ['uberprufung', 'fur', 'cafe', 'lodz']],
    ['letters that do not decompose', 'Straße Ægir Søren', ['strasse', 'aegir', 'soren']],
    ['hyphen and colon join', 'Stand-up, 1:1', ['standup', '11']],
    ['possessives', 'Sam’s team and Ana`s', ['sam', 'team', 'and', 'ana']],
    ['an apostrophe in a name', "O'Brien", ['obrien']],
    ['full-width letters', 'Ｑ３', ['q3']],
    ['other scripts stay', 'Обзор 会議', ['обзор', '会議']],
    ['only signs', '🎉 — …', []],
  ])('%s', (_name, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('slips', () => {
  test.each([
    ['the same', 'q3', 'q3', true],
    ['a letter other', 'budgat', 'budget', true],
    ['a letter more', 'budgget', 'budget', true],
    ['a letter less', 'buget', 'budget', true],
    ['the last letter missing', 'revie', 'review', true],
    ['neighbours swapped', 'reveiw', 'review', true],
    ['two slips', 'bugdat', 'budget', false],
    ['short words are taken as they are', 'sync', 'sink', false],
    ['a short word against a long one', 'plan', 'plans', false],
    ['the beginning of a long word', 'retro', 'retrospective', true],
    ['but not the other way round', 'retrospective', 'retro', false],
    ['swapped at the start', 'erview', 'review', true],
  ])('%s', (_name, said, known, expected) => {
    expect(isNear(said, known)).toBe(expected);
  });

  const word = fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 6, maxLength: 9 });

  test('one slip anywhere is forgiven', () => {
    const slip = fc.tuple(word, fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'other'));
    fc.assert(
      fc.property(slip, ([known, where, kind]) => {
        const i = where % known.length;
        const [head, letter, tail] = [known.slice(0, i), known[i] ?? '', known.slice(i + 1)];
        const slips: Record<string, string> = {
          drop: head + tail,
          double: head + letter + letter + tail,
          swap: head + tail.slice(0, 1) + letter + tail.slice(1),
          other: `${head}x${tail}`,
        };
        expect(isNear(slips[kind] ?? '', known)).toBe(true);
      }),
    );
  });

  test('two letters that are nowhere in the word are not', () => {
    fc.assert(
      fc.property(word, (known) => {
        expect(isNear(`x${known.slice(1, -1)}x`, known)).toBe(false);
      }),
    );
  });
});
