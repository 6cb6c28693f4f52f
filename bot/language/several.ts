import { weekdayAlone } from './change.ts';
import { inLanguage } from './choose-language.ts';
import type { CreateCommand, Utterance } from './command.ts';
import { createIn } from './create.ts';
import type { Language } from './languages.ts';
import { hasTag } from './lexicon.ts';
import type { Frame, Sentence } from './reading.ts';
import type { Act } from './roles/labels.ts';
import type { Place } from './roles/roles.ts';
import { readSentence } from './sentence.ts';
import { STARTS } from './time/spans.ts';

/** So many meetings are made of one message at the most. */
const MOST = 10;

/** What one meeting of several may be read as: its time may be all that is said of it. */
const MADE: ReadonlySet<Act> = new Set(['create', 'again', 'answer', 'move', 'add']);

/** Whether a day and an hour are said in a place, each outside of what the meetings are called. */
function hasWholeStart({ said }: Sentence, { first, next }: Place): boolean {
  const inside = said.filter((time) => time.first >= first && time.next <= next && STARTS.has(time.kind));
  const hasDay = inside.some(
    (time) => time.kind === 'date' || (time.kind === 'clock' && time.fromDate !== null),
  );
  const isSoon = inside.some(({ kind, weak }) => kind === 'relative' && !weak);
  return isSoon || (hasDay && inside.some(({ kind }) => kind === 'clock'));
}

const SEPARATOR = /^[,;.&+\n]$/;

/** The stretches of a message that each say a whole start; one where it says only one. */
function stretchesIn(sentence: Sentence): Place[] {
  const { tokens, pack, said } = sentence;
  const isInTime = (at: number) => said.some(({ first, next }) => at > first && at < next - 1);
  const isJoint = (at: number) =>
    !isInTime(at) &&
    (tokens[at]?.kind === 'break' ||
      SEPARATOR.test(tokens[at]?.low ?? '') ||
      hasTag(pack.matchesAt(tokens, at), 'cue:and'));
  const stretches: Place[] = [];
  let first = 0;
  for (let at = 1; at < tokens.length; at += 1) {
    const rest = { first: at + 1, next: tokens.length };
    if (!isJoint(at) || !hasWholeStart(sentence, { first, next: at }) || !hasWholeStart(sentence, rest))
      continue;
    stretches.push({ first, next: at });
    first = at + 1;
  }
  return [...stretches, { first, next: tokens.length }];
}

/** A stretch of a message as a message of its own, with the people who are mentioned in it. */
function utteranceOf({ text, tokens, people }: Sentence, { first, next }: Place): Utterance {
  const stretch = tokens.slice(first, next);
  const named = stretch.flatMap(({ nth }) => (nth === null ? [] : (people[nth] ?? [])));
  return { text: text.slice(stretch[0]?.from, stretch.at(-1)?.to), people: named };
}

/** What is said of only one of several meetings holds for those of which nothing is said. */
function completed(commands: readonly CreateCommand[]): CreateCommand[] {
  const subject = commands.find((command) => command.subject !== null)?.subject ?? null;
  const invitees = commands.find((command) => command.invitees.length > 0)?.invitees ?? [];
  const minutes = commands.find((command) => command.minutes !== null)?.minutes ?? null;
  const options = commands.find((command) => Object.keys(command.options).length > 0)?.options ?? {};
  return commands.map((command) => ({
    ...command,
    subject: command.subject ?? subject,
    invitees: command.invitees.length > 0 ? command.invitees : invitees,
    minutes: command.when?.end ? command.minutes : (command.minutes ?? minutes),
    options: Object.keys(command.options).length > 0 ? command.options : options,
  }));
}

/** "Monday and Tuesday", when it is Monday afternoon: both are in next week. */
function notBefore(command: CreateCommand, before: CreateCommand | undefined): CreateCommand {
  const { when } = command;
  if (when === null || !before?.when || when.start >= before.when.start) return command;
  const later = { start: when.start.plus({ weeks: 1 }), end: when.end?.plus({ weeks: 1 }) ?? null };
  return { ...command, when: later };
}

/** The meetings of a message that asks for several, each with its whole time; none where it does not. */
export function severalIn(sentence: Sentence, language: Language, frame: Frame): CreateCommand[] {
  const stretches = stretchesIn(sentence);
  if (stretches.length < 2 || stretches.length > MOST) return [];
  const commands: CreateCommand[] = [];
  for (const stretch of stretches) {
    const utterance = utteranceOf(sentence, stretch);
    const one = readSentence(utterance, inLanguage(utterance.text, language), frame);
    if (!MADE.has(one.act)) continue;
    const command = createIn({ ...one, act: 'create' }, 'scheduled', frame);
    commands.push(weekdayAlone(one) === null ? command : notBefore(command, commands.at(-1)));
  }
  const areWhole = commands.every(({ when, needs }) => when !== null && needs.length === 0);
  return areWhole && commands.length === stretches.length ? completed(commands) : [];
}
