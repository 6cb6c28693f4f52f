import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { afterAll, expect, test } from 'vitest';
import type { Services } from '../../bot/handle/services.ts';
import type { MeetingRecord } from '../../bot/meeting/record.ts';
import { say } from '../../bot/say/say.ts';
import { PUBLIC_PAGES } from '../../bot/server/pages.ts';
import { KEY_KINDS } from '../../bot/store/keys.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import type { Begun, Pending, Settings } from '../../bot/store/store.ts';
import { openTables } from '../../bot/store/tables.ts';
import { meeting, NOW, pending } from '../../deploy/bench/sample-records.ts';
import { startAzurite } from '../../deploy/faults/azurite.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-privacy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync('deploy/privacy.md', 'utf8');
/** The cells of the table below that heading, by the name in code that begins each row. */
const tableBelow = (heading: string): Map<string, string[]> => {
  const table = page.split(`\n${heading}\n`)[1]?.split('\n\n')[0] ?? '';
  const rows = [...table.matchAll(/^\| `(\w+)` \|(.*)\|$/gm)];
  return new Map(rows.map(([, name = '', cells = '']) => [name, cells.split('|')]));
};
const namesIn = (cell = ''): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name).sort();

test('every kind of key that the bot claims or counts by is told to the privacy office, and no other', () => {
  const told = tableBelow('| key | what else is in it | how long |');
  expect([...told.keys()].sort()).toEqual([...KEY_KINDS].sort());
  // @ts-expect-error: a kind that stands nowhere does not compile.
  const untold: Parameters<Services['store']['claim']>[1] = 'untold:1';
  expect(told.has(untold)).toBe(false);
});

/** How the page for everyone tells of each kind of key. */
const TOLD_TO_EVERYONE: Record<(typeof KEY_KINDS)[number], RegExp> = {
  activity: /ids of messages, clicks, .* for 15 minutes/,
  copy: /copied meetings, for 15 minutes/,
  exchange: /sign-ins and .* for 15 minutes/,
  forgotMeeting: /which meetings it forgot then, by ids, for 60 days/,
  forgotMeetings: /which meetings it forgot then, by ids, for 60 days/,
  invite: /has just sent, for seconds/,
  made: /How many meetings you created this hour, until the hour is over/,
  meeting: /what it’s working on or has just sent, for seconds/,
  reminded: /how many reminders you and your colleagues got this hour/i,
  pending: /what it’s working on or has just sent, for seconds/,
  private: /which cards only you can see, by ids, for a day/,
  refused: /what Teams doesn’t allow in a chat, for a day/,
  room: /a room with a certain name, as hashes, for 60 days/,
  shown: /which card belongs to which meeting or request, by ids, for 60 days/,
  signInFailure: /that a sign-in failed, for 10 minutes/,
  signedOut: /That you signed out, for 30 hours/,
  stepUp: /How often you were sent to a stronger sign-in, .* for 10 minutes/,
  sweep: /Privacy/,
  vote: /what it’s working on or has just sent, for seconds/,
  welcome: /conversations it has greeted, for 30 days/,
};

test.each(['en', 'en-US'])(
  'the page for everyone tells of every kind of key, and whom to ask (%s)',
  (locale) => {
    const html = PUBLIC_PAGES['/privacy']?.(say(locale)) ?? '';
    const text = html.replaceAll('&apos;', "'").replaceAll('&rsquo;', '’').replaceAll('&#x2019;', '’');
    for (const [kind, sentence] of Object.entries(TOLD_TO_EVERYONE)) expect(text, kind).toMatch(sentence);
    expect(text).toMatch(/ask the people who look after Teams in your organi[sz]ation/);
  },
);

const ROWS = tableBelow('| table | columns | in `body` |');

