import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { languageOf } from '../../../bot/language/languages.ts';
import { loadPack } from '../../../bot/language/pack.ts';
import { readRoles } from '../../../bot/language/roles/roles.ts';
import { knowledgeIn, shareKnown } from '../../../bot/language/roles/vocabulary.ts';
import { tokenize } from '../../../bot/language/text/tokens.ts';
import { findTimeSpans } from '../../../bot/language/time/find-times.ts';

const now = DateTime.fromISO('2026-09-15T09:40:00', { zone: 'Europe/London' });
const TAGS = ['en', 'de', 'fr'] as const;
type Tag = (typeof TAGS)[number];

const modelOf = (tag: Tag) => languageOf(tag).model;

/** The act and the parts of a text: "create", "subject: parking". */
function read(tag: Tag, text: string): string[] {
  const pack = loadPack(tag);
  const tokens = tokenize(text, pack.elided);
  const times = findTimeSpans(tokens, pack, { now, zone: 'Europe/London', locale: tag });
  const { act, parts } = readRoles({ tokens, times, pack }, modelOf(tag));
  const said = parts.map(
    ({ role, first, next }) => `${role}: ${text.slice(tokens[first]?.from, tokens[next - 1]?.to)}`,
  );
  return [act, ...said];
}

test.each<[Tag, string, string[]]>([
  ['en', 'book a call with Sam tomorrow at 3pm about parking', ['create', 'guest: Sam', 'subject: parking']],
  ['en', 'please cancel the standup', ['cancel', 'which: the standup']],
  ['en', 'move my 3pm to 4pm', ['move', 'which: my 3pm']],
  ['de', 'Termin morgen um 15 Uhr mit Jana zum Thema Budget', ['create', 'guest: Jana', 'subject: Budget']],
  ['fr', 'réunion demain à 15h avec Paul', ['create', 'guest: Paul']],
])('%s: %s', (tag, text, expected) => {
  expect(read(tag, text)).toEqual(expected);
});

test('a part does not begin or end inside a word', () => {
  expect(read('en', 'from 11pm tonight to tomorrow 6am, on-call cover')).toContain('subject: on-call cover');
  expect(read('en', 'meeting about version 4.2 tomorrow at 10am')).toContain('subject: version 4.2');
  expect(read('en', 'meeting about the wellbeing drop-in tomorrow at 10am')).toContain(
    'subject: the wellbeing drop-in',
  );
});

test.each<[Tag, string]>([
  ['en', "I'm out tomorrow at 3pm"],
  ['en', 'the plumber is coming at 10 tomorrow'],
  ['en', 'can you send me the slides by 5pm?'],
  ['de', 'Ich bin morgen ab 15 Uhr nicht da'],
  ['fr', 'je suis absent demain à 15h'],
])('%s: talk makes no meeting: %s', (tag, text) => {
  expect(['tell', 'ask', 'other']).toContain(read(tag, text)[0]);
});

test.each<[string, Tag]>([
  ['please move the meeting with the design team to next thursday', 'en'],
  ['bitte verschiebe die Besprechung mit dem Vertrieb auf nächsten Donnerstag', 'de'],
  ["peux-tu déplacer la réunion avec l'équipe produit à jeudi prochain", 'fr'],
])('the language that a text is in knows most of its words: %s', (text, language) => {
  const shares = TAGS.map((tag) => {
    const pack = loadPack(tag);
    return shareKnown(knowledgeIn(tokenize(text, pack.elided), pack, modelOf(tag).vocabulary));
  });
  expect(TAGS[shares.indexOf(Math.max(...shares))]).toBe(language);
});

test('2,000 characters are read in time that is linear in them', () => {
  const timeOf = (text: string) => {
    const start = process.cpuUsage().user;
    read('en', text);
    return (process.cpuUsage().user - start) / 1000;
  };
  const long = 'can we move the review with Sam, '.repeat(60);
  timeOf(long);
  expect(Math.min(timeOf(long), timeOf(long), timeOf(long))).toBeLessThan(30);
});
