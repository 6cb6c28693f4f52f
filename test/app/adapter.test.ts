import { createServer } from 'node:http';
import type { Activity } from 'botbuilder';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createChannelToken } from '../../bot/app.ts';
import { ConnectorAdapter } from '../../bot/teams/connector.ts';
import { listen } from '../listen.ts';

let taken: (string | undefined)[] = [];
let addresses: (string | undefined)[] = [];
let answer = '{"id":"1"}';
const channel = createServer((request, response) => {
  taken.push(request.headers.authorization);
  addresses.push(`${request.method} ${request.url}`);
  request.resume().on('end', () => response.end(answer));
});
const { url: serviceUrl, close } = await listen(channel);
afterAll(close);
beforeEach(() => {
  taken = [];
  addresses = [];
  answer = '{"id":"1"}';
});

/** Sends one message by a credential that fails with these, one after the other, and then has a token. */
async function sendBy(...failures: Error[]): Promise<unknown> {
  const left = [...failures];
  const getToken = async () => {
    const failure = left.shift();
    if (failure) throw failure;
    return { token: 'ours', expiresOnTimestamp: Date.now() + 3_600_000 };
  };
  const token = createChannelToken({ getToken }, 's/.default', Date.now);
  const { sendToConversation } = new ConnectorAdapter({ token }).conversations(serviceUrl);
  return sendToConversation('19:x', { type: 'message' });
}

test('while Entra cannot be reached for a token, the message waits', async () => {
  expect(await sendBy(new Error('getaddrinfo EAI_AGAIN'))).toEqual({ id: '1' });
  expect(taken).toEqual(['Bearer ours']);
});

test('where Entra refuses the bot a token, nothing is tried again', async () => {
  const refused = Object.assign(new Error('no'), { cause: { errorNo: '700213' } });
  await expect(sendBy(refused)).rejects.toMatchObject({ name: 'ChannelError', status: 401 });
  expect(taken).toEqual([]);
});

/** Answers one activity by what `logic` does with its context. */
function takeTurn(logic: Parameters<ConnectorAdapter['admit']>[1]): Promise<void> {
  const conversation = { id: 'a:1' };
  const people = { from: { id: '29:1' }, recipient: { id: '28:1' } };
  const activity = { type: 'message', id: 'f:1', channelId: 'msteams', serviceUrl, conversation, ...people };
  const adapter = new ConnectorAdapter({ token: async () => 'ours' });
  return adapter.admit(activity as Activity, logic);
}

test('what a context sends goes to the channel as a reply to its activity', async () => {
  await takeTurn(async (context) => {
    expect(await context.sendActivity('Hello')).toEqual({ id: '1' });
    await context.updateActivity({ id: '1', text: 'Hello again' });
    await context.deleteActivity('1');
  });
  expect(addresses).toEqual([
    'POST /v3/conversations/a%3A1/activities/f%3A1',
    'PUT /v3/conversations/a%3A1/activities/1',
    'DELETE /v3/conversations/a%3A1/activities/1',
  ]);
  expect(new Set(taken)).toEqual(new Set(['Bearer ours']));
});

test.each(['', 'null', '<html>'])('a message is sent where the channel answers %j', async (unread) => {
  answer = unread;
  await takeTurn(async (context) => {
    expect(await context.sendActivity('Hello')).toEqual({ id: '' });
  });
});
