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

const faults = () => standIns.faults.list();
const taken = (method: string) =>
  standIns.faults.take({ service: 'graph', method, path: '/v1.0/me/onlineMeetings' });

test.each(DOCUMENTED_ERRORS.map(({ id, fault }) => [id, fault] as const))(
  'Graph can be made to answer with “%s”',
  (error, fault) => {
    switches.fail({ error, step: '', once: false });
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) expect(taken(method)).toEqual(fault);
    expect(switches.holdings().graph.current.error).toBe(error);
    switches.fail({ error: '', step: '', once: false });
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
  switches.fail({ error: 'conflict', step: 'DELETE', once: false });
  expect(taken('POST')).toBeNull();
  expect(taken('DELETE')).toMatchObject({ status: 409 });
});

test('a fault for the next time only is spent, and the drawer says so', () => {
  switches.fail({ error: 'conflict', step: '', once: true });
  expect(taken('POST')).toMatchObject({ status: 409 });
  expect(taken('POST')).toBeNull();
  expect(switches.holdings().graph.current.error).toBe('');
});

test('of two faults the last one counts; unknown ones are none', () => {
  switches.fail({ error: 'conflict', step: '', once: false });
  switches.fail({ error: 'not-found', step: 'nonsense', once: false });
  expect(taken('POST')).toMatchObject({ status: 404 });
  switches.fail({ error: '__proto__', step: '', once: false });
  expect(faults()).toEqual([]);
});

test('consent is given and withdrawn for one person, with the tokens that rest on it', async () => {
  switches.consent(ADA.oid, true);
  const given = () => switches.holdings().consents.filter((each) => each.given);
  expect(given()).toMatchObject([{ name: ADA.name }]);
  switches.consent(BEN.oid, true);
  switches.consent(ADA.oid, false);
  expect(given()).toMatchObject([{ name: BEN.name }]);
  switches.consent(BEN.oid, false);
});

test('licences come back as they were', () => {
  const licences = () => standIns.people.map(({ licence }) => ({ ...licence }));
  const before = licences();
  switches.flip('noTeams', true);
  switches.flip('noTeams', true);
  expect(licences().some(({ teams }) => teams)).toBe(false);
  expect(switches.holdings().switches.find(({ name }) => name === 'noTeams')?.on).toBe(true);
  switches.flip('noTeams', false);
  expect(licences()).toEqual(before);
});

test('policies come back as they were, each by its own switch', () => {
  const policies = () => standIns.people.map(({ policy }) => ({ ...policy }));
  const before = policies();
  switches.flip('noEncryption', true);
  switches.flip('noRecording', true);
  switches.flip('noEncryption', false);
  expect(policies()).toEqual(before.map((policy) => ({ ...policy, recording: false })));
  switches.flip('noRecording', false);
  expect(policies()).toEqual(before);
});

test('conditional access and the access policy are switched, and come back as they were', async () => {
  standIns.entra.consent(ADA.oid);
  standIns.graph.policy.add(BEN.oid);
  switches.flip('noAccess', true);
  expect([...standIns.graph.policy]).toEqual([]);
  switches.flip('noAccess', false);
  expect([...standIns.graph.policy]).toEqual([BEN.oid]);

  const rest = { aud: 'https://graph.microsoft.com', scp: 'OnlineMeetings.ReadWrite' };
  const exp = Math.floor(Date.now() / 1000) + 60;
  const token = await standIns.entra.sign({ ...rest, exp, oid: ADA.oid, tid: ADA.tenantId });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const create = async () => {
    const url = `${standIns.graph.url}/v1.0/me/onlineMeetings`;
    return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
  };
  switches.flip('context', true);
  expect(await create()).toBe(403);
  switches.flip('context', false);
  expect(await create()).toBe(201);
});

test('administrators alone may consent; the bot may not change its messages', () => {
  switches.flip('admin', true);
  expect(standIns.entra.state.needsAdmin).toBe(true);
  switches.flip('admin', false);
  expect(standIns.entra.state.needsAdmin).toBe(false);
  switches.flip('frozen', true);
  const change = { service: 'channel', method: 'PUT', path: '/teams/v3/conversations/x/activities/1' };
  expect(standIns.faults.take(change)).toMatchObject({ status: 403 });
  switches.flip('frozen', false);
  expect(standIns.faults.take(change)).toBeNull();
});
