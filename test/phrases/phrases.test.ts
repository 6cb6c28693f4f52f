import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Command, Invitee } from '../../bot/command/command.ts';
import { parse } from '../../bot/command/parse.ts';
import { readRawText } from '../../bot/command/text/clean.ts';
import type { Phrase } from './make-phrases.ts';

const PHRASES = readFileSync(new URL('en.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Phrase);

const nameOf = (invitee: Invitee) => (invitee.kind === 'email' ? invitee.email : invitee.name);
const iso = (instant: DateTime | null | undefined) =>
  instant?.toUTC().toISO({ suppressMilliseconds: true }) ?? null;
const tidy = (subject: string | null) => subject?.toLowerCase().replace(/^the /, '') ?? null;

/** What the command says about everything that the expectation speaks of. */
function read(command: Command, expected: Phrase['expect']): Phrase['expect'] {
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

test.each(PHRASES)('$id $text', ({ text, now, zone, locale, expect: expected }) => {
  const reading = { now: DateTime.fromISO(now, { setZone: true }), zone, locale };
  const command = parse(readRawText(text, ['Parley']), reading);
  const wanted = 'subject' in expected ? { ...expected, subject: tidy(expected.subject ?? null) } : expected;
  expect(read(command, expected)).toEqual(wanted);
});
