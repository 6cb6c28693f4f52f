import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { PERSON_MARK } from '../../bot/language/command.ts';
import { ActivityShape, type IncomingActivity } from '../../bot/teams/activity.ts';
import { readTurn, readUtterance } from '../../bot/teams/read-turn.ts';

const NOW = DateTime.fromISO('2026-11-21T12:00:00Z', { zone: 'utc' });
const BOT = { id: '28:bot', name: 'Parley' };

function activity(change: Record<string, unknown> = {}): IncomingActivity {
  return ActivityShape.parse({
    type: 'message',
    id: '1700000000000',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    timestamp: '2026-11-21T11:59:58.000Z',
    locale: 'en-GB',
    from: { id: '29:ada', name: 'Ada', aadObjectId: 'A1F0C3D2-6B5E-4C47-9D18-3E0A5B7C1101' },
    recipient: BOT,
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'contoso' },
    channelData: { tenant: { id: 'Contoso' } },
    text: 'hello',
    ...change,
  });
}

const mention = (text: string, id: string, name: string) => ({
  type: 'mention',
  text,
  mentioned: { id, name },
});

const nameOnly = (id: string, name: string) => ({ type: 'mention', mentioned: { id, name } });
const idOnly = (id: string) => ({ type: 'mention', mentioned: { id } });

test('a message says who, where and when', () => {
  expect(readTurn(activity(), NOW)).toMatchObject({
    kind: 'message',
    activityId: '1700000000000',
    tenant: 'contoso',
    user: 'a1f0c3d2-6b5e-4c47-9d18-3e0a5b7c1101',
    conversation: 'a:1',
    place: 'personal',
    locale: 'en-GB',
    zone: null,
    utterance: { text: 'hello', people: [] },
  });
});

test.each([undefined, '', 'me', '..', 'ada@contoso.example', `${'a'.repeat(8)}/onlineMeetings`])(
  'somebody with the object id %j is nobody who could have meetings',
  (aadObjectId) => {
    const from = { id: '29:ada', name: 'Ada', aadObjectId };
    expect(readTurn(activity({ from }), NOW)).toMatchObject({ user: null });
  },
);

test.each<[string, Record<string, unknown>, string | null]>([
  [
    'the client’s zone first',
    { entities: [{ type: 'clientInfo', timezone: 'Asia/Tokyo' }], localTimezone: 'Europe/Rome' },
    'Asia/Tokyo',
  ],
  [
    'then the activity’s',
    { localTimezone: 'Europe/Rome', localTimestamp: '2026-11-21T13:00:00+02:00' },
    'Europe/Rome',
  ],
  ['then the offset', { localTimestamp: '2026-11-21T13:00:00+02:00' }, 'Etc/GMT-2'],
  ['west of Greenwich', { localTimestamp: '2026-11-21T07:00:00-05:00' }, 'Etc/GMT+5'],
  ['in small letters', { localTimezone: 'asia/calcutta' }, 'Asia/Calcutta'],
  ['Greenwich', { localTimestamp: '2026-11-21T12:00:00Z' }, 'Etc/UTC'],
  ['an offset that no such zone has', { localTimestamp: '2026-11-21T17:30:00+05:30' }, null],
  ['a zone that is none', { localTimezone: 'Mars/Olympus' }, null],
  ['a zone that is an attack', { localTimezone: 'x'.repeat(10_000) }, null],
  ['nothing at all', {}, null],
])('zone: %s', (_name, change, zone) => {
  expect(readTurn(activity(change), NOW)).toMatchObject({ zone });
});

test.each<[string, Record<string, unknown>, string]>([
  ['the client’s', { locale: 'fr', entities: [{ type: 'clientInfo', locale: 'en-AU' }] }, 'en-AU'],
  ['then the activity’s', { locale: 'fr', entities: [] }, 'fr'],
  ['one of another script', { locale: 'sr-Latn-RS', entities: [] }, 'sr-Latn-RS'],
  ['one that formatters refuse', { locale: 'en-US-GB', entities: [] }, 'en'],
  ['one that is an attack', { locale: 'x'.repeat(10_000), entities: [] }, 'en'],
])('locale: %s', (_name, change, locale) => {
  expect(readTurn(activity(change), NOW)).toMatchObject({ locale });
});

