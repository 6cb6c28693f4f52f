import { inZone } from '../../base/date-time.ts';
import type { Change, CreateCommand, FindTimeCommand } from '../../language/command.ts';
import { changeIn } from '../../language/commands/change.ts';
import { commandOf } from '../../language/commands/commands.ts';
import { read } from '../../language/read.ts';
import type { Context, Frame, Reading } from '../../language/reading.ts';
import { applyAnswer, commandLike, soughtMeeting, withOpenZone } from '../../meeting/complete-command.ts';
import { applyCorrection, withoutSeries } from '../../meeting/correct-command.ts';
import { mergeChanges } from '../../meeting/merge-changes.ts';
import type { Answer, Pending } from '../../store/store.ts';
import { type OpenRequest, openRequest } from '../request.ts';
import type { TurnScope } from '../services.ts';
import { correctSeveral } from './correct-several.ts';
import { isOnce, readSeries } from './read-series.ts';

/** Reads a parked request as it was read when it was written, and applies its answers. */
export async function readAgain(pending: Pending, scope: TurnScope): Promise<Reading> {
  const { utterance, locale, context, like } = pending;
  const request = await openRequest(pending, scope);
  const { knownZone, asked } = request;
  const isAnother = pending.asks === 'move' && pending.answers[0]?.choice !== 0;
  const heard = context && isAnother ? { ...context, focus: null } : context;
  const frame = { now: asked, zone: knownZone, locale, ...(heard && { context: heard }) };
  const spoken = isAnother ? asAnother(read(utterance, frame), pending, frame) : read(utterance, frame);
  // "Undo", after a cancellation: the words do not say what is to be made.
  const isLike = pending.asks === 'again' || spoken.command.kind !== 'create';
  const reading = like !== undefined && isLike ? asLike(like) : spoken;
  const { command } = reading;
  if (command.kind === 'reschedule') return withChanges(reading, command, request);
  if (command.kind === 'findtime') return withTimeSaid(reading, command, request);
  if (command.kind !== 'create') return reading;
  // The first answer said that it is to be another meeting, or which one it is to be like.
  const isOfMeeting = pending.asks === 'move' || pending.among !== undefined;
  const given = isOfMeeting ? pending.answers.slice(1) : pending.answers;
  if (reading.others !== undefined) return withOthers(reading, [command, ...reading.others], request);
  const said = given.reduce((before, answer) => withAnswer(before, answer, request), command);
  // A series that was taken back is seen once more as the meeting that is left of it.
  const isSingle = command.recurrence !== undefined && said.recurrence === undefined;
  return { ...reading, command: said, ...(isSingle && { way: 'draft' as const }) };
}

/** The meeting that was cancelled, as it was. */
const asLike = (like: NonNullable<Pending['like']>): Reading => ({
  language: null,
  command: commandLike(like),
  way: 'do',
  doubts: [],
  sentence: null,
});

/** A time that was answered to be another meeting's is one, though by itself it looks like talk: "finally 9:30, and for an hour". */
function asAnother(reading: Reading, { answers }: Pending, frame: Frame): Reading {
  const { command, sentence } = reading;
  if (answers.length === 0 || sentence === null || command.kind === 'create') return reading;
  return { ...reading, command: commandOf('create', sentence, frame), way: 'draft' };
}

/** Several meetings that are to be made, with what was said of one of them since. */
function withOthers(reading: Reading, commands: readonly CreateCommand[], request: OpenRequest): Reading {
  const said = request.pending.answers.flatMap(({ correction }) => correction ?? []);
  const ofOne = said.map((one) => ({
    at: one.at,
    read: (context: Context) => readCorrection(one, context, request),
  }));
  const [first, ...others] = correctSeveral(commands, ofOne, request);
  return first === undefined ? reading : { ...reading, command: first, others };
}

/** A search with what was said of it since. A day or an hour makes it a meeting then, with the same people. */
function withTimeSaid(reading: Reading, command: FindTimeCommand, request: OpenRequest): Reading {
  const { answers } = request.pending;
  const isTimeSaid = answers.some(({ date, time }) => date !== null || time !== null);
  if (isTimeSaid) {
    const said = answers.reduce((said, answer) => withAnswer(said, answer, request), soughtMeeting(command));
    return { ...reading, command: said };
  }
  const minutes = answers.findLast((answer) => (answer.minutes ?? null) !== null)?.minutes ?? null;
  return minutes === null ? reading : { ...reading, command: { ...command, minutes } };
}

