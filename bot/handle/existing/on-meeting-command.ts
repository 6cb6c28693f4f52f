import type { Command } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import { changedByMessage, isEndFar, wasChangedBy } from '../../meeting/apply-change.ts';
import { toWished } from '../../meeting/granted-options.ts';
import { addNamed, askedOf, measureGuestList } from '../../meeting/guest-list.ts';
import { dropNews } from '../../meeting/notes.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Begun, Pending } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome, replyOf } from '../../teams/outcome.ts';
import { headOf, showMeeting } from '../cards/meeting-card.ts';
import { postInvitation } from '../cards/post-invitation.ts';
import { explained } from '../cards/present.ts';
import { askWhich } from '../cards/questions.ts';
import { enterAsked } from '../make/calendar-event.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import { type OpenRequest, park } from '../request.ts';
import { comingMeetings, type GraphScope, type TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { sayNone } from '../sign-in/sign-out.ts';
import { asOrganiser, type Effect, oncePerRevision } from './as-organiser.ts';
import { confirmCancel } from './cancel.ts';
import { change, undo } from './change-meeting.ts';
import {
  daysMeant,
  findMeeting,
  keepFound,
  type MeetingCommand,
  meetingsOn,
  onDayOf,
} from './find-meeting.ts';
import { confirmRenew, renew } from './renew.ts';
import { askToChange, isChange, isStrangerLeaving, reschedule, withPeople } from './reschedule.ts';
import { askPart, cancelPart, changeOne, isPartOpen, partOf } from './series-part.ts';

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
 * Carries out a command about an existing meeting ("move Q3 to 4pm", "cancel the 3pm"): finds which meeting is meant, asks if
 * several fit, and does what its button would do. A message that is delivered again does nothing a second time.
 */
export async function onMeetingCommand(
  reading: Reading & { command: MeetingCommand },
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { services, owner } = scope;
  const { pending, zone } = request;
  const all = await comingMeetings(scope);
  const done = all.find((one) => wasChangedBy(one, pending.id));
  if (done) return asOrganiser(done.id, scope, showMeeting);
  const days = daysMeant(reading.command, reading);
  const meant = await findMeeting({ command: reading.command, days }, all, request, scope);
  const { found, elsewhere } = meant;
  if (found === 'none') {
    // Where others are, the card that is meant may be one of theirs.
    const notice = scope.turn.place === 'personal' ? 'noSuchMeeting' : 'noneOfYours';
    return all.length === 0 ? sayNone(notice, scope) : answerNotice(notice);
  }
  if (Array.isArray(found)) {
    const asked = await askWhich(found, WISHES[meant.command.kind], pending, zone, scope);
    return meant.command.which.isAll ? explained(asked, 'oneByOne', scope) : asked;
  }
  const record = await keepFound(found, elsewhere, scope);
  if (!('owner' in record)) return record;
  // Which of its meetings is meant must be clear: one is cancelled or changed at a time.
  if (days !== null && meetingsOn(days, record, request).length > 1) return answerNotice('seriesOneByOne');
  const command = days === null ? meant.command : onDayOf(meant.command, record, zone);
  if (isChange(command) && pending.isAgreed !== true) {
    const here = { now: request.asked, zone };
    const isUnsure =
      reading.way === 'draft' ||
      (command.kind === 'reschedule' &&
        (isEndFar(record, command.change, here) || isStrangerLeaving(record, command.change)));
    const unsure = isUnsure ? reading.doubts.map(({ words }) => words) : null;
    const question = await askToChange(record, command, unsure, request, scope);
    if (question !== null) return question;
  }
  if (command.kind === 'reschedule' && isPartOpen(command, record, pending))
    return askPart(record, pending, scope);
  const progress = await runCommand(command, record, request, scope);
  if ('needs' in progress) return progress;
  const reply = replyOf(progress);
  if (reply?.kind === 'confirm') {
    await park({ ...pending, asks: reply.question.what, among: [record.id] }, 'answer', services);
  } else await services.store.unpark(owner, pending.id);
  return progress;
}

function runCommand(
  command: MeetingCommand,
  spoken: MeetingRecord,
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { pending, asked } = request;
  const { id, revision } = spoken;
  const part = partOf(command.which, spoken, pending);
  const day = headOf(spoken).start.toISODate() ?? '';
  const once = (verb: Begun['verb'], effect: Effect) =>
    oncePerRevision({ id, revision, verb }, scope, (record, scope) =>
      effect(changedByMessage(record, pending.id), scope),
    );
  switch (command.kind) {
    case 'renew':
      return once('renew', (record, scope) => renewOrAsk(record, command, pending, scope));
    case 'cancel':
      return part !== null && pending.answers.at(-1)?.isConfirmed
        ? once('cancel', (record, scope) => cancelPart(record, { occurrence: part, day }, null, scope))
        : asOrganiser(id, scope, async (record) =>
            confirmCancel(record, asked, pending.id, { occurrence: part, day }),
          );
    case 'show':
      return asOrganiser(id, scope, command.details.length === 0 ? showAgain : tell(command));
    case 'invitation': {
      const wish = { language: command.language, as: 'card' as const, isThere: false };
      return asOrganiser(id, scope, (record, scope) => postInvitation(record, wish, scope));
    }
    case 'invite':
      return once('enter', (record, scope) => invite(record, command, pending, scope));
    case 'undo':
      return once('change', undo);
    case 'reschedule':
      return once('change', async (record, scope) => {
        if (part === 'one') return changeOne(record, command, { day, ...request }, scope);
        if (part === 'rest' && day !== record.series?.startDate) return answerNotice('seriesRest');
        return reschedule(record, command, request, scope);
      });
    default:
      return command satisfies never;
  }
}

/** Gives the meeting a new link, with the options that were said, or asks first. */
async function renewOrAsk(
  record: MeetingRecord,
  command: Extract<MeetingCommand, { kind: 'renew' }>,
  pending: Pending,
  scope: GraphScope,
): Promise<Outcome> {
  const wish = await withPeople(headOf(record), command, pending, scope);
  if (pending.answers.at(-1)?.isConfirmed) return renew(record, scope, wish);
  const options = toWished(wish.options ?? {});
  return confirmRenew(record, scope, { options, isNeeded: false }, pending.id);
}

/**
 * Invites people to an existing meeting, or puts it into the calendar ("invite Lee to Q3", "put it on my calendar"). People
 * who are named become guests and are mailed.
 */
async function invite(
  record: MeetingRecord,
  { people, calendar: wish }: Extract<MeetingCommand, { kind: 'invite' }>,
  pending: Pending,
  scope: GraphScope,
): Promise<Outcome> {
  const { guests: named } = await resolveGuests(askedOf(people, {}), pending.answers, scope);
  const guests = addNamed(record.guests, named, record.owner.user);
  if (measureGuestList(guests) === 'tooMany') return answerNotice('tooMany');
  if (record.event?.isInviting && named.length > 0)
    return change(record, { ...headOf(record), named }, scope);
  const isAgreed = pending.answers.at(-1)?.isConfirmed === true;
  return enterAsked({ ...record, guests }, wish, { isAgreed, request: pending.id }, scope);
}

/**
 * Shows the meeting and notes that it was spoken of, so that "make it 45 minutes" is about this one. What was news about it is
 * no longer said.
 */
async function showAgain(record: MeetingRecord, scope: GraphScope): Promise<Outcome> {
  const { store, now } = scope.services;
  const spoken = { ...record, said: dropNews(record.said), spokenOfAt: now().toMillis() };
  return showMeeting((await store.replaceMeeting(spoken, record.revision)) ?? record, scope);
}

/** Answers only what was asked about the meeting, without its card, and notes that it was spoken of. */
const tell =
  ({ details, zone: asked }: Extract<Command, { kind: 'show' }>): Effect =>
  async (record, { caller, services }) => {
    const { meetings, store, now } = services;
    const meeting = await meetings.get(record.graphId, caller);
    await store.replaceMeeting({ ...record, spokenOfAt: now().toMillis() }, record.revision);
    const { guests, zone, isRoom } = headOf(record);
    const reply = { kind: 'details' as const, details, asked, meeting, guests, zone, isRoom };
    return answerWith('told', { kind: 'sentence', reply });
  };
