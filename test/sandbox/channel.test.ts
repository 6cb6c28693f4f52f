import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Activity, Json } from '../../deploy/sandbox/channel/model.ts';
import { type Channel, createChannel } from '../../deploy/sandbox/channel.ts';
import { ADA, BEN, CONTOSO, FELIX, PEOPLE } from '../../deploy/sandbox/people.ts';
import { listen } from '../listen.ts';

const APP = '3c1f9c0e-5b1d-4a52-9d0a-6f0c1b2a3d4e';
const GOOD = 'good-token';
const AUDIENCE = 'https://api.botframework.com';

type Answer = { status: number; body?: unknown };

let channel: Channel;
let heard: Activity[];
let respond: (activity: Activity) => Answer | Promise<Answer>;
let bot: Awaited<ReturnType<typeof listen>>;
let now = Date.now();

beforeAll(async () => {
  const server = createServer(async (request, response) => {
    const activity = (await json(request)) as Activity;
    heard.push(activity);
    const { status, body } = await respond(activity);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body ? JSON.stringify(body) : '');
  });
  bot = await listen(server);
  channel = await createChannel({
    appId: APP,
    tenantId: CONTOSO.id,
    people: PEOPLE,
    introspect: (token) => (token === GOOD ? { aud: AUDIENCE, appid: APP } : null),
    tokenFor: async (person) => `sso-${person.upn}`,
    botEndpoint: `${bot.url}/api/messages`,
    now: () => now,
  });
});

beforeEach(() => {
  channel.state.clear();
  heard = [];
  respond = () => ({ status: 200 });
});

afterAll(async () => {
  await channel.close();
  await bot.close();
});

const chatOf = (person: { oid: string }) => channel.state.personal(person.oid)?.id ?? '';
const group = () => channel.state.conversations.find(({ type }) => type === 'groupChat')?.id ?? '';
const team = () => channel.state.conversations.find(({ type }) => type === 'channel')?.id ?? '';

async function call(method: string, path: string, body?: unknown, token = GOOD) {
  const response = await fetch(`${channel.serviceUrl}v3/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? (JSON.parse(text) as Json) : {} };
}

const activitiesOf = (id: string) => `conversations/${encodeURIComponent(id)}/activities`;
const post = (id: string, activity: Json) => call('POST', activitiesOf(id), activity);
const text = (words: string) => ({ type: 'message', text: words });
const card = (fields: Json = {}) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', body: [], ...fields },
    },
  ],
});
const execute = (data: Json = {}) => ({
  type: 'Action.Execute',
  title: 'New link',
  verb: 'regenerate',
  data,
});
const oauth = {
  connectionName: '',
  text: 'Please sign in',
  buttons: [{ type: 'signin', title: 'Sign in', value: 'http://localhost:3979/auth/start' }],
  tokenExchangeResource: { id: 'e5e0b0f5-6f0f-4a37-8b9b-1f6a1a0f0d11', uri: `api://botid-${APP}` },
};
const oauthMessage = (fields: Json = {}) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.oauth', content: { ...oauth, ...fields } }],
});

test('members come with what a bot may know of them, page by page', async () => {
  await channel.install(ADA, group());
  const at = `conversations/${encodeURIComponent(group())}`;
  const one = await call('GET', `${at}/members/${BEN.teamsId}`);
  expect(one.body).toMatchObject({ aadObjectId: BEN.oid, userPrincipalName: BEN.upn, userRole: 'user' });
  const { members, continuationToken } = (await call('GET', `${at}/pagedmembers?pageSize=2`)).body;
  expect(members).toMatchObject([{ id: ADA.teamsId }, { id: BEN.teamsId }]);
  expect(continuationToken).toBe('2');
  expect((await call('GET', `${at}/members/${FELIX.oid}`)).status).toBe(404);
});

test.each<[string, number, (id: string) => Promise<{ status: number }>]>([
  ['a foreign token', 401, (id) => call('POST', activitiesOf(id), text('x'), 'bad-token')],
  ['an unknown path', 404, (id) => call('GET', `conversations/${id}/history`)],
  ['an unknown conversation', 404, () => post('a:nobody', text('x'))],
  [
    'an unknown thread',
    404,
    async () => {
      await channel.install(ADA, team());
      return post(`${team()};messageid=12`, text('x'));
    },
  ],
  ['a conversation without the bot', 403, () => post(chatOf(BEN), text('x'))],
  ['an empty message', 400, (id) => post(id, { type: 'message' })],
  ['an unknown activity type', 400, (id) => post(id, { type: 'event', text: 'x' })],
  ['a message over 100 KB', 413, (id) => post(id, text('x'.repeat(101 * 1024)))],
  ['a card over 28 KB', 400, (id) => post(id, card({ speak: 'x'.repeat(29 * 1024) }))],
  ['a card of schema 1.6', 400, (id) => post(id, card({ version: '1.6' }))],
  ['seven actions', 400, (id) => post(id, card({ actions: Array.from({ length: 7 }, () => execute()) }))],
  [
    'a link that is not https',
    400,
    (id) => post(id, card({ actions: [{ type: 'Action.OpenUrl', url: 'http://x.example' }] })),
  ],
  ['a null tokenExchangeResource', 400, (id) => post(id, oauthMessage({ tokenExchangeResource: null }))],
  [
    'a mention of an outsider',
    400,
    (id) =>
      post(id, {
        ...text('hi'),
        entities: [{ type: 'mention', mentioned: { id: BEN.teamsId }, text: 'hi' }],
      }),
  ],
  [
    'another conversation in the body',
    400,
    (id) => post(id, { ...text('x'), conversation: { id: group() } }),
  ],
])('refuses %s with %i and remembers it', async (_name, status, attempt) => {
  await channel.say(ADA, chatOf(ADA), 'hi');
  expect((await attempt(chatOf(ADA))).status).toBe(status);
  expect(channel.state.refusals).toMatchObject([{ status }]);
  expect(channel.state.personal(ADA.oid)?.messages).toHaveLength(1);
});

