import { DateTime } from 'luxon';
import { readRawText } from './command/clean.ts';
import type { Command, Invitee, Options } from './command/command.ts';
import { ianaZone } from './command/instants.ts';
import { parse } from './command/parse.ts';

const BOT_NAMES = ['MeetBot', 'Parley'];

/** One request of the line protocol, checked. */
type Line = { id: unknown; text: string; now: DateTime; zone: string | null; locale: string };

/** Reads one JSON line; throws an error that says what is wrong with it. */
export function readLine(json: string): Line {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('a line must be an object');
  const { id, text, now, zone, locale } = value as Record<string, unknown>;
  if (typeof text !== 'string') throw new Error('text must be a string');
  const instant = typeof now === 'string' ? DateTime.fromISO(now, { setZone: true }) : null;
  if (!instant?.isValid) throw new Error('now must be an ISO instant');
  const isZone = typeof zone === 'string' && ianaZone(zone).isValid;
  if (zone !== null && zone !== undefined && !isZone) throw new Error('zone must be an IANA name or null');
  return {
    id: id ?? null,
    text,
    now: instant,
    zone: isZone ? zone : null,
    locale: typeof locale === 'string' ? locale : 'en-GB',
  };
}

function nameOf(invitee: Invitee): string {
  return invitee.kind === 'email' ? invitee.email : invitee.name;
}

function plainOptions({ coorganisers, ...options }: Options): Record<string, unknown> {
  return coorganisers ? { ...options, coorganisers: coorganisers.map(nameOf) } : options;
}

/** A command in the words of the line protocol. */
export function toAnswer(command: Command): Record<string, unknown> {
  const blank = {
    start: null,
    end: null,
    durationMinutes: null,
    subject: null,
    attendees: [],
    options: {},
    needs: null,
  };
  if (command.kind !== 'create') return { intent: command.kind, ...blank };
  const { mode, when, day, minutes, subject, invitees, options, needs } = command;
  return {
    intent: 'create',
    start: when?.start.toISO({ suppressMilliseconds: true }) ?? day,
    end: when?.end?.toISO({ suppressMilliseconds: true }) ?? null,
    durationMinutes: minutes,
    subject,
    attendees: invitees.map(nameOf),
    options: mode === 'now' ? { ...plainOptions(options), meetNow: true } : plainOptions(options),
    needs: needs.length > 0 ? needs : null,
  };
}

/** One answer for one line, whatever the line is. */
export function answerLine(json: string): string {
  try {
    const { id, text, ...reading } = readLine(json);
    return JSON.stringify({ id, ...toAnswer(parse(readRawText(text, BOT_NAMES), reading)) });
  } catch (error) {
    return JSON.stringify({ id: null, error: error instanceof Error ? error.message : String(error) });
  }
}

/** Answers JSON lines from standard input until it ends. */
async function answerLines(): Promise<void> {
  let rest = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    const answers = lines.filter((line) => line.trim() !== '').map(answerLine);
    if (answers.length > 0) process.stdout.write(`${answers.join('\n')}\n`);
  }
  if (rest.trim() !== '') process.stdout.write(`${answerLine(rest)}\n`);
}

if (import.meta.main) {
  if (process.argv.includes('--jsonl')) {
    await answerLines();
  } else {
    process.stderr.write('Usage: npm run -s explain -- --jsonl < lines.jsonl\n');
    process.exitCode = 2;
  }
}
