import { beforeEach, expect, test } from 'vitest';
import { createPace, type Pace, PaceError } from '../../bot/teams/pace.ts';

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
