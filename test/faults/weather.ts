import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Match } from '../../deploy/sandbox/faults.ts';
import type { StandIns } from '../../deploy/sandbox/standins.ts';
import type { Random } from './random.ts';
import type { Subject } from './subject.ts';

/** Where it goes wrong: the stand-ins, the process, its database, and the file whose words tell its store to fail. */
export type Place = StandIns & { subject: Subject; storeFile: string; troubleFile: string };

/** Something that goes wrong; resolves when it is over. */
type Trouble = { name: string; weight: number; happen(place: Place, random: Random): Promise<void> };

const MAKING: Match = { service: 'graph', method: 'POST' };
const GRAPH: Match = { service: 'graph' };
const TOKEN: Match = { service: 'entra', path: /oauth2\/v2\.0\/token$/ };
// Its keys are fetched from the same host, by GET.
const SENDING: Match = { service: 'channel', method: 'POST' };
const CHANGING: Match = { service: 'channel', method: 'PUT' };

const status = (code: number, more: object = {}): Fault => ({ kind: 'status', status: code, ...more });

/** A fault that hits some requests, or none if none come in time. */
function hits(name: string, match: Match, fault: Fault, most = 4, weight = 2): Trouble {
  return {
    ...{ name, weight },
    happen: async ({ faults }, random) => {
      const off = faults.add({ match, fault, times: random.whole(1, most) });
      await wait(random.whole(200, 2_000));
      off();
    },
  };
}

function inStore(name: string, words: string, weight = 1): Trouble {
  return {
    ...{ name, weight },
    happen: async ({ troubleFile }, random) => {
      writeFileSync(troubleFile, words);
      await wait(random.whole(50, 800));
      writeFileSync(troubleFile, '');
    },
  };
}

/** What can happen to everybody's remotes, store and process. */
export const TROUBLES: readonly Trouble[] = [
  hits('Graph 429', MAKING, status(429, { retryAfter: 1 })),
  hits('Graph 429, an hour', MAKING, status(429, { retryAfter: 3_600 })),
  hits('Graph 500', MAKING, status(500)),
  hits('Graph 503', GRAPH, status(503)),
  hits('Graph 504', GRAPH, status(504)),
  hits('Graph hangs', MAKING, { kind: 'hang' }, 2, 1),
  hits('Graph slow', GRAPH, { kind: 'slow', ms: 2_500 }),
  hits('Graph slow after', MAKING, { kind: 'slow', ms: 5_000, when: 'after' }, 2),
  hits('Graph drops before', GRAPH, { kind: 'drop', when: 'before' }),
  hits('Graph drops after', MAKING, { kind: 'drop', when: 'after' }),
  hits('Entra down', TOKEN, status(503)),
  hits('Entra slow', TOKEN, { kind: 'slow', ms: 2_000 }),
  hits('Entra drops', TOKEN, { kind: 'drop', when: 'before' }),
  hits('Entra hangs', TOKEN, { kind: 'hang' }, 1, 1),
  hits('channel 429', SENDING, status(429, { retryAfter: 1 })),
  hits('channel 412', SENDING, status(412)),
  hits('channel 502', SENDING, status(502), 8),
  hits('channel 500', SENDING, status(500), 2),
  hits('channel slow', SENDING, { kind: 'slow', ms: 3_000 }),
  hits('channel blocks', SENDING, status(403), 2, 1),
  hits('channel changes nothing', CHANGING, status(502), 8, 1),
  inStore('store full', 'full'),
  inStore('store gone', 'gone'),
  inStore('store slow', 'slow 60'),
  { name: 'store locked', weight: 1, happen: lock },
  { name: 'second factor', weight: 2, happen: (place, random) => challenge(place, random, 'factor') },
  { name: 'consent withdrawn', weight: 2, happen: (place, random) => challenge(place, random, 'consent') },
];

async function lock({ storeFile }: Place, random: Random): Promise<void> {
  const other = new DatabaseSync(storeFile);
  try {
    other.exec('BEGIN EXCLUSIVE');
    await wait(random.whole(100, 2_500));
    other.exec('ROLLBACK');
  } catch {
    // The bot was writing, which is as good.
  } finally {
    other.close();
  }
}

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

type Weather = { stop(): Promise<ReadonlyMap<string, number>> };

/**
 * Lets things go wrong until it is stopped: one after the other and several at once, and now and then the process is
 * killed. Answers how often each has happened.
 */
export function startWeather(
  place: Place,
  random: Random,
  { killEveryMs }: { killEveryMs: number },
): Weather {
  const happened = new Map<string, number>();
  const bag = TROUBLES.flatMap((trouble) => Array<Trouble>(trouble.weight).fill(trouble));
  let isOver = false;
  const storm = async (pause: readonly [number, number]) => {
    while (!isOver) {
      const trouble = random.pick(bag);
      happened.set(trouble.name, (happened.get(trouble.name) ?? 0) + 1);
      await trouble.happen(place, random);
      await wait(random.whole(...pause));
    }
  };
  const killing = async () => {
    let next = performance.now() + killEveryMs * (0.5 + random.next());
    while (killEveryMs > 0 && !isOver) {
      await wait(100);
      if (performance.now() < next) continue;
      happened.set('kill -9', (happened.get('kill -9') ?? 0) + 1);
      await place.subject.crash();
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