test('a bot cannot change what a person wrote', async () => {
  const { message } = await channel.say(ADA, chatOf(ADA), 'hi');
  expect((await call('PUT', `${activitiesOf(chatOf(ADA))}/${message.id}`, text('no'))).status).toBe(403);
});

test('a text with a card is shown as two messages and gives no id', async () => {
  await channel.say(ADA, chatOf(ADA), 'hi');
  const { body } = await post(chatOf(ADA), { ...card(), text: 'Here you are' });
  expect(body.id).toBeUndefined();
  expect(channel.state.personal(ADA.oid)?.messages).toHaveLength(3);
});

test('a group hears the bot only when it is mentioned, and mentions are entities', async () => {
  const unheard = await channel.say(ADA, group(), 'lunch?');
  expect(unheard.status).toBeNull();
  await channel.say(ADA, group(), '@Parley tomorrow 3pm with @Ben', { mentions: ['bot', BEN] });
  const [activity] = heard;
  expect(activity?.text).toBe(`<at>Parley</at> tomorrow 3pm with <at>${BEN.name}</at>`);
  expect(activity?.entities).toContainEqual({
    type: 'mention',
    mentioned: { id: BEN.teamsId, name: BEN.name },
    text: `<at>${BEN.name}</at>`,
  });
});

async function cardInChat(fields: Json) {
  await channel.say(ADA, chatOf(ADA), 'hi');
  heard = [];
  return String((await post(chatOf(ADA), card(fields))).body.id);
}

test.each<[string, Answer, string]>([
  [
    'an error',
    {
      status: 200,
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'x', message: 'Gone' },
      },
    },
    'Gone',
  ],
  ['HTTP 500', { status: 500 }, 'Something went wrong. Please try again.'],
])('%s in answer to a click is shown to the clicker', async (_name, answer, words) => {
  const id = await cardInChat({ actions: [execute()] });
  respond = () => answer;
  expect((await channel.execute(ADA, id, 'regenerate')).shown).toBe('error');
  expect(channel.state.message(id)?.notices.get(ADA.oid)).toBe(words);
});

async function signInCard(fields: Json = {}) {
  await channel.say(ADA, chatOf(ADA), 'hi');
  heard = [];
  const { body } = await post(chatOf(ADA), oauthMessage(fields));
  await channel.idle();
  return String(body.id);
}

test('a resource that is not the app’s fails as in Teams', async () => {
  const id = await signInCard({ tokenExchangeResource: { id: 'x', uri: 'api://botid-other' } });
  expect(heard[0]).toMatchObject({
    name: 'signin/failure',
    value: { code: 'resourcematchfailed' },
  });
  expect(channel.state.message(id)?.signIns.get(ADA.oid)?.state).toBe('button');
});

test('a sign-in card without a resource is a button and nothing else', async () => {
  const id = await signInCard({ tokenExchangeResource: undefined });
  expect(heard).toEqual([]);
  expect(channel.state.message(id)?.signIns.get(ADA.oid)?.state).toBe('button');
});

describe('a message for one person', () => {
  beforeEach(() => {
    for (const conversation of channel.state.conversations) conversation.installed = true;
  });
  const PRIVATE = '?isTargetedActivity=true';
  const forAll = () => activitiesOf(group());
  const FOR_ADA = { type: 'message', text: 'hello', recipient: { id: ADA.teamsId } };
  const CHANGED = { type: 'message', text: 'changed' };
  /** A message of the bot in the group, and its path. */
  async function sendTo(query: string) {
    return `${forAll()}/${(await call('POST', `${forAll()}${query}`, FOR_ADA)).body.id}`;
  }

  test('one person sees a private message, changed or not, and nobody once it is deleted', async () => {
    const path = await sendTo(PRIVATE);
    const message = channel.state.conversation(group())?.messages[0];
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
      () => call('POST', forAll() + PRIVATE, { ...FOR_ADA, recipient: { id: FELIX.teamsId } }),
    ],
    ['no recipient', 400, () => call('POST', forAll() + PRIVATE, CHANGED)],
    ['a chat with the bot', 400, () => call('POST', activitiesOf(chatOf(ADA)) + PRIVATE, FOR_ADA)],
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
      () =>
        call('POST', 'conversations', {
          members: [ADA, BEN].map(({ teamsId: id }) => ({ id })),
          tenantId: CONTOSO.id,
        }),
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
    expect((await call('POST', forAll() + PRIVATE, FOR_ADA)).status).toBe(status);
  });
});
