import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { loadPack } from '../../../bot/language/pack.ts';
import { chooseClause, clausesIn } from '../../../bot/language/roles/clauses.ts';
import type { Act } from '../../../bot/language/roles/labels.ts';
import { tokenize } from '../../../bot/language/text/tokens.ts';
import { findTimeSpans } from '../../../bot/language/time/find-times.ts';

const pack = loadPack('en');
const now = DateTime.fromISO('2026-09-15T09:40:00', { zone: 'Europe/London' });

function clausesOf(text: string): string[] {
  const tokens = tokenize(text);
  const times = findTimeSpans(tokens, pack, { now, zone: 'Europe/London', locale: 'en-GB' });
  return clausesIn(tokens, times).map(({ first, next }) =>
    text.slice(tokens[first]?.from, tokens[next - 1]?.to).trim(),
  );
}

test.each([
  ['book a call at 3 p.m. tomorrow', ['book a call at 3 p.m. tomorrow']],
  ['the server broke. can you set up a call?', ['the server broke.', 'can you set up a call?']],
  ['lunch at 3 p.m. Best, Tom', ['lunch at 3 p.m.', 'Best, Tom']],
  ['lunch with Mr. Smith on friday', ['lunch with Mr. Smith on friday']],
  ['review of v2.1 at 10.30', ['review of v2.1 at 10.30']],
  ['standup with Sam. tomorrow 3pm. 30 minutes.', ['standup with Sam. tomorrow 3pm. 30 minutes.']],
  ['hi Eva,\nplease cancel Q3.\nThanks,\nTom', ['hi Eva,', 'please cancel Q3.', 'Thanks,', 'Tom']],
  ['Who:\n- a@b.example\nThanks,\nTom', ['Who:\n- a@b.example', 'Thanks,', 'Tom']],
  ['Title: Budget\nTime: friday 3pm', ['Title: Budget\nTime: friday 3pm']],
  ['', []],
])('the sentences of %j', (text, clauses) => {
  expect(clausesOf(text)).toEqual(clauses);
});

const SURE = 100;
/** Which sentences are chosen and which are not heard, by number. */
function choice(guesses: readonly (readonly [Act, number])[]): { chosen: Act; unheard: number[] } {
  const clauses = guesses.map(([act, lead], first) => ({
    place: { first, next: first + 1 },
    isClosing: false,
    guess: { act, next: 'other' as const, margin: Math.abs(lead), lead, further: [] },
  }));
  const { guess, unheard } = chooseClause(clauses, SURE);
  return { chosen: guess.act, unheard: unheard.map(({ first }) => first) };
}

test('the sentence that wants something the most is heard; greetings, news and what follows a closing are not', () => {
  expect(
    choice([
      ['greet', -300],
      ['tell', -150],
      ['create', 200],
      ['tell', -20],
      ['thanks', -300],
      ['answer', 90],
    ]),
  ).toEqual({ chosen: 'create', unheard: [0, 1, 4, 5] });
});

test('a word that could be an answer or a yes is none beside news', () => {
  expect(
    choice([
      ['tell', -150],
      ['answer', 300],
    ]).chosen,
  ).toBe('tell');
  expect(
    choice([
      ['thanks', -150],
      ['confirm', 300],
    ]).chosen,
  ).toBe('confirm');
});

test('where nothing is wanted everything is heard', () => {
  expect(
    choice([
      ['tell', -300],
      ['greet', -300],
    ]),
  ).toEqual({ chosen: 'tell', unheard: [] });
});
