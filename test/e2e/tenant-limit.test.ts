import { afterAll, beforeAll, expect, test } from 'vitest';
import { crowd, type Fleet, startFleet } from './fleet.ts';
import { meetingCards, textOf } from './messages.ts';
import { until } from './waiting.ts';

const LIMIT = 3;
const PEOPLE = crowd(6);
const REACHED = /Your organisation has reached its limit .* in (60|59) minutes/;

let fleet: Fleet;
beforeAll(async () => {
  const env = { TENANT_CREATE_LIMIT: String(LIMIT) };
  fleet = await startFleet({ replicas: 2, people: PEOPLE, env });
  for (const { oid } of PEOPLE) fleet.entra.consent(oid);
}, 120_000);
afterAll(() => fleet.close());

const posts = () => fleet.graph.requests.filter(({ method }) => method === 'POST');
const refusals = () =>
  fleet.replicas.flatMap((replica) => [...replica.output().matchAll(/"outcome":"tenantLimit"/g)]).length;
const isTold = (person: (typeof PEOPLE)[number]) =>
  fleet.said(person).some((message) => REACHED.test(textOf(message)));

test('all people of a tenant together make no more than its limit, and the others hear when there will be more', async () => {
  fleet.faults.add({ service: 'graph', method: 'POST' }, 400, 1);
  const [unlucky, ...others] = PEOPLE;
  if (unlucky === undefined) throw new Error('nobody is there');
  await fleet.ask(unlucky, 'meeting tomorrow 3pm about the budget');
  await until(() => posts().length === 1);
  await Promise.all(others.map((person) => fleet.ask(person, 'meeting tomorrow 3pm about the budget')));
  await until(() => others.filter(isTold).length === others.length - LIMIT);
  await fleet.idle();
  expect(fleet.alive()).toHaveLength(LIMIT);
  expect(others.filter((person) => meetingCards(fleet.said(person)).length === 1)).toHaveLength(LIMIT);
  // A turn is logged when it is over.
  await until(() => refusals() === others.length - LIMIT);
});

test('whoever was told may ask for something else', async () => {
  const told = PEOPLE.find(isTold);
  if (told === undefined) throw new Error('nobody was refused');
  const before = fleet.said(told).length;
  await fleet.ask(told, 'my meetings');
  await until(() => fleet.said(told).length > before);
  expect(textOf(fleet.said(told).at(-1))).not.toMatch(REACHED);
});
