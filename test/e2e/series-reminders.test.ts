import { DateTime } from 'luxon';
import { afterAll, describe, expect, test, vi } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { openSqlite } from '../../bot/store/sqlite.ts';
import type { Store } from '../../bot/store/store.ts';
import { itemsOf } from '../../deploy/sandbox/graph/calendar/items.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { CALENDAR_PERMISSIONS } from './calendar-user.ts';
import { textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

// These wait and start bots, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const [STARTS = ''] = en['reminder.heading'].split('{');
const OWNER = { tenant: ADA.tenantId, user: ADA.oid };
const APPLICATION = { GRAPH_MODE: 'application', CALENDAR: 'on' };

const world = await ownWorld({ before: async () => undefined });
const stores: Store[] = [];
afterAll(() => Promise.all(stores.map((store) => store.close())));

const inMinutes = (minutes: number) => DateTime.now().setZone(ADA.zone).startOf('minute').plus({ minutes });
const written = (at: DateTime) => at.toFormat("d MMMM yyyy 'at' HH:mm");
const reminders = () => world.said(ADA).filter((one) => textOf(one).includes(STARTS));
const outcomes = () =>
  world
    .turns()
    .filter(({ turn }) => turn === 'due')
    .map(({ outcome }) => outcome);

/** A weekly series of Ada's that begins then, who wants to be reminded ten minutes before. */
async function made(start: DateTime, env: Record<string, string>) {
  await world.begin(env);
  if (env.GRAPH_MODE === undefined) {
    world.entra.consent(ADA.oid, CALENDAR_PERMISSIONS);
    await world.signIn(ADA);
  } else {
    world.entra.grantAppRole('OnlineMeetings.ReadWrite.All');
    world.graph.policy.add('global');
    world.graph.calendar.roles.add('global');
  }
  await world.type(ADA, 'remind me 10 minutes before');
  await world.type(ADA, `standup every ${start.toFormat('cccc')} at ${start.toFormat('HH:mm')}, 4 times`);
  await world.type(ADA, 'yes');
  const [event] = world.graph.calendar.events;
  if (event === undefined) throw new Error('there is no series');
  expect(itemsOf(event)[0]?.start.toMillis()).toBe(start.toMillis());
  return event;
}

async function startWhenDue(start: DateTime, env: Record<string, string>): Promise<void> {
  const store = openSqlite(world.storeFile(), Date.now);
  stores.push(store);
  const [record] = (await store.person(OWNER, 0)).meetings;
  await world.bot.stop();
  const at = start.toMillis() - 10 * 60_000;
  await store.addDue([{ tenant: OWNER.tenant, meeting: record?.id ?? '', step: 'remind', at }]);
  await world.restart(env);
  await until(() => outcomes().length > 0);
  await world.idle();
}

describe.each([
  ['without a token', { CALENDAR: 'on' }],
  ['with a token', APPLICATION],
] as [string, Record<string, string>][])('a meeting of a series, %s', (_name, env) => {
  test('is reminded of', async () => {
    const start = inMinutes(9);
    await made(start, env);
    await startWhenDue(start, env);
    expect(outcomes()).toEqual(['remind']);
  });

  test('is not reminded of once it was cancelled', async () => {
    const start = inMinutes(9);
    const event = await made(start, env);
    await world.type(ADA, `cancel the standup on ${start.toFormat('d MMMM yyyy')}`);
    await world.press(ADA, world.newest(ADA), en['confirm.one'], { asked: null });
    expect(itemsOf(event)).toHaveLength(3);
    await startWhenDue(start, env);
    expect(outcomes()).toEqual(['dropped']);
    expect(reminders()).toEqual([]);
  });

  test.each([
    ['not at the old hour, once it was moved', 9, 60, 9, 'dropped'],
    ['at its new hour', 60, 9, 9, 'remind'],
  ])('is reminded of %s', async (_when, from, to, due, outcome) => {
    const now = inMinutes(0);
    const start = now.plus({ minutes: from });
    await made(start, env);
    const wanted = written(now.plus({ minutes: to }));
    await world.type(ADA, `move the standup on ${start.toFormat('d MMMM yyyy')} to ${wanted}`);
    await startWhenDue(now.plus({ minutes: due }), env);
    expect(outcomes()).toEqual([outcome]);
    expect(reminders()).toHaveLength(outcome === 'remind' ? 1 : 0);
  });
});

test('with a token, what another program did to one meeting of a series is seen when it is due', async () => {
  const start = inMinutes(9);
  const event = await made(start, APPLICATION);
  event.exceptions.set(start.toISODate() ?? '', { isCancelled: true });
  await startWhenDue(start, APPLICATION);
  expect(outcomes()).toEqual(['dropped']);
  expect(reminders()).toEqual([]);
});
