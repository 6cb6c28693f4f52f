import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Activity, Json } from '../../deploy/sandbox/channel/model.ts';
import { type Channel, createChannel } from '../../deploy/sandbox/channel.ts';
import { createFaults } from '../../deploy/sandbox/faults.ts';
import { ADA, BEN, CHANDRA, CONTOSO, FELIX, PEOPLE } from '../../deploy/sandbox/people.ts';

const APP = '3c1f9c0e-5b1d-4a52-9d0a-6f0c1b2a3d4e';
const GOOD = 'good-token';
const AUDIENCE = 'https://api.botframework.com';

type Heard = { activity: Activity; authorization: string };
type Answer = { status: number; body?: unknown };

let channel: Channel;
let heard: Heard[];
let respond: (activity: Activity) => Answer | Promise<Answer>;
let closeBot: () => void;
const faults = createFaults();

beforeEach(async () => {
  heard = [];
  respond = () => ({ status: 200 });
  faults.clear();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const activity = JSON.parse(Buffer.concat(chunks).toString()) as Activity;
    heard.push({ activity, authorization: request.headers.authorization ?? '' });
    const { status, body } = await respond(activity);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body ? JSON.stringify(body) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeBot = () => server.close();
  channel = await createChannel({
    appId: APP,
    tenantId: CONTOSO.id,
    people: PEOPLE,
    introspect: (token) => (token === GOOD ? { aud: AUDIENCE, appid: APP } : null),
    tokenFor: async (person) => `sso-${person.upn}`,
    faults,
    botEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
  });
});