test('every column of the store is told to the privacy office, and no other', async () => {
  const file = join(folder, 'parley.db');
  const store = openSqlite(file, () => NOW);
  const db = new DatabaseSync(file);
  const columns = db
    .prepare(
      "SELECT t.name AS name, c.name AS col FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    )
    .all();
  db.close();
  await store.close();
  const written = Map.groupBy(columns, ({ name }) => String(name));
  expect([...ROWS.keys()].sort()).toEqual([...written.keys()].sort());
  for (const [table, found] of written)
    expect(namesIn(ROWS.get(table)?.[0]), table).toEqual(found.map(({ col }) => String(col)).sort());
});

// `Required`: what is added to one of them does not compile here until it stands here, and then must be told.
const PENDING: Required<Pending> = {
  ...pending(),
  claims: '{}',
  scope: 'calendar',
  among: ['m1'],
  asks: 'cancel',
  draft: 'due',
  origin: { conversation: '19:1', place: 'groupChat' },
  offer: { subject: null, zone: 'Europe/London', times: [{ start: NOW, end: NOW }] },
  votes: [{ user: 'u2', name: 'Ben', choices: [0] }],
  isAgreed: true,
  isPassed: true,
  context: { open: null, focus: null, meetings: [] },
  like: meeting(),
  oldLink: 'oldLinkLocked',
};
const MEETING: Required<MeetingRecord> = {
  ...meeting(),
  before: {},
  olderCards: [],
  conversationReference: { serviceUrl: '', bot: '', teamsId: '', name: '', locale: 'en', zone: null },
  changedBy: 'p1',
  changedBefore: ['p0'],
  isPrivate: true,
  invitation: 'fr',
  spokenOfAt: NOW,
  room: { externalId: 'hash', isFirst: true },
  event: { id: 'e1' },
  leftoverEvents: ['e0'],
  series: {
    pattern: { kind: 'daily', interval: 1 },
    end: { times: 3 },
    startDate: '2026-11-30',
    zone: 'Europe/London',
  },
  clockZone: 'America/New_York',
  exceptions: { gone: [NOW], moved: [{ start: NOW, end: NOW }] },
};
const BEGUN: Required<Begun> = {
  calendar: 'mine',
  comment: 'Sorry',
  owner: MEETING.owner,
  verb: 'renew',
  at: NOW,
  wanted: MEETING,
  options: {},
  expires: NOW,
};
const SETTINGS: Required<Settings> = {
  zone: null,
  minutes: null,
  language: null,
  invites: 'known',
  remind: null,
};

test.each<[string, object]>([
  ['pending', { ...PENDING, ...BEGUN }],
  ['meetings', MEETING],
  ['settings', SETTINGS],
])('everything in a row of %s is told to the privacy office, and nothing else', (table, body) => {
  expect(namesIn(ROWS.get(table)?.[1])).toEqual(Object.keys(body).sort());
});

const AZURE = tableBelow('| in Azure | columns |');

test('every column of Azure’s tables is told to the privacy office, and no other', async () => {
  const azurite = await startAzurite();
  const connectionString = azurite.connectionString();
  const store = openTables({ kind: 'azurite', connectionString }, () => NOW);
  await store.claim({ tenant: 't' }, 'k', NOW + 1);
  await store.count({ tenant: 't' }, 'k', NOW + 1);
  await store.park(PENDING);
  await store.begin(BEGUN);
  await store.addMeeting({ ...MEETING, cardId: 'card' });
  await store.addDue([{ tenant: 't', meeting: 'm', step: 'remind', at: NOW }]);
  await store.saveSettings(MEETING.owner, SETTINGS);
  await store.keep('calendar key', 'x');
  for (const [table, cells] of AZURE) {
    const client = TableClient.fromConnectionString(connectionString, table, {
      allowInsecureConnection: true,
    });
    const columns = new Set<string>();
    for await (const row of client.listEntities())
      for (const name of Object.keys(row)) columns.add(name.replace(/^body\d+$/, 'body'));
    // What Azure adds to every row by itself.
    for (const own of ['etag', 'timestamp', 'odata.metadata']) columns.delete(own);
    expect(namesIn(cells[0]), table).toEqual([...columns].sort());
  }
  const service = TableServiceClient.fromConnectionString(connectionString, {
    allowInsecureConnection: true,
  });
  const tables: unknown[] = [];
  for await (const { name } of service.listTables()) tables.push(name);
  expect([...AZURE.keys()].sort()).toEqual(tables.sort());
  await azurite.close();
});
