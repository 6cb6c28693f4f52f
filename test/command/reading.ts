import { DateTime } from 'luxon';
import type { Command, CreateCommand, Invitee, Reading } from '../../bot/command/command.ts';
import { parse } from '../../bot/command/parse.ts';
import { readRawText } from '../../bot/command/text/clean.ts';

/** Tuesday 15 September 2026, 09:40 in London. */
export const READING: Reading = {
  now: DateTime.fromISO('2026-09-15T09:40:00', { zone: 'Europe/London' }),
  zone: 'Europe/London',
  locale: 'en-GB',
};

/** A reading at that wall-clock time there. */
export function readingAt(iso: string, zone: string, locale = 'en-GB'): Reading {
  return { now: DateTime.fromISO(iso, { zone }), zone, locale };
}

/** Reads text as Teams sends it: with `<at>` around mentions, the bot's own among them. */
export function parseText(text: string, reading: Reading = READING): Command {
  return parse(readRawText(text, ['Parley', 'MeetBot']), reading);
}

/** The same, where a meeting must be wanted; throws where it is not. */
export function createOf(text: string, reading: Reading = READING): CreateCommand {
  const command = parseText(text, reading);
  if (command.kind !== 'create') throw new Error(`${command.kind}, not create: ${text}`);
  return command;
}

const SHORT = 'yyyy-MM-dd HH:mm';

/** "2026-09-16 15:00" or with an end "… – 16:00", in the reader's zone; what must be asked instead, if anything. */
export function whenOf(text: string, reading: Reading = READING): string {
  const { when, needs, minutes } = createOf(text, reading);
  if (!when) return `asks ${needs.join(' ')}`;
  const end = when.end ?? (minutes === null ? null : when.start.plus({ minutes }));
  const start = when.start.toFormat(SHORT);
  if (!end) return start;
  return `${start} – ${end.toFormat(end.hasSame(when.start, 'day') ? 'HH:mm' : SHORT)}`;
}

/** As a table writes it: an address or a name. */
export function nameOf(invitee: Invitee): string {
  return invitee.kind === 'email' ? invitee.email : invitee.name;
}
