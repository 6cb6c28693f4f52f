import { expect, test } from 'vitest';
import { messageLink } from '../../bot/teams/message-link.ts';

const HOST = 'teams.microsoft.com';
const chat = { conversation: '19:abc@thread.v2', place: 'groupChat' as const, tenant: 't' };
const channel = {
  conversation: '19:abc@thread.tacv2;messageid=17',
  place: 'channel' as const,
  tenant: 't',
};

test.each([
  [
    { ...chat, messageId: '18' },
    '/l/message/19%3Aabc%40thread.v2/18?context=%7B%22contextType%22%3A%22chat%22%7D',
  ],
  [chat, '/l/chat/19%3Aabc%40thread.v2/conversations'],
  [{ ...chat, messageId: 'f:click' }, '/l/chat/19%3Aabc%40thread.v2/conversations'],
  [{ ...channel, messageId: '18' }, '/l/message/19%3Aabc%40thread.tacv2/18?tenantId=t&parentMessageId=17'],
  [channel, '/l/message/19%3Aabc%40thread.tacv2/17?tenantId=t&parentMessageId=17'],
  [
    { ...channel, conversation: '19:abc@thread.tacv2;messageid=../x' },
    '/l/channel/19%3Aabc%40thread.tacv2/-?tenantId=t',
  ],
])('%j leads to %s', (spot, path) => {
  expect(messageLink(spot, HOST)).toBe(`https://${HOST}${path}`);
});
