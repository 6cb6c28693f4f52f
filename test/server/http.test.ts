import { expect, test } from 'vitest';
import { createAdmission } from '../../bot/server/http.ts';

/** A bot that answers so many a second, in the order in which they came, and the seconds that each had waited by then. */
async function drive(perSecond: number, arrivals: (second: number) => number, seconds: number) {
  let now = 0;
  const admission = createAdmission(() => now);
  const queue: { since: number; answer(): void }[] = [];
  const waited: number[] = [];
  const shed: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    for (let i = 0; i < arrivals(second); i += 1) {
      if (admission.isFull()) {
        shed.push(second);
        continue;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      queue.push({ since: second, answer: resolve });
      admission.count(promise);
    }
    now += 1_000;
    for (const { since, answer } of queue.splice(0, perSecond)) {
      waited.push(second - since);
      answer();
    }
    // Those who were answered are counted.
    await Promise.resolve();
    await Promise.resolve();
  }
  return { longest: Math.max(...waited), shed, answered: waited.length, left: queue.length };
}

test('nobody is sent away by a bot that keeps up', async () => {
  expect(await drive(100, () => 90, 60)).toMatchObject({ shed: [] });
});

test('many who come at once are all answered', async () => {
  const once = await drive(100, (second) => (second === 0 ? 900 : 0), 15);
  expect(once).toMatchObject({ shed: [], answered: 900 });
});

test('nobody is sent away while all wait for something that is slow', async () => {
  let now = 0;
  const admission = createAdmission(() => now);
  const all = Array.from({ length: 100 }, () => Promise.withResolvers<void>());
  for (const { promise } of all) admission.count(promise);
  // Nobody is answered for four seconds.
  for (now = 0; now <= 4_000; now += 500) expect(admission.isFull()).toBe(false);
  for (const { resolve } of all) resolve();
  await Promise.all(all.map(({ promise }) => promise));
  expect(admission.isFull()).toBe(false);
});

test('a bot that answers nobody for ten seconds is full', () => {
  let now = 0;
  const admission = createAdmission(() => now);
  for (let i = 0; i < 100; i += 1) admission.count(new Promise(() => undefined));
  for (now = 0; now < 10_000; now += 500) expect(admission.isFull()).toBe(false);
  expect(admission.isFull()).toBe(true);
});

test.each([2, 4, 8])('of %i times too many, as many are taken as are answered in time', async (times) => {
  const { longest, shed, answered } = await drive(100, () => 100 * times, 60);
  // At first nobody knows how fast the bot is.
  expect(longest).toBeLessThanOrEqual(2 * times + 11);
  expect(answered).toBe(6_000);
  expect(shed.length).toBeGreaterThan(60 * 100 * (times - 1) * 0.5);
});

test('when it is over, everybody is taken at once again', async () => {
  const { shed } = await drive(100, (second) => (second < 30 ? 400 : 50), 90);
  expect(Math.max(...shed)).toBeLessThan(31);
});
