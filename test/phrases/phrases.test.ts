import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Command, Invitee } from '../../bot/language/command.ts';
import { read } from '../../bot/language/read.ts';
import { readRawText } from '../../bot/language/text/clean.ts';
import type { Phrase } from './make-phrases.ts';

const linesOf = (name: string) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

const PHRASES = linesOf('en.jsonl').map((line) => JSON.parse(line) as Phrase);

/** What is read otherwise than it should be, as is known; a test says when one of them comes right. */
const MISSED = new Set(linesOf('missed.txt').map((line) => line.split(' ')[0]));

const nameOf = (invitee: Invitee) => (invitee.kind === 'email' ? invitee.email : invitee.name);
const iso = (instant: DateTime | null | undefined) =>
  instant?.toUTC().toISO({ suppressMilliseconds: true }) ?? null;
const tidy = (subject: string | null) => subject?.toLowerCase().replace(/^the /, '') ?? null;

/** What the command says about everything that the expectation speaks of. */
function sayOf(command: Command, expected: Phrase['expect']): Phrase['expect'] {
  const seen: Phrase['expect'] = { intent: command.kind };
  if (command.kind !== 'create') return seen;
  if ('start' in expected) seen.start = iso(command.when?.start) ?? '';
  if ('end' in expected) {
    const end =
      command.when?.end ?? (command.minutes ? command.when?.start.plus({ minutes: command.minutes }) : null);
    seen.end = iso(end);
  }
  if ('day' in expected) seen.day = command.day;
  if ('subject' in expected) seen.subject = tidy(command.subject);
  if ('attendees' in expected) seen.attendees = command.invitees.map(nameOf);
  if ('options' in expected) seen.options = { ...command.options };
  if ('needs' in expected) seen.needs = [...command.needs];
  return seen;
}

test('there are at least 600 phrases', () => {
  expect(PHRASES.length).toBeGreaterThanOrEqual(600);
});

test.each(PHRASES)('$id $text', ({ id, text, now, zone, locale, expect: expected }) => {
  const frame = { now: DateTime.fromISO(now, { setZone: true }), zone, locale };
  const { command } = read(readRawText(text, ['Parley']), frame);
  const wanted = 'subject' in expected ? { ...expected, subject: tidy(expected.subject ?? null) } : expected;
  const seen = sayOf(command, expected);
  if (MISSED.has(id)) expect(seen, 'it is right now: take it out of missed.txt').not.toEqual(wanted);
  else expect(seen).toEqual(wanted);
});
