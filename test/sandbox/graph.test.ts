import tls from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEntra, type Entra } from '../../deploy/sandbox/entra.ts';
import { createFaults } from '../../deploy/sandbox/faults.ts';
import { BOARD_TEMPLATE, createGraph, type Graph } from '../../deploy/sandbox/graph.ts';
import { ADA, BEN, CHANDRA, CONTOSO, FELIX, PEOPLE, type Person } from '../../deploy/sandbox/people.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';

const APP = { id: '0c7f3e1a-4b6d-4e21-9a58-6d2b1f0e7777', secret: 's', ssoResource: 'api://botid-test' };
const NOW = Date.parse('2026-03-27T16:00:00.123Z');
const START = '2026-03-30T09:00:00Z';
const END = '2026-03-30T09:30:00Z';
const ROOT = '/v1.0/me/onlineMeetings';

const faults = createFaults();
let now = NOW;
let entra: Entra;
let graph: Graph;
let government: Graph;

beforeAll(async () => {
  const certificates = await createTls();
  tls.setDefaultCACertificates([certificates.caPem]);
  const app = { ...APP, tenants: [FELIX.tenantId] };
  const clock = () => now;
  entra = await createEntra({ tls: certificates, tenantId: CONTOSO.id, people: PEOPLE, app, now: () => now });
  graph = await createGraph({ entra, people: PEOPLE, faults, now: () => now });
  government = await createGraph({ entra, people: PEOPLE, cloud: 'gcch', now: clock });
});
afterAll(() => Promise.all([graph.close(), government.close(), entra.close()]));
beforeEach(() => {
  now = NOW;
  faults.clear();
  graph.reset();
  entra.reset();
});

type Wire = Record<string, unknown> & { id: string; joinWebUrl: string };
type Call = {
  method?: string;
  path?: string;
  body?: unknown;
  as?: Person | 'app';
  permissions?: string[];
  token?: string | null;
  headers?: Record<string, string>;
  on?: Graph;
};

async function tokenOf(as: Person | 'app', permissions?: string[]): Promise<string> {
  const tenant = as === 'app' ? CONTOSO.id : as.tenantId;
  if (as !== 'app') entra.consent(as.oid, permissions);
  else for (const role of permissions ?? []) entra.grantAppRole(role);
  const how: Record<string, string> =
    as === 'app'
      ? { grant_type: 'client_credentials' }
      : {
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          requested_token_use: 'on_behalf_of',
          assertion: await entra.ssoToken(as),
        };
  const scope = 'https://graph.microsoft.com/.default';
  const form = new URLSearchParams({ ...how, client_id: APP.id, client_secret: APP.secret, scope });
  const url = `${entra.authorityHost}/${tenant}/oauth2/v2.0/token`;
  const answer = (await (await fetch(url, { method: 'POST', body: form })).json()) as {
    access_token: string;
  };
  return answer.access_token;
}

