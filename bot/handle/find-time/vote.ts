import { inZone } from '../../base/date-time.ts';
import { isSamePlace } from '../../meeting/record.ts';
import type { PollReply } from '../../say/cards/times.ts';
import type { OfferedTimes, Pending, Vote } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { LEASE_MS, waitForLease } from '../once/once.ts';
import { sayGone } from '../request.ts';
import type { TurnScope } from '../services.ts';

/** A vote is open until its last time begins, but no longer than this. */
const OPEN_MS = 7 * 24 * 3_600_000;
/** The most people who can vote on one card, because of what a row of the store and a card can hold. */
const MOST_VOTERS = 100;
const LOOK_MS = 100;

/**
 * Handles *Ask everyone*: the times that were offered become a vote in which everybody in the conversation can take part. With
 * a `choice`, the person votes for that time, or takes their vote back.
 */
export async function vote(id: string, choice: unknown, scope: TurnScope): Promise<Outcome> {
  const { services, owner } = scope;
  const anybody = { services, owner: { tenant: owner.tenant } };
  // Votes are counted one at a time under the lease, so that none is lost.
  await using lease = await waitForLease(`vote:${id}`, anybody, { everyMs: LOOK_MS, forMs: LEASE_MS });
  if (lease === null) return answerNotice('working');
  return typeof choice === 'number' ? await castVote(id, choice, scope) : await openVote(id, scope);
}

async function openVote(id: string, scope: TurnScope): Promise<Outcome> {
  const { services, owner } = scope;
  const pending = await services.store.parked(owner.tenant, id);
  if (pending === null) return sayGone(id, scope);
  if (pending.owner.user !== owner.user) return answerNotice('notYourRequest');
  const { offer, asks: _, votes = [], ...rest } = pending;
  if (!isShared(rest) || offer === undefined) return answerNotice('expired');
  const last = Math.max(...offer.times.map(({ start }) => start));
  const expires = Math.min(last, services.now().toMillis() + OPEN_MS);
  return keep({ ...rest, offer, votes, waitsFor: 'vote', expires }, scope);
}

async function castVote(id: string, choice: number, scope: TurnScope): Promise<Outcome> {
  const { services, owner, turn } = scope;
  const pending = await services.store.parked(owner.tenant, id);
  const { offer } = pending ?? {};
  if (pending?.waitsFor !== 'vote' || offer?.times[choice] === undefined) return sayGone(id, scope);
  if (!isSamePlace(pending.origin?.conversation ?? '', turn.conversation)) return answerNotice('expired');
  const { votes = [] } = pending;
  const own = votes.find(({ user }) => user === owner.user) ?? {
    user: owner.user,
    name: turn.name,
    choices: [],
  };
  const others = votes.filter(({ user }) => user !== owner.user);
  if (others.length >= MOST_VOTERS) return answerNotice('voteFull');
  const voted = toggle(own, choice);
  return keep({ ...pending, offer, votes: voted.choices.length === 0 ? others : [...others, voted] }, scope);
}

function toggle({ choices, ...voter }: Vote, choice: number): Vote {
  const isTakenBack = choices.includes(choice);
  return { ...voter, choices: isTakenBack ? choices.filter((one) => one !== choice) : [...choices, choice] };
}

async function keep(pending: Pending & { offer: OfferedTimes }, scope: TurnScope): Promise<Outcome> {
  await scope.services.store.park(pending);
  const { origin } = pending;
  const outcome = answerWith('voted', { kind: 'card', reply: pollOf(pending, pending.offer) });
  return { ...outcome, ...(origin && { origin }) };
}

/** Whether others in the conversation saw the question, so that they can vote. */
const isShared = ({ origin }: Pick<Pending, 'origin'>): boolean => origin !== undefined && !origin.isPrivate;

/** The card of a vote as everybody sees it. */
function pollOf({ id, asker, locale, votes = [], answers }: Pending, offer: OfferedTimes): PollReply {
  const { subject, zone, times } = offer;
  return {
    kind: 'poll',
    id,
    asker,
    locale,
    revision: answers.length,
    subject,
    zone,
    times: times.map(({ start, end }, place) => ({
      start: inZone(start, zone),
      end: inZone(end, zone),
      voters: votes.filter(({ choices }) => choices.includes(place)).map(({ name }) => name),
    })),
  };
}