/** Applies an answer to the command: values for what was asked, then words about the meeting that is to be made. */
function withAnswer(command: CreateCommand, answer: Answer, request: OpenRequest): CreateCommand {
  const { correction, ...value } = answer;
  const isValue = [value.choice, value.date, value.time, value.zone, value.minutes, value.now].some(
    (one) => one !== null && one !== undefined,
  );
  const answered = correction && !isValue ? command : applyAnswer(command, value, request.zone);
  const corrected = correction === undefined ? answered : withCorrection(answered, correction, request);
  return isZoneOpen(command, answer, request) ? withOpenZone(corrected, request.zone) : corrected;
}

/** Whether it is still not known in whose zone a time was said: only a zone, or a time that was offered, answers that. */
const isZoneOpen = ({ needs }: CreateCommand, { choice, now }: Answer, { pending }: OpenRequest): boolean =>
  needs.includes('tz') &&
  choice === null &&
  now === undefined &&
  !pending.answers.some(({ zone }) => zone !== null);

type Correction = NonNullable<Answer['correction']>;

function withCorrection(command: CreateCommand, correction: Correction, request: OpenRequest): CreateCommand {
  const recurrence = readSeries(command, correction.utterance, request);
  if (recurrence !== null) return { ...command, recurrence };
  const { zone, minutes } = request;
  const now = inZone(correction.at, zone);
  if (isOnce(command, correction.utterance, request)) {
    const single = withoutSeries(command);
    const { sentence } = readCorrection(correction, contextOf(single, minutes), request);
    if (sentence === null) return single;
    const { change } = changeIn(sentence, { isLeaving: false, isNamed: false });
    return applyCorrection(single, change, { now, zone, minutes });
  }
  const change = changeSaid(readCorrection(correction, contextOf(command, minutes), request));
  return change === null ? command : applyCorrection(command, change, { now, zone, minutes });
}

function readCorrection({ utterance, at }: Correction, context: Context, request: OpenRequest): Reading {
  const { knownZone, zone, pending } = request;
  return read(utterance, { now: inZone(at, zone), zone: knownZone, locale: pending.locale, context });
}

/** What words with a value in them are read as once the question is answered. */
const BESIDE_VALUE: ReadonlySet<Reading['command']['kind']> = new Set(['answer', 'none', 'create']);

/** What a meeting is to have otherwise by these words. Null if they say nothing of that. */
function changeSaid(reading: Reading): Change | null {
  const { command } = reading;
  // What must still be asked is not taken in part: "tomorrow, first thing" has no hour.
  if (command.kind === 'reschedule') return command.needs.includes('time') ? null : command.change;
  return BESIDE_VALUE.has(command.kind) ? besidesTime(reading) : null;
}

/** What an answer says besides the time that was asked: who is to come, the options, the name. Null if it says no more. */
export function besidesTime({ sentence }: Reading): Change | null {
  if (sentence === null) return null;
  // Words alone that are no time may be anything: "the usual thingy" is no name.
  const { change } = changeIn(sentence, { isLeaving: false, isNamed: sentence.said.length > 0 });
  const { invitees, options, leaving, subject } = change;
  if ([invitees, options, leaving, subject ?? undefined].every((said) => said === undefined)) return null;
  const time = { when: null, day: null, clock: null, shiftMinutes: null, minutes: null };
  return {
    ...time,
    subject,
    ...(invitees && { invitees }),
    ...(options && { options }),
    ...(leaving && { leaving }),
  };
}

/** The conversation in which something is said of a meeting that is to be made: its draft, or the question about its time. */
function contextOf(command: CreateCommand, minutes: number): Context {
  const focus = focusOn(command, minutes);
  const { needs, subject, day } = command;
  const open = focus === null ? { kind: 'question' as const, needs, subject, start: day } : null;
  return { open, focus, meetings: [] };
}

/** A draft as the meeting that the conversation is about. */
export function focusOn(
  { when, subject, clockZone, minutes: said }: CreateCommand,
  minutes: number,
): Context['focus'] {
  if (when === null) return null;
  const end = when.end ?? when.start.plus({ minutes: said ?? minutes });
  const times = { start: when.start.toISO() ?? '', end: end.toISO() ?? '' };
  return { subject, ...times, ...(clockZone && { clockZone }), minutesAgo: 0 };
}

/** A change of a meeting, with what was said of the same change since. It is shown again before it is made. */
function withChanges(
  reading: Reading,
  command: Extract<Reading['command'], { kind: 'reschedule' }>,
  request: OpenRequest,
): Reading {
  const { context, answers } = request.pending;
  const heard = { focus: null, meetings: [], ...context, open: null };
  const later = answers.flatMap(({ correction }) => correction ?? []);
  if (later.length === 0) return reading;
  const change = later.reduce<Change>((before, correction) => {
    const { command } = readCorrection(correction, heard, request);
    const isChange = command.kind === 'reschedule' && command.needs.length === 0;
    return (isChange && mergeChanges(before, command.change)) || before;
  }, command.change);
  return { ...reading, command: { ...command, change }, way: 'draft' };
}
