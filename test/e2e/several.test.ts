import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA, BEN) });

const BOTH = 'meeting monday 9am and wednesday 9am';
const days = () =>
  world
    .alive()
    .map(({ startDateTime }) => DateTime.fromISO(startDateTime, { zone: ADA.zone }).toFormat('ccc HH:mm'));
const press = (person: Person, message: Message) => world.press(person, message, /./);

test('two meetings of one message are two drafts on one card, and one click makes both', async () => {
  await world.type(ADA, BOTH);
  const drafts = world.newest(ADA);
  expect(textOf(drafts)).toContain('09:00–09:30');
  expect(world.alive()).toEqual([]);
  await press(ADA, drafts);
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  expect(world.cards(ADA)).toHaveLength(2);
  // Another click shows what there is.
  await press(ADA, drafts);
  expect(days()).toHaveLength(2);
});

test('“yes” makes both, “no” none', async () => {
  await world.type(ADA, BOTH);
  await world.type(ADA, 'no');
  await world.type(ADA, 'yes');
  expect(world.alive()).toEqual([]);
  await world.type(ADA, BOTH);
  await world.type(ADA, 'yes');
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  expect(world.cards(ADA)).toHaveLength(2);
});

test('where Graph fails at the second, “Try again” makes that one, and the first no second time', async () => {
  await world.type(ADA, BOTH);
  const making = { service: 'graph', method: 'POST' } as const;
  world.faults.add(making, { kind: 'slow', ms: 300, when: 'after' }, 1);
  const pressed = press(ADA, world.newest(ADA));
  await until(() => world.faults.list().length === 0);
  world.faults.add(making, 503);
  await pressed;
  world.faults.clear();
  expect(days()).toEqual(['Mon 09:00']);
  await press(ADA, world.newest(ADA));
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  expect(world.cards(ADA)).toHaveLength(2);
});

test('in a group only the asker makes them', async () => {
  await world.mention(ADA, 'groupChat', BOTH);
  const drafts = world.newest('groupChat');
  expect(drafts.onlyFor).toBe(ADA.oid);
  await expect(async () => press(BEN, drafts)).rejects.toThrow();
  await press(ADA, drafts);
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  expect(world.cards('groupChat')).toHaveLength(2);
});
