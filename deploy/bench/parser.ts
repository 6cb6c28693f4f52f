import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { read as readUtterance } from '../../bot/language/read.ts';
import { MAX_CHARACTERS, readRawText } from '../../bot/language/text/clean.ts';

// How many messages a second are read on one core, and how long the worst hostile one takes: in processor time, which a
// busy machine changes little. No assertion: figures.
const BOTS = ['Parley'];
const READING = {
  now: DateTime.fromISO('2026-11-20T10:00', { zone: 'Europe/London' }),
  zone: 'Europe/London',
  locale: 'en-GB',
};
const read = (text: string) => readUtterance(readRawText(text, BOTS), READING);

const file = new URL('../../test/phrases/en.jsonl', import.meta.url);
const phrases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => String((JSON.parse(line) as { text: unknown }).text));
for (const text of phrases) read(text);

/** Processor time in milliseconds. */
function millisecondsOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const rounds = Array.from({ length: 30 }, () =>
  millisecondsOf(() => {
    for (const text of phrases) read(text);
  }),
).sort((a, b) => a - b);
const median = rounds[Math.floor(rounds.length / 2)] ?? 0;

// Pieces that invite a reader to look back and forth: half a range, half a date, half a quote, half a tag.
const PIECES = [
  ...[
    '3-',
    '3:',
    '12/',
    '1 ',
    '3pm-',
    'next ',
    'monday ',
    'tomorrow ',
    'at ',
    'from 3 to ',
    'between 2 and ',
  ],
  ...[
    '"',
    '(',
    "'",
    '<',
    '<div>',
    '&amp;',
    '@',
    'a@b.',
    'http://',
    '+44 ',
    '\u00a0',
    ' ',
    ',',
    '-',
    'of the ',
  ],
  ...[
    'first ',
    'in 20 ',
    'half past ',
    'quarter to ',
    '30 ',
    'for ',
    'about ',
    'with ',
    'and ',
    'move it ',
    'make Q3 ',
  ],
];
const OPENINGS = ['', 'meeting ', 'meeting tomorrow 3pm about ', 'move it ', 'cancel '];
const hostile = OPENINGS.flatMap((opening) =>
  PIECES.map((piece) => (opening + piece.repeat(MAX_CHARACTERS)).slice(0, MAX_CHARACTERS)),
);

/** The best of a few: what the reader needs, not what else the machine did meanwhile. */
const bestOf = (text: string) =>
  Math.min(...Array.from({ length: 5 }, () => millisecondsOf(() => void read(text))));

const slowest = hostile
  .map((text) => ({ text, milliseconds: bestOf(text) }))
  .toSorted((a, b) => b.milliseconds - a.milliseconds)[0];
console.table({
  'messages read a second': Math.round((phrases.length * 1000) / median),
  'worst hostile message, ms': slowest?.milliseconds.toFixed(1),
  'it begins with': slowest?.text.slice(0, 30),
});
