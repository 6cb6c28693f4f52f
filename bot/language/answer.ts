import { saysDay } from './change.ts';
import type { Answer } from './command.ts';
import { inviteesIn } from './people/invitees.ts';
import type { Sentence } from './reading.ts';
import { all, saidIn } from './said.ts';
import { zoneNamed } from './settings.ts';

const AFTERNOON: ReadonlySet<string> = new Set(['afternoon', 'evening', 'night']);

/** Which half of the day is said. */
function halfIn({ tokens, pack }: Sentence): Answer['half'] {
  const halves = saidIn(tokens, pack, 'half').flatMap(({ values }) => values);
  const parts = ['inpart', 'part'].flatMap((tag) =>
    saidIn(tokens, pack, tag).flatMap(({ values }) => values),
  );
  if (halves.includes('pm') || parts.some((part) => AFTERNOON.has(part))) return 'pm';
  return halves.includes('am') || parts.includes('morning') ? 'am' : null;
}

/** The how-manieth is meant: "the second one", "the last one", "2". */
function ordinalIn({ tokens, pack }: Sentence): number | null {
  const [ordinal] = saidIn(tokens, pack, 'ordinal').flatMap(({ values }) => values);
  if (ordinal !== undefined) return Number(ordinal);
  const isLast = saidIn(tokens, pack, 'which').some(({ values }) => values.includes('last'));
  if (isLast) return -1;
  const numbers = tokens.filter(({ kind }) => kind === 'number');
  return numbers.length === 1 && tokens.length <= 3 ? Number(numbers[0]?.low) : null;
}

/** What a sentence says by itself, as the answer to whatever question is open. */
export function answerIn(sentence: Sentence): Answer {
  const { when, text, tokens } = sentence;
  const isPlain = when.when === null && when.day === null && when.clock === null;
  return {
    when: when.when,
    day: when.day ?? when.when?.start.toISODate() ?? null,
    saysDay: saysDay(sentence),
    clock: when.clock ?? when.when?.start.toFormat('HH:mm') ?? null,
    minutes: when.minutes,
    isNow: when.isNow,
    half: halfIn(sentence),
    ordinal: ordinalIn(sentence),
    zone: zoneNamed(sentence),
    people: isPlain ? inviteesIn(sentence, all(tokens)) : [],
    text,
  };
}