afterEach(async () => {
  await channel.close();
  closeBot();
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

test('what a person writes arrives as Teams would send it, signed by the published key', async () => {
  const { status } = await channel.say(ADA, chatOf(ADA), 'meeting tomorrow 3pm');
  expect(status).toBe(200);
  const { activity, authorization } = heard[0] as Heard;
  expect(activity).toMatchObject({
    type: 'message',
    channelId: 'msteams',
    text: 'meeting tomorrow 3pm',
    textFormat: 'plain',
    serviceUrl: channel.serviceUrl,
    from: { id: ADA.teamsId, name: ADA.name, aadObjectId: ADA.oid },
    recipient: { id: `28:${APP}` },
    conversation: { id: chatOf(ADA), conversationType: 'personal', tenantId: CONTOSO.id },
    channelData: { tenant: { id: CONTOSO.id } },
    localTimezone: ADA.zone,
  });
  expect(activity.entities).toContainEqual(
    expect.objectContaining({ type: 'clientInfo', timezone: ADA.zone, locale: ADA.locale, country: 'GB' }),
  );
  const metadata = (await (await fetch(channel.metadataUrl)).json()) as { jwks_uri: string };
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  const { payload } = await jwtVerify(authorization.replace('Bearer ', ''), keys, {
    issuer: AUDIENCE,
    audience: APP,
    algorithms: ['RS256'],
  });
  expect(payload.serviceurl).toBe(activity.serviceUrl);
  const jwks = (await (await fetch(metadata.jwks_uri)).json()) as { keys: { endorsements: string[] }[] };
  expect(jwks.keys[0]?.endorsements).toContain('msteams');
});

test('a person of another tenant comes with that tenant', async () => {
  await channel.say(FELIX, chatOf(FELIX), 'hi');
  expect(heard[0]?.activity.conversation?.tenantId).toBe(FELIX.tenantId);
});

test('the bot answers, edits, and takes back', async () => {
  await channel.say(ADA, chatOf(ADA), 'hi');
  const { status, body } = await post(chatOf(ADA), text('Hello'));
  expect(status).toBe(201);
  const path = `${activitiesOf(chatOf(ADA))}/${body.id}`;
  expect((await call('PUT', path, card())).status).toBe(200);
  expect(channel.state.message(String(body.id))).toMatchObject({ deleted: false, author: { kind: 'bot' } });
  expect(channel.cardsFor(ADA, String(body.id))).toHaveLength(1);
  expect((await call('DELETE', path)).status).toBe(200);
  expect(channel.state.message(String(body.id))?.deleted).toBe(true);
  expect((await call('PUT', path, card())).status).toBe(404);
});

test('typing is counted, not shown as a message', async () => {
  await channel.say(ADA, chatOf(ADA), 'hi');
  await post(chatOf(ADA), { type: 'typing' });
  expect(channel.state.personal(ADA.oid)).toMatchObject({
    typing: 1,
    messages: [{ author: { oid: ADA.oid } }],
  });
});

test('members come with what a bot may know of them', async () => {
  await channel.install(ADA, group());
  const one = await call('GET', `conversations/${encodeURIComponent(group())}/members/${BEN.teamsId}`);
  expect(one.body).toMatchObject({ aadObjectId: BEN.oid, userPrincipalName: BEN.upn, userRole: 'user' });
  const path = `conversations/${encodeURIComponent(group())}/pagedmembers?pageSize=2`;
  const first = await call('GET', path);
  expect(first.body.members).toHaveLength(2);
  const second = await call('GET', `${path}&continuationToken=${first.body.continuationToken}`);
  expect(second.body.members).toMatchObject([{ id: CHANDRA.teamsId }]);
  expect(second.body.continuationToken).toBeUndefined();
  const stranger = await call('GET', `conversations/${encodeURIComponent(group())}/members/${FELIX.oid}`);
  expect(stranger.status).toBe(404);
});

test('a chat can be opened by the bot, with the right tenant', async () => {
  await channel.install(ADA);
  const opened = (tenantId: string) =>
    call('POST', 'conversations', { bot: { id: `28:${APP}` }, members: [{ id: ADA.teamsId }], tenantId });
  expect((await opened(CONTOSO.id)).body.id).toBe(chatOf(ADA));
  expect((await opened(FELIX.tenantId)).status).toBe(403);
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

test('faults go in and out', async () => {
  await channel.say(ADA, chatOf(ADA), 'hi');
  const fault = { kind: 'status' as const, status: 429, retryAfter: 2 };
  faults.add({ match: { service: 'channel', method: 'POST' }, times: 1, fault });
  const refused = await post(chatOf(ADA), text('x'));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
  expect((await post(chatOf(ADA), text('x'))).status).toBe(201);
});

test('a group hears the bot only when it is mentioned, and mentions are entities', async () => {
  const unheard = await channel.say(ADA, group(), 'lunch?');
  expect(unheard.status).toBeNull();
  await channel.say(ADA, group(), '@Parley tomorrow 3pm with @Ben', { mentions: ['bot', BEN] });
  const { activity } = heard[0] as Heard;
  expect(activity.text).toBe(`<at>Parley</at> tomorrow 3pm with <at>${BEN.name}</at>`);
  expect(activity.entities).toContainEqual({
    type: 'mention',
    mentioned: { id: BEN.teamsId, name: BEN.name },
    text: `<at>${BEN.name}</at>`,
  });
});

test('a channel keeps its threads', async () => {
  const { message } = await channel.say(ADA, team(), '@Parley hi', { mentions: ['bot'] });
  const thread = `${team()};messageid=${message.id}`;
  expect(heard[0]?.activity.conversation?.id).toBe(thread);
  const { body } = await post(thread, text('Hello'));
  expect(channel.state.message(String(body.id))?.thread).toBe(message.id);
  expect((await post(`${team()};messageid=12`, text('Hello'))).status).toBe(404);
});

test('the same activity can be delivered twice', async () => {
  const { activity } = await channel.say(ADA, chatOf(ADA), 'hi');
  await channel.deliver(activity);
  expect(heard.map((one) => one.activity.id)).toEqual([activity.id, activity.id]);
});

test('installing greets with both events', async () => {
  await channel.install(ADA);
  expect(heard.map(({ activity }) => activity.type)).toEqual(['conversationUpdate', 'installationUpdate']);
  await channel.uninstall(ADA);
  expect((await post(chatOf(ADA), text('x'))).status).toBe(403);
});

async function cardInChat(fields: Json) {
  await channel.say(ADA, chatOf(ADA), 'hi');
  heard = [];
  return String((await post(chatOf(ADA), card(fields))).body.id);
}

test('a click merges the inputs, and its card is seen by the clicker alone', async () => {
  const id = await cardInChat({ actions: [execute({ id: 'm1' })] });
  const fresh = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'new' }] };
  const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: fresh };
  respond = () => ({ status: 200, body });
  const { shown } = await channel.execute(ADA, id, 'regenerate', { note: 'now' });
  expect(shown).toBe('card');
  expect(heard[0]?.activity).toMatchObject({
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: id,
    value: { action: { verb: 'regenerate', data: { id: 'm1', note: 'now' } }, trigger: 'manual' },
  });
  expect(channel.cardsFor(ADA, id)).toEqual([fresh]);
  expect(channel.cardsFor(BEN, id)).not.toEqual([fresh]);
  await call('PUT', `${activitiesOf(chatOf(ADA))}/${id}`, card({ body: [] }));
  expect(channel.cardsFor(ADA, id)).not.toEqual([fresh]);
});

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

