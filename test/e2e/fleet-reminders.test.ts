import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Store } from '../../bot/store/store.ts';
import { openTables } from '../../bot/store/tables.ts';
import type { Person } from '../../deploy/sandbox/people.ts';
import { crowd, type Fleet, startFleet } from './fleet.ts';
import { textOf } from './messages.ts';
import { until } from './waiting.ts';

const REPLICAS = 3;
const PEOPLE = crowd(12);
const SETTLED_MS = 1_000;
const MINUTE_MS = 60_000;
const [STARTS = ''] = en['reminder.heading'].split('{');

let fleet: Fleet;
let store: Store;
beforeAll(async () => {
  fleet = await startFleet({ replicas: REPLICAS, people: PEOPLE });
  store = openTables(fleet.tables, Date.now);
  for (const { oid } of PEOPLE) fleet.entra.consent(oid);
}, 120_000);
afterAll(() => fleet.close());

const ownerOf = ({ tenantId, oid }: Person) => ({ tenant: tenantId, user: oid });
const remindersOf = (person: Person) =>
  fleet.said(person).filter((message) => textOf(message).includes(STARTS));

/** Whether a replica has logged that it reminded somebody, and that it was done with that, since an instant. */
const hasReminded = (output: string, since: string) =>
  output
    .split('\n')
    .filter((line) => line.includes('"turn":"due","outcome":"remind"'))
    .some((line) => (/"time":"([^"]*)"/.exec(line)?.[1] ?? '') >= since);

/** The person has a meeting that starts in nine minutes, of which they wanted to be reminded ten minutes before. */
async function makeDue(person: Person): Promise<void> {
  await store.saveSettings(ownerOf(person), { zone: null, minutes: null, language: null, remind: 10 });
  await fleet.ask(person, 'meeting tomorrow 3pm about Q3');
  await fleet.idle();
  const [record] = (await store.person(ownerOf(person), 0)).meetings;
  if (!record) throw new Error(`${person.name} has no meeting`);
  const start = Date.now() + 9 * MINUTE_MS;
  await store.replaceMeeting({ ...record, start, end: start + 30 * MINUTE_MS }, record.revision);
  const { owner, id: meeting } = record;
  await store.addDue([{ tenant: owner.tenant, meeting, step: 'remind', at: start - 10 * MINUTE_MS }]);
}

test('of three replicas that find the same due at once, one reminds; what a dead one had claimed another does', async () => {
  for (const person of PEOPLE) await makeDue(person);
  const DEAD_MS = 8_000;
  const claimedByNobody = await store.claimDue(3, Date.now() + DEAD_MS);
  expect(claimedByNobody).toHaveLength(3);
  await Promise.all(fleet.replicas.map((_, i) => fleet.replace(i, 'SIGKILL')));
  const all = () => PEOPLE.flatMap(remindersOf);
  await until(() => all().length >= PEOPLE.length - claimedByNobody.length);
  // Replicas that have nothing to do sleep until the claim of the dead one has run out.
  await wait(DEAD_MS);
  await until(() => all().length >= PEOPLE.length);
  await fleet.idle();
  expect(PEOPLE.map((person) => remindersOf(person).length)).toEqual(PEOPLE.map(() => 1));
  expect(await store.nextDue(Date.now())).toBeNull();
}, 120_000);

test('a channel that refuses for a while costs no reminder', async () => {
  const [person] = PEOPLE as [Person];
  fleet.chat(person).messages.length = 0;
  await makeDue(person);
  const match = { service: 'channel', method: 'POST' };
  fleet.faults.add(match, 502, 2);
  await fleet.replace(1, 'SIGKILL');
  await until(() => remindersOf(person).length > 0);
  await fleet.idle();
  expect(remindersOf(person)).toHaveLength(1);
}, 120_000);

test('a store that cannot be told that the meeting is free again does not make the reminder come twice', async () => {
  const [person] = PEOPLE as [Person];
  fleet.chat(person).messages.length = 0;
  await makeDue(person);
  const match = { service: 'store', method: 'DELETE', path: /parleyrows/ };
  const heal = fleet.store.faults.add(match, 500);
  const began = new Date().toISOString();
  await fleet.replace(2, 'SIGKILL');
  await until(() => remindersOf(person).length > 0);
  await until(() => fleet.replicas.some((replica) => hasReminded(replica.output(), began)));
  await wait(SETTLED_MS);
  expect(await store.nextDue(Date.now())).toBeNull();
  heal();
  expect(remindersOf(person)).toHaveLength(1);
}, 120_000);
