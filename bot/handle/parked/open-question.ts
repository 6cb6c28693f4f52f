import type { Command, Reading } from '../../command/command.ts';
import { readTypedAnswer, type TypedAnswer } from '../../command/typed-answer.ts';
import { lastWord } from '../../meeting/record.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { type Outcome, says } from '../../teams/outcome.ts';
import { PENDING_MS } from '../park.ts';
import type { Setting } from '../services.ts';
import { askMoveOrCreate } from './move-or-create.ts';
import { choicesOf, proceed } from './proceed.ts';
import { release } from './release.ts';
import { toOutcome } from './request.ts';

/** The newest question that waits for this person's answer here; null where none does. */
async function openQuestion({ services, owner, turn }: Setting): Promise<Pending | null> {
  const waiting = await services.store.parkedIn(owner, turn.conversation, 'answer');
  return waiting.toSorted((a, b) => b.expires - a.expires)[0] ?? null;
}

/** Whether a meeting was made, changed or shown here after the question: then yes and no are about that. */
async function isOvertaken(pending: Pending, { services, owner, turn }: Setting): Promise<boolean> {
  const askedAt = pending.expires - PENDING_MS;
  const records = await services.store.meetingsOf(owner, services.now().toMillis());
  return records.some((record) => record.conversation === turn.conversation && lastWord(record) > askedAt);
}

const NOTHING: Answer = { choice: null, date: null, time: null, zone: null };

/** The answer as the question's card would have brought it; null where it does not answer this question. */
async function toAnswer(typed: TypedAnswer, pending: Pending, setting: Setting): Promise<Answer | null> {
  const { asks } = pending;
  switch (typed.kind) {
    case 'yes':
      return asks === undefined ? NOTHING : { ...NOTHING, choice: 0, isConfirmed: true };
    case 'half': {
      const choices = await choicesOf(pending, setting);
      const choice = choices.findIndex(({ hour }) => hour >= 12 === (typed.half === 'pm'));
      return choice < 0 ? null : { ...NOTHING, choice };
    }
    case 'zone':
      return asks === undefined ? { ...NOTHING, zone: typed.zone } : null;
    case 'when': {
      const { when, day, clock, minutes } = typed.change;
      const date = when?.start.toISODate() ?? day;
      const time = when?.start.toFormat('HH:mm') ?? clock;
      const length = when?.end?.diff(when.start, 'minutes').minutes ?? minutes;
      if (asks !== undefined || (date ?? time ?? length) === null) return null;
      return { ...NOTHING, date, time, minutes: length };
    }
    case 'no':
      return null;
    default:
      return typed satisfies never;
  }
}

/**
 * What was typed instead of a click on the question's card. An answer fills what was asked; what cannot be read leaves
 * the question open, and it is said again. Null: this is no answer to the question, and stands by itself.
 */
async function answerQuestion(
  pending: Pending,
  typed: TypedAnswer | null,
  setting: Setting,
): Promise<Outcome | null> {
  const { services, owner } = setting;
  if (typed?.kind === 'yes' || typed?.kind === 'no') {
    if (await isOvertaken(pending, setting)) return null;
  }
  if (typed?.kind === 'no') {
    await services.store.unpark(owner, pending.id);
    return says('leftAsIs');
  }
  const answer = typed && (await toAnswer(typed, pending, setting));
  if (answer === null && pending.asks !== undefined) return null;
  if (answer === null) return toOutcome(await proceed(pending, setting), pending, setting);
  const answered = { ...pending, answers: [...pending.answers, answer] };
  const progress = await release(answered, setting);
  return progress === null ? says('alreadyDone') : toOutcome(progress, answered, setting);
}

/** Longer messages that are not understood are no answers. */
const LONGEST_ANSWER = 60;

/**
 * What a message is as an answer: to the question that is open here, or to the card of just now. Null: it is neither,
 * and is done for itself.
 */
export async function onAnswer(
  request: Pending,
  command: Command,
  reading: Reading,
  setting: Setting,
): Promise<Outcome | null> {
  const { text } = request.utterance;
  const typed = readTypedAnswer(text, reading);
  const isUnknown = command.kind === 'none' && command.why === 'unknown' && text.length <= LONGEST_ANSWER;
  if (typed === null && !isUnknown) return null;
  const pending = await openQuestion(setting);
  const answered = pending && (await answerQuestion(pending, typed, setting));
  if (answered !== null) return answered;
  if (typed?.kind !== 'when' || command.kind !== 'create') return null;
  return askMoveOrCreate(request, typed, reading.now, setting);
}
