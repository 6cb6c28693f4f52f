import { parseArgs } from 'node:util';
import { DateTime, IANAZone } from 'luxon';
import { memo } from './base/cache.ts';
import { ianaZone } from './base/time-zone.ts';
import type { Command, Invitee, Options } from './command/command.ts';
import { parse } from './command/parse.ts';
import { readRawText } from './command/text/clean.ts';

const BOT_NAMES = ['MeetBot', 'Parley'];

/** One request of the line protocol, checked. */
type Line = { id: unknown; text: string; now: DateTime; zone: string | null; locale: string };

// Lines of one file tend to share their instants, and reading one costs as much as a rule. No zone's name has a space.
const instantOf = memo(1_000, (isoAndZone) => {
  const [iso = '', zone = ''] = isoAndZone.split(' ');
  const instant = DateTime.fromISO(iso, { setZone: true });
  return zone === '' ? instant : instant.setZone(ianaZone(zone));
});

/** Reads one JSON line; throws an error that says what is wrong with it. */
function readLine(json: string): Line {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('a line must be an object');
  const { id, text, now, zone, locale } = value as Record<string, unknown>;
  if (typeof text !== 'string') throw new Error('text must be a string');
  const isZone = typeof zone === 'string' && !zone.includes(' ') && ianaZone(zone).isValid;
  if (zone !== null && zone !== undefined && !isZone) throw new Error('zone must be an IANA name or null');
  const instant =
    typeof now === 'string' && !now.includes(' ') ? instantOf(`${now} ${isZone ? zone : ''}`) : null;
  if (!instant?.isValid) throw new Error('now must be an ISO instant');
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

/** The protocol knows one language: it is spoken, or the invitation is in it. */
function plainOptions(all: Options): Record<string, unknown> {
  const { coorganisers, namedPresenters, invitation, ...options } = all;
  return {
    ...(invitation !== undefined && { language: invitation }),
    ...options,
    ...(coorganisers && { coorganisers: coorganisers.map(nameOf) }),
    ...(namedPresenters && { namedPresenters: namedPresenters.map(nameOf) }),
  };
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
  // A question: nothing is to be done.
  if (command.kind === 'topic' || command.kind === 'show') return { intent: 'none', ...blank };
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

const USAGE = `npm run explain -- "a message" [--now ISO]… [--zone IANA]… [--locale tag]
npm run -s explain -- --jsonl < lines.jsonl

Says how a message is read. --now and --zone may be given more than once; every pair is shown.`;

/** The human form: one explanation for each instant and zone. Throws a sentence where an argument is wrong. */
async function explainAll(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      now: { type: 'string', multiple: true, default: [DateTime.now().toISO()] },
      zone: { type: 'string', multiple: true, default: [Intl.DateTimeFormat().resolvedOptions().timeZone] },
      locale: { type: 'string', default: 'en-GB' },
    },
  });
  if (positionals.length === 0) throw new Error(USAGE);
  // Loaded only here: the line protocol starts three times as fast without cards.
  const { explain } = await import('./explain.ts');
  const utterance = readRawText(positionals.join(' '), BOT_NAMES);
  const explanations = values.now.flatMap((now) =>
    values.zone.map((zone) => {
      if (!IANAZone.isValidZone(zone)) throw new Error(`--zone ${zone}: no such zone; try Europe/London`);
      const instant = DateTime.fromISO(now, { zone });
      if (!instant.isValid) throw new Error(`--now ${now}: not an instant; try 2026-11-21T16:00Z`);
      return explain(utterance, { now: instant, zone, locale: values.locale });
    }),
  );
  return explanations.join(`${'─'.repeat(60)}\n`);
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  if (args.includes('--jsonl')) {
    await answerLines();
  } else {
    try {
      process.stdout.write(await explainAll(args));
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    }
  }
}
