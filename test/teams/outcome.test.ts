import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../bot/say/render.ts';
import { audienceOf, lastResort } from '../../bot/teams/outcome.ts';
import { readSamples } from '../../cards/samples.ts';

const SIGN_IN: Reply = { kind: 'signin', reason: 'first', startUrl: 'https://x', exchange: null };
const NOTICE: Reply = { kind: 'notice', notice: 'limit', until: DateTime.fromMillis(0) };
const REPLIES = [...readSamples().map(({ reply }) => reply), SIGN_IN, NOTICE];
const FOR_ALL: readonly Reply['kind'][] = [
  'meeting',
  'ended',
  'invitation',
  'welcome',
  'reminder',
  'poll',
  'link',
];

describe.each(REPLIES.map((reply) => [reply.kind, reply] as const))('%s', (kind, reply) => {
  test('is for everybody only where it is a meeting, and not where it was asked privately', () => {
    const isForAll = FOR_ALL.includes(kind);
    expect(audienceOf(reply, { place: 'groupChat' }) === 'everybody').toBe(isForAll);
    expect(audienceOf(reply, { place: 'channel' }) === 'everybody').toBe(isForAll);
    expect(audienceOf(reply, { place: 'groupChat', isPrivate: true })).toBe('person');
  });

  test('needs no private message in a chat with the bot', () => {
    expect(audienceOf(reply, { place: 'personal' })).toBe('everybody');
  });

  test('is replaced by a hint where it is about one person and cannot be said to them alone', () => {
    const isOwn = ['meetings', 'settings', 'signin', 'times'].includes(kind);
    expect(lastResort({ reply })).toEqual(isOwn ? { kind: 'notice', notice: 'oneToOneOnly' } : reply);
  });
});

test('a sign-in card goes to the chat with the bot where Teams would sign nobody in silently', () => {
  expect(audienceOf(SIGN_IN, { place: 'channel' })).toBe('chat');
  expect(audienceOf(SIGN_IN, { place: 'groupChat' })).toBe('person');
});
