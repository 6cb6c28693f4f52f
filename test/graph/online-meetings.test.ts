import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { type GraphAnswer, GraphError, type GraphRequest } from '../../bot/graph/client.ts';
import { createOnlineMeetings } from '../../bot/graph/online-meetings.ts';

const BODY = {
  id: '1*x*0**19:meeting_a@thread.v2',
  startDateTime: '2026-11-24T15:00:00Z',
  endDateTime: '2026-11-24T15:30:00Z',
  joinWebUrl: 'https://teams.microsoft.com/l/meetup-join/x',
};
const start = DateTime.fromISO('2026-11-24T15:00:00Z');
const REQUEST = { subject: 'Q3', start, end: start.plus({ minutes: 30 }), guests: [], options: {} };
const AS_ADA = { token: 'ada', home: '/me', correlationId: 'c' };

/** Online meetings over a client that answers one thing after another. */
function setUp(...answers: (GraphAnswer | GraphError)[]) {
  const asked: GraphRequest[] = [];
  const meetings = createOnlineMeetings({
    joinHosts: ['teams.microsoft.com'],
    templates: new Map(),
    labels: new Map(),
    lacks: new Set(),
    client: async (request) => {
      asked.push(request);
      const answer = answers.shift();
      if (answer === undefined || answer instanceof GraphError) throw answer ?? new GraphError(0, 'lost');
      return answer;
    },
  });
  return { meetings, asked };
}

const ok = (status = 200, body: unknown = BODY): GraphAnswer => ({ status, body });

test('as a person below /me, as itself below the person', async () => {
  const { meetings, asked } = setUp(ok(201), ok(), ok(), ok(204, undefined));
  await meetings.create(REQUEST, AS_ADA);
  const asItself = { ...AS_ADA, home: '/users/oid-ada' };
  await meetings.get(BODY.id, asItself);
  await meetings.update(BODY.id, { subject: 'Q3', times: { start, end: REQUEST.end } }, asItself);
  await meetings.delete(BODY.id, asItself);
  const one = '/users/oid-ada/onlineMeetings/1*x*0**19%3Ameeting_a%40thread.v2';
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /me/onlineMeetings',
    `GET ${one}`,
    `PATCH ${one}`,
    `DELETE ${one}`,
  ]);
});

test('a meeting that is gone counts as deleted; another refusal does not', async () => {
  const { meetings } = setUp(new GraphError(404, 'NotFound'), new GraphError(403, 'Forbidden'));
  await meetings.delete('m', AS_ADA);
  await expect(meetings.delete('m', AS_ADA)).rejects.toMatchObject({ status: 403 });
});

test.each<[string, unknown]>([
  ['garbage', 'garbage'],
  ['nothing', null],
  ['a link to elsewhere', { ...BODY, joinWebUrl: 'https://evil.example/' }],
])('an answer of %s is unreadable, and says nothing of what it held', async (_name, body) => {
  const { meetings } = setUp(ok(201, body));
  const failure = await meetings.create(REQUEST, AS_ADA).catch((error: unknown) => error);
  expect(failure).toMatchObject({ status: 0, code: 'unreadable' });
  expect(String(failure)).not.toMatch(/evil|garbage/);
});
