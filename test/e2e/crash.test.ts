import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ADA } from '../../deploy/sandbox/people.ts';
import { pressAndConfirm } from './confirm.ts';
import { meetingCards } from './messages.ts';
import { ownFolder, ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

/** Teams delivers again 15 s after an activity that was not answered. */
const REDELIVERED_AFTER_MS = 15_000;

const world = await ownWorld({ env: { STORE: `sqlite:${join(await ownFolder(), 'parley.db')}` } });

test('killed between Graph’s answer and the store: after the restart the person sees one meeting', async () => {
  await world.signIn(ADA);
  world.faults.add({
    match: { service: 'graph', method: 'POST' },
    times: 1,
    fault: { kind: 'slow', ms: 20_000, when: 'after' },
  });
  const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
  const lost = world.channel.deliver(activity);
  await until(() => world.alive().length === 1);
  await world.bot.kill();
  await lost;
  const [orphan] = world.alive();
  expect(world.said(ADA).filter((message) => meetingCards([message]).length > 0)).toEqual([]);

  await world.restart();
  await wait(REDELIVERED_AFTER_MS);
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  await until(() => meetingCards(world.said(ADA)).length === 1);
  expect(JSON.stringify(world.said(ADA))).not.toContain(orphan?.joinWebUrl);

  await world.write(ADA, 'my meetings');
  await until(() => world.lastText(ADA).includes('Your meetings'));
  expect(world.lastText(ADA).match(/budget/g)).toHaveLength(1);
});

test('killed while the card was on its way: whoever gets the message again brings it, however soon that is', async () => {
  await world.begin();
  await world.signIn(ADA);
  // The card, and the sign of typing: which of them is first depends on how busy the machine is.
  world.faults.add({ match: { service: 'channel', method: 'POST' }, times: 2, fault: { kind: 'hang' } });
  const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
  const lost = world.channel.deliver(activity);
  await until(() => world.faults.list().length === 0);
  await world.bot.kill();
  await lost;
  await world.restart();
  for (let status = 0; status !== 200; ) ({ status } = await world.channel.deliver(activity));
  await world.idle();
  await until(() => meetingCards(world.said(ADA)).length === 1);
  expect(world.alive()).toHaveLength(1);
}, 60_000);

test('killed when its card had come, and the link changed while the message was brought again: both cards have the new one', async () => {
  await world.begin();
  await world.signIn(ADA);
  world.faults.add({
    match: { service: 'channel', method: 'POST' },
    fault: { kind: 'slow', ms: 20_000, when: 'after' },
  });
  const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
  const lost = world.channel.deliver(activity);
  await until(() => meetingCards(world.said(ADA)).length === 1);
  await world.bot.kill();
  world.faults.clear();
  await lost;
  await world.restart();
  const [card] = world.said(ADA);
  const before = world.alive()[0]?.joinWebUrl;

  world.faults.add({
    match: { service: 'graph', method: 'GET' },
    times: 1,
    fault: { kind: 'slow', ms: 3_000, when: 'after' },
  });
  // Nobody is signed in any more: Teams does that, and then how the meeting was is on its way.
  for (let status = 0; status !== 200; ) ({ status } = await world.channel.deliver(activity));
  await until(() => world.faults.list().length === 0);
  await pressAndConfirm(world, ADA, card?.id ?? '', 'regenerate');
  await world.idle();
  const shown = meetingCards(world.said(ADA)).map((message) => JSON.stringify(message.activity));
  expect(shown).toHaveLength(2);
  for (const json of shown) expect(json).toContain(world.alive()[0]?.joinWebUrl);
  expect(shown.join()).not.toContain(before);
}, 90_000);
