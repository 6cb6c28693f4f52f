import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import {
  createPace,
  dropOld,
  type Limit,
  nextSlot,
  type Pace,
  PaceError,
  PER_TENANT,
  PER_THREAD,
} from '../../bot/teams/pace.ts';

const ADA = { tenant: 'contoso', conversation: 'a:ada' };
const PATIENT = 60_000;

let now: number;
let pace: Pace;
beforeEach(() => {
  now = 1_000_000;
  pace = createPace(() => now);
});

const immediate = (conversation: string, count: number, tenant = 'contoso') =>
  Array.from({ length: count }, () => pace.reserve({ tenant, conversation }, PATIENT)).filter(
    (turn) => turn === undefined,
  ).length;

test('a burst in one thread is held back, and nothing in another', () => {
  expect(immediate('a:ada', 9)).toBe(7);
  expect(immediate('a:ben', 7)).toBe(7);
  now += 3_000;
  expect(immediate('a:ada', 1)).toBe(1);
});

test('the threads of a channel share one limit', () => {
  expect(immediate('19:x@thread.tacv2;messageid=1', 4) + immediate('19:x@thread.tacv2;messageid=2', 4)).toBe(
    7,
  );
});

test('a tenant has its own limit over all threads, and another tenant is not held back by it', () => {
  const everywhere = Array.from({ length: 60 }, (_, i) => immediate(`a:${i}`, 1));
  expect(everywhere.filter((count) => count === 1)).toHaveLength(50);
  expect(immediate('a:felix', 1, 'fabrikam')).toBe(1);
});

test('who waits in one thread holds up no other of the tenant', () => {
  immediate('a:ada', 30);
  expect(immediate('a:ben', 7)).toBe(7);
});

test('what would have to wait for too long is refused, and takes no place', async () => {
  immediate('a:ada', 7);
  for (let i = 0; i < 5; i += 1) await expect(pace.reserve(ADA, 500)).rejects.toThrow(PaceError);
  now += 1_600;
  expect(pace.reserve(ADA, 500)).toBeUndefined();
});

test('looking takes no place', () => {
  for (let i = 0; i < 20; i += 1) expect(pace.isFree(ADA)).toBe(true);
  immediate('a:ada', 7);
  expect(pace.isFree(ADA)).toBe(false);
});

test('two reactions in a second, whatever else is sent; more are late or left out', async () => {
  expect(immediate('a:ada', 7)).toBe(7);
  expect([pace.react('contoso', 0), pace.react('contoso', 0)]).toEqual([undefined, undefined]);
  await expect(pace.react('contoso', 0)).rejects.toThrow(PaceError);
  expect(pace.react('contoso', PATIENT)).toBeInstanceOf(Promise);
  expect(pace.react('fabrikam', 0)).toBeUndefined();
});

/** When each is sent that wants to leave at these instants, in this order. */
function sendAll(arrivals: readonly number[], limits: readonly Limit[]): number[] {
  const sent: number[] = [];
  for (const at of arrivals) sent.push(nextSlot(sent, limits, at));
  return sent;
}

test.each<[string, readonly number[], readonly number[]]>([
  ['the first leaves at once', [5], [5]],
  ['seven at once leave at once', Array(7).fill(0), Array(7).fill(0)],
  ['the eighth waits a second and a half', Array(8).fill(0), [...Array(7).fill(0), 1_500]],
  ['the ninth a second longer', Array(9).fill(0), [...Array(7).fill(0), 1_500, 2_500]],
  ['one every half second never waits', [0, 500, 1_000, 1_500], [0, 500, 1_000, 1_500]],
])('%s', (_name, arrivals, expected) => {
  expect(sendAll(arrivals, PER_THREAD)).toEqual(expected);
});

test('whatever comes, no limit is broken, the order is kept, and nothing waits without need', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 150 });
  fc.assert(
    fc.property(gaps, fc.constantFrom(PER_THREAD, PER_TENANT), (waits, limits) => {
      const arrivals = waits.map((_, i) => waits.slice(0, i).reduce((sum, gap) => sum + gap, 0));
      const sent = sendAll(arrivals, limits);
      sent.forEach((at, i) => {
        expect(at).toBeGreaterThanOrEqual(Math.max(arrivals[i] ?? 0, sent[i - 1] ?? 0));
        for (const { count, ms } of limits) {
          expect(sent.slice(0, i + 1).filter((other) => at - other < ms).length).toBeLessThanOrEqual(count);
        }
      });
      const isIdle = limits.every(({ count, ms }) =>
        arrivals.every((at, i) => at - (arrivals[i - count] ?? -1e9) >= ms),
      );
      if (isIdle) expect(sent).toEqual(arrivals);
    }),
    { numRuns: 60 },
  );
});

test('what no longer counts is forgotten, and nothing else', () => {
  const hour = 3_600_000;
  const sent = Array.from({ length: 4_000 }, (_, i) => i * 2_000);
  const kept = dropOld(sent, PER_THREAD, 4_000 * 2_000);
  expect(kept).toHaveLength(1_800);
  expect(nextSlot(kept, PER_THREAD, 4_000 * 2_000)).toBe(nextSlot(sent, PER_THREAD, 4_000 * 2_000));
  expect(dropOld(sent, PER_THREAD, 4_000 * 2_000 + 2 * hour)).toEqual([]);
});
