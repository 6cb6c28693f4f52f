import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const make = () => world.ask(ADA, 'meeting on 4 March 2030 at 15:00 about Q3');

test('who wants something else with a meeting that is worked on hears so, and nothing of it is lost', async () => {
  const card = await make();
  const before = world.alive()[0]?.joinWebUrl ?? '';
  await world.click(ADA, card, 'cancel');
  const data = { ...world.dataOf(ADA, card, 'cancel'), asked: null };
  await world.click(ADA, card, 'view');
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 2_500 }, 1);
  const renewed = world.clickAndConfirm(ADA, card, 'regenerate');
  await until(() => world.faults.list().length === 0);
  await world.channel.execute(ADA, card.id, { type: 'Action.Execute', verb: 'cancel', data });
  expect(card.notices.get(ADA.oid)).toBe(en['notice.otherWork']);
  await renewed;
  await until(() => textOf(card).includes(en['note.oldLinkLocked']));
  expect(world.alive()).toHaveLength(1);
  expect(JSON.stringify(card.activity)).not.toContain(before);
  await world.clickAndConfirm(ADA, card, 'cancel');
  expect(world.alive()).toEqual([]);
}, 30_000);

test('the same button pressed twice is answered twice with what came of it', async () => {
  const card = await make();
  await world.click(ADA, card, 'regenerate');
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 1_000 }, 1);
  const both = await Promise.all([1, 2].map(() => world.confirm(ADA, card, 'regenerate')));
  expect(both).toMatchObject([{ shown: 'card' }, { shown: 'card' }]);
  for (const { body } of both) expect(JSON.stringify(body)).toContain(world.alive()[0]?.joinWebUrl);
  expect(world.sent('POST')).toHaveLength(2);
  expect(world.alive()).toHaveLength(1);
});
