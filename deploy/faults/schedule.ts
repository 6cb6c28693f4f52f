import { setTimeout as wait } from 'node:timers/promises';
import type { Match } from '../sandbox/faults.ts';
import type { Random } from './random.ts';
import { hits, type Place, status, type Trouble } from './trouble.ts';

const MAKING: Match = { service: 'graph', method: 'POST' };
const GRAPH: Match = { service: 'graph' };
const TOKEN: Match = { service: 'entra', path: /oauth2\/v2\.0\/token$/ };
// Its keys are fetched from the same host, by GET.
const SENDING: Match = { service: 'channel', method: 'POST' };
const CHANGING: Match = { service: 'channel', method: 'PUT' };

/** What can happen to everybody's remotes. */
const TROUBLES: readonly Trouble[] = [
  hits('Graph 429', { match: MAKING, fault: status(429, { retryAfter: 1 }) }),
  hits('Graph 429, an hour', { match: MAKING, fault: status(429, { retryAfter: 3_600 }) }),
  hits('Graph 500', { match: MAKING, fault: status(500) }),
  hits('Graph 503', { match: GRAPH, fault: status(503) }),
  hits('Graph 504', { match: GRAPH, fault: status(504) }),
  hits('Graph hangs', { match: MAKING, fault: { kind: 'hang' }, most: 2, weight: 1 }),
  hits('Graph slow', { match: GRAPH, fault: { kind: 'slow', ms: 2_500 } }),
  hits('Graph slow after', { match: MAKING, fault: { kind: 'slow', ms: 5_000, when: 'after' }, most: 2 }),
  hits('Graph drops before', { match: GRAPH, fault: { kind: 'drop', when: 'before' } }),
  hits('Graph drops after', { match: MAKING, fault: { kind: 'drop', when: 'after' } }),
  hits('Entra down', { match: TOKEN, fault: status(503) }),
  hits('Entra slow', { match: TOKEN, fault: { kind: 'slow', ms: 2_000 } }),
  hits('Entra drops', { match: TOKEN, fault: { kind: 'drop', when: 'before' } }),
  hits('Entra hangs', { match: TOKEN, fault: { kind: 'hang' }, most: 1, weight: 1 }),
  hits('channel 429', { match: SENDING, fault: status(429, { retryAfter: 1 }) }),
  hits('channel 412', { match: SENDING, fault: status(412) }),
  hits('channel 502', { match: SENDING, fault: status(502), most: 8 }),
  hits('channel 500', { match: SENDING, fault: status(500), most: 2 }),
  hits('channel slow', { match: SENDING, fault: { kind: 'slow', ms: 3_000 } }),
  hits('channel blocks', { match: SENDING, fault: status(403), most: 2, weight: 1 }),
  hits('channel drops before', { match: SENDING, fault: { kind: 'drop', when: 'before' }, weight: 1 }),
  hits('channel drops after', { match: SENDING, fault: { kind: 'drop', when: 'after' }, most: 1, weight: 1 }),
  hits('channel changes nothing', { match: CHANGING, fault: status(502), most: 8, weight: 1 }),
  { name: 'second factor', weight: 2, happen: (place, random) => challenge(place, random, 'factor') },
  { name: 'consent withdrawn', weight: 2, happen: (place, random) => challenge(place, random, 'consent') },
];

/** Somebody's tokens are good no more, and new ones want something of them. */
async function challenge(
  { entra, people }: Place,
  random: Random,
  what: 'factor' | 'consent',
): Promise<void> {
  const { oid } = random.pick(people);
  if (what === 'factor') entra.requireSecondFactor(oid);
  else entra.withdrawConsent(oid);
  entra.revoke(oid);
}

type Schedule = { stop(): Promise<ReadonlyMap<string, number>> };

/** Of several replicas one is killed, or, so often, each is asked to stop and started again. */
const ROLLING = 0.25;

/**
 * Lets things go wrong until it is stopped: one after the other and several at once, `more` among them, and now and then
 * a process is killed. Answers how often each has happened.
 */
export function startSchedule(
  place: Place,
  random: Random,
  { killEveryMs, more, isCalm }: { killEveryMs: number; more: readonly Trouble[]; isCalm: boolean },
): Schedule {
  const happened = new Map<string, number>();
  const bag = [...TROUBLES, ...more].flatMap((trouble) => Array<Trouble>(trouble.weight).fill(trouble));
  const note = (name: string) => void happened.set(name, (happened.get(name) ?? 0) + 1);
  let isOver = isCalm;
  const storm = async (pause: readonly [number, number]) => {
    while (!isOver) {
      const trouble = random.pick(bag);
      note(trouble.name);
      await trouble.happen(place, random);
      await wait(random.whole(...pause));
    }
  };
  const { subject } = place;
  const strike = () => {
    const isAsked = subject.size > 1 && random.chance(ROLLING);
    note(isAsked ? 'rolling restart' : 'kill -9');
    return isAsked ? subject.roll() : subject.crash(random.whole(0, subject.size - 1));
  };
  const killing = async () => {
    let next = performance.now() + killEveryMs * (0.5 + random.next());
    while (killEveryMs > 0 && !isOver) {
      await wait(100);
      if (performance.now() < next) continue;
      await strike();
      next = performance.now() + killEveryMs * (0.5 + random.next());
    }
  };
  // Three that know nothing of each other: alone and in combination.
  const running = Promise.all([storm([50, 600]), storm([100, 1_000]), storm([200, 2_000]), killing()]);
  return {
    stop: async () => {
      isOver = true;
      await running;
      place.faults.clear();
      return happened;
    },
  };
}
