import type { Answer } from './command.ts';
import { ordinalIn } from './known.ts';
import { isHalfOpen, lengthOffered, saysDay, weekdayAlone } from './new-time.ts';
import { inviteesIn } from './people/invitees.ts';
import type { Sentence } from './reading.ts';
import { all, isWithin, saidIn } from './said.ts';
import { zoneNamed } from './settings.ts';

const AFTERNOON: ReadonlySet<string> = new Set(['afternoon', 'evening', 'night']);

/** Which half of the day is said. A word that was read as a day is no part of one: German "morgen" is either. */
export function halfIn({ tokens, pack, said }: Sentence): Answer['half'] {
  const days = said.filter((time) => time.kind === 'date' && time.said.part === null);
  const halves = saidIn(tokens, pack, 'half').flatMap(({ values }) => values);
  const parts = ['inpart', 'part']
    .flatMap((tag) => saidIn(tokens, pack, tag))
    .filter((place) => !days.some((day) => isWithin(place, day)))
    .flatMap(({ values }) => values);
  if (halves.includes('pm') || parts.some((part) => AFTERNOON.has(part))) return 'pm';
  return halves.includes('am') || parts.includes('morning') ? 'am' : null;
}

/** The how-manieth is meant: "the second one", "the last one", "2". */
function countIn(sentence: Sentence): number | null {
  const { tokens } = sentence;
  const numbers = tokens.filter(({ kind }) => kind === 'number');
  const isAlone = numbers.length === 1 && tokens.length <= 3;
  return ordinalIn(sentence, all(tokens)) ?? (isAlone ? Number(numbers[0]?.low) : null);
}

/** "7": in the morning or in the evening. */
function halfOpenClock({ needs, choices: [first] }: Sentence['when']): Pick<Answer, 'halfOpenClock'> {
  return needs.includes('ampm') && first ? { halfOpenClock: first.start.toFormat('HH:mm') } : {};
}

/** What a sentence says by itself, as the answer to whatever question is open. */
export function answerIn(sentence: Sentence): Answer {
  const { when, text, tokens } = sentence;
  const weekday = weekdayAlone(sentence);
  const isPlain = when.when === null && when.day === null && when.clock === null;
  return {
    when: when.when,
    day: when.day ?? when.when?.start.toISODate() ?? null,
    saysDay: saysDay(sentence),
    ...(weekday !== null && { weekday }),
    ...(isHalfOpen(sentence) && { isEitherHalf: true as const }),
    ...halfOpenClock(when),
    clock: when.clock ?? when.when?.start.toFormat('HH:mm') ?? null,
    minutes: when.minutes ?? lengthOffered(when),
    isNow: when.isNow,
    half: halfIn(sentence),
    ordinal: countIn(sentence),
    zone: zoneNamed(sentence),
    people: isPlain ? inviteesIn(sentence, all(tokens)) : [],
    text,
  };
}
