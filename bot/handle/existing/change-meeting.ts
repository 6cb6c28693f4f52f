import { isDeepStrictEqual } from 'node:util';
import { inZone } from '../../base/date-time.ts';
import { isAnswered } from '../../graph/client.ts';
import type { MeetingChange } from '../../graph/meeting-wire.ts';
import type { Options } from '../../language/command.ts';
import { applyWish, beforeOf, type ChangeWish } from '../../meeting/apply-change.ts';
import { listDeclined, type Missed, selectPossible, toChoices } from '../../meeting/granted-options.ts';
import { dedupeGuests } from '../../meeting/guest-list.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import { type Guess, type Note, notesOnGuests, type Said } from '../../meeting/notes.ts';
import { type Choices, type Granted, isUpdatable, type OptionName, rowOf } from '../../meeting/options.ts';
import { hasLeftovers, isOver, kindOf, type MeetingRecord, mailsGuests } from '../../meeting/record.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { answerMeeting, entryOf, headOf } from '../cards/meeting-card.ts';
import { reviseEvent, wantedEvent } from '../make/calendar-event.ts';
import { begin } from '../once/once.ts';
import { dueNext, type GraphScope } from '../services.ts';

/** Changes a meeting's times, subject, options or roles. The link stays the same. */
export async function change(record: MeetingRecord, wish: ChangeWish, scope: GraphScope): Promise<Outcome> {
  return changeTo(record, await beginChange(record, wish, scope), scope);
}

type Work = { wanted: MeetingRecord; options: Options };

/** Stores that a change was begun and how the meeting was before, for *undo*. Nothing is changed at Graph yet. */
export function beginChange(record: MeetingRecord, wish: ChangeWish, scope: GraphScope): Promise<Work> {
  const { options = {} } = wish;
  const { options: sent } = kindOf(record).selectPossible(options, scope.services.offer);
  const wanted = applyWish(record, { ...wish, options: sent });
  return beginWork(record, { wanted, options }, scope);
}

/** The same for a meeting as it is to be. `options`: all that were asked for. */
async function beginWork(record: MeetingRecord, { wanted, options }: Work, scope: GraphScope): Promise<Work> {
  const { meetings } = scope.services;
  const hasOptions = Object.keys(toChoices(options)).length > 0;
  const granted = hasOptions ? (await meetings.get(record.graphId, scope.caller)).granted : {};
  const work = { wanted: { ...wanted, ...beforeOf(record, wanted, options, granted) }, options };
  await begin(record, { verb: 'change', ...work }, scope);
  return work;
}

/**
 * The same after the beginning of the work was stored. The card says which options Graph granted, and offers the earlier time
 * as a way back. The meeting is stored with the change only after Graph has accepted it.
 */
export async function changeTo(
  record: MeetingRecord,
  { wanted, options }: Work,
  scope: GraphScope,
): Promise<Outcome> {
  const { services } = scope;
  const { event } = record;
  if (event !== undefined && services.calendar === null) return answerNotice('calendarOff');
  const { options: sent, missed } = kindOf(record).selectPossible(options, services.offer);
  const meeting = await patch(record, toChange(record, wanted, sent), scope);
  // The guests are mailed when the rest is done.
  const revised = event && (await reviseEvent(event.id, wantedEvent(record, wanted), scope));
  const refused = [...missed, ...listDeclined(sent, meeting.granted)];
  // With new times Graph makes every meeting of a series like the others.
  const { exceptions: _, ...regular } = wanted;
  const after: MeetingRecord = {
    ...(isDeepStrictEqual(timesOf(wanted), timesOf(record)) ? wanted : regular),
    options: optionsAfter(record, wanted, { sent, refused, meeting }),
    revision: record.revision + 1,
    spokenOfAt: services.now().toMillis(),
    said: saidAfter(record, { wanted, options }, refused),
  };
  const isMoved = after.start !== record.start || after.end !== record.end;
  const dues = isMoved ? await dueNext(after, scope) : [];
  const stored = await services.store.replaceMeeting(after, record.revision, dues);
  if (stored === null) return answerNotice('alreadyDone');
  const entry = revised && { entry: entryOf(stored, revised) };
  return answerMeeting('changed', meeting, stored, scope, entry);
}

