import type { CreateCommand } from '../../language/command.ts';
import type { Reading } from '../../language/reading.ts';
import { askedOf } from '../../meeting/guest-list.ts';
import { type DraftsReply, MOST_DRAFTS } from '../../say/cards/drafts.ts';
import type { Pending } from '../../store/store.ts';
import { answerWith, joinOutcomes, type Outcome, replyOf } from '../../teams/outcome.ts';
import { asMessages } from '../cards/present.ts';
import type { Wish } from '../make/create-meeting.ts';
import { carryOut, makeOnce } from '../make/plan.ts';
import { resolveGuests } from '../make/resolve-guests.ts';
import { type OpenRequest, park } from '../request.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { decideOn, requestMeeting } from './request-meeting.ts';

/** Handles a message that asks for several meetings: they are shown together first, and one yes makes all of them. */
export async function requestSeveral(
  reading: Reading & { command: CreateCommand },
  request: OpenRequest,
  scope: TurnScope,
): Promise<Progress> {
  const { pending, zone } = request;
  const commands = [reading.command, ...(reading.others ?? [])].slice(0, MOST_DRAFTS);
  const all = await Promise.all(commands.map((command) => wishOf(command, request, scope)));
  const wishes = all.filter((wish) => wish !== null);
  // If none of them is possible, the first one is asked about.
  if (wishes.length === 0) return requestMeeting(reading, request, scope);
  const isPersonal = scope.turn.place === 'personal';
  const drafts = wishes.map(({ draft, guests }) => ({ ...draft, guests }));
  const reach = drafts.some(({ calendar }) => calendar !== undefined) ? 'calendar' : 'meetings';
  const reply: DraftsReply = {
    kind: 'drafts',
    id: pending.id,
    asker: pending.asker,
    zone,
    drafts,
    left: commands.filter((_, i) => all[i] === null).map(({ subject, when }) => ({ subject, when })),
    ...(isPersonal && { isPersonal }),
  };
  if (pending.isAgreed) {
    const work = (scope: GraphScope) => makeAll(pending, wishes, scope);
    const isMailing = drafts.some(({ calendar }) => calendar === 'guests');
    return carryOut({ draft: reply, work, reach, isMailing }, pending, scope);
  }
  await park({ ...pending, asks: 'draft' }, 'answer', scope.services);
  return answerWith('drafted', { kind: 'card', reply });
}

/** Null if the meeting is not possible, because its time has passed. */
async function wishOf(command: CreateCommand, request: OpenRequest, scope: TurnScope): Promise<Wish | null> {
  const decision = decideOn(command, request, scope.services);
  if (decision.kind !== 'create') return null;
  const named = askedOf(command.invitees, command.options);
  const { guests } = await resolveGuests(named, [], scope);
  return { draft: decision.draft, guests, zone: request.zone, assumed: command.assumed };
}

/** Makes the meetings one after the other, each once. After the first that cannot be made, no more are tried. */
async function makeAll(pending: Pending, wishes: readonly Wish[], scope: GraphScope): Promise<Outcome> {
  const made: Outcome[] = [];
  for (const [i, wish] of wishes.entries()) {
    const id = i === 0 ? pending.id : `${pending.id}.${i}`;
    const outcome = await makeOnce({ ...pending, id }, wish, scope);
    made.push(outcome);
    if (replyOf(outcome)?.kind !== 'meeting') break;
  }
  const [first, ...others] = made as [Outcome, ...Outcome[]];
  return joinOutcomes(first, ...others.map((outcome) => asMessages(outcome, scope)));
}