test.each<[string, unknown, string]>([
  ['the channel’s own instant', '2026-11-21T11:50:00Z', '2026-11-21T11:50:00.000Z'],
  ['none', undefined, '2026-11-21T12:00:00.000Z'],
  ['nonsense', 'yesterday', '2026-11-21T12:00:00.000Z'],
  ['days ago', '2026-11-01T12:00:00Z', '2026-11-21T12:00:00.000Z'],
])('asked at: %s', (_name, timestamp, at) => {
  const turn = readTurn(activity({ timestamp }), NOW);
  expect(turn.kind === 'message' && turn.at.toUTC().toISO()).toBe(at);
});

test.each<[string, string, unknown[], string, string[]]>([
  ['nobody', 'meet at 3', [], 'meet at 3', []],
  [
    'the bot is cut out wherever it stands',
    '<at>Parley</at> hi <at>Parley</at>',
    [mention('<at>Parley</at>', '28:bot', 'Parley')],
    '  hi  ',
    [],
  ],
  [
    'another person is a mark',
    'with <at>Ben</at> at 3',
    [mention('<at>Ben</at>', '29:ben', 'Ben B')],
    `with ${PERSON_MARK} at 3`,
    ['29:ben'],
  ],
  [
    'two of one name, in order',
    '<at>Alex</at> and <at>Alex</at>',
    [mention('<at>Alex</at>', '29:a', 'Alex'), mention('<at>Alex</at>', '29:b', 'Alex')],
    `${PERSON_MARK} and ${PERSON_MARK}`,
    ['29:a', '29:b'],
  ],
  [
    'somebody called like the bot is not the bot',
    '<at>Parley</at> x',
    [mention('<at>Parley</at>', '29:evil', 'Parley')],
    `${PERSON_MARK} x`,
    ['29:evil'],
  ],
  ['text that pretends to be a mention', '<at>Ben</at>', [], '<at>Ben</at>', []],
  [
    'an entity without a text, by its name',
    'with <at>Cat &amp; Co</at> and <at>O&#39;Brien, Cat</at>',
    [nameOnly('29:cat', 'Cat & Co'), nameOnly('29:brien', "O'Brien, Cat")],
    `with ${PERSON_MARK} and ${PERSON_MARK}`,
    ['29:cat', '29:brien'],
  ],
  [
    'an entity whose text is escaped, or is not',
    '<at>R&amp;D Lead</at> and <at id="1">Q&A</at>',
    [mention('<at>R&D Lead</at>', '29:lead', ''), mention('<at>Q&amp;A</at>', '29:qa', '')],
    `${PERSON_MARK} and ${PERSON_MARK}`,
    ['29:lead', '29:qa'],
  ],
  [
    'two of one name without a text, in order',
    '<at>Alex</at> and <at>Alex</at>',
    [nameOnly('29:a', 'Alex'), nameOnly('29:b', 'Alex')],
    `${PERSON_MARK} and ${PERSON_MARK}`,
    ['29:a', '29:b'],
  ],
  [
    'the bot and a person, of whom there are only ids, in order',
    '<at>Parley</at> with <at>Ben</at>',
    [idOnly('28:bot'), idOnly('29:ben')],
    `  with ${PERSON_MARK}`,
    ['29:ben'],
  ],
  ['a mark that was typed', `a${PERSON_MARK}b`, [], 'a b', []],
  [
    'entities that are nonsense',
    'hi',
    [null, 7, { type: 'mention' }, { type: 'mention', text: '', mentioned: 3 }, mention('(((', '29:x', 'x')],
    'hi',
    [],
  ],
])('mentions: %s', (_name, text, entities, expected, people) => {
  const read = readUtterance(activity({ text, entities }));
  expect(read.text).toBe(expected);
  expect(read.people.map(({ id }) => id)).toEqual(people);
});

