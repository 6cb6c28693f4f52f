import { parseArgs } from 'node:util';
import { DateTime, IANAZone } from 'luxon';
import { answerLine, BOT_NAMES } from './explain/answer-line.ts';
import { readRawText } from './language/text/clean.ts';

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