/** One request, as Ada unless said otherwise; a body makes it a POST of JSON. */
async function call({
  path = ROOT,
  body,
  as = ADA,
  permissions,
  token,
  headers,
  on = graph,
  method,
}: Call = {}) {
  const bearer = token === undefined ? await tokenOf(as, permissions) : token;
  const response = await fetch(`${on.url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body:
      body === undefined || typeof body === 'string' ? (body as string | undefined) : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as Wire,
  };
}

const create = (body: object = { startDateTime: START, endDateTime: END }, more: Call = {}) =>
  call({ ...more, body });
const one = (id: string, root = ROOT) => `${root}/${encodeURIComponent(id)}`;
const codeOf = (answer: { body: Record<string, unknown> }) => (answer.body.error as { code: string }).code;
const attendee = (person: Person, role?: string) => ({
  identity: { user: { id: person.oid } },
  upn: person.upn,
  ...(role ? { role } : {}),
});

describe('creating', () => {
  test('an encrypted meeting is not recorded afterwards either', async () => {
    const path = one((await create({ isEndToEndEncryptionEnabled: true })).body.id);
    const changed = await call({
      method: 'PATCH',
      path,
      body: { recordAutomatically: true, allowMeetingChat: 'disabled' },
    });
    expect(changed.body).toMatchObject({ recordAutomatically: false, allowMeetingChat: 'disabled' });
  });

  test.each<[string, number, object | string]>([
    ['an unknown member', 400, { topic: 'Q3' }],
    ['a time that is none', 400, { startDateTime: '2026-02-30T09:00:00Z', endDateTime: END }],
    ['a null time', 400, { startDateTime: null, endDateTime: END }],
    ['an end at the start', 400, { startDateTime: START, endDateTime: START }],
    ['an end without start', 400, { endDateTime: END }],
    ['an empty subject', 400, { subject: ' ' }],
    ['a long subject', 400, { subject: 'x'.repeat(256) }],
    ['control characters', 400, { subject: 'Q3\u0007' }],
    ['a subject that is no text', 400, { subject: 3 }],
    ['an own meeting id', 400, { joinMeetingIdSettings: { joinMeetingId: '123' } }],
    ['an organizer', 400, { participants: { organizer: attendee(BEN) } }],
    ['a producer', 400, { participants: { attendees: [attendee(BEN, 'producer')] } }],
    ['presenters by role without a list', 400, { allowedPresenters: 'roleIsPresenter' }],
    [
      'presenters by role without roles',
      400,
      { allowedPresenters: 'roleIsPresenter', participants: { attendees: [attendee(BEN)] } },
    ],
    ['an unknown presenter scope', 400, { allowedPresenters: 'invited' }],
    ['unknownFutureValue', 400, { lobbyBypassSettings: { scope: 'unknownFutureValue' } }],
    ['a language that is none', 400, { meetingSpokenLanguageTag: 'German please' }],
    [
      'more than 1,000 people',
      400,
      { participants: { attendees: Array.from({ length: 1_001 }, () => attendee(BEN)) } },
    ],
    ['broken JSON', 400, '{"subject":'],
    ['a list', 400, '[]'],
    ['an empty body', 400, ''],
  ])('refuses %s with %i', async (_name, status, body) => {
    const answer = await call({ method: 'POST', body });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: { code: expect.any(String), innerError: { 'request-id': answer.headers.get('request-id') } },
    });
    expect(graph.meetings).toEqual([]);
  });
});

describe('reading', () => {
  test('by id: the organizer and who is invited', async () => {
    const { id } = (await create({ participants: { attendees: [attendee(BEN)] } })).body;
    const status = async (as: Person) => (await call({ path: one(id), as })).status;
    expect([await status(ADA), await status(BEN), await status(CHANDRA)]).toEqual([200, 200, 404]);
    expect(codeOf(await call({ path: one('MCMx') }))).toBe('NotFound');
  });

  test('by link: the organizer only', async () => {
    const meeting = (await create()).body;
    const by = (filter: string, as = ADA) =>
      call({ path: `${ROOT}?$filter=${encodeURIComponent(filter)}`, as });
    const filter = `JoinWebUrl eq '${meeting.joinWebUrl}'`;
    expect((await by(filter)).body).toMatchObject({ value: [{ id: meeting.id }] });
    expect((await by(filter, BEN)).status).toBe(403);
    expect((await by("JoinWebUrl eq 'https://teams.microsoft.com/l/meetup-join/x'")).status).toBe(404);
    expect((await by("JoinWebUrl eq 'no link'")).status).toBe(400);
  });

  test('sixty days after its end it is gone', async () => {
    const { id } = (await create()).body;
    now = Date.parse(END) + 59 * 86_400_000;
    expect((await call({ path: one(id) })).status).toBe(200);
    now += 2 * 86_400_000;
    expect((await call({ path: one(id) })).status).toBe(404);
  });
});

describe('changing', () => {
  const change = async (body: object, as = ADA) => {
    const { id } = (
      await create({ startDateTime: START, endDateTime: END, participants: { attendees: [attendee(BEN)] } })
    ).body;
    return call({ method: 'PATCH', path: one(id), body, as });
  };
  test.each<[string, object]>([
    ['the template', { meetingTemplateId: BOARD_TEMPLATE }],
    ['the organizer', { participants: { organizer: attendee(BEN) } }],
    ['presenters by role alone', { allowedPresenters: 'roleIsPresenter' }],
    ['a read-only member', { expiryDateTime: END }],
  ])('refuses %s', async (_name, body) => {
    expect((await change(body)).status).toBe(400);
    expect(graph.meetings[0]).toMatchObject({ startDateTime: START, endDateTime: END, passcode: null });
  });
  test('hides attendees’ names, and does not show them again', async () => {
    const { id } = (await create()).body;
    const names = (anonymizeIdentityForRoles: string[]) =>
      call({ method: 'PATCH', path: one(id), body: { anonymizeIdentityForRoles } });
    expect((await names(['attendee'])).body).toMatchObject({ anonymizeIdentityForRoles: ['attendee'] });
    expect((await names([])).status).toBe(400);
  });

  test('is for the organizer, and so is deleting', async () => {
    expect((await change({ subject: 'Mine now' }, BEN)).status).toBe(404);
    const path = one(graph.meetings[0]?.id ?? '');
    expect((await call({ method: 'DELETE', path, as: BEN })).status).toBe(404);
    expect(graph.meetings).toMatchObject([{ subject: null, isDeleted: false }]);
  });
});

describe('what is there once', () => {
  test('a meeting with an external id stays as it was first made', async () => {
    const path = `${ROOT}/createOrGet`;
    const given = { externalId: 'room-1', startDateTime: START, endDateTime: END, subject: 'Standup' };
    const made = await call({ path, body: given });
    const found = await call({ path, body: { ...given, subject: 'Other' } });
    expect([made.status, found.status]).toEqual([201, 200]);
    expect(found.body).toMatchObject({ id: made.body.id, subject: 'Standup' });
  });

  test('a deleted meeting cannot be deleted again', async () => {
    const path = one((await create()).body.id);
    const remove = async () => (await call({ method: 'DELETE', path })).status;
    expect([await remove(), await remove()]).toEqual([204, 404]);
  });
});

describe('who may', () => {
  test.each<[string, Call, number, string]>([
    ['no token', { token: null }, 401, 'InvalidAuthenticationToken'],
    ['nonsense', { token: 'a.b.c' }, 401, 'InvalidAuthenticationToken'],
    ['no permission', { permissions: ['User.Read'] }, 403, 'Forbidden'],
    ['reading only', { permissions: ['OnlineMeetings.Read'] }, 403, 'Forbidden'],
    ['another’s path', { path: `/v1.0/users/${BEN.oid}/onlineMeetings` }, 404, 'NotFound'],
    ['the app on /me', { as: 'app', permissions: ['OnlineMeetings.ReadWrite.All'] }, 404, 'NotFound'],
  ])('%s', async (_name, request, status, code) => {
    const answer = await create({}, request);
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toBe(code);
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  });

  test.each([
    ['expired', { exp: 1 }],
    ['for another audience', { aud: 'https://api.botframework.com' }],
    ['of an unknown person', { oid: APP.id }],
  ])('a token that is %s', async (_name, claims) => {
    const good = { aud: 'https://graph.microsoft.com', oid: ADA.oid, tid: ADA.tenantId };
    const rest = { scp: 'OnlineMeetings.ReadWrite', exp: Math.floor(NOW / 1000) + 60 };
    expect((await create({}, { token: await entra.sign({ ...good, ...rest }) })).status).toBe(201);
    expect((await create({}, { token: await entra.sign({ ...good, ...rest, ...claims }) })).status).toBe(401);
  });

  test('a revoked token is answered with a claims challenge', async () => {
    const token = await tokenOf(ADA);
    entra.revoke(ADA.oid);
    const { status, headers } = await create({}, { token });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(/error="insufficient_claims", claims="[\w+/=]+"/);
  });

  test('the app itself needs its role and an access policy, and the object id', async () => {
    const path = `/v1.0/users/${ADA.oid}/onlineMeetings`;
    const app = { as: 'app' as const, path };
    expect((await create({}, app)).status).toBe(403);
    const permissions = ['OnlineMeetings.ReadWrite.All'];
    const refused = await create({}, { ...app, permissions });
    expect(refused.body.error).toMatchObject({
      code: 'Forbidden',
      message: expect.stringContaining('policy'),
    });
    graph.policy.add(ADA.oid);
    expect((await create({}, { ...app, permissions })).status).toBe(201);
    const named = (user: string) =>
      create({}, { ...app, permissions, path: `/v1.0/users/${user}/onlineMeetings` });
    expect((await named(ADA.upn)).status).toBe(404);
    expect((await named(BEN.oid)).status).toBe(403);
    graph.policy.add('global');
    expect((await named(BEN.oid)).status).toBe(201);
    expect((await named(FELIX.oid)).status).toBe(404);
    expect(graph.meetings.map(({ organizer }) => organizer)).toEqual([ADA.oid, BEN.oid]);
  });
});

describe('HTTP', () => {
  test.each([
    ['GET', '/beta/me/onlineMeetings', 404],
    ['POST', '/v1.0/me/events', 403],
    ['POST', '/v1.0/me/calendars', 404],
    ['GET', '/v1.0/me/onlinemeetings', 404],
    ['PUT', ROOT, 405],
    ['GET', `${ROOT}/createOrGet`, 405],
    ['POST', `${ROOT}/x`, 405],
  ])('%s %s is answered %i', async (method, path, status) => {
    const body = method === 'GET' ? undefined : {};
    expect((await call({ method, path, body })).status).toBe(status);
  });

  test('the body must be JSON, and JSON must be wanted', async () => {
    expect((await create({}, { headers: { 'Content-Type': 'text/plain' } })).status).toBe(415);
    expect((await create({}, { headers: { Accept: 'text/html' } })).status).toBe(406);
  });

  test('correlation ids come back, and requests are remembered', async () => {
    const id = '6a1c0d3e-0000-4000-8000-000000000001';
    const { headers } = await create({ subject: 'Q3' }, { headers: { 'client-request-id': id } });
    expect(headers.get('client-request-id')).toBe(id);
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(graph.requests).toMatchObject([
      {
        method: 'POST',
        path: ROOT,
        oid: ADA.oid,
        body: { subject: 'Q3' },
        status: 201,
        headers: { 'client-request-id': id },
      },
    ]);
  });
});

describe('clouds', () => {
  test('US Government lacks some members, in and out', async () => {
    const meeting = (await create({ subject: 'Q3' }, { on: government })).body;
    expect(new URL(meeting.joinWebUrl).hostname).toBe('gov.teams.microsoft.us');
    expect(meeting['@odata.context']).toContain('https://graph.microsoft.us/');
    for (const name of ['allowRecording', 'expiryDateTime', 'meetingTemplateId'])
      expect(meeting).not.toHaveProperty(name);
    for (const body of [{ allowTranscription: true }, { isEndToEndEncryptionEnabled: true }]) {
      expect((await create(body, { on: government })).status).toBe(400);
    }
  });
});
