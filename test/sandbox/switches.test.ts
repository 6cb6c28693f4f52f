import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DOCUMENTED_ERRORS } from '../../deploy/sandbox/graph/documented-errors.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { type StandIns, startStandIns } from '../../deploy/sandbox/standins.ts';
import { createSwitches } from '../../deploy/sandbox/switches.ts';

let standIns: StandIns;
let switches: ReturnType<typeof createSwitches>;

beforeAll(async () => {
  standIns = await startStandIns({ withPage: false });
});
beforeEach(() => {
  standIns.faults.clear();
  switches = createSwitches(standIns);
});
afterAll(() => standIns.close());

const set = (control: string, body: Record<string, unknown>) => switches.controls.get(control)?.(body);
const faults = () => standIns.faults.list();
const taken = (method: string) =>
  standIns.faults.take({ service: 'graph', method, path: '/v1.0/me/onlineMeetings' });

test.each(DOCUMENTED_ERRORS.map(({ id, fault }) => [id, fault] as const))(
  'Graph can be made to answer with “%s”',
  (error, fault) => {
    set('fail', { error, step: '', once: false });
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) expect(taken(method)).toEqual(fault);
    expect(switches.holdings().graph.current.error).toBe(error);
    set('fail', { error: '', step: '', once: false });
    expect(faults()).toEqual([]);
    expect(switches.holdings().graph.current.error).toBe('');
  },
);

test('every documented error is offered, in a group', () => {
  const { errors } = switches.holdings().graph;
  expect(errors.map(({ id }) => id)).toEqual(DOCUMENTED_ERRORS.map(({ id }) => id));
  expect(new Set(errors.map(({ group }) => group)).size).toBe(4);
});

test('a fault for one kind of request leaves the others alone', () => {
  set('fail', { error: 'conflict', step: 'DELETE', once: false });
  expect(taken('POST')).toBeNull();
  expect(taken('DELETE')).toMatchObject({ status: 409 });
});

test('a fault for the next time only is spent, and the drawer says so', () => {
  set('fail', { error: 'conflict', step: '', once: true });
  expect(taken('POST')).toMatchObject({ status: 409 });
  expect(taken('POST')).toBeNull();
  expect(switches.holdings().graph.current.error).toBe('');
});

test('of two faults the last one counts; unknown ones are none', () => {
  set('fail', { error: 'conflict', step: '', once: false });
  set('fail', { error: 'not-found', step: 'nonsense', once: false });
  expect(taken('POST')).toMatchObject({ status: 404 });
  set('fail', { error: '__proto__', step: '', once: false });
  expect(faults()).toEqual([]);
});

test('consent is given and withdrawn for one person, with the tokens that rest on it', async () => {
  set('consent', { oid: ADA.oid, on: true });
  const given = () => switches.holdings().consents.filter((each) => each.given);
  expect(given()).toMatchObject([{ name: ADA.name }]);
  set('consent', { oid: BEN.oid, on: true });
  set('consent', { oid: ADA.oid, on: false });
  expect(given()).toMatchObject([{ name: BEN.name }]);
  set('consent', { oid: BEN.oid, on: false });
});

test('licences come back as they were', () => {
  const licences = () => standIns.people.map(({ licence }) => ({ ...licence }));
  const before = licences();
  set('switch', { name: 'noTeams', on: true });
  set('switch', { name: 'noTeams', on: true });
  expect(licences().some(({ teams }) => teams)).toBe(false);
  expect(switches.holdings().switches.find(({ name }) => name === 'noTeams')?.on).toBe(true);
  set('switch', { name: 'noTeams', on: false });
  expect(licences()).toEqual(before);
});

test('policies come back as they were, each by its own switch', () => {
  const policies = () => standIns.people.map(({ policy }) => ({ ...policy }));
  const before = policies();
  set('switch', { name: 'noEncryption', on: true });
  set('switch', { name: 'noRecording', on: true });
  set('switch', { name: 'noEncryption', on: false });
  expect(policies()).toEqual(before.map((policy) => ({ ...policy, recording: false })));
  set('switch', { name: 'noRecording', on: false });
  expect(policies()).toEqual(before);
});

test('conditional access and the access policy are switched, and come back as they were', async () => {
  standIns.entra.consent(ADA.oid);
  standIns.graph.policy.add(BEN.oid);
  set('switch', { name: 'noAccess', on: true });
  expect([...standIns.graph.policy]).toEqual([]);
  set('switch', { name: 'noAccess', on: false });
  expect([...standIns.graph.policy]).toEqual([BEN.oid]);

  const rest = { aud: 'https://graph.microsoft.com', scp: 'OnlineMeetings.ReadWrite' };
  const exp = Math.floor(Date.now() / 1000) + 60;
  const token = await standIns.entra.sign({ ...rest, exp, oid: ADA.oid, tid: ADA.tenantId });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const create = async () => {
    const url = `${standIns.graph.url}/v1.0/me/onlineMeetings`;
    return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
  };
  set('switch', { name: 'context', on: true });
  expect(await create()).toBe(403);
  set('switch', { name: 'context', on: false });
  expect(await create()).toBe(201);
});

test('administrators alone may consent; the bot may not change its messages', () => {
  set('switch', { name: 'admin', on: true });
  expect(standIns.entra.state.needsAdmin).toBe(true);
  set('switch', { name: 'admin', on: false });
  expect(standIns.entra.state.needsAdmin).toBe(false);
  set('switch', { name: 'frozen', on: true });
  const change = { service: 'channel', method: 'PUT', path: '/teams/v3/conversations/x/activities/1' };
  expect(standIns.faults.take(change)).toMatchObject({ status: 403 });
  set('switch', { name: 'frozen', on: false });
  expect(standIns.faults.take(change)).toBeNull();
});
