import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ChannelError, createConversations } from '../../bot/teams/connector.ts';
import { listen } from '../listen.ts';

type Seen = { line: string; authorization: string | undefined; type: string | undefined; body: string };

let seen: Seen[] = [];
let answers: ((response: ServerResponse) => void)[] = [];
let tokens = 0;

const channel = await listen(createServer((request, response) => void answer(request, response)));
afterAll(channel.close);
beforeEach(() => {
  seen = [];
  answers = [];
  tokens = 0;
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const { authorization, 'content-type': type } = request.headers;
  seen.push({ line: `${request.method} ${request.url}`, authorization, type, body });
  const next = answers.shift() ?? status(201, { id: '1' });
  next(response);
}

const status =
  (code: number, body: object = {}, headers: Record<string, string> = { 'Retry-After': '0' }) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end(JSON.stringify(body));

const conversations = () =>
  createConversations({
    serviceUrl: `${channel.url}/emea/`,
    authorization: async () => {
      tokens += 1;
      return `Bearer ${tokens}`;
    },
  });
const ID = '19:a/b@thread.v2;messageid=1';
const PATH = `/emea/v3/conversations/${encodeURIComponent(ID)}`;

test.each<[string, () => Promise<unknown>, string]>([
  [
    'a message',
    () => conversations().sendToConversation(ID, { text: '☀' }),
    `POST ${PATH}/activities {"text":"☀"}`,
  ],
  [
    'a reply',
    () => conversations().replyToActivity(ID, 'f:1', { text: 'a' }),
    `POST ${PATH}/activities/f%3A1 {"text":"a"}`,
  ],
  [
    'a new face of a card',
    () => conversations().updateActivity(ID, '2', { text: 'b' }),
    `PUT ${PATH}/activities/2 {"text":"b"}`,
  ],
  ['a member', () => conversations().getConversationMember(ID, '29:x'), `GET ${PATH}/members/29%3Ax `],
  [
    'the members',
    () => conversations().getConversationPagedMembers(ID, { pageSize: 200 }),
    `GET ${PATH}/pagedmembers?pageSize=200 `,
  ],
])('%s goes to its address', async (_name, work, expected) => {
  expect(await work()).toEqual({ id: '1' });
  expect(seen.map(({ line, body }) => `${line} ${body}`)).toEqual([expected]);
  expect(seen[0]?.authorization).toBe('Bearer 1');
  expect(seen[0]?.type).toBe(seen[0]?.body ? 'application/json; charset=utf-8' : undefined);
});

const say = () => conversations().sendToConversation(ID, { text: 'a' });

test.each([412, 429, 502, 503, 504])(
  '%s passes: it is tried again, with a token of its own',
  async (code) => {
    answers = [status(code), status(code)];
    expect(await say()).toEqual({ id: '1' });
    expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer 1', 'Bearer 2', 'Bearer 3']);
  },
);

test.each([400, 401, 403, 404, 500])('%s stays: it is not tried again', async (code) => {
  answers = [status(code, { error: { message: 'text of a person' } })];
  const error = await say().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ChannelError);
  expect(error).toMatchObject({ status: code });
  expect(String(error)).not.toContain('person');
  expect(seen).toHaveLength(1);
});

test('it is not tried for ever', async () => {
  answers = Array.from({ length: 9 }, () => status(429));
  await expect(say()).rejects.toMatchObject({ status: 429 });
  expect(seen).toHaveLength(4);
});

test.each([
  ['seconds', '30'],
  ['a date', new Date(Date.now() + 30_000).toUTCString()],
])('a pause that would take too long is not begun (%s)', async (_name, wait) => {
  answers = [status(429, {}, { 'Retry-After': wait })];
  await expect(say()).rejects.toMatchObject({ status: 429 });
  expect(seen).toHaveLength(1);
});

test('a connection that breaks is made anew', async () => {
  answers = [(response) => response.destroy()];
  expect(await say()).toEqual({ id: '1' });
  expect(seen).toHaveLength(2);
});

test('a message that is perhaps there is said once more, and not again and again', async () => {
  answers = Array.from({ length: 9 }, () => (response: ServerResponse) => void response.destroy());
  await expect(say()).rejects.toMatchObject({ status: 0 });
  expect(seen).toHaveLength(2);
});

// These two wait for seconds: beside each other, as only the first asks the server above.
test.concurrent('a change, which may be made twice, is tried like anything else that passes', async () => {
  answers = Array.from({ length: 3 }, () => (response: ServerResponse) => void response.destroy());
  await conversations().updateActivity(ID, '2', { text: 'b' });
  expect(seen).toHaveLength(4);
}, 20_000);

test.concurrent('where nobody listens nothing is there: it is tried until somebody does', async () => {
  let tries = 0;
  const authorization = async () => {
    tries += 1;
    return 'Bearer';
  };
  const nobody = createConversations({ serviceUrl: 'http://127.0.0.1:1/', authorization });
  await expect(nobody.sendToConversation(ID, { text: 'a' })).rejects.toMatchObject({ status: 0 });
  expect(tries).toBe(4);
}, 20_000);

test('what was taken was taken, whatever the answer says', async () => {
  answers = [(response) => response.writeHead(200).end('<html>')];
  expect(await say()).toBeUndefined();
});
