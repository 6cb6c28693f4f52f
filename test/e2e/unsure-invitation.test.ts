import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownWorld } from './own-world.ts';

const world = await ownWorld({
  env: { CALENDAR: 'on' },
  before: async (world) => {
    await world.reset();
    world.entra.consent(ADA.oid, ['OnlineMeetings.ReadWrite', 'Calendars.ReadWrite']);
    await world.signIn(ADA);
    await world.write(ADA, 'always invite');
  },
});
const { calendar } = world.graph;

test('guests who have their invitation are not said to have none, and another try invites nobody twice', async () => {
  const heal = world.faults.add({ service: 'graph', method: 'GET', path: /\/onlineMeetings/ }, 500);
  await world.write(ADA, 'meeting on 4 March 2030 at 15:00 about Q3 with lee@fabrikam.example');
  const card = world.newest(ADA);
  expect(world.seen(ADA, card)).toContain(en['problem.mailed.what']);
  expect(world.seen(ADA, card)).not.toContain(en['problem.unavailable.what']);
  heal();
  await world.click(ADA, card, 'create');
  expect(world.cards(ADA)).toHaveLength(1);
  expect(calendar.mails.map(({ to, kind }) => [to, kind])).toEqual([['lee@fabrikam.example', 'invitation']]);
  expect(calendar.events).toHaveLength(1);
});