const timesOf = ({ start, end, series }: MeetingRecord) => ({ start, end, series });

/** Only what differs. Graph takes roles as a whole list, together with who may present. */
function toChange(record: MeetingRecord, wanted: MeetingRecord, sent: Choices): MeetingChange {
  const { subject, start, end } = headOf(wanted);
  // Name and times of an event with its own meeting are changed in the event, which keeps both in step.
  const isOfEvent = record.event !== undefined && record.event.isLink !== true;
  const isTimed = !isOfEvent && (wanted.start !== record.start || wanted.end !== record.end);
  const isByRole = sent.presenters === 'invited' || sent.presenters === 'named';
  const isOtherwise = !isDeepStrictEqual(wanted.guests, record.guests);
  const isOfRoles = wanted.guests.some(({ role }) => role !== undefined);
  const hasRoles = isByRole || (isOtherwise && (!isOfEvent || isOfRoles));
  const { presenters } = wanted.options;
  const options = hasRoles && presenters !== undefined ? { ...sent, presenters } : sent;
  return {
    ...(isOfEvent || subject === record.subject ? {} : { subject }),
    ...(isTimed && { times: { start, end } }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(hasRoles && { guests: wanted.guests }),
  };
}

/**
 * Changes the meeting at Graph. If its template locks an option, Graph refuses the whole change; then the rest is changed, and
 * the answer shows what is missing.
 */
async function patch(
  { graphId, options }: MeetingRecord,
  wish: MeetingChange,
  { caller, services: { meetings } }: GraphScope,
): Promise<Meeting> {
  if (Object.keys(wish).length === 0) return meetings.get(graphId, caller);
  try {
    return await meetings.update(graphId, wish, caller);
  } catch (error) {
    const { options: locked, guests: _, ...rest } = wish;
    const isLocked = isAnswered(error, 400) && options.template !== undefined;
    if (!isLocked || locked === undefined) throw error;
    return Object.keys(rest).length === 0
      ? meetings.get(graphId, caller)
      : meetings.update(graphId, rest, caller);
  }
}

/** The options that are kept. Encryption is dropped if the meeting is recorded or transcribed and was not granted it. */
function optionsAfter(
  record: MeetingRecord,
  wanted: MeetingRecord,
  { sent, refused, meeting }: { sent: Choices; refused: readonly Missed[]; meeting: Meeting },
): Choices {
  const change = { before: record.options, wanted: wanted.options, sent, refused };
  const choices = kindOf(record).optionsAfter(change);
  const { encrypted: _, ...clear } = choices;
  const isInTheClear = (sent.record || sent.transcribe) && meeting.granted.encrypted !== true;
  return isInTheClear ? clear : choices;
}

function saidAfter(record: MeetingRecord, { wanted, options }: Work, refused: readonly Missed[]): Said {
  const { unknown } = wanted.said;
  return {
    guesses: wayBack(record, wanted),
    assumedMinutes: null,
    notes: notesOn(record, wanted),
    missed: [...kindOf(record).keepMissed(record.said.missed ?? [], options), ...refused],
    ...(unknown && { unknown }),
  };
}

function notesOn(record: MeetingRecord, wanted: MeetingRecord): Note[] {
  const all = dedupeGuests([...wanted.guests, ...record.guests], record.owner.user);
  const hasLeft = all.length > wanted.guests.length;
  const isMailed = mailsGuests(wanted) || mailsGuests({ ...wanted, guests: record.guests });
  return [
    wanted.start === record.start ? 'changed' : 'moved',
    ...(hasLeft ? (['guestsLeft'] as const) : []),
    ...notesOnGuests(wanted.guests, record.guests, isMailed),
    ...(isMailed ? (['guestsTold'] as const) : []),
    ...(hasLeftovers(record) ? (['oldLinkAlive'] as const) : []),
  ];
}

/** The earlier time, offered as another reading of the new one. */
function wayBack(record: MeetingRecord, wanted: MeetingRecord): Guess[] {
  // Of a series one click would not say how all of it is to repeat; *undo* takes that back.
  if (wanted.start === record.start || wanted.series !== undefined) return [];
  const kind = headOf(wanted).start.hasSame(headOf(record).start, 'day') ? 'time' : 'date';
  return [{ kind, said: '', taken: wanted.start, other: { start: record.start, end: record.end } }];
}

/** Changes the meeting to the other reading of what was asked ("change to 3 AM"). */
export async function takeReading(
  record: MeetingRecord,
  choice: number,
  scope: GraphScope,
): Promise<Outcome> {
  const reading = record.said.guesses[choice]?.other;
  if (!reading) return answerNotice('expired');
  if (reading.start < scope.services.now().toMillis()) return answerNotice('timePassed');
  const { zone, subject } = record;
  return change(
    record,
    { start: inZone(reading.start, zone), end: inZone(reading.end, zone), subject },
    scope,
  );
}

/** Restores the meeting as it was before the last change. A time that has passed cannot be restored. */
export async function undo(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const { before } = record;
  if (before === undefined)
    return answerNotice(record.series === undefined ? 'nothingToUndo' : 'noUndoOfSeries');
  const { granted: options = {}, ...rest } = before;
  const stuck = stuckOptions(record);
  const isStuck = Object.keys(stuck).length > 0 && Object.keys({ ...rest, ...options }).length === 1;
  if (isStuck) return answerNotice('noUndoOfOption');
  const wanted = { ...record, ...rest, options: { ...(rest.options ?? record.options), ...stuck } };
  const now = scope.services.now().toMillis();
  // A series goes on although its first meeting has passed.
  const hasPassed = wanted.series === undefined ? wanted.start < now : isOver(wanted, now);
  if (wanted.start !== record.start && hasPassed) return answerNotice('timePassed');
  return changeTo(record, await beginWork(record, { wanted, options }, scope), scope);
}

/** The options of the last change of which Graph told no value before: they cannot be set back, and stay as they are. */
function stuckOptions({ options, before = {} }: MeetingRecord): Choices {
  const { options: were = options, granted = {} } = before;
  const isStuck = (name: string) =>
    options[name as OptionName] !== were[name as OptionName] && !(name in granted);
  return Object.fromEntries(Object.entries(options).filter(([name]) => isStuck(name)));
}

/**
 * The options that Graph does not grant to this meeting, and perhaps to a new one. `uncertain`: those of which only a try can
 * tell. If another option needs a new link anyway, nothing is tried before the person has agreed.
 */
export async function findFixedWishes(
  record: MeetingRecord,
  { options = {} }: ChangeWish,
  scope: GraphScope,
): Promise<{ fixed: Choices; uncertain: Choices }> {
  const { services } = scope;
  const none = { fixed: {}, uncertain: {} };
  if (!kindOf(record).isFixedByLink) return none;
  const { options: sent } = selectPossible(options, services.offer);
  const asked = pickOptions(sent, (name) => rowOf(name).change !== undefined);
  if (Object.keys(asked).length === 0) return none;
  const { granted } = await services.meetings.get(record.graphId, scope.caller);
  const open = findDeclined(asked, granted);
  return Object.keys(open).every((name) => isUpdatable(name as OptionName))
    ? { fixed: {}, uncertain: open }
    : { fixed: open, uncertain: {} };
}

/** The options after Graph was asked to change them. A refusal counts as an answer. */
export async function tryChange(
  graphId: string,
  options: Choices,
  { caller, services: { meetings } }: GraphScope,
): Promise<Granted> {
  try {
    return (await meetings.update(graphId, { options }, caller)).granted;
  } catch (error) {
    if (isAnswered(error, 400)) return {};
    throw error;
  }
}

function pickOptions(options: Choices, isWanted: (name: OptionName) => boolean): Choices {
  return Object.fromEntries(Object.entries(options).filter(([name]) => isWanted(name as OptionName)));
}

/** Those of the options that Graph has not granted. */
export function findDeclined(options: Choices, granted: Granted): Choices {
  const open = new Set<string>(listDeclined(options, granted).map(({ option }) => option));
  return pickOptions(options, (name) => open.has(name));
}
