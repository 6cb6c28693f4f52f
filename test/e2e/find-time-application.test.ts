import { expect, test } from 'vitest';
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { cardOf, signInCards } from './messages.ts';
import { ownWorld } from './own-world.ts';

const world = await ownWorld({ env: { GRAPH_MODE: 'application', CALENDAR: 'on' } });

test('in application mode nobody signs in for free times, and the role in Exchange is what it takes', async () => {
  world.entra.grantAppRole('OnlineMeetings.ReadWrite.All');
  world.graph.policy.add('global');
  const find = `find a time on 4 March 2030 with ${BEN.upn}`;
  await world.type(ADA, find);
  expect(world.lastText(ADA)).not.toContain('Mon 4 Mar');
  world.graph.calendar.roles.add('global');
  await world.type(ADA, find);
  const [first] = actionsIn(cardOf(world.newest(ADA)));
  expect(first?.title).toBe('Mon 4 Mar, 14:00–14:30');
  await world.click(ADA, world.newest(ADA), first ?? 'answer');
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid }]);
  expect(signInCards(world.said(ADA))).toEqual([]);
});
