import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LIMITS, mostOfTenant, sizeOf, sizingGrounds, sizingTable } from '../bench/sizing.ts';

const page = readFileSync('deploy/sizing.md', 'utf8');

test('the page has the figures that are calculated, and says from what', () => {
  expect(page, 'npm run sizing').toContain(sizingTable());
  expect(page, 'npm run sizing').toContain(sizingGrounds());
  expect(page).toContain(`a tenant of ${mostOfTenant().toLocaleString('en')} people`);
});

test('a tenant of that size is just within what Teams takes', () => {
  expect(sizeOf(mostOfTenant()).ofTeams).toBeLessThanOrEqual(1);
  expect(sizeOf(mostOfTenant() * 1.01).ofTeams).toBeGreaterThan(1);
});

test.each([1_000, 100_000, 5_000_000])(
  '%i people are served by one account and replicas that may fail',
  (people) => {
    const size = sizeOf(people);
    expect(size.storePerSecond).toBeLessThan(LIMITS.account);
    expect(size.replicas).toBeGreaterThanOrEqual(2);
    expect(size.megabytes).toBeLessThan(1_024);
  },
);
