import type { DateTime } from 'luxon';
import type { CreateCommand } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import { fillLike } from '../../meeting/complete-command.ts';
import {
  DEFAULT_MINUTES,
  type Decision,
  decide,
  type Question,
  type UnreadField,
} from '../../meeting/decide.ts';
import { askedOf, canBeMailed, dedupeGuests, measureGuestList } from '../../meeting/guest-list.ts';
import { findGuests } from '../../meeting/match-names.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { type MeetingRecord, mayBeNamedIn } from '../../meeting/record.ts';
import { whichLike } from '../../meeting/which-meeting.ts';
import type { AskReply } from '../../say/cards/ask-wording.ts';
import type { DraftReply } from '../../say/cards/draft.ts';
import type { Pending, Person } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { askWhich, findChosen, whichContext } from '../cards/questions.ts';
import { clashOf } from '../existing/calendar-view.ts';
import type { Wish } from '../make/create-meeting.ts';
import { carryOut, planMeeting, planRoom } from '../make/plan.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import { type OpenRequest, park } from '../request.ts';
import type { Services, TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';

/** Takes the request for a meeting as far as it goes: to a question, a draft, a sign-in or the meeting. */
export async function requestMeeting(
  reading: Reading & { command: CreateCommand },
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { pending, zone, knownZone, asked } = request;
  const { services } = scope;
  const found = await likeWhich(reading.command, request, scope);
  if ('name' in found) return found;
  const { command, guests: before } = found;
  const decision = decideOn(command, request, services);
  if (decision.kind === 'refuse') {
    await services.store.unpark(scope.owner, pending.id);
    return answerNotice(REFUSED[decision.problem]);
  }
  const named = askedOf(command.invitees, command.options);
  const { guests: said, open } = await resolveGuests(named, pending.answers, scope);
  const guests = dedupeGuests([...before, ...said], scope.owner.user);
  if (measureGuestList(guests) === 'tooMany') return answerNotice('tooMany');
  const unread = pending.answers.at(-1)?.unread ?? [];
  if (decision.kind !== 'ask' && open.length === 0 && unread.length === 0) {
    const { oldLink } = pending;
    const wish = { guests, zone, assumed: command.assumed, ...(oldLink && { notes: [oldLink] }) };
    return makeOrShow(reading, decision, wish, request, scope);
  }
  const question = decision.kind === 'ask' ? decision.question : settledBut(unread, command, asked);
  const { subject } = command;
  const asking = { zone: knownZone, subject, ...question, guests, names: open, unread };
  return askOpen(asking, pending, services);
}

/** Decides on a command by the settings of its asker, and by whether calendars are used. */
export function decideOn(
  command: CreateCommand,
  { asked, minutes, settings }: OpenRequest,
  { calendar, now }: Services,
): Decision {
  const defaults = { minutes, calendar: calendar && { alwaysInvites: settings.invites === 'always' } };
  return decide(command, { asked, now: now() }, defaults);
}

const REFUSED = { ended: 'seriesEnded', long: 'seriesLong', crosses: 'seriesCrosses' } as const;

/**
 * Makes the meeting. It is shown first if the words may have been read wrongly, if the person has something at that time
 * already, or if it is new to them, unless they have agreed.
 */
async function makeOrShow(
  { way, doubts }: Reading,
  decision: Exclude<Decision, { kind: 'ask' | 'refuse' }>,
  wish: Omit<Wish, 'draft'>,
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { pending } = request;
  const isDoubted = way === 'draft' && (pending.answers.length === 0 || pending.asks === 'draft');
  const clash =
    decision.kind === 'room' || pending.isAgreed
      ? null
      : await clashOf(decision.draft, { id: pending.id, asked: request.asked }, scope);
  const plan =
    decision.kind === 'room'
      ? planRoom({ ...wish, room: decision.room }, request, scope)
      : planMeeting({ ...wish, draft: decision.draft }, request, scope);
  const isToBeSeen = isDoubted || clash !== null || isNews(plan.draft, await scope.person());
  if (pending.isAgreed || !isToBeSeen) return carryOut(plan, pending, scope);
  await park({ ...pending, asks: 'draft' }, 'answer', scope.services);
  return answerWith('drafted', {
    kind: 'card',
    reply: {
      ...plan.draft,
      revision: pending.answers.length,
      ...(scope.turn.place === 'personal' && { isPersonal: true as const }),
      ...(isDoubted && { doubts: doubts.map(({ words }) => words) }),
      ...(clash !== null && { clash }),
    },
  });
}

/** Whether the person must see the draft first: a series always, and who will be mailed the first time they invite somebody. */
const isNews = ({ series, calendar, guests }: DraftReply, { settings }: Person): boolean =>
  series !== undefined ||
  (calendar === 'guests' && settings.invites === undefined && guests.some(canBeMailed));

/** The command, completed from the meeting that it is to be like; or the question which meeting that is. */
export async function likeWhich(
  command: CreateCommand,
  { pending, zone, asked }: OpenRequest,
  scope: TurnScope,
): Promise<{ command: CreateCommand; guests: readonly Guest[] } | Outcome> {
  if (command.copies === undefined) return { command, guests: [] };
  const { like } = pending;
  if (like !== undefined)
    return { command: fillLike(command, like, zone), guests: guestsLike(command, like) };
  const { turn } = scope;
  // Also those that ended within the hour: nobody says "same again next week" before the meeting.
  const { meetings } = await scope.person();
  const records = meetings.filter((record) => mayBeNamedIn(turn, record));
  const context = whichContext(asked, zone, scope);
  const first = { ...pending, answers: pending.answers.slice(0, 1) };
  const picked = findChosen(first, records);
  const fits: readonly MeetingRecord[] =
    picked === null || picked === 'none' ? whichLike(records, command.copies, context) : [picked];
  const [only, ...others] = fits;
  if (only === undefined) return { command, guests: [] };
  if (others.length > 0) return askWhich(fits, 'copy', pending, context.zone, scope);
  return { command: fillLike(command, only, context.zone), guests: guestsLike(command, only) };
}

/** The guests of the other meeting who come to this one as well. */
function guestsLike(
  { notCopied = [] }: CreateCommand,
  { guests }: Pick<MeetingRecord, 'guests'>,
): readonly Guest[] {
  if (notCopied === 'all') return [];
  const left = findGuests(notCopied, guests);
  return guests.filter((guest) => !left.includes(guest));
}

/** Asks everything that is open, on one card. */
export async function askOpen(
  open: Omit<AskReply, 'kind' | 'id'>,
  pending: Pending,
  services: Services,
): Promise<Outcome> {
  // A draft that has become a question is no draft any more.
  const { asks, ...unseen } = pending;
  await park(asks === 'draft' ? unseen : pending, 'answer', services);
  return answerWith('asked', { kind: 'card', reply: { kind: 'ask', id: pending.id, ...open } });
}

/** The question when everything is clear except who is meant, or what was just entered. */
export function settledBut(
  unread: readonly UnreadField[],
  { when, minutes: said }: CreateCommand,
  asked: DateTime,
): Question {
  const start = when?.start ?? asked;
  const minutes = Math.round(when?.end?.diff(start, 'minutes').minutes ?? said ?? DEFAULT_MINUTES);
  const wall = { date: start.toISODate(), time: start.toFormat('HH:mm') };
  const needs = unread.filter((field) => field !== 'zone');
  return { needs, choices: [], ...wall, minutes, unmet: [] };
}
