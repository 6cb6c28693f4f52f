import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { BOARD_TEMPLATE, createGraph, type Graph } from '../../deploy/sandbox/graph.ts';
import { ADA, BEN, CHANDRA, FELIX, PEOPLE, type Person } from '../../deploy/sandbox/people.ts';
import { ask, ownCalendarWorld } from '../contract/calendar-world.ts';

// What the stand-in refuses beyond what the pages say in so many words, and who may do what: test/contract has the rest.
const START = '2026-03-30T09:00:00Z';
const END = '2026-03-30T09:30:00Z';
const ROOT = '/me/onlineMeetings';

let now: number;
const world = await ownCalendarWorld(() => now);
beforeEach(() => {
  now = Date.parse('2026-03-27T16:00:00.123Z');
});
const { graph, entra } = world;

type Asked = Parameters<typeof ask>[2];
const create = (body: unknown = { startDateTime: START, endDateTime: END }, asked: Asked = {}) =>
  ask(world, ROOT, { method: 'POST', body, ...asked });
const one = (id: string) => `${ROOT}/${encodeURIComponent(id)}`;
const attendee = (person: Person, role?: string) => ({
  identity: { user: { id: person.oid } },
  upn: person.upn,
  ...(role ? { role } : {}),
});

test.each<[string, unknown]>([
  ['an unknown member', { topic: 'Q3' }],
  ['a time that is none', { startDateTime: '2026-02-30T09:00:00Z', endDateTime: END }],
  ['a null time', { startDateTime: null, endDateTime: END }],
  ['an end at the start', { startDateTime: START, endDateTime: START }],
  ['an end without start', { endDateTime: END }],
  ['an empty subject', { subject: ' ' }],
  ['a long subject', { subject: 'x'.repeat(256) }],
  ['control characters', { subject: 'Q3\u0007' }],
  ['a subject that is no text', { subject: 3 }],
  ['an own meeting id', { joinMeetingIdSettings: { joinMeetingId: '123' } }],
  ['a producer', { participants: { attendees: [attendee(BEN, 'producer')] } }],
  ['presenters by role without a list', { allowedPresenters: 'roleIsPresenter' }],
  [
    'presenters by role without roles',
    { allowedPresenters: 'roleIsPresenter', participants: { attendees: [attendee(BEN)] } },
  ],
  ['an unknown presenter scope', { allowedPresenters: 'invited' }],
  ['unknownFutureValue', { lobbyBypassSettings: { scope: 'unknownFutureValue' } }],
  ['a language that is none', { meetingSpokenLanguageTag: 'German please' }],
  ['more than 1,000 people', { participants: { attendees: Array(1_001).fill(attendee(BEN)) } }],
  ['broken JSON', '{"subject":'],
  ['a list', '[]'],
  ['an empty body', ''],
])('a meeting is not made with %s', async (_name, body) => {
  const answer = await create(body);
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({
    error: { code: expect.any(String), innerError: { 'request-id': answer.headers.get('request-id') } },
  });
  expect(graph.meetings).toEqual([]);
});

test.each<[string, object]>([
  ['the template', { meetingTemplateId: BOARD_TEMPLATE }],
  ['the organizer', { participants: { organizer: attendee(BEN) } }],
  ['presenters by role alone', { allowedPresenters: 'roleIsPresenter' }],
  ['a read-only member', { expiryDateTime: END }],
])('%s of a meeting cannot be changed', async (_name, body) => {
  const { id } = (await create()).body;
  expect((await ask(world, one(id), { method: 'PATCH', body })).status).toBe(400);
  expect(graph.meetings[0]).toMatchObject({ startDateTime: START, endDateTime: END, passcode: null });
});

test('an encrypted meeting is not recorded afterwards either', async () => {
  const path = one((await create({ isEndToEndEncryptionEnabled: true })).body.id);
  const body = { recordAutomatically: true, allowMeetingChat: 'disabled' };
  const changed = await ask(world, path, { method: 'PATCH', body });
  expect(changed.body).toMatchObject({ recordAutomatically: false, allowMeetingChat: 'disabled' });
});

test('attendees’ names are hidden, and not shown again', async () => {
  const { id } = (await create()).body;
  const names = (anonymizeIdentityForRoles: string[]) =>
    ask(world, one(id), { method: 'PATCH', body: { anonymizeIdentityForRoles } });
  expect((await names(['attendee'])).body).toMatchObject({ anonymizeIdentityForRoles: ['attendee'] });
  expect((await names([])).status).toBe(400);
});

test('the organizer and who is invited read a meeting, which the organizer alone finds by its link, changes and deletes', async () => {
  const { id, joinWebUrl } = (await create({ participants: { attendees: [attendee(BEN)] } })).body;
  const status = async (by: Person, path = one(id), asked: Asked = {}) =>
    (await ask(world, path, { by, ...asked })).status;
  expect([await status(ADA), await status(BEN), await status(CHANDRA)]).toEqual([200, 200, 404]);
  const found = (link: string) => `${ROOT}?$filter=${encodeURIComponent(`JoinWebUrl eq '${link}'`)}`;
  expect(await status(BEN, found(joinWebUrl))).toBe(403);
  expect(await status(ADA, found('https://teams.microsoft.com/l/meetup-join/x'))).toBe(404);
  expect(await status(ADA, found('no link'))).toBe(400);
  expect(await status(BEN, one(id), { method: 'PATCH', body: { subject: 'Mine now' } })).toBe(404);
  expect(await status(BEN, one(id), { method: 'DELETE' })).toBe(404);
  expect(graph.meetings).toMatchObject([{ subject: null, isDeleted: false }]);
});

