import { describe, expect, test } from 'vitest';
import { loadPack } from '../../../bot/language/pack.ts';
import { tokenize } from '../../../bot/language/text/tokens.ts';
import { findTimeSpans } from '../../../bot/language/time/find-times.ts';
import { READING, timesOf } from './reading.ts';

const SIGNS = [
  '3',
  '10',
  '15:30',
  '/',
  '-',
  ',',
  '.',
  ':',
  '5.',
  '2026-10-05',
  'T10:00',
  '(UTC+2)',
  '½',
  '@',
];
const WORDS: Readonly<Record<string, string>> = {
  en: 'tomorrow monday at on from to until 3pm noon half past quarter for 30 minutes an hour in next week the 3rd of october and or later EST London time every now by between after same',
  de: 'morgen Freitag um am von bis 14 Uhr halb viertel nach vor für 30 Minuten eine Stunde in nächste Woche den 3. Oktober und oder später jeden jetzt mittags früh',
  fr: "demain lundi à le de jusqu'à 15h midi et demie moins quart pendant 30 minutes une heure dans la semaine prochaine 3 octobre ou plus tard chaque maintenant",
};
const PHRASES = 1_500;

/** The same numbers every time: a test that fails must fail again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state % below;
  };
}

describe.each(Object.entries(WORDS))('of any words of time in %s', (language, list) => {
  const next = numbers(7);
  const words = [...list.split(' '), ...SIGNS];
  const phrase = () =>
    Array.from({ length: 1 + next(14) }, () => `${words[next(words.length)]}${next(5) > 0 ? ' ' : ''}`).join(
      '',
    );
  const phrases = Array.from({ length: PHRASES }, phrase);

  test('a time has its end behind its start, or something is asked', () => {
    for (const text of phrases) {
      const { when, needs, isNow } = timesOf(text, { ...READING, language });
      if (when?.end) expect(+when.end, text).toBeGreaterThan(+when.start);
      expect(when !== null || isNow || needs.length > 0, text).toBe(true);
    }
  });

  test('the same is found again, left to right and without overlaps', () => {
    const pack = loadPack(language);
    for (const text of phrases) {
      const tokens = tokenize(text, pack.elided);
      const spans = findTimeSpans(tokens, pack, READING);
      expect(findTimeSpans(tokens, pack, READING)).toEqual(spans);
      for (const [index, { first, next: end }] of spans.entries())
        expect(first >= (spans[index - 1]?.next ?? 0) && end > first, text).toBe(true);
    }
  });
});

const LONG = [
  '3 ',
  '3pm to ',
  '12:30-',
  '1.',
  '(((',
  'half past ',
  'one and a ',
  'twenty ',
  'mondays and ',
  '2027-01-21T10:00/',
];

test.each(LONG)('2,000 characters of %j take no longer than their length', (piece) => {
  const pack = loadPack('en');
  const spent = (length: number) => {
    const text = piece.repeat(length / piece.length);
    const rounds = Array.from({ length: 7 }, () => {
      const before = process.cpuUsage().user;
      const tokens = tokenize(text, pack.elided);
      expect(tokens.length).toBeLessThanOrEqual(320);
      findTimeSpans(tokens, pack, READING);
      return (process.cpuUsage().user - before) / 1000;
    });
    return Math.min(...rounds);
  };
  // Four times as much text, with room for a busy machine; what grows with the square takes sixteen times as long.
  expect(spent(2_000)).toBeLessThan(Math.max(20, 12 * spent(500)));
});
