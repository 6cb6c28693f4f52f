import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLOUDS } from '../../bot/config/cloud.ts';
import { readEvent } from '../../bot/graph/event-wire.ts';
import { readMeeting } from '../../bot/graph/meeting-wire.ts';
import { mismatches } from './matching.ts';
import { hasTenant, openStandIn, openTenant } from './places.ts';
import { isFor, type Place, readScenarios, run } from './scenario.ts';

const SCENARIOS = readScenarios();
const context = {
  joinHosts: CLOUDS.global.joinHosts,
  templates: new Map<string, string>(),
  labels: new Map<string, string>(),
  lacks: new Set([]),
};

describe('the stand-in', () => {
  let standIn: Awaited<ReturnType<typeof openStandIn>>;
  beforeAll(async () => {
    standIn = await openStandIn();
  });
  afterAll(() => standIn.close());
  const placeOf = (as: Place['as']) => standIn.places.find((place) => place.as === as) as Place;

  for (const as of ['person', 'app'] as const) {
    test.each(SCENARIOS.filter(([, scenario]) => isFor({ kind: 'standIn', as }, scenario)))(
      `as ${as}: %s`,
      async (_title, scenario) => {
        expect(await run(scenario, placeOf(as))).toEqual([]);
      },
    );
  }

  const ANSWERED = SCENARIOS.filter(([, { steps }]) => steps.some(({ status }) => status === 201));

  test.each(ANSWERED)('the bot can read it: %s', async (_title, scenario) => {
    const answers: { call: string; body: unknown }[] = [];
    await run(scenario, placeOf(scenario.as ?? 'person'), ({ call }, { status, body }) => {
      if (status === 201) answers.push({ call, body });
    });
    expect(answers.length).toBeGreaterThan(0);
    for (const { call, body } of answers) {
      if (call === 'POST /events')
        expect(readEvent(body, context.joinHosts)).toMatchObject({
          etag: expect.stringMatching(/./),
          isOrganizer: true,
        });
      else expect(readMeeting(body, context)).toMatchObject({ joinUrl: expect.stringMatching(/^https/) });
    }
  });
});

describe.skipIf(!hasTenant(process.env))('a real tenant (test/contract/README.md says how)', () => {
  let place: Place;
  beforeAll(async () => {
    place = await openTenant(process.env);
  });

  const as = process.env.CONTRACT_TOKEN ? 'person' : 'app';
  test.each(SCENARIOS.filter(([, scenario]) => isFor({ kind: 'tenant', as }, scenario)))(
    '%s',
    async (_title, scenario) => {
      expect(await run(scenario, place)).toEqual([]);
    },
  );
});

test('every scenario has a name of its own and says where it is from', () => {
  expect(new Set(SCENARIOS.map(([title]) => title)).size).toBe(SCENARIOS.length);
  expect(SCENARIOS.filter(([, { source, steps }]) => source === '' || steps.length === 0)).toEqual([]);
});

test.each<[unknown, unknown, number]>([
  [{ a: 1 }, { a: 1, b: 2 }, 0],
  [{ a: 1 }, { a: 2 }, 1],
  [{ a: { b: null } }, { a: { b: null } }, 0],
  [{ a: { b: 1 } }, { a: null }, 1],
  [{ a: [1] }, { a: [1, 2] }, 1],
  ['$text', '', 1],
  ['$text or null', null, 0],
  ['$text', null, 1],
  ['$digits', '12 34', 0],
  ['$https', 'http://x', 1],
  ['$boolean', 'true', 1],
  ['$object or null', null, 0],
  ['$object', null, 1],
  ['$instant', '2026-01-01T00:00:00', 1],
  ['$instant 2026-01-01T00:00:00Z', '2026-01-01T01:00:00.0000001+01:00', 0],
  ['$instant 2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', 1],
])('%j against %j', (expected, actual, count) => {
  expect(mismatches(expected, actual, '')).toHaveLength(count);
});
