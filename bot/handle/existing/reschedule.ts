import { isDeepStrictEqual } from 'node:util';
import { inZone, wallClock } from '../../base/date-time.ts';
import type { Change, Command } from '../../language/command.ts';
import {
  applyChange,
  applyToWhole,
  applyWish,
  type ChangeWish,
  type Here,
  isAsItIs,
} from '../../meeting/apply-change.ts';
import { toWished } from '../../meeting/granted-options.ts';
import { askedOf, guestsWithout, measureGuestList, writtenName } from '../../meeting/guest-list.ts';
import { findGuests } from '../../meeting/match-names.ts';
import type { Choices } from '../../meeting/options.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { atRegular } from '../../meeting/series.ts';
import type { ChangeQuestion } from '../../say/cards/which.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { askChoice } from '../cards/questions.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import type { OpenRequest } from '../request.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { clashOf } from './calendar-view.ts';
import { beginChange, changeTo, findDeclined, findFixedWishes, tryChange } from './change-meeting.ts';
import { editForm, type Typed } from './edit-form.ts';
import type { RescheduleCommand } from './find-meeting.ts';
import { confirmRenew, renew } from './renew.ts';
import { partOf, WRONG } from './series-part.ts';

/**
 * Changes the time, name, options or roles of a meeting as it was said. What Graph cannot change afterwards needs a new
 * meeting with a new link; that is asked first.
 */
export async function reschedule(
  record: MeetingRecord,
  command: RescheduleCommand,
  { pending, asked, zone }: OpenRequest,
  scope: GraphScope,
): Promise<Outcome> {
  const here = { now: asked, zone };
  if (command.needs.length > 0) {
    // An hour of a zone that nobody knows is none on the clock of the form.
    const isZoneOpen = command.needs.includes('tz');
    const known = isZoneOpen ? { ...command.change, when: null, clock: null } : command.change;
    // The hour of another day is not the old one until somebody says so.
    const isHourOpen =
      isZoneOpen || (command.needs.includes('time') && known.day !== null && known.clock === null);
    const typed = { ...toTyped(record, known, here), ...(isHourOpen && { time: '' }) };
    const wrong = WRONG.find((one) => command.needs.includes(one)) ?? 'unclear';
    return editForm(record, scope, { wrong, typed });
  }
  const times = applyToWhole(record, command.change, here);
  if (times.kind === 'ask') {
    const again = { wrong: times.wrong, typed: toTyped(record, command.change, here) };
    return editForm(record, scope, again);
  }
  const { leaving: named = [], unknown, isWhoOpen } = command.change;
  const leaving = findGuests(named, record.guests);
  const isNothing = isDeepStrictEqual(differences(record, command, here), NOTHING);
  if (isWhoOpen && isNothing) return answerNotice('nobodyNamed');
  if (named.length > 0 && isNothing) return answerNotice('noSuchGuest');
  const people = await withPeople(times, command.change, pending, scope);
  const wish = { ...people, leaving, ...(unknown && { unknown }) };
  if (measureGuestList(applyWish(record, wish).guests) === 'tooMany') return answerNotice('tooMany');
  if (isAsItIs(record, wish))
    return unknown ? editForm(record, scope, { wrong: 'unclear', typed: {} }) : answerNotice('alreadySo');
  if (pending.answers.at(-1)?.isConfirmed) return renew(record, scope, wish);
  return changeOrAsk(record, wish, pending.id, scope);
}

/**
 * Changes the meeting, unless something that is wished for needs a new link; then that is asked, and nothing else is changed.
 * How the meeting was is stored before Graph is asked to try.
 */
async function changeOrAsk(
  record: MeetingRecord,
  wish: ChangeWish,
  request: string,
  scope: GraphScope,
): Promise<Outcome> {
  const ask = (fixed: Choices) =>
    confirmRenew(record, scope, { options: toWished(fixed), isNeeded: true }, request);
  const { fixed, uncertain } = await findFixedWishes(record, wish, scope);
  if (Object.keys(fixed).length > 0) return ask(fixed);
  const work = await beginChange(record, wish, scope);
  if (Object.keys(uncertain).length > 0) {
    const declined = findDeclined(uncertain, await tryChange(record.graphId, uncertain, scope));
    if (Object.keys(declined).length > 0) return ask(declined);
  }
  return changeTo(record, work, scope);
}

/** Adds the options that were said, the people named in them, and the new guests. */
export async function withPeople(
  wish: ChangeWish,
  { options, invitees = [] }: Pick<Change, 'options' | 'invitees'>,
  pending: Pending,
  scope: TurnScope,
): Promise<ChangeWish> {
  if (options === undefined && invitees.length === 0) return wish;
  const { guests } = await resolveGuests(askedOf(invitees, options ?? {}), pending.answers, scope);
  return { ...wish, named: guests, ...(options && { options }) };
}

