import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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

test('a channel keeps its threads', async () => {
  const { message } = await channel.say(ADA, team(), '@Parley hi', { mentions: ['bot'] });
  const thread = `${team()};messageid=${message.id}`;
  expect(heard[0]?.conversation?.id).toBe(thread);
  const { body } = await post(thread, text('Hello'));
  expect(channel.state.message(String(body.id))?.thread).toBe(message.id);
  expect((await post(`${team()};messageid=12`, text('Hello'))).status).toBe(404);
});

async function cardInChat(fields: Json) {
  await channel.say(ADA, chatOf(ADA), 'hi');
  heard = [];
  return String((await post(chatOf(ADA), card(fields))).body.id);
}

test.each<[string, Answer, string, string]>([
  [
    'a sentence',
    {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Not yours' },
    },
    'message',
    'Not yours',
  ],
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
    'error',
    'Gone',
  ],
  ['HTTP 500', { status: 500 }, 'error', 'Something went wrong. Please try again.'],
])('%s in answer to a click is shown to the clicker', async (_name, answer, shown, words) => {
  const id = await cardInChat({ actions: [execute()] });
  respond = () => answer;
  expect((await channel.execute(ADA, id, 'regenerate')).shown).toBe(shown);
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

test('refresh asks once for those whom the card names', async () => {
  const id = await cardInChat({ refresh: { userIds: [ADA.teamsId], action: execute() } });
  const own = { type: 'AdaptiveCard', version: '1.5', body: [] };
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: own };
  respond = () => ({ status: 200, body });
  expect(await channel.refresh(BEN, id)).toBeNull();
  expect((await channel.refresh(ADA, id))?.shown).toBe('card');
  expect(heard).toMatchObject([{ value: { trigger: 'automatic' } }]);
});
