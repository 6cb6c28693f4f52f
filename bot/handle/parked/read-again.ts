import { inZone } from '../../base/date-time.ts';
import type {
  Change,
  CreateCommand,
  FindTimeCommand,
  Invitee,
  Recurrence,
  Utterance,
  Which,
} from '../../language/command.ts';
import { changeIn } from '../../language/commands/change.ts';
import { commandOf, saysNewName } from '../../language/commands/commands.ts';
import { meetingWords } from '../../language/languages.ts';
import { read } from '../../language/read.ts';
import type { Context, Frame, Reading } from '../../language/reading.ts';
import { saidIn } from '../../language/said.ts';
import { dayIn } from '../../language/time/calendar.ts';
import { recurrenceIn } from '../../language/time/series.ts';
import { applyAnswer, commandLike, soughtMeeting, withOpenZone } from '../../meeting/complete-command.ts';
import { applyCorrection, mergeChanges, withoutSeries } from '../../meeting/correct-command.ts';
import { writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { type Candidate, onlyOf, whichMeeting } from '../../meeting/which-meeting.ts';
import type { Answer, Pending } from '../../store/store.ts';
import type { RescheduleCommand } from '../existing/find-meeting.ts';
import { WRONG } from '../existing/series-part.ts';
import { type OpenRequest, openRequest } from '../request.ts';
import type { TurnScope } from '../services.ts';

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
  const said = given.reduce((before, answer) => fillIn(before, answer, request), command);
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

/**
 * Several meetings that are to be made, with what was said since of one of them: "the vendor call should be an hour", "drop the
 * lunch". What names none of them, or more than one, changes nothing, and one of them is always left.
 */
function withOthers(reading: Reading, commands: readonly CreateCommand[], request: OpenRequest): Reading {
  const said = request.pending.answers.flatMap(({ correction }) => correction ?? []);
  const [first, ...others] = said.reduce((shown, one) => correctOne(shown, one, request), commands);
  return first === undefined ? reading : { ...reading, command: first, others };
}

function correctOne(
  commands: readonly CreateCommand[],
  correction: Correction,
  request: OpenRequest,
): readonly CreateCommand[] {
  const { zone, minutes } = request;
  const meetings = commands.flatMap((one) => {
    const known = toKnown(one, minutes);
    return known === null ? [] : [{ ...known, attendees: one.invitees.map(writtenName) }];
  });
  const { command } = readCorrection(
    correction,
    { open: { kind: 'confirm' }, focus: null, meetings },
    request,
  );
  const isChange = command.kind === 'reschedule' && command.needs.length === 0;
  if (!isChange && command.kind !== 'cancel') return commands;
  const nth = nthMeant(commands, command.which, request);
  const meant = commands[nth ?? -1];
  if (meant === undefined || nth === null) return commands;
  if (command.kind === 'cancel') return commands.length > 1 ? commands.toSpliced(nth, 1) : commands;
  const here = { now: inZone(correction.at, zone), zone, minutes };
  return commands.with(nth, applyCorrection(meant, command.change, here));
}

/** The place of the one that is meant; null if none is, or several may be. */
function nthMeant(
  commands: readonly CreateCommand[],
  which: Which,
  { pending, asked, zone, minutes }: OpenRequest,
): number | null {
  const { conversation, expires } = pending;
  const candidates = commands.flatMap((command, nth): Candidate[] => {
    const times = timesOf(command, minutes);
    if (times === null) return [];
    const { subject, invitees } = command;
    const known = { id: String(nth), subject, guests: invitees.map(toGuest), conversation, expires };
    return [{ ...known, createdAt: nth, start: times.start.toMillis(), end: times.end.toMillis() }];
  });
  const context = { now: asked, zone, conversation, words: meetingWords() };
  const only = onlyOf(whichMeeting(candidates, which, context));
  return only && Number(only.id);
}

const toGuest = (one: Invitee): Guest =>
  one.kind === 'email' ? { kind: 'email', email: one.email } : { kind: 'name', name: one.name };

/** A search with what was said of it since. A day or an hour makes it a meeting then, with the same people. */
function withTimeSaid(reading: Reading, command: FindTimeCommand, request: OpenRequest): Reading {
  const { answers } = request.pending;
  const isTimeSaid = answers.some(({ date, time }) => date !== null || time !== null);
  if (isTimeSaid) {
    const said = answers.reduce((said, answer) => fillIn(said, answer, request), soughtMeeting(command));
    return { ...reading, command: said };
  }
  const minutes = answers.findLast((answer) => (answer.minutes ?? null) !== null)?.minutes ?? null;
  return minutes === null ? reading : { ...reading, command: { ...command, minutes } };
}

/** Applies an answer to the command: values for what was asked, then words about the meeting that is to be made. */
function fillIn(command: CreateCommand, answer: Answer, request: OpenRequest): CreateCommand {
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
  const { change } = changeIn(sentence, {
    isLeaving: false,
    isNamed: sentence.said.length > 0 || saysNewName(sentence),
  });
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
  return { open, focus, meetings: [], ...(subject !== null && { unmade: [subject] }) };
}

/** A draft as the meeting that the conversation is about. `minutes`: its length where none is said. */
export function focusOn(command: CreateCommand, minutes: number): Context['focus'] {
  const known = toKnown(command, minutes);
  const { clockZone } = command;
  return known && { ...known, ...(clockZone && { clockZone }), minutesAgo: 0 };
}

function toKnown(command: CreateCommand, minutes: number) {
  const times = timesOf(command, minutes);
  if (times === null) return null;
  return { subject: command.subject, start: times.start.toISO() ?? '', end: times.end.toISO() ?? '' };
}

const timesOf = ({ when, minutes: said }: CreateCommand, minutes: number) =>
  when && { start: when.start, end: when.end ?? when.start.plus({ minutes: said ?? minutes }) };

/** A change of a meeting, with what was said of the same change since. It is shown again before it is made. */
function withChanges(reading: Reading, command: RescheduleCommand, request: OpenRequest): Reading {
  const { context, answers } = request.pending;
  const heard = { focus: null, meetings: [], ...context, open: null };
  const later = answers.flatMap(({ correction }) => correction ?? []);
  if (later.length === 0) return reading;
  const changed = later.reduce((before, correction) => {
    const said = readCorrection(correction, heard, request).command;
    return said.kind === 'reschedule' ? withLater(before, said) : before;
  }, command);
  return { ...reading, command: changed, way: 'draft' };
}

/** A time that cannot be is asked for, as it would be in a change of its own. */
function withLater(
  before: RescheduleCommand,
  { change: later, needs }: RescheduleCommand,
): RescheduleCommand {
  const change = mergeChanges(before.change, later);
  const isWrong = WRONG.some((one) => needs.includes(one));
  return change === null || (needs.length > 0 && !isWrong) ? before : { ...before, change, needs };
}

/**
 * How a series that is drafted is to repeat by what was said of it since, "until the end of January", "every two weeks". What
 * is an end only where something repeats is read behind the words that asked for the series. Null if it says nothing of that.
 */
export function readSeries(
  { recurrence, when }: CreateCommand,
  said: Utterance,
  { pending, asked, knownZone }: OpenRequest,
): Recurrence | null {
  if (recurrence === undefined || when === null) return null;
  const { text, people } = pending.utterance;
  const whole = { text: `${text}, ${said.text}`, people: [...people, ...said.people] };
  const { sentence } = read(whole, { now: asked, zone: knownZone, locale: pending.locale });
  if (sentence === null) return null;
  const isAdded = ({ first }: { first: number }) => (sentence.tokens[first]?.from ?? 0) > text.length;
  const added = sentence.times.filter(isAdded);
  const first = dayIn(when.start);
  const often = added.some(({ kind }) => kind === 'repeat') ? recurrenceIn(added, [], first) : null;
  const ended = added.some(({ kind }) => kind === 'ending')
    ? recurrenceIn([...added, ...sentence.times], [], first)
    : null;
  if (often === null && ended === null) return null;
  return {
    pattern: often === null ? recurrence.pattern : onSameDays(often.pattern, recurrence.pattern),
    end: ended?.end ?? recurrence.end,
  };
}

/** Whether what was said of a series that is drafted makes one meeting of it: "actually just once". */
export function isOnce(
  { recurrence }: CreateCommand,
  said: Utterance,
  { pending, asked, knownZone }: OpenRequest,
): boolean {
  if (recurrence === undefined) return false;
  const { sentence } = read(said, { now: asked, zone: knownZone, locale: pending.locale });
  return sentence !== null && saidIn(sentence.tokens, sentence.pack, 'once').length > 0;
}

/** Other weeks are no other weekdays. */
function onSameDays(pattern: Recurrence['pattern'], before: Recurrence['pattern']): Recurrence['pattern'] {
  return pattern.kind === 'weekly' && before.kind === 'weekly' ? { ...pattern, days: before.days } : pattern;
}
