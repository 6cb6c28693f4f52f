import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createChannelToken } from '../../bot/app/create-services.ts';
import { ConnectorAdapter } from '../../bot/teams/adapter.ts';

let taken: (string | undefined)[] = [];
const channel = createServer((request, response) => {
  taken.push(request.headers.authorization);
  request.resume().on('end', () => response.end('{"id":"1"}'));
});
let serviceUrl: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => channel.listen(0, '127.0.0.1', resolve));
  serviceUrl = `http://127.0.0.1:${(channel.address() as AddressInfo).port}`;
});
afterAll(() => {
  channel.closeAllConnections();
  channel.close();
});
beforeEach(() => {
  taken = [];
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