const login = {
  status: 200,
  body: { statusCode: 401, type: 'application/vnd.microsoft.activity.loginRequest', value: oauth },
};
const done = {
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done' },
};

test('a click that needs a token is repeated with it', async () => {
  const id = await cardInChat({ actions: [execute()] });
  respond = ({ value }) => ((value as Json).authentication ? done : login);
  expect((await channel.execute(ADA, id, 'regenerate')).shown).toBe('message');
  expect(heard[1]?.activity.value).toMatchObject({
    action: { verb: 'regenerate' },
    authentication: { id: oauth.tokenExchangeResource.id, connectionName: '', token: `sso-${ADA.upn}` },
  });
});

test('a click that needs consent waits for the popup', async () => {
  const id = await cardInChat({ actions: [execute()] });
  let isConsented = false;
  respond = ({ value }) => (isConsented && (value as Json).authentication ? done : login);
  expect((await channel.execute(ADA, id, 'regenerate')).shown).toBe('signIn');
  expect(channel.openSignIn(ADA, id)).toBe(oauth.buttons[0]?.value);
  isConsented = true;
  await channel.finishSignIn(ADA, id, 'code');
  expect(heard.map(({ activity }) => (activity.value as Json).state)).toContain('code');
  expect(channel.state.message(id)?.notices.get(ADA.oid)).toBe('Done');
  expect(channel.state.message(id)?.signIns.get(ADA.oid)?.state).toBe('done');
});

async function signInCard(fields: Json = {}) {
  await channel.say(ADA, chatOf(ADA), 'hi');
  heard = [];
  const { body } = await post(chatOf(ADA), oauthMessage(fields));
  await channel.idle();
  return String(body.id);
}

test('a sign-in card is exchanged silently, once per device', async () => {
  channel.state.devices = 3;
  const id = await signInCard();
  expect(heard).toHaveLength(3);
  expect(heard[0]?.activity).toMatchObject({
    name: 'signin/tokenExchange',
    value: { id: oauth.tokenExchangeResource.id, connectionName: '', token: `sso-${ADA.upn}` },
  });
  expect(new Set(heard.map(({ activity }) => activity.id)).size).toBe(3);
  expect(channel.state.message(id)?.signIns.get(ADA.oid)?.state).toBe('done');
});

test('where consent is missing the button appears, and the popup’s result goes back', async () => {
  respond = ({ name }) => ({ status: name === 'signin/tokenExchange' ? 412 : 200 });
  const id = await signInCard();
  expect(channel.state.message(id)?.signIns.get(ADA.oid)?.state).toBe('button');
  channel.openSignIn(ADA, id);
  await channel.finishSignIn(ADA, id, '123');
  expect(heard.at(-1)?.activity).toMatchObject({ name: 'signin/verifyState', value: { state: '123' } });
});

test('a resource that is not the app’s fails as in Teams', async () => {
  const id = await signInCard({ tokenExchangeResource: { id: 'x', uri: 'api://botid-other' } });
  expect(heard[0]?.activity).toMatchObject({
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
  expect(heard).toMatchObject([{ activity: { value: { trigger: 'automatic' } } }]);
});

test('a submitted card, an edit, a deletion and a reaction arrive as their activities', async () => {
  const id = await cardInChat({ actions: [] });
  await channel.submit(ADA, id, { type: 'Action.Submit', data: { verb: 'answer' } }, { time: '15:00' });
  const { message } = await channel.say(ADA, chatOf(ADA), 'hi');
  await channel.edit(ADA, message.id, 'hello');
  await channel.react(ADA, message.id);
  await channel.remove(ADA, message.id);
  expect(heard[0]?.activity).toMatchObject({ replyToId: id, value: { verb: 'answer', time: '15:00' } });
  expect(heard[0]?.activity.text).toBeUndefined();
  expect(heard.map(({ activity }) => activity.type)).toEqual([
    'message',
    'message',
    'messageUpdate',
    'messageReaction',
    'messageDelete',
  ]);
});

test('tokens can be forged claim by claim', async () => {
  const payload = async (overrides: Json) => {
    const part = (await channel.sign(overrides)).split('.')[1] ?? '';
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
  };
  expect(await payload({ aud: 'somebody-else' })).toMatchObject({ aud: 'somebody-else', iss: AUDIENCE });
  expect(await payload({ exp: undefined })).not.toHaveProperty('exp');
});
