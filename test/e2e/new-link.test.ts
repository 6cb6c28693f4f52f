import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn, adaptiveCards } from '../../deploy/sandbox/channel/cards.ts';
import type { Json, Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, FELIX } from '../../deploy/sandbox/people.ts';
import { meetingCards, READ, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({
  before: async ({ reset, signIn, write, said }) => {
    await reset();
    await signIn(ADA);
    await write(ADA, 'meeting tomorrow 3pm about the budget');
    await until(() => meetingCards(said(ADA)).length === 1);
  },
});

const card = () => world.cards(ADA)[0] as Message;
const click = () => world.clickAndConfirm(ADA, card(), 'regenerate');
const data = () => actionsIn(adaptiveCards(card().activity)).find(({ verb }) => verb)?.data as Json;
const links = () => world.graph.meetings.map(({ joinWebUrl }) => joinWebUrl);
const wire = () => world.graph.requests.map(({ method, status }) => `${method} ${status}`);
const onePath = /onlineMeetings\/[^/]+$/;
const message = { statusCode: 200, type: 'application/vnd.microsoft.activity.message' };
const shown = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' };

/** A click as a client of one's own would send it. */
const press = (value: Json, person = ADA) =>
  world.invoke(person, 'adaptiveCard/action', value, { replyToId: card().id });
const regenerate = (change: Json = {}) => ({
  action: { type: 'Action.Execute', verb: 'regenerate', data: { ...data(), confirmed: true, ...change } },
  trigger: 'manual',
});

test('the new meeting is made, then the old one deleted, and the card is replaced for everybody', async () => {
  const { status, body } = await click();
  expect({ status, body }).toMatchObject({ status: 200, body: shown });
  expect(wire()).toEqual(['POST 201', 'POST 201', 'PATCH 200', 'DELETE 204']);
  expect(world.graph.meetings.map(({ isDeleted }) => isDeleted)).toEqual([true, false]);
  await until(() => card().editedAt !== null);
  for (const seen of [textOf(body as Json), textOf(card())]) {
    expect(seen).toContain(en['meeting.renewed']);
    expect(seen).toContain(en['note.oldLinkLocked']);
    expect(seen).toContain(world.alive()[0]?.passcode);
  }
  expect(JSON.stringify(card().activity)).toContain(links()[1]);
  expect(JSON.stringify(card().activity)).not.toContain(links()[0]);
  expect(world.said(ADA)).toHaveLength(1);
});

test('the new meeting is the old one in everything but its link', async () => {
  await click();
  const [before, after] = world.sent('POST');
  expect(after?.body).toEqual(before?.body);
});

test('it works again on the card that replaced the first', async () => {
  await click();
  expect(card().editedAt).not.toBeNull();
  await click();
  expect(world.graph.meetings.map(({ isDeleted }) => isDeleted)).toEqual([true, true, false]);
});

test('a button of an older card changes nothing, and shows how things are', async () => {
  const old = regenerate();
  await click();
  expect(card().editedAt).not.toBeNull();
  const { body } = await press(old);
  expect(body).toMatchObject(shown);
  expect(JSON.stringify(body)).toContain(links()[1]);
  expect(wire()).toEqual(['POST 201', 'POST 201', 'PATCH 200', 'DELETE 204', 'GET 200']);
});

test('a change of the card that is slow does not bring back a link that was replaced since', async () => {
  const fault = { kind: 'slow', ms: 1_500 } as const;
  const renewed = () => world.turns().filter(({ outcome }) => outcome === 'renewed').length;
  const before = renewed();
  world.faults.add({ service: 'channel', method: 'PUT' }, fault, 1);
  for (const inputs of [{}, READ, {}, READ])
    await world.channel.execute(ADA, card().id, 'regenerate', inputs);
  // A turn is logged when its cards have changed.
  await until(() => renewed() === before + 2);
  expect(JSON.stringify(card().activity)).toContain(links()[2]);
});

test('where the old meeting cannot be deleted, the card says that its link still works', async () => {
  world.faults.add({ service: 'graph', method: 'DELETE' }, 403, 1);
  const { body } = await click();
  expect(textOf(body as Json)).toContain(en['note.oldLinkAlive']);
  expect(textOf(body as Json)).not.toContain(en['note.oldLinkLocked']);
  expect(world.alive()).toHaveLength(2);

  await until(() => card().editedAt !== null);
  await world.press(ADA, card(), en['meeting.newLink']);
  const again = await world.confirm(ADA, card(), 'regenerate');
  expect(textOf(again.body as Json)).toContain(en['note.oldLinkLocked']);
  expect(world.graph.meetings.map(({ isDeleted }) => isDeleted)).toEqual([true, true, false]);
});

test('a link that lives on is told of after a change too', async () => {
  world.faults.add({ service: 'graph', method: 'DELETE' }, 403, 1);
  await click();
  expect(card().editedAt).not.toBeNull();
  const form = { date: '2030-03-04', time: '16:00', minutes: '30', subject: 'budget' };
  const { body } = await world
    .click(ADA, card(), 'change')
    .then(() => world.click(ADA, card(), 'change', form));
  expect(textOf(body as Json)).toContain(en['note.moved']);
  expect(textOf(body as Json)).toContain(en['note.oldLinkAlive']);
});

test('an old meeting that Graph no longer has is gone', async () => {
  world.faults.add({ service: 'graph', method: 'DELETE' }, 404, 1);
  expect(textOf((await click()).body as Json)).toContain(en['note.oldLinkLocked']);
});

test('“Remove old link” tries once more what could not be deleted', async () => {
  world.faults.add({ service: 'graph', method: 'DELETE' }, 403, 1);
  await click();
  expect(textOf(card())).toContain(en['meeting.removeOld']);
  expect(world.alive()).toHaveLength(2);
  await Promise.all([1, 2].map(() => world.press(ADA, card(), en['meeting.removeOld'])));
  expect(textOf(card())).toContain(en['note.oldLinkLocked']);
  expect(world.alive()).toHaveLength(1);
  expect(world.graph.meetings).toHaveLength(2);
});

test('where the new meeting cannot be made, the old one stays, and the button still works', async () => {
  const sameClick = regenerate();
  const off = world.faults.add({ service: 'graph' }, 403);
  const { body } = await click();
  expect(textOf(body as Json)).toContain(en['problem.forbidden.title']);
  expect(world.alive()).toHaveLength(1);
  off();
  expect((await press(sameClick)).body).toMatchObject(shown);
  expect(world.graph.meetings.map(({ isDeleted }) => isDeleted)).toEqual([true, false]);
});

const FAULT = { statusCode: 400, type: 'application/vnd.microsoft.error' };
const told = (value: unknown) => ({ ...message, value });
const EXPIRED = told(en['notice.expired']);

test.each<[string, () => Promise<{ body: unknown }>, object]>([
  ['somebody else', () => press(regenerate(), BEN), told(en['notice.notYours'])],
  [
    'somebody of another tenant',
    () => press(regenerate(), FELIX),
    told(expect.stringContaining(en['problem.otherTenant.title'])),
  ],
  ['an id that was guessed', () => press(regenerate({ id: 'guess' })), EXPIRED],
  ['an id that is no text', () => press(regenerate({ id: { $ne: null } })), EXPIRED],
  [
    'an unknown verb',
    () => press({ action: { type: 'Action.Execute', verb: 'explode', data: data() } }),
    EXPIRED,
  ],
  ['no data', () => press({ action: { type: 'Action.Execute', verb: 'regenerate' } }), EXPIRED],
  ['no verb', () => press({ action: {} }), FAULT],
  ['no value', () => world.invoke(ADA, 'adaptiveCard/action', undefined), FAULT],
  ['a list for a value', () => world.invoke(ADA, 'adaptiveCard/action', []), FAULT],
])('%s is answered, and has no effect', async (_name, act, expected) => {
  const before = world.graph.requests.length;
  expect((await act()).body).toMatchObject(expected);
  await world.write(ADA, 'hello');
  expect(world.lastText(ADA)).toContain(en['help.title']);
  expect(world.graph.requests).toHaveLength(before);
  expect(world.alive()).toHaveLength(1);
});

test('a revision that was made up changes nothing', async () => {
  for (const revision of [0, 2, -1, 1.5, '1', null]) {
    expect((await press(regenerate({ revision }))).body).toMatchObject(shown);
  }
  expect(wire().filter((line) => line !== 'GET 200')).toEqual(['POST 201']);
});

test('a token that Graph no longer takes leads to a sign-in inside the click, and the click is repeated', async () => {
  world.entra.revoke(ADA.oid);
  const first = await press(regenerate());
  expect(first).toMatchObject({
    status: 200,
    body: {
      statusCode: 401,
      type: 'application/vnd.microsoft.activity.loginRequest',
      value: { connectionName: '', tokenExchangeResource: { uri: `api://botid-${world.app.id}` } },
    },
  });
  expect(world.alive()).toHaveLength(1);
  expect(await click()).toMatchObject({ shown: 'card' });
  expect(world.graph.meetings.map(({ isDeleted }) => isDeleted)).toEqual([true, false]);
});

test.each<[string, () => Promise<string>, object]>([
  ['another person’s token', () => world.entra.ssoToken(BEN), told(en['notice.notYours'])],
  ['garbage for a token', async () => 'garbage', told(en['notice.notYours'])],
  [
    'a token for which nobody agreed',
    async () => {
      world.entra.withdrawConsent(ADA.oid);
      return world.entra.ssoToken(ADA);
    },
    { statusCode: 412, type: 'application/vnd.microsoft.error.preconditionFailed' },
  ],
])('a click with %s has no effect', async (_name, token, expected) => {
  const authentication = { id: 'e', connectionName: '', token: await token() };
  expect((await press({ ...regenerate(), authentication })).body).toMatchObject(expected);
  expect(world.alive()).toHaveLength(1);
  expect(wire()).toEqual(['POST 201']);
});

test('a card that cannot be updated is sent anew', async () => {
  world.faults.add({ service: 'channel', method: 'PUT' }, 404, 1);
  await click();
  expect(world.said(ADA)).toHaveLength(2);
  expect(textOf(world.said(ADA)[1])).toContain(en['note.oldLinkLocked']);
});

test('older clients click by message, are asked by a card, and get a new one', async () => {
  const fallbackOf = (message: Message) => {
    const button = actionsIn(adaptiveCards(message.activity)).find(({ verb }) => verb === 'regenerate');
    return button?.fallback as { type: string; data: Json };
  };
  expect(fallbackOf(card()).type).toBe('Action.Submit');
  await world.channel.submit(ADA, card().id, fallbackOf(card()));
  await until(() => world.lastText(ADA).includes(en['confirm.renewTitle']));
  const asked = world.newest(ADA);
  const { data, ...yes } = fallbackOf(asked);
  await world.channel.submit(ADA, asked.id, { ...yes, data: { ...data, asked: null } });
  await until(() => world.lastText(ADA).includes(en['note.oldLinkLocked']));
  expect(world.alive()).toHaveLength(1);
});

test('a slow Graph is bridged by a sentence, and the card follows', async () => {
  world.faults.add({ service: 'graph', method: 'DELETE', path: onePath }, { kind: 'slow', ms: 4_500 });
  const { body } = await click();
  expect(body).toMatchObject(told(en['notice.working']));
  await until(() => card().editedAt !== null);
  expect(textOf(card())).toContain(en['note.oldLinkLocked']);
});

test('a refusal that comes after that sentence is said all the same', async () => {
  const fault = { kind: 'status', status: 503, retryAfter: 2 } as const;
  world.faults.add({ service: 'graph', method: 'POST' }, fault);
  const { body } = await click();
  expect(body).toMatchObject(told(en['notice.working']));
  await until(() => world.lastText(ADA).includes(en['problem.unavailable.title']));
  expect(textOf(card())).toContain(en['meeting.join']);
  expect(world.alive()).toHaveLength(1);
});
