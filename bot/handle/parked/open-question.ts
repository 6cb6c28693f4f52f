import type { Command } from '../../language/command.ts';
import { CHANGES } from '../../language/commands.ts';
import type { Reading } from '../../language/reading.ts';
import { applyChange } from '../../meeting/change.ts';
import type { Answer, Pending, Settings } from '../../store/store.ts';
import { answers, type Outcome, says } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { park } from '../park.ts';
import type { Setting } from '../services.ts';
import { type Conversation, lastShown } from './conversation.ts';
import { proceed } from './proceed.ts';
import { release } from './release.ts';
import { toOutcome } from './request.ts';
import { toAnswer, yesTo } from './typed-answer.ts';

/** Longer messages that are not understood are no answers. */
const LONGEST_ANSWER = 60;

/** Takes what waits further, by an answer or by the person's yes to what was read. */
async function goOn(answered: Pending, setting: Setting): Promise<Outcome> {
  const progress = await release(answered, setting);
  return progress === null ? says('alreadyDone') : toOutcome(progress, answered, setting);
}

const withAnswer = (pending: Pending, answer: Answer): Pending => ({
  ...pending,
  answers: [...pending.answers, answer],
});

/** Yes and no, to what is open. */
async function onYesOrNo(
  kind: 'confirm' | 'decline',
  { open, isOvertaken }: Conversation,
  setting: Setting,
): Promise<Outcome> {
  const pending = isOvertaken ? null : open;
  if (kind === 'decline') {
    if (pending !== null) await setting.services.store.unpark(setting.owner, pending.id);
    return says('leftAsIs');
  }
  if (pending === null) return says('nothingAsked');
  if (pending.asks === 'draft') return goOn({ ...pending, isAgreed: true }, setting);
  return goOn(withAnswer(pending, yesTo(pending)), setting);
}

/** The question is said again: what was typed does not answer it. */
async function askAgain(pending: Pending, setting: Setting): Promise<Outcome> {
  return toOutcome(await proceed(pending, setting), pending, setting);
}

const isMumbled = (command: Command, { utterance }: Pending) =>
  command.kind === 'none' && command.why === 'unknown' && utterance.text.length <= LONGEST_ANSWER;

/** What only the conversation makes of a message. Null: it stands by itself, and is done for itself. */
export async function onAnswer(
  request: Pending,
  reading: Reading,
  conversation: Conversation,
  settings: Settings,
  setting: Setting,
): Promise<Outcome | null> {
  const { command } = reading;
  const { open } = conversation;
  switch (command.kind) {
    case 'confirm':
    case 'decline':
      return onYesOrNo(command.kind, conversation, setting);
    case 'answer': {
      if (open === null) return null;
      const answer = await toAnswer(command.answer, open, settings, setting);
      return answer === null ? askAgain(open, setting) : goOn(withAnswer(open, answer), setting);
    }
    case 'reschedule':
      return isBareTime(reading) ? askMoveOrCreate(request, command, settings, setting) : null;
    default:
      return open !== null && open.asks === undefined && isMumbled(command, request)
        ? askAgain(open, setting)
        : null;
  }
}

type Move = Extract<Command, { kind: 'reschedule' }>;

/** Whether nothing but a start was said, which only the conversation made a move of. A length can be no new meeting. */
function isBareTime({ command, sentence }: Reading): boolean {
  if (command.kind !== 'reschedule' || sentence === null || CHANGES.has(sentence.act)) return false;
  const { when, day, clock } = command.change;
  return when !== null || day !== null || clock !== null;
}

/** Asks whether a time alone moves the meeting of just now or makes another; null where that one is gone by now. */
async function askMoveOrCreate(
  request: Pending,
  { change, needs }: Move,
  settings: Settings,
  setting: Setting,
): Promise<Outcome | null> {
  const { services, owner, turn } = setting;
  const now = services.now();
  const record = lastShown(await services.store.meetingsOf(owner, now.toMillis()), turn);
  if (record === undefined) return null;
  const zone = settings.zone ?? turn.zone ?? 'utc';
  const times = applyChange(record, change, { now, zone });
  const to = times.kind === 'changed' && needs.length === 0 ? times.start : null;
  await park({ ...request, asks: 'move', among: [record.id] }, 'answer', services);
  const question = { what: 'move' as const, ...headOf(record), to };
  return answers('asked', { kind: 'card', reply: { kind: 'choice', id: request.id, question } });
}
