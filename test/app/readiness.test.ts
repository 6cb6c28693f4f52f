import { expect, test } from 'vitest';
import { createReadiness, warmUp } from '../../bot/app/readiness.ts';

/** A store whose checks wait until they are let go, and how often it was checked. */
function slowStore() {
  const checks: PromiseWithResolvers<void>[] = [];
  const check = () => {
    const answer = Promise.withResolvers<void>();
    checks.push(answer);
    return answer.promise;
  };
  return { checks, store: { check } };
}

test('however many ask while the store hangs, it is checked once, and anew for whoever asks afterwards', async () => {
  const { checks, store } = slowStore();
  const readiness = createReadiness({}, { store, telemetry: { fault: () => undefined } });
  await readiness.open();
  const many = Array.from({ length: 50 }, () => readiness.isReady());
  expect(checks).toHaveLength(1);
  checks[0]?.resolve();
  expect(new Set(await Promise.all(many))).toEqual(new Set([true]));
  const later = readiness.isReady();
  checks[1]?.reject(new Error('the store is gone'));
  expect(await later).toBe(false);
  expect(checks).toHaveLength(2);
});

test('what cannot be loaded is told, and what comes behind it is not loaded', async () => {
  const loaded: string[] = [];
  const damaged = () => {
    throw new Error('a model is damaged');
  };
  await expect(warmUp([() => loaded.push('first'), damaged, () => loaded.push('last')])).rejects.toThrow(
    'damaged',
  );
  expect(loaded).toEqual(['first']);
});
