import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dropOld, type Limit, nextSlot, PER_TENANT, PER_THREAD } from '../../bot/teams/pace.ts';

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
