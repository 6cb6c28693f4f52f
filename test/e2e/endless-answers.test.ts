import { expect, test, vi } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { residentOf } from '../../deploy/faults/memory.ts';
import type { Fault, Match } from '../../deploy/sandbox/faults.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { inOwnWorld } from './own-world.ts';
import { until } from './waiting.ts';
import type { World } from './world.ts';

// These wait and start bots, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const SENTENCE = 'meeting tomorrow 3pm about the budget';
/** 200 MB come, and again with each try; a new process grows by half of this at its first turns. */
const MOST_MEGABYTES = 150;

const flood = (status: number): Fault => ({ kind: 'flood', status, megabytes: 200 });
const trickle = (status: number): Fault => ({ kind: 'trickle', status });

/** By how many MB the bot grew at most while `work` was done. */
async function growthDuring({ bot }: World, work: () => Promise<unknown>): Promise<number> {
  const before = residentOf(bot.pid);
  let most = before;
  const looking = setInterval(() => {
    most = Math.max(most, residentOf(bot.pid));
  }, 20);
  await work().finally(() => clearInterval(looking));
  return most - before;
}

const GRAPH: Match = { service: 'graph', method: 'POST' };
const TOKEN: Match = { service: 'entra', path: /token$/ };
const KEYS: Match = { service: 'entra', path: /keys$/ };
const METADATA: Match = { service: 'entra', path: /openid-configuration$/ };

test.concurrent.each<[string, Match, Fault, keyof typeof en, number]>([
  ['Graph’s meeting', GRAPH, flood(201), 'problem.lost.title', 1],
  ['Graph’s refusal', GRAPH, flood(403), 'problem.forbidden.title', 1],
  ['Graph’s meeting, a letter at a time', GRAPH, trickle(201), 'problem.timeout.title', 1],
])('%s has no end: one card says so, and nothing is asked twice', (_name, match, fault, title, asked) =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA);
    world.faults.add(match, fault);
    const growth = await growthDuring(world, () => world.write(ADA, SENTENCE));
    expect(world.lastText(ADA)).toContain(en[title]);
    expect(world.said(ADA)).toHaveLength(1);
    expect(world.sent('POST')).toHaveLength(asked);
    expect(growth).toBeLessThan(MOST_MEGABYTES);
  }),
);

test.concurrent.each<[string, Match, Fault]>([
  ['Entra’s token', TOKEN, flood(200)],
  ['Entra’s refusal', TOKEN, flood(400)],
  ['Entra’s token, a letter at a time', TOKEN, trickle(200)],
  ['Entra’s keys', KEYS, flood(200)],
  ['Entra’s keys, a letter at a time', KEYS, trickle(200)],
  ['what Entra says of itself', METADATA, flood(200)],
])('%s has no end: the sign-in says so, and works when it has one', (_name, match, fault) =>
  inOwnWorld(async (world) => {
    world.entra.consent(ADA.oid);
    // The bot has its own token already.
    await world.ask(ADA, 'hello');
    world.faults.add(match, fault);
    const growth = await growthDuring(world, () => world.write(ADA, SENTENCE));
    await until(() =>
      world.said(ADA).some((message) => textOf(message).includes(en['problem.unavailable.title'])),
    );
    expect(growth).toBeLessThan(MOST_MEGABYTES);
    world.faults.clear();
    await world.write(ADA, SENTENCE);
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.alive()).toHaveLength(1);
  }),
);

test.concurrent.each<[string, Fault]>([
  ['its receipt for a message', flood(201)],
  ['its receipt for a message, a letter at a time', trickle(201)],
])('the channel’s answer has no end, %s: the message is there, and the bot lives', (_name, fault) =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA);
    world.faults.add({ service: 'channel', method: 'POST' }, fault, 1);
    const growth = await growthDuring(world, () => world.write(ADA, 'hello'));
    expect(growth).toBeLessThan(MOST_MEGABYTES);
    world.faults.clear();
    await world.write(ADA, 'hello');
    expect(world.lastText(ADA).startsWith(en['help.title'])).toBe(true);
  }),
);

test.concurrent.each<[string, Fault]>([
  ['as fast as it is taken', flood(200)],
  ['a letter at a time', trickle(200)],
])(
  'Entra’s token for the bot itself has no end, %s: the channel comes again, and is answered then',
  (_name, fault) =>
    inOwnWorld(async (world) => {
      world.faults.add(TOKEN, fault);
      const activity = world.message(ADA, 'hello');
      const growth = await growthDuring(world, async () => {
        expect((await world.channel.deliver(activity)).status).toBeGreaterThanOrEqual(500);
      });
      expect(growth).toBeLessThan(MOST_MEGABYTES);
      world.faults.clear();
      expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
      await until(() => world.lastText(ADA).startsWith(en['help.title']));
    }),
);
