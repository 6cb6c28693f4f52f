import type { DateTime } from 'luxon';
import { wordsOf } from '../../base/similarity.ts';
import type { Caller } from '../../graph/call-as.ts';
import type { Command, Detail } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import { toWished } from '../../meeting/granted-options.ts';
import { dropNews } from '../../meeting/notes.ts';
import { atOccurrence } from '../../meeting/occurrences.ts';
import { findGuests } from '../../meeting/people-score.ts';
import { mayBeNamedIn } from '../../meeting/place.ts';
import { changedByMessage, type MeetingRecord, wasChangedBy } from '../../meeting/record.ts';
import { CALLED_SO, scoreSubject } from '../../meeting/subject-score.ts';
import { whichMeeting } from '../../meeting/which-meeting.ts';
import type { Begun, Pending } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome, replyOf } from '../../teams/outcome.ts';
import { headOf, show } from '../cards/meeting-card.ts';
import { postInvitation } from '../cards/post-invitation.ts';
import { sayProblem } from '../cards/refusals.ts';
import { askWhich, chosen, whichContext } from '../cards/which-question.ts';
import { park } from '../park.ts';
import { comingMeetings } from '../person.ts';
import type { TurnScope } from '../services.ts';
import { callGraph, type Progress } from '../sign-in/caller.ts';
import { sayNone } from '../sign-in/sign-out.ts';
import { adopt, type CalendarMeeting, calendarMeetings, isOfCalendar } from './calendar-meetings.ts';
import { confirmCancel } from './cancel.ts';
import { askToChange, isChange } from './doubted-change.ts';
import { invite } from './invite.ts';
import { asOrganiser, type Effect, oncePerRevision } from './organiser.ts';
import { confirmRenew, renew } from './renew.ts';
import { reschedule, withPeople } from './reschedule.ts';
import { askPart, cancelPart, changeOne, isPartOpen, partOf } from './series-part.ts';
import { undo } from './undo.ts';

export type MeetingCommand = Extract<
  Command,
  { kind: 'reschedule' | 'undo' | 'renew' | 'cancel' | 'invitation' | 'invite' | 'show' }
>;

const WISHES = {
  reschedule: 'change',
  undo: 'change',
  renew: 'renew',
  cancel: 'cancel',
  invitation: 'invite',
  invite: 'enter',
  show: 'show',
} as const;

/**
 * "move Q3 to 4pm", "cancel the 3pm", "link for Q3": finds which meeting is meant, asks where several fit, and does
 * what its button would do; a message that is delivered again does it no second time. `asked` is the instant of the
 * message in the person's zone.
 */
export async function onNamedMeeting(
  reading: Reading & { command: MeetingCommand },
  pending: Pending,
  asked: DateTime,
  scope: TurnScope,
): Promise<Progress> {
  const { services, owner } = scope;
  const all = await comingMeetings(scope);
  const done = all.find((one) => wasChangedBy(one, pending.id));
  if (done) return asOrganiser(done.id, scope, (record, caller) => show(record, caller, scope));
  const { command, found, elsewhere } = await findMeant(reading.command, all, pending, asked, scope);
  if (found === 'none' && all.length === 0) return sayNone('noSuchMeeting', scope);
  if (found === 'none') return answerNotice('noSuchMeeting');
  if (Array.isArray(found))
    return askWhich(found, WISHES[command.kind], pending, asked.zoneName ?? 'utc', scope);
  const record = await keepMeant(found, elsewhere, scope);
  if (!('owner' in record)) return record;
  if (reading.way === 'draft' && pending.isAgreed !== true && isChange(command))
    return askToChange(record, command, pending, asked, scope);
  if (command.kind === 'reschedule' && isPartOpen(command, record, pending))
    return askPart(record, pending, scope);
  const progress = await act(command, record, pending, asked, scope);
  if ('needs' in progress) return progress;
  const reply = replyOf(progress);
  if (reply?.kind === 'confirm') {
    const asks = reply.mails ? 'invite' : reply.renew ? 'renew' : 'cancel';
    await park({ ...pending, asks, among: [record.id] }, 'answer', services);
  } else await services.store.unpark(owner, pending.id);
  return progress;
}

type Meant = {
  command: MeetingCommand;
  found: MeetingRecord | MeetingRecord[] | 'none';
  elsewhere: readonly CalendarMeeting[];
};

/** Which meeting is meant: one that was made here, or else one of the person's calendar, which nobody else is to read of. */
async function findMeant(
  command: MeetingCommand,
  all: readonly MeetingRecord[],
  pending: Pending,
  asked: DateTime,
  scope: TurnScope,
): Promise<Meant> {
  const records = all
    .filter((candidate) => mayBeNamedIn(scope.turn, candidate))
    .map((candidate) => atOccurrence(candidate, asked.toMillis(), command.which.day));
  const own = fitting(records, command, asked, scope);
  const isUnknown = (id: string) => isOfCalendar(id) && !all.some((record) => record.id === id);
  const isElsewhere = own.fits.length === 0 || (pending.among ?? []).some(isUnknown);
  if (!isElsewhere || scope.turn.place !== 'personal')
    return { command: own.command, found: chosen(pending, records) ?? onlyOne(own.fits), elsewhere: [] };
  const elsewhere = await calendarMeetings(all, asked, scope);
  const others = elsewhere.map(({ record }) => record);
  const { command: meant, fits } = fitting(others, command, asked, scope);
  return { command: meant, found: chosen(pending, [...records, ...others]) ?? onlyOne(fits), elsewhere };
}

