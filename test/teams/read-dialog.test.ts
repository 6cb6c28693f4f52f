import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { PERSON_MARK } from '../../bot/language/command.ts';
import { ActivityShape } from '../../bot/teams/activity.ts';
import { readTurn } from '../../bot/teams/read-turn.ts';

const NOW = DateTime.fromISO('2026-11-21T12:00:00Z', { zone: 'utc' });
const BEN = '0b000000-0000-4000-8000-00000000000b';

function read(name: string, value: unknown) {
  const activity = ActivityShape.parse({
    type: 'invoke',
    name,
    value,
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    timestamp: '2026-11-21T12:00:00.000Z',
    from: { id: '29:ada', aadObjectId: '0a000000-0000-4000-8000-00000000000a' },
    recipient: { id: '28:bot' },
    conversation: { id: '19:1', conversationType: 'groupChat', tenantId: 'contoso' },
  });
  return readTurn(activity, NOW);
}

const user = (id: string, displayName: string) => ({
  user: { userIdentityType: 'aadUser', id, displayName },
});

/** As Teams' documentation shows it. */
const PAYLOAD = {
  linkToMessage: 'https://teams.microsoft.com/l/message/19:1/1611060744833',
  id: '1611060744833',
  createdDateTime: '2026-11-20T12:52:24.833Z',
  deleted: false,
  body: {
    contentType: 'html',
    content:
      '<div><div><at id="0">Webhook</at> - Hi <at id="1">Ben</at> and <at id="7">Nobody</at></div></div>',
  },
  from: { device: null, conversation: null, application: null, ...user(BEN.toUpperCase(), 'Ben Okafor') },
  mentions: [
    {
      id: 0,
      mentionText: 'Webhook',
      mentioned: { user: null, application: { id: 'b8c1', displayName: 'W' } },
    },
    { id: 1, mentionText: 'Ben', mentioned: user(BEN, 'Ben Okafor') },
  ],
};
const open = (messagePayload: unknown) =>
  read('composeExtension/fetchTask', { commandId: 'meet', commandContext: 'message', messagePayload });

test('a message action says who wrote what when, and whom they mentioned; apps are nobody', () => {
  const ben = { id: BEN, name: 'Ben Okafor' };
  expect(open(PAYLOAD)).toMatchObject({
    kind: 'openDialog',
    message: {
      author: ben,
      at: DateTime.fromISO('2026-11-20T12:52:24.833Z', { zone: 'utc' }),
      utterance: { text: `<div><div>  - Hi ${PERSON_MARK} and  </div></div>`, people: [ben] },
    },
  });
});

test.each([
  ['without a message', undefined],
  ['on a deleted message', { ...PAYLOAD, deleted: true }],
  ['on something else', 'text'],
  ['without a text', { ...PAYLOAD, body: null }],
])('a command %s has no message', (_what, payload) => {
  expect(open(payload)).toMatchObject({ kind: 'openDialog', message: null });
});

test('what is wrong in a message is as if it were not there', () => {
  const wrong = { ...PAYLOAD, from: 7, mentions: ['x', { id: 1 }], createdDateTime: '2027-01-01' };
  expect(open(wrong)).toMatchObject({ message: { author: null, at: NOW, utterance: { people: [] } } });
});

test('an unknown command is none of ours', () => {
  expect(read('composeExtension/fetchTask', { commandId: 'other' })).toMatchObject({ kind: 'ignored' });
  expect(read('composeExtension/submitAction', {})).toMatchObject({ kind: 'ignored' });
});

test.each([
  [{}, { token: null, popup: null, isInChat: true }],
  [{ data: { token: 'abc', id: '1' } }, { token: 'abc', data: { id: '1' } }],
  [{ data: { token: 7 } }, { token: null, data: {} }],
  [{ state: 'agreed' }, { popup: 'agreed' }],
  [{ state: 'CancelledByUser' }, { popup: 'cancelled' }],
  [{ commandContext: 'commandBox' }, { isInChat: false }],
])('submitting %j', (value, turn) => {
  const submit = { commandId: 'meet', commandContext: 'compose', data: {}, ...value };
  expect(read('composeExtension/submitAction', submit)).toMatchObject({ kind: 'submitDialog', ...turn });
});