test('sixty days after its end a meeting is gone', async () => {
  const { id } = (await create()).body;
  now = Date.parse(END) + 59 * 86_400_000;
  expect((await ask(world, one(id))).status).toBe(200);
  now += 2 * 86_400_000;
  expect((await ask(world, one(id))).status).toBe(404);
});

describe('who may', () => {
  test.each<[string, Asked & { path?: string }, number, string]>([
    ['no token', { token: null }, 401, 'InvalidAuthenticationToken'],
    ['nonsense', { token: 'a.b.c' }, 401, 'InvalidAuthenticationToken'],
    ['no permission', { scp: 'User.Read' }, 403, 'Forbidden'],
    ['reading only', { scp: 'OnlineMeetings.Read' }, 403, 'Forbidden'],
    ['another’s path', { path: `/users/${BEN.oid}/onlineMeetings` }, 404, 'NotFound'],
  ])('%s', async (_name, { path = ROOT, ...asked }, status, code) => {
    const answer = await ask(world, path, { body: {}, ...asked });
    expect(answer).toMatchObject({ status, code });
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  });

  const good = () => ({
    ...{ aud: entra.state.resources.graph, oid: ADA.oid, tid: ADA.tenantId },
    ...{ scp: 'OnlineMeetings.ReadWrite', exp: Math.floor(now / 1000) + 60 },
  });
  test.each([
    ['expired', { exp: 1 }],
    ['for another audience', { aud: 'https://api.botframework.com' }],
    ['of an unknown person', { oid: '0c7f3e1a-4b6d-4e21-9a58-6d2b1f0e7777' }],
  ])('a token that is %s', async (_name, claims) => {
    expect((await create({}, { token: await entra.sign(good()) })).status).toBe(201);
    expect((await create({}, { token: await entra.sign({ ...good(), ...claims }) })).status).toBe(401);
  });

  test('a revoked token is answered with a claims challenge', async () => {
    const token = await entra.sign({ ...good(), jti: 'revoked' });
    entra.state.revoked.add('revoked');
    const { status, headers } = await create({}, { token });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(/error="insufficient_claims", claims="[\w+/=]+"/);
  });

  test('the app itself needs its role and an access policy', async () => {
    const as = async (person: Person, role: string) => {
      const { token } = await world.asApplication(ADA, [role]);
      return ask(world, `/users/${person.oid}/onlineMeetings`, { body: {}, token });
    };
    const role = 'OnlineMeetings.ReadWrite.All';
    graph.policy.add(ADA.oid);
    expect((await as(ADA, 'User.Read.All')).status).toBe(403);
    expect((await as(ADA, role)).status).toBe(201);
    expect((await as(BEN, role)).body.error).toMatchObject({
      code: 'Forbidden',
      message: expect.stringContaining('policy'),
    });
    graph.policy.add('global');
    expect((await as(BEN, role)).status).toBe(201);
    expect((await as(FELIX, role)).status).toBe(404);
    expect(graph.meetings.map(({ organizer }) => organizer)).toEqual([ADA.oid, BEN.oid]);
  });
});

test.each([
  ['POST', '/me/events', 403],
  ['POST', '/me/calendars', 404],
  ['GET', '/me/onlinemeetings', 404],
  ['PUT', ROOT, 405],
  ['GET', `${ROOT}/createOrGet`, 405],
  ['POST', `${ROOT}/x`, 405],
])('%s %s is answered %i', async (method, path, status) => {
  const scp = 'OnlineMeetings.ReadWrite';
  expect((await ask(world, path, { method, scp, ...(method !== 'GET' && { body: {} }) })).status).toBe(
    status,
  );
});

test('the body must be JSON, and JSON must be wanted', async () => {
  expect((await create({}, { headers: { 'Content-Type': 'text/plain' } })).status).toBe(415);
  expect((await create({}, { headers: { Accept: 'text/html' } })).status).toBe(406);
});

test('correlation ids come back, and requests are remembered', async () => {
  const own = { 'client-request-id': '6a1c0d3e-0000-4000-8000-000000000001' };
  const { headers } = await create({ subject: 'Q3' }, { headers: own });
  expect(headers.get('client-request-id')).toBe(own['client-request-id']);
  expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(graph.requests).toMatchObject([
    {
      method: 'POST',
      path: `/v1.0${ROOT}`,
      oid: ADA.oid,
      body: { subject: 'Q3' },
      status: 201,
      headers: own,
    },
  ]);
});

describe('US Government', async () => {
  const government: Graph = await createGraph({ entra, people: PEOPLE, cloud: 'gcch', now: () => now });
  afterAll(() => government.close());

  test('lacks some members, in and out', async () => {
    const there = { graph: government, as: world.as };
    const { body } = await ask(there, ROOT, { body: { subject: 'Q3' } });
    expect(new URL(body.joinWebUrl).hostname).toBe('gov.teams.microsoft.us');
    expect(body['@odata.context']).toContain('https://graph.microsoft.us/');
    for (const name of ['allowRecording', 'expiryDateTime', 'meetingTemplateId'])
      expect(body).not.toHaveProperty(name);
    for (const wish of [{ allowTranscription: true }, { isEndToEndEncryptionEnabled: true }])
      expect((await ask(there, ROOT, { body: wish })).status).toBe(400);
  });
});