/** What was said about the time, as far as a form can show it. A clock is shown on that of the form, which is the meeting's. */
function toTyped(record: MeetingRecord, change: Change, { now, zone }: Here): Typed {
  const { when, day, clock, clockZone = zone, minutes } = change;
  const date = day ?? inZone(atRegular(record, now.toMillis()).start, clockZone).toISODate() ?? '';
  const at = clock === null ? null : wallClock(date, clock, clockZone);
  const start = (when?.start ?? (at?.kind === 'instant' ? at.at : null))?.setZone(record.zone);
  const typed = {
    date: start?.toISODate() ?? day,
    time: start?.toFormat('HH:mm') ?? clock,
  };
  return {
    ...(typed.date && { date: typed.date }),
    ...(typed.time && { time: typed.time }),
    ...(minutes !== null && { minutes }),
  };
}

type ChangeCommand = Extract<Command, { kind: 'reschedule' | 'undo' }>;

/** Whether a command is carried out at once if it is clear. Cancelling and giving a new link are always asked first. */
export const isChange = (command: Command): command is ChangeCommand =>
  command.kind === 'reschedule' || command.kind === 'undo';

/** Whether somebody is to leave who is no guest: what else is to be done is shown first, for a name may be misspelt. */
export const isStrangerLeaving = ({ guests }: MeetingRecord, { leaving = [] }: Change): boolean =>
  leaving.some((one) => findGuests([one], guests).length === 0);

/**
 * Shows a change with all that it changes if it may have been read wrongly, or if the person has something at the new time
 * already. One click or a typed yes makes it. Null if it need not be shown, or nothing would be different. `unsure`: the words
 * that may have been read wrongly, perhaps none; null where the reading is sure.
 */
export async function askToChange(
  record: MeetingRecord,
  command: ChangeCommand,
  unsure: readonly string[] | null,
  { pending, asked, zone }: OpenRequest,
  scope: TurnScope,
): Promise<Outcome | null> {
  const isUndo = command.kind === 'undo';
  const here = { now: asked, zone };
  // A time that cannot be is told at once: the rest of the change must not be agreed to without it.
  if (!isUndo && (command.needs.length > 0 || applyChange(record, command.change, here).kind !== 'changed'))
    return null;
  const change = isUndo ? restored(record) : differences(record, command, here);
  const { to } = change;
  const isMoved = !isUndo && to !== null && to.start.toMillis() !== record.start;
  const clash = isMoved ? await clashOf(to, { id: record.id, asked }, scope) : null;
  if ((unsure === null && clash === null) || isDeepStrictEqual(change, NOTHING)) return null;
  const question = {
    what: 'change' as const,
    ...headOf(record),
    isUndo,
    ...(record.series && partOf(command.which, record, pending) !== 'one' && { isSeries: true as const }),
    ...change,
    ...(clash && { clash }),
    ...(unsure && { doubts: unsure }),
  };
  return askChoice(pending, question, scope, [record]);
}

type Differences = Pick<ChangeQuestion, 'to' | 'name' | 'joining' | 'leaving' | 'options' | 'coorganisers'>;

const NOTHING: Differences = {
  to: null,
  name: null,
  joining: [],
  leaving: [],
  options: [],
  coorganisers: [],
};

/** What would be as it was before the last change. What no line says, as how often a series repeats, is known by its times. */
function restored(record: MeetingRecord): Differences {
  if (record.before === undefined) return NOTHING;
  const { granted = {}, ...before } = record.before;
  const was = { ...record, ...before };
  const named: Differences = {
    to: null,
    name: was.subject === record.subject ? null : was.subject,
    joining: guestsWithout(was.guests, record.guests).map(writtenName),
    leaving: guestsWithout(record.guests, was.guests).map(writtenName),
    options: toWished(granted),
    coorganisers: [],
  };
  const isMoved = was.start !== record.start || was.end !== record.end;
  const to = { start: inZone(was.start, was.zone), end: inZone(was.end, was.zone) };
  return isMoved || isDeepStrictEqual(named, NOTHING) ? { ...named, to } : named;
}

function differences(record: MeetingRecord, { change, needs }: RescheduleCommand, here: Here): Differences {
  const times = applyChange(record, change, here);
  const isClear = times.kind === 'changed' && needs.length === 0;
  const isMoved = isClear && (times.start.toMillis() !== record.start || times.end.toMillis() !== record.end);
  return {
    to: isMoved ? { start: times.start, end: times.end } : null,
    name: change.subject === record.subject ? null : change.subject,
    joining: (change.invitees ?? [])
      .filter((one) => findGuests([one], record.guests).length === 0)
      .map(writtenName),
    leaving: (change.leaving ?? [])
      .filter((one) => findGuests([one], record.guests).length > 0)
      .map(writtenName),
    options: toWished(change.options ?? {}),
    coorganisers: (change.options?.coorganisers ?? []).map(writtenName),
  };
}
