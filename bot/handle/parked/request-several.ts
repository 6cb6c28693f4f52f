import type { CreateCommand } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import type { Decision } from '../../meeting/decide.ts';
import { askedOf, dedupeGuests, measureGuestList } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { type DraftsReply, MOST_DRAFTS } from '../../say/cards/drafts.ts';
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
  const { pending, zone, knownZone, asked } = request;
  const { services, turn } = scope;
  const commands = [reading.command, ...(reading.others ?? [])].slice(0, MOST_DRAFTS);
  const considered = await considerAll(withSharedWish(commands), request, scope);
  if ('name' in considered) return considered;
  const { open, all } = considered;
  const wishes = all.flatMap((one, nth) => toWish(one, nth, zone));
  // If none of them is possible, the first one is asked about.
  if (wishes.length === 0) return requestMeeting(reading, request, scope);
  if (all.some(({ guests }) => measureGuestList(guests) === 'tooMany')) return answerNotice('tooMany');
  if (open.length > 0) {
    const { subject } = reading.command;
    const guests = dedupeGuests(
      all.flatMap((one) => one.guests),
      scope.owner.user,
    );
    const asking = {
      zone: knownZone,
      subject,
      ...settledBut([], reading.command, asked),
      guests,
      names: open,
    };
    return askOpen(asking, pending, services);
  }
  const reply: DraftsReply = {
    kind: 'drafts',
    id: pending.id,
    asker: pending.asker,
    zone,
    drafts: await Promise.all(wishes.map((wish) => toDraft(wish, request, scope))),
    left: all.flatMap(({ command: { subject }, decision }) =>
      decision.kind === 'create' ? [] : [{ subject, why: isPast(decision) ? 'past' : 'open' }],
    ),
    ...(reading.way === 'draft' && { doubts: reading.doubts.map(({ words }) => words) }),
    ...(turn.place === 'personal' && { isPersonal: true }),
  };
  if (pending.isAgreed) return makeSeveral(wishes, reply, request, scope);
  await park({ ...pending, asks: 'draft' }, 'answer', services);
  return answerWith('drafted', { kind: 'card', reply });
}

/** "… and invite them" is said once and holds for all. Whoever does not mean that sees on the draft who will be mailed. */
function withSharedWish(commands: readonly CreateCommand[]): CreateCommand[] {
  const said = commands.map(({ calendar }) => calendar);
  const shared = said.includes('guests') ? 'guests' : said.find((wish) => wish !== undefined);
  return commands.map((command) => ({ ...command, ...(shared && { calendar: command.calendar ?? shared }) }));
}

/** One of several meetings, with what is decided about it. */
type Considered = { command: CreateCommand; decision: Decision; guests: readonly Guest[] };

/** Does for each of the commands what is done for one. A question about one of them is the outcome. */
async function considerAll(
  commands: readonly CreateCommand[],
  request: OpenRequest,
  scope: TurnScope,
): Promise<{ all: readonly Considered[]; open: Awaited<ReturnType<typeof resolveLists>>['open'] } | Outcome> {
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
  const clash = await clashOf(draft, requestOfNth(request, nth), scope);
  return { ...draft, guests, ...(clash && { clash }) };
}
