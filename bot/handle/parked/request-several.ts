import type { CreateCommand } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import type { Decision } from '../../meeting/decide.ts';
import { askedOf, dedupeGuests, measureGuestList } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { type DraftsReply, MOST_DRAFTS } from '../../say/cards/draft.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { clashOf } from '../existing/calendar-view.ts';
import { makeSeveral, type NthWish, requestOfNth } from '../make/make-several.ts';
import { resolveLists } from '../make/resolve-guests.ts';
import { type OpenRequest, park } from '../request.ts';
import type { TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { askOpen, settledBut } from './ask-open.ts';
import { decideOn, likeWhich, requestMeeting } from './request-meeting.ts';

/** Handles a message that asks for several meetings: they are shown together first, and one yes makes all of them. */
export async function requestSeveral(
  reading: Reading & { command: CreateCommand },
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { pending, zone } = request;
  const commands = [reading.command, ...(reading.others ?? [])].slice(0, MOST_DRAFTS);
  const considered = await considerAll(withSharedWish(commands), request, scope);
  if ('name' in considered) return considered;
  const { open, all } = considered;
  const wishes = all.flatMap((one, nth) => toWish(one, nth, zone));
  // If none of them is possible, the first one is asked about.
  if (wishes.length === 0) return requestMeeting(reading, request, scope);
  if (all.some(({ guests }) => measureGuestList(guests) === 'tooMany')) return answerNotice('tooMany');
  if (open.length > 0) return askWho(considered, request, scope);
  const reply: DraftsReply = {
    ...(await toDrafts(wishes, request, scope)),
    left: all.flatMap(({ command: { subject }, decision, guests }) =>
      decision.kind === 'create' ? [] : [{ subject, guests, why: isPast(decision) ? 'past' : 'open' }],
    ),
    ...(reading.way === 'draft' && { doubts: reading.doubts.map(({ words }) => words) }),
  };
  if (pending.isAgreed) return makeSeveral(wishes, reply, request, scope);
  await park({ ...pending, asks: 'draft' }, 'answer', scope.services);
  return answerWith('drafted', { kind: 'card', reply });
}

async function toDrafts(
  wishes: readonly NthWish[],
  request: OpenRequest,
  scope: TurnScope,
): Promise<Omit<DraftsReply, 'left'>> {
  const { id, asker, answers } = request.pending;
  const drafts = await Promise.all(wishes.map((wish) => toDraft(wish, request, scope)));
  const isPersonal = scope.turn.place === 'personal';
  const revision = answers.length;
  return {
    kind: 'drafts',
    id,
    asker,
    revision,
    zone: request.zone,
    drafts,
    ...(isPersonal && { isPersonal }),
  };
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

const toWish = ({ command, decision, guests }: Considered, nth: number, zone: string): NthWish[] =>
  decision.kind === 'create' ? [{ nth, draft: decision.draft, guests, zone, assumed: command.assumed }] : [];

async function toDraft({ draft, guests, nth }: NthWish, request: OpenRequest, scope: TurnScope) {
  const { pending, asked } = requestOfNth(request, nth);
  const clash = pending.isAgreed ? null : await clashOf(draft, { id: pending.id, asked }, scope);
  return { ...draft, guests, ...(clash && { clash }) };
}
