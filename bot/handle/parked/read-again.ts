import { inZone } from '../../base/date-time.ts';
import type { CreateCommand } from '../../language/command.ts';
import { read } from '../../language/read.ts';
import type { Context, Reading } from '../../language/reading.ts';
import { applyAnswer, applyCorrection, commandLike } from '../../meeting/complete-command.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { type OpenRequest, openRequest } from '../request.ts';
import type { TurnScope } from '../services.ts';

/** Reads a parked request as it was read when it was written, and applies its answers. */
export async function readAgain(pending: Pending, scope: TurnScope): Promise<Reading> {
  const { utterance, locale, context, like } = pending;
  const request = await openRequest(pending, scope);
  const { knownZone, asked } = request;
  if (pending.asks === 'again' && like !== undefined) {
    const command = commandLike(like);
    return { language: null, command, way: 'do', doubts: [], sentence: null };
  }
  const isAnother = pending.asks === 'move' && pending.answers[0]?.choice !== 0;
  const heard = context && isAnother ? { ...context, focus: null } : context;
  const reading = read(utterance, { now: asked, zone: knownZone, locale, ...(heard && { context: heard }) });
  const { command } = reading;
  if (command.kind !== 'create') return reading;
  // The first answer said that it is to be another meeting, or which one it is to be like.
  const isOfMeeting = pending.asks === 'move' || pending.among !== undefined;
  const given = isOfMeeting ? pending.answers.slice(1) : pending.answers;
  return { ...reading, command: given.reduce((said, answer) => withAnswer(said, answer, request), command) };
}

/** Applies an answer to the command: values for what was asked, or words about the draft that was shown. */
function withAnswer(
  command: CreateCommand,
  answer: Answer,
  { pending: { locale }, zone, knownZone, minutes }: OpenRequest,
): CreateCommand {
  const { correction } = answer;
  if (correction === undefined) return applyAnswer(command, answer, zone);
  const now = inZone(correction.at, zone);
  const context = { open: null, focus: focusOn(command, minutes), meetings: [] };
  const { command: change } = read(correction.utterance, { now, zone: knownZone, locale, context });
  return change.kind === 'reschedule'
    ? applyCorrection(command, change.change, { now, zone, minutes })
    : command;
}

/** A draft as the meeting that the conversation is about. */
export function focusOn({ when, subject, minutes: said }: CreateCommand, minutes: number): Context['focus'] {
  if (when === null) return null;
  const end = when.end ?? when.start.plus({ minutes: said ?? minutes });
  return { subject, start: when.start.toISO() ?? '', end: end.toISO() ?? '', minutesAgo: 0 };
}
