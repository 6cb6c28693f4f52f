import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownCalendarUser } from './calendar-user.ts';
import { until } from './waiting.ts';

const { world, events, mailed, seen } = await ownCalendarUser();
const LEE = 'lee@fabrikam.example';

test('a new link for one of several meetings leaves the others in the calendar', async () => {
  await world.type(ADA, 'always invite my guests');
  await world.type(ADA, `meeting monday 9am and monday 11am with ${LEE}`);
  await world.type(ADA, 'yes');
  const starts = () => events().map(({ start }) => start);
  const before = starts();
  expect(before).toHaveLength(2);
  for (const card of world.cards(ADA)) await world.clickAndConfirm(ADA, card, 'regenerate');
  expect(starts().toSorted()).toEqual(before.toSorted());
  expect(mailed('invitation')).toEqual([LEE, LEE, LEE, LEE]);
  expect(mailed('cancellation')).toEqual([LEE, LEE]);
});

test('“and invite them” holds for each of them', async () => {
  await world.type(ADA, `meeting monday 9am and tuesday 9am with ${LEE} and invite them`);
  expect(seen()).toContain(en['draft.mails'].replace('{names}', LEE));
  expect(seen()).not.toContain(en['draft.unmailed']);
  await world.type(ADA, 'yes');
  expect(events()).toHaveLength(2);
  expect(mailed('invitation')).toEqual([LEE, LEE]);
});

test('the second of them is refused for good: its guests are told, and the first stays', async () => {
  await world.type(ADA, `meeting monday 9am and tuesday 9am with ${LEE} and invite them`);
  const finding = { service: 'graph', method: 'GET', path: /onlineMeetings/ } as const;
  world.faults.add(finding, { kind: 'slow', ms: 300, when: 'after' }, 1);
  const typed = world.type(ADA, 'yes');
  await until(() => world.faults.list().length === 0);
  world.faults.add(finding, 403);
  await typed;
  expect(events()).toHaveLength(1);
  expect([mailed('invitation'), mailed('cancellation')]).toEqual([[LEE, LEE], [LEE]]);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(seen()).toContain(en['problem.undone.mailed']);
});
