import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSingleFlight } from '../../bot/base/cache.ts';

/** Answers to be given when the test wants it, and how often they were asked for. */
function remote() {
  const asked: PromiseWithResolvers<string>[] = [];
  const ask = () => {
    const answer = Promise.withResolvers<string>();
    asked.push(answer);
    return answer.promise;
  };
  return { asked, ask };
}

test('all who want the same at the same time ask once, and later ones ask again', async () => {
  const { asked, ask } = remote();
  const flights = createSingleFlight<string>();
  const all = [flights.run('a', ask), flights.run('a', ask), flights.run('b', ask)];
  expect(asked.length).toBe(2);
  for (const [i, { resolve }] of asked.entries()) resolve(`${i}`);
  expect(await Promise.all(all)).toEqual(['0', '0', '1']);
  void flights.run('a', ask);
  expect(asked.length).toBe(3);
});

test('a success may be kept; a failure is not', async () => {
  const { asked, ask } = remote();
  const flights = createSingleFlight<string>({ keepsSuccess: true });
  const failed = flights.run('a', ask);
  asked[0]?.reject(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  const found = flights.run('a', ask);
  asked[1]?.resolve('here');
  expect([await found, await flights.run('a', ask), asked.length]).toEqual(['here', 'here', 2]);
});

test('for a while after a failure everybody is given that failure', async () => {
  const { asked, ask } = remote();
  const flights = createSingleFlight<string>({ failureMs: 30 });
  const failed = flights.run('a', ask);
  asked[0]?.reject(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  await expect(flights.run('a', ask)).rejects.toThrow('away');
  expect(asked.length).toBe(1);
  await sleep(60);
  void flights.run('a', ask);
  expect(asked.length).toBe(2);
});

test('what was dropped is asked for anew, and its answer is not taken for the current one', async () => {
  const flights = createSingleFlight<string>();
  const current: boolean[] = [];
  const begin = (answer: Promise<string>) =>
    flights.run('a', async (isCurrent) => {
      const got = await answer;
      current.push(isCurrent());
      return got;
    });
  const { promise, resolve } = Promise.withResolvers<string>();
  const old = begin(promise);
  flights.drop('a');
  const fresh = begin(promise);
  expect(fresh).not.toBe(old);
  resolve('x');
  await Promise.all([old, fresh]);
  expect(current).toEqual([false, true]);
});
