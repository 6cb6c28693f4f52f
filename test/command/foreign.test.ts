import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseText, READING } from './reading.ts';

const FOLDER = new URL('foreign/', import.meta.url);
const LANGUAGES = readdirSync(FOLDER).map((file) => ({
  language: file.replace('.txt', ''),
  sentences: readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n'),
}));

const read = (text: string, locale: string) => parseText(text, { ...READING, locale });

test('there are twelve languages, with thirty sentences each', () => {
  expect(LANGUAGES.length).toBeGreaterThanOrEqual(12);
  for (const { sentences } of LANGUAGES) expect(new Set(sentences).size).toBeGreaterThanOrEqual(30);
});

describe.each(LANGUAGES)('$language', ({ language, sentences }) => {
  test.each(sentences)('“%s” does nothing, whatever language Teams is in', (text) => {
    for (const locale of ['en-GB', language]) {
      const command = read(text, locale);
      const isAct = command.kind !== 'none' && !('needs' in command && command.needs.length > 0);
      expect([command.kind, isAct]).toEqual([command.kind, false]);
    }
  });

  test('nearly all of it is told to be another language', () => {
    const told = sentences.filter((text) => {
      const command = read(text, language);
      return command.kind === 'none' && command.why === 'language';
    });
    expect(told.length).toBeGreaterThanOrEqual(28);
  });
});

// Names, terms and slips are in whatever language they are.
test.each([
  'sync with Łukasz Wójcik tomorrow 3pm',
  'Zürich office call friday 14:00',
  'Müller GmbH review friday 10:00',
  'meeting tomorrow 3pm about the Överkalix rollout',
  'café catch-up tomorrow 9am',
  'naïve bayes session friday 2pm',
  'meetign tommorow 3pm abuot Q4 budgte',
  'tmrw 3pm standup w/ ben',
  'DORA metrics tomorrow 15:00',
  'lunch at La Piazza tomorrow 12:30',
  'jour fixe tomorrow 10am',
  'obeya tomorrow 10:00',
  'Besuch Siemens AG friday 14:00',
  'call with José, François and Jürgen monday at 4',
  'call with Анна Петрова tomorrow 3pm',
  'kubernetes migration dry run thu 11:00',
  'grpc frobnicator postmortem tomorrow 16:00',
  'project Übermorgen kickoff friday 3pm',
  'visit to Rio de Janeiro plant monday 2pm',
  'schedule a sync with el-Masri next tuesday 10am',
  'réunion prep meeting tomorrow 3pm with the Paris team',
])('“%s” is English', (text) => {
  expect(parseText(text)).toMatchObject({ kind: 'create', needs: [] });
  expect(read(text, 'de-DE')).toMatchObject({ kind: 'create', needs: [] });
});

test.each(['cancel the Zürich call', 'move Łukasz 1:1 to 4pm', 'cancel Besprechung Q3'])(
  '“%s”, too',
  (text) => {
    expect(parseText(text).kind).not.toBe('none');
  },
);

test('a day that is not read is asked, also among English words', () => {
  expect(parseText('meeting mañana 3pm')).toEqual({ kind: 'none', why: 'language' });
});

test('words that nobody knows beside a clock may hold the day: it is asked', () => {
  expect(parseText('flytta Q3 till 16:00')).toMatchObject({ kind: 'create', when: null, needs: ['date'] });
});
