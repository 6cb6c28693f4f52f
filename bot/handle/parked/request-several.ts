import type { CreateCommand } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import type { Decision } from '../../meeting/decide.ts';
import { askedOf, dedupeGuests, measureGuestList } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { type DraftsReply, MOST_DRAFTS } from '../../say/cards/draft.ts';
import { answerNotice, answerWith, joinOutcomes, type Outcome, replyOf } from '../../teams/outcome.ts';
import { asMessages } from '../cards/present.ts';
import { clashOf } from '../existing/calendar-view.ts';
import type { Wish } from '../make/create-meeting.ts';
import { carryOut, planMeeting } from '../make/plan.ts';
import { resolveLists } from '../make/resolve-guests.ts';
import { type OpenRequest, park } from '../request.ts';
import type { TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { askOpen, decideOn, likeWhich, requestMeeting, settledBut } from './request-meeting.ts';

/** Handles a message that asks for several meetings: they are shown together first, and one yes makes all of them. */
export async function requestSeveral(
  reading: Reading & { command: CreateCommand },
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { pending, zone } = request;
  const { id, asker, answers } = pending;
  const commands = [reading.command, ...(reading.others ?? [])].slice(0, MOST_DRAFTS);
  const considered = await considerAll(withSharedWish(commands), request, scope);
  if ('name' in considered) return considered;
  const { open, all } = considered;
  const wishes = all.flatMap(({ command: { assumed }, decision, guests }, nth): NthWish[] =>
    decision.kind === 'create' ? [{ nth, draft: decision.draft, guests, zone, assumed }] : [],
  );
  // If none of them is possible, the first one is asked about.
  if (wishes.length === 0) return requestMeeting(reading, request, scope);
  if (all.some(({ guests }) => measureGuestList(guests) === 'tooMany')) return answerNotice('tooMany');
  if (open.length > 0) return askWho(considered, request, scope);
  const reply: DraftsReply = {
    ...{ kind: 'drafts', id, asker, revision: answers.length, zone },
    drafts: await Promise.all(wishes.map((wish) => toDraft(wish, request, scope))),
    ...(scope.turn.place === 'personal' && { isPersonal: true }),
    left: all.flatMap(({ command: { subject }, decision, guests }) =>
      decision.kind === 'create' ? [] : [{ subject, guests, why: isPast(decision) ? 'past' : 'open' }],
    ),
    ...(reading.way === 'draft' && { doubts: reading.doubts.map(({ words }) => words) }),
  };
  if (pending.isAgreed) return makeSeveral(wishes, reply, request, scope);
  await park({ ...pending, asks: 'draft' }, 'answer', scope.services);
  return answerWith('drafted', { kind: 'card', reply });
}

/** Asks once who is meant by names that may mean several people. */
function askWho({ all, open }: AllConsidered, request: OpenRequest, scope: TurnScope): Promise<Outcome> {
  const { pending, knownZone, asked } = request;
  const invited = all.flatMap(({ guests }) => guests);
  const guests = dedupeGuests(invited, scope.owner.user);
  const [first] = all.map(({ command }) => ({ ...settledBut([], command, asked), subject: command.subject }));
  if (first === undefined) throw new Error('no meeting was asked for');
  return askOpen({ ...first, zone: knownZone, guests, names: open }, pending, scope.services);
}

/** "… and invite them" is said once and holds for all. Whoever does not mean that sees on the draft who will be mailed. */
function withSharedWish(commands: readonly CreateCommand[]): CreateCommand[] {
  const said = commands.map(({ calendar }) => calendar);
  const shared = said.includes('guests') ? 'guests' : said.find((wish) => wish !== undefined);
  return commands.map((command) => ({ ...command, ...(shared && { calendar: command.calendar ?? shared }) }));
}

/** One of several meetings, with what is decided about it. */
type Considered = { command: CreateCommand; decision: Decision; guests: readonly Guest[] };

/** All of them, and the names that must be asked about. */
type AllConsidered = {
  all: readonly Considered[];
  open: Awaited<ReturnType<typeof resolveLists>>['open'];
};

/** Does for each of the commands what is done for one. A question about one of them is the outcome. */
async function considerAll(
  commands: readonly CreateCommand[],
  request: OpenRequest,
  scope: TurnScope,
): Promise<AllConsidered | Outcome> {
  const filled: Exclude<Awaited<ReturnType<typeof likeWhich>>, Outcome>[] = [];
  for (const command of commands) {
    const found = await likeWhich(command, request, scope);
    if ('name' in found) return found;
    filled.push(found);
  }
  const named = filled.map(({ command: { invitees, options } }) => askedOf(invitees, options));
  const { lists, open } = await resolveLists(named, request.pending.answers, scope);
  const all = filled.map(({ command, guests }, i) => ({
    command,
    decision: decideOn(command, request, scope.services),
    guests: dedupeGuests([...guests, ...(lists[i] ?? [])], scope.owner.user),
  }));
  return { all, open };
}

const isPast = (decision: Decision): boolean =>
  decision.kind === 'ask' && decision.question.needs.includes('past');

async function toDraft({ draft, guests, nth }: NthWish, request: OpenRequest, scope: TurnScope) {
  const { pending, asked } = requestOfNth(request, nth);
  const clash = pending.isAgreed ? null : await clashOf(draft, { id: pending.id, asked }, scope);
  return { ...draft, guests, ...(clash && { clash }) };
}

/** One of the meetings of a message. `nth`: its place in the message, from 0. */
type NthWish = Wish & { nth: number };

/** The request as that of one of its meetings. Each has an id of its own; the first has that of the request. */
function requestOfNth(request: OpenRequest, nth: number): OpenRequest {
  const { pending } = request;
  return nth === 0 ? request : { ...request, pending: { ...pending, id: `${pending.id}.${nth}` } };
}

/**
 * Makes the meetings one after the other, each once. After the first that cannot be made, no more are tried; what was made
 * before it is shown all the same. `draft`: all of them, for a person who must sign in first.
 */
async function makeSeveral(
  wishes: readonly NthWish[],
  draft: DraftsReply,
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const plans = wishes.map((wish) => {
    const one = requestOfNth(request, wish.nth);
    return { id: one.pending.id, ...planMeeting(wish, one, scope), draft };
  });
  const reach = plans.some((plan) => plan.reach === 'calendar') ? 'calendar' : 'meetings';
  const { meetings, requests } = await scope.person();
  const isShown = (id: string) => meetings.some((record) => record.id === id && record.cardId !== null);
  // After another try only what was not shown yet.
  const unseen = plans.filter(({ id }) => !isShown(id));
  const outcomes: Outcome[] = [];
  for (const plan of unseen.length > 0 ? unseen : plans) {
    const progress = await carryOut({ ...plan, reach }, request.pending, scope);
    if ('needs' in progress) return progress;
    outcomes.push(afterOthers(progress, plans.indexOf(plan)));
    if (replyOf(progress)?.kind !== 'meeting') break;
  }
  const isParked = requests.some(({ id }) => id === request.pending.id);
  return joinAll(outcomes, isParked ? [request.pending.id] : [], scope);
}

/** A problem says how many meetings were made before it. */
function afterOthers(outcome: Outcome, made: number): Outcome {
  const { answer } = outcome;
  if (made === 0 || answer?.kind !== 'card' || answer.reply.kind !== 'problem') return outcome;
  return { ...outcome, answer: { ...answer, reply: { ...answer.reply, made } } };
}

/** All of them as one outcome, named by how it ended. `parked`: the request, which is done unless it waits for another try. */
function joinAll(outcomes: readonly Outcome[], parked: readonly string[], scope: TurnScope): Outcome {
  const [first, ...others] = outcomes;
  const last = outcomes.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing was to be made');
  const ended = replyOf(last);
  const isWaiting = ended?.kind === 'problem' && ended.retryId !== null;
  const joined = joinOutcomes(first, ...others.map((outcome) => asMessages(outcome, scope)));
  const done = isWaiting ? [] : parked.map((id) => ({ kind: 'request' as const, id }));
  return { ...joined, name: last.name, done };
}