test('somebody whose entity has no name is called as in the text', () => {
  const read = readUtterance(activity({ text: '<at>Cat &amp; Co</at>', entities: [idOnly('29:cat')] }));
  expect(read.people).toEqual([{ id: '29:cat', name: 'Cat & Co' }]);
});

test('a name is one line of at most 256 visible characters, and an id is kept whole or not at all', () => {
  const name = `An\u202en\n${'x'.repeat(1_000)}`;
  const from = { id: '29:ann', aadObjectId: null, name };
  const entities = [mention('<at>Ben</at>', '29:ben', name)];
  const turn = readTurn(activity({ from, text: '<at>Ben</at>', entities }), NOW);
  const expected = `Ann ${'x'.repeat(252)}`;
  expect(turn).toMatchObject({ name: expected, utterance: { people: [{ name: expected }] } });
  const value = { id: 'x'.repeat(1_025), connectionName: '', token: 't' };
  const exchange = activity({ type: 'invoke', name: 'signin/tokenExchange', value });
  expect(readTurn(exchange, NOW)).toMatchObject({ kind: 'tokenExchange', exchangeId: '' });
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  [
    'a click',
    {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: 'card',
      value: { action: { verb: 'regenerate', data: { id: 'x' } } },
    },
    {
      kind: 'action',
      action: { verb: 'regenerate', data: { id: 'x' }, cardId: 'card', via: 'invoke', token: null },
    },
  ],
  [
    'a click with a token',
    {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { verb: 'v' }, authentication: { token: 't' } },
    },
    { kind: 'action', action: { verb: 'v', data: {}, token: 't' } },
  ],
  [
    'a click of an older client',
    { text: '', value: { verb: 'create', id: 'x' } },
    { kind: 'action', action: { verb: 'create', via: 'message' } },
  ],
  [
    'a click without anything',
    { type: 'invoke', name: 'adaptiveCard/action' },
    { kind: 'ignored', isInvoke: true },
  ],
  [
    'a token',
    { type: 'invoke', name: 'signin/tokenExchange', value: { id: 'e', connectionName: '', token: 't' } },
    { kind: 'tokenExchange', exchangeId: 'e', token: 't' },
  ],
  [
    'a token that is none',
    { type: 'invoke', name: 'signin/tokenExchange', value: { token: 7 } },
    { kind: 'tokenExchange', token: '' },
  ],
  [
    'agreed in the popup',
    { type: 'invoke', name: 'signin/verifyState', value: { state: 's' } },
    { kind: 'verifyState' },
  ],
  [
    'silent sign-in failed',
    { type: 'invoke', name: 'signin/failure', value: { code: 'resourcematchfailed' } },
    { kind: 'signInFailure', code: 'resourcematchfailed' },
  ],
  [
    'an unknown invoke',
    { type: 'invoke', name: 'composeExtension/query' },
    { kind: 'ignored', isInvoke: true },
  ],
  [
    'installed by a person',
    { type: 'conversationUpdate', membersAdded: [{ id: '29:ada' }, BOT] },
    { kind: 'joined' },
  ],
  [
    'somebody else joins',
    { type: 'conversationUpdate', membersAdded: [{ id: '29:ada' }] },
    { kind: 'ignored' },
  ],
  ['an edit', { type: 'messageUpdate' }, { kind: 'ignored', isInvoke: false }],
  ['a reaction', { type: 'messageReaction' }, { kind: 'ignored' }],
  ['something new', { type: 'hologram' }, { kind: 'ignored' }],
  ['no tenant', { channelData: null, conversation: { id: 'a:1' } }, { kind: 'ignored' }],
  ['nobody of the directory', { from: { id: '29:x' } }, { kind: 'message', user: null }],
])('%s', (_name, change, expected) => {
  expect(readTurn(activity(change), NOW)).toMatchObject(expected);
});

test.each([
  ['typing', 'activity type typing'],
  ['a type\nof its own "}', 'activity type unknown'],
  ['x'.repeat(99), 'activity type unknown'],
])('of an activity of type %j the log has “%s”', (type, reason) => {
  expect(readTurn(activity({ type }), NOW)).toMatchObject({ kind: 'ignored', reason });
});