/** A meeting of the calendar is kept before anything is done with it. */
async function keepMeant(
  found: MeetingRecord,
  elsewhere: readonly CalendarMeeting[],
  scope: TurnScope,
): Promise<MeetingRecord | Progress> {
  const meant = elsewhere.find(({ record }) => record.id === found.id);
  if (meant === undefined) return found;
  const kept = await callGraph(scope, (caller) => adopt(meant, caller, scope), 'calendar');
  return 'problem' in kept ? sayProblem(kept, scope) : kept;
}

/**
 * The meetings that may be meant, and what is to become of them: "remove Sam" takes a guest off where Sam is one, and
 * else is about the meeting that is called so, with no other word in its name.
 */
function fitting(
  records: readonly MeetingRecord[],
  command: MeetingCommand,
  asked: DateTime,
  scope: TurnScope,
): { command: MeetingCommand; fits: readonly MeetingRecord[] } {
  const context = whichContext(asked, asked.zoneName, scope);
  const fits = whichMeeting(records, command.which, context);
  const [person, ...others] = command.kind === 'reschedule' ? (command.change.leaving ?? []) : [];
  if (person === undefined || others.length > 0 || person.kind !== 'name') return { command, fits };
  if (fits.some(({ guests }) => findGuests([person], guests).length > 0)) return { command, fits };
  const which = { ...command.which, subject: person.name };
  const words = wordsOf(person.name);
  const isCalled = (record: MeetingRecord) => scoreSubject(words, record, context.words) === CALLED_SO;
  const called = whichMeeting(records, which, context).filter(isCalled);
  return called.length === 0 ? { command, fits } : { command: { kind: 'cancel', which }, fits: called };
}

function onlyOne(records: readonly MeetingRecord[]): MeetingRecord | MeetingRecord[] | 'none' {
  const [first, ...others] = records;
  if (first === undefined) return 'none';
  return others.length === 0 ? first : [...records];
}

function act(
  command: MeetingCommand,
  spoken: MeetingRecord,
  pending: Pending,
  asked: DateTime,
  scope: TurnScope,
): Promise<Progress> {
  const { id, revision } = spoken;
  const part = partOf(command.which, spoken, pending);
  const day = headOf(spoken).start.toISODate() ?? '';
  const once = (verb: Begun['verb'], effect: Effect) =>
    oncePerRevision({ id, revision, verb }, scope, (record, caller) =>
      effect(changedByMessage(record, pending.id), caller),
    );
  switch (command.kind) {
    case 'renew':
      return once('renew', async (record, caller) => {
        const wish = await withPeople(headOf(record), command, pending, scope);
        if (pending.answers.at(-1)?.isConfirmed) return renew(record, caller, scope, wish);
        const options = toWished(wish.options ?? {});
        return confirmRenew(record, scope, { request: pending.id, renew: { options, isNeeded: false } });
      });
    case 'cancel':
      return part !== null && pending.answers.at(-1)?.isConfirmed
        ? once('cancel', (record, caller) =>
            cancelPart(record, { occurrence: part, day }, null, caller, scope),
          )
        : asOrganiser(id, scope, async (record) =>
            confirmCancel(record, asked, pending.id, { occurrence: part, day }),
          );
    case 'show':
      return asOrganiser(id, scope, (record, caller) =>
        command.details.length > 0
          ? tell(record, command.details, caller, scope)
          : showAgain(record, caller, scope),
      );
    case 'invitation': {
      const wish = { language: command.language, as: 'card' as const, isThere: false };
      return asOrganiser(id, scope, (record, caller) => postInvitation(record, wish, caller, scope));
    }
    case 'invite':
      return once('enter', (record, caller) => invite(record, command, pending, caller, scope));
    case 'undo':
      return once('change', (record, caller) => undo(record, caller, scope));
    case 'reschedule':
      return once('change', async (record, caller) => {
        if (part === 'one') return changeOne(record, command.change, { day, asked }, caller, scope);
        if (part === 'rest' && day !== record.series?.startDate) return answerNotice('seriesRest');
        return reschedule(record, caller, { command, pending, asked }, scope);
      });
    default:
      return command satisfies never;
  }
}

/** As it is, and spoken of: "make it 45 minutes" is about this one now. What became of it last is no news any more. */
async function showAgain(record: MeetingRecord, caller: Caller, scope: TurnScope): Promise<Outcome> {
  const { store, now } = scope.services;
  const spoken = { ...record, said: dropNews(record.said), spokenOfAt: now().toMillis() };
  return show((await store.replaceMeeting(spoken, record.revision)) ?? record, caller, scope);
}

/** What was asked of it, and no card; it is spoken of all the same. */
async function tell(
  record: MeetingRecord,
  details: readonly Detail[],
  caller: Caller,
  { services }: TurnScope,
): Promise<Outcome> {
  const { meetings, store, now } = services;
  const meeting = await meetings.get(record.graphId, caller);
  await store.replaceMeeting({ ...record, spokenOfAt: now().toMillis() }, record.revision);
  const { guests, zone, room } = record;
  const reply = { kind: 'details' as const, details, meeting, guests, zone, isRoom: room !== undefined };
  return answerWith('told', { kind: 'sentence', reply });
}
