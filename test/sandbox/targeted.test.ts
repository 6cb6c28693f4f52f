import { afterAll, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../deploy/sandbox/channel/model.ts';
import { createChannel } from '../../deploy/sandbox/channel.ts';
import { ADA, BEN, CONTOSO, FELIX, PEOPLE } from '../../deploy/sandbox/people.ts';

const APP = '3c1f9c0e-5b1d-4a52-9d0a-6f0c1b2a3d4e';
let now = Date.UTC(2026, 10, 30, 9);

const channel = await createChannel({
  appId: APP,
  tenantId: CONTOSO.id,
  people: PEOPLE,
  introspect: () => ({ aud: 'https://api.botframework.com', appid: APP }),
  tokenFor: async () => 'sso',
  botEndpoint: 'http://127.0.0.1:9/api/messages',
  now: () => now,
});
afterAll(() => channel.close());

const place = (type: 'personal' | 'groupChat') =>
  channel.state.conversations.find((conversation) => conversation.type === type)?.id ?? '';
beforeEach(() => {
  channel.state.clear();
  for (const conversation of channel.state.conversations) conversation.installed = true;
});

async function call(method: string, path: string, body?: Json) {
  const response = await fetch(`${channel.serviceUrl}v3/conversations${path}`, {
    method,
    headers: { Authorization: 'Bearer good' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const PRIVATE = '?isTargetedActivity=true';
const at = (id = place('groupChat')) => `/${encodeURIComponent(id)}/activities`;
const FOR_ADA = { type: 'message', text: 'hello', recipient: { id: ADA.teamsId } };
const CHANGED = { type: 'message', text: 'changed' };
const sendTo = async (query: string) => `${at()}/${(await call('POST', `${at()}${query}`, FOR_ADA)).body.id}`;

test('one person sees a private message, changed or not, and nobody once it is deleted', async () => {
  const path = await sendTo(PRIVATE);
  const message = channel.state.conversation(place('groupChat'))?.messages[0];
  expect(message?.onlyFor).toBe(ADA.oid);
  expect(() => channel.cardsFor(BEN, message?.id ?? '')).toThrow('does not see');
  expect((await call('PUT', path + PRIVATE, CHANGED)).status).toBe(200);
  expect(message?.activity.text).toBe('changed');
  expect((await call('DELETE', path + PRIVATE)).status).toBe(200);
  expect(message?.deleted).toBe(true);
});

test.each<[string, number, () => Promise<{ status: number }>]>([
  [
    'a recipient who is no member',
    403,
    () => call('POST', at() + PRIVATE, { ...FOR_ADA, recipient: { id: FELIX.teamsId } }),
  ],
  ['no recipient', 400, () => call('POST', at() + PRIVATE, CHANGED)],
  ['a chat with the bot', 400, () => call('POST', at(place('personal')) + PRIVATE, FOR_ADA)],
  ['a change without the query parameter', 400, async () => call('PUT', await sendTo(PRIVATE), CHANGED)],
  ['a deletion without it', 400, async () => call('DELETE', await sendTo(PRIVATE))],
  [
    'a change with it of a message for everybody',
    400,
    async () => call('PUT', (await sendTo('')) + PRIVATE, CHANGED),
  ],
  ['a change with a recipient', 400, async () => call('PUT', (await sendTo(PRIVATE)) + PRIVATE, FOR_ADA)],
  ['a reaction to it', 400, async () => call('PUT', `${await sendTo(PRIVATE)}/reactions/like`)],
  ['an unknown reaction', 400, async () => call('PUT', `${await sendTo('')}/reactions/applause`)],
  [
    'a chat with two people',
    400,
    () => call('POST', '', { members: [ADA, BEN].map(({ teamsId: id }) => ({ id })), tenantId: CONTOSO.id }),
  ],
])('%s is refused with %i', async (_what, status, send) => {
  expect((await send()).status).toBe(status);
  expect(channel.state.refusals).toHaveLength(1);
});

test('after 24 hours it is gone', async () => {
  const path = (await sendTo(PRIVATE)) + PRIVATE;
  now += 24 * 3_600_000 + 1;
  expect((await call('PUT', path, CHANGED)).status).toBe(404);
});

test.each([
  ['refused', 403],
  ['old', 400],
] as const)('where they are %s, each answer is %i', async (targeted, status) => {
  channel.state.targeted = targeted;
  expect((await call('POST', at() + PRIVATE, FOR_ADA)).status).toBe(status);
});

test('the chat with a person is found, if the app is installed for them', async () => {
  const ask = () => call('POST', '', { members: [{ id: ADA.teamsId }], tenantId: CONTOSO.id });
  expect((await ask()).body).toEqual({ id: channel.state.personal(ADA.oid)?.id });
  const chat = channel.state.personal(ADA.oid);
  if (chat) chat.installed = false;
  expect((await ask()).status).toBe(403);
});
