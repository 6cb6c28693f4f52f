import { expect, test } from 'vitest';
import { backoff, pauses, repeat, retry } from '../../bot/base/retry.ts';

/** Work that fails so often before it succeeds. */
function failing(times: number) {
  const tries: number[] = [];
  const work = async (retries: number) => {
    tries.push(retries);
    if (tries.length <= times) throw new Error(`failure ${tries.length}`);
    return 'done';
  };
  return { tries, work };
}

test('what fails is tried again until it succeeds', async () => {
  const { work, tries } = failing(2);
  expect(await retry(work, () => 0)).toBe('done');
  expect(tries).toEqual([0, 1, 2]);
});

test('the last error is given on where it is not worth another try', async () => {
  const { work, tries } = failing(9);
  await expect(retry(work, pauses([0, 0]))).rejects.toThrow('failure 3');
  expect(tries.length).toBe(3);
});

test('an error that does not pass by itself is given on at once', async () => {
  const { work, tries } = failing(9);
  const isPassing = (error: unknown) => error instanceof TypeError;
  await expect(retry(work, pauses([0, 0], isPassing))).rejects.toThrow('failure 1');
  expect(tries.length).toBe(1);
});

test('work that throws before it promises anything is tried again, too', async () => {
  let tries = 0;
  const work = (): Promise<string> => {
    tries += 1;
    if (tries === 1) throw new Error('at once');
    return Promise.resolve('done');
  };
  expect(await retry(work, () => 0)).toBe('done');
});

test('a pause is waited for', async () => {
  const started = performance.now();
  await retry(failing(1).work, pauses([60]));
  expect(performance.now() - started).toBeGreaterThanOrEqual(59);
});

test('an outcome that is no error may be waited for as well', async () => {
  const outcomes = ['busy', 'busy', 'free', 'busy'];
  const found = await repeat(
    async (retries) => outcomes[retries],
    (outcome) => (outcome === 'free' ? null : 0),
  );
  expect(found).toBe('free');
});

test('each pause is twice the one before, and at most a quarter longer', () => {
  for (const retries of [0, 1, 2, 3]) {
    const least = 1_000 * 2 ** retries;
    expect(backoff(retries)).toBeGreaterThanOrEqual(least);
    expect(backoff(retries)).toBeLessThanOrEqual(least * 1.25);
  }
});
