import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Fault } from '../../deploy/sandbox/faults.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about the budget';

const world = await ownWorld({ before: signedIn(ADA) });

const status = (code: number, more: object = {}): Fault => ({ kind: 'status', status: code, ...more });

const sends = { service: 'channel', method: 'POST' } as const;

test.each<[string, Fault]>([
  ['429 and a second', status(429, { retryAfter: 1 })],
  ['502', status(502)],
  ['504', status(504)],
])('the channel says %s once: the message arrives', async (_name, fault) => {
  world.faults.add(sends, fault, 1);
  const said = await world.channel.say(ADA, world.chat(ADA).id, SENTENCE);
  expect(said.status).toBe(200);
  await until(() => world.cards(ADA).length === 1);
  expect(world.alive()).toHaveLength(1);
});

test('the channel takes nothing: it is told to come again, and then gets the card', async () => {
  const activity = world.message(ADA, SENTENCE);
  const off = world.faults.add(sends, 500);
  const first = await world.channel.deliver(activity);
  expect(first.status).toBeGreaterThanOrEqual(500);
  expect(first.body).toBe('');
  off();
  expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
  await until(() => world.cards(ADA).length === 1);
  expect(world.alive()).toHaveLength(1);
  const [card] = world.said(ADA);
  expect(JSON.stringify(card?.activity)).toContain(world.alive()[0]?.joinWebUrl);
}, 20_000);

test('the channel takes no "typing": the card comes all the same', async () => {
  world.faults.add({ service: 'graph' }, { kind: 'slow', ms: 1_200 }, 1);
  world.faults.add(sends, 403, 1);
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).toHaveLength(1);
});

test('the channel has thrown the bot out: nothing is tried twice, nothing crashes', async () => {
  world.faults.add(sends, 403, 1);
  await world.channel.say(ADA, world.chat(ADA).id, 'hi');
  await world.write(ADA, 'hello');
  expect(world.lastText(ADA)).toContain(en['help.title']);
  expect(world.said(ADA)).toHaveLength(1);
});

test('the channel cannot look up a guest: the meeting is made, and the card says who must be told', async () => {
  const place = world.place('groupChat');
  world.faults.add({ service: 'channel', method: 'GET' }, 500);
  const said = await world.channel.say(ADA, place.id, '@Parley meeting tomorrow 3pm with @Ben', {
    mentions: ['bot', BEN],
  });
  expect(said.status).toBe(200);
  expect(world.graph.requests[0]?.body).not.toHaveProperty('participants');
  expect(textOf(world.said('groupChat').at(-1))).toContain(BEN.name);
  expect(textOf(world.said('groupChat').at(-1))).toContain(en['note.shareLink']);
}, 20_000);

test.each([400, 413] as const)(
  'Teams refuses the card with %i: the link comes as a text, once',
  async (code) => {
    world.channel.state.refusesCards = code;
    const activity = world.message(ADA, SENTENCE);
    expect(await world.channel.deliver(activity)).toMatchObject({ status: 200 });
    const [text] = world.said(ADA);
    expect(text?.activity.text).toContain(world.alive()[0]?.joinWebUrl);
    const reference = /Reference: ([\da-f]{8})/.exec(text?.activity.text ?? '')?.[1] ?? 'none';
    await until(() => world.turns().some((line) => line.reference.startsWith(reference)));
    await world.channel.deliver(activity);
    await world.idle();
    expect(world.said(ADA)).toHaveLength(1);
    expect(world.alive()).toHaveLength(1);
    expect(world.channel.state.refusals.splice(0)).toMatchObject([{ method: 'POST', status: code }]);
  },
);

test('Teams refuses the card that a click leads to: the link comes as a text', async () => {
  await world.write(ADA, SENTENCE);
  const [card] = world.cards(ADA);
  world.channel.state.refusesCards = 413;
  await world.clickAndConfirm(ADA, card, 'regenerate');
  expect(world.lastText(ADA)).toContain('Reference:');
  expect(world.lastText(ADA)).toContain(world.alive()[0]?.joinWebUrl);
  expect(world.channel.state.refusals.splice(0)).toMatchObject([{ method: 'PUT' }, { method: 'POST' }]);
});

test('an older card that is gone is followed by no other', async () => {
  const card = await world.ask(ADA, 'Q3 review on 4 March 2030 at 15:00');
  await world.channel.remove(ADA, card.id);
  await world.ask(ADA, 'move Q3 to 4pm');
  await world.ask(ADA, 'move Q3 to 5pm');
  const left = world.said(ADA).filter(({ deleted }) => !deleted);
  expect(left.map((one) => /\d\d:\d\d–/.exec(textOf(one))?.[0])).toEqual([undefined, '17:00–']);
  const refused = world.channel.state.refusals.splice(0);
  expect(refused.map(({ method, status }) => `${method} ${status}`)).toEqual(['PUT 404', 'PUT 404']);
});
