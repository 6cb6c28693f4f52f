import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '../../bot/config.ts';
import {
  ASSUMED,
  LIMITS,
  mostOfTenant,
  sizeOf,
  sizingGrounds,
  sizingTable,
} from '../../deploy/bench/sizing.ts';

const ID = '11111111-2222-4333-8444-555555555555';
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

test('the limit of a tenant is what 200,000 people make in their busiest hour', () => {
  const { commandsPerDay, busyHour } = ASSUMED;
  const variables = {
    BOT_APP_ID: ID,
    BOT_TENANT_ID: ID,
    BOT_CLIENT_SECRET: 'x',
    PUBLIC_URL: 'https://x.example',
  };
  expect(readConfig(variables).tenantCreateLimit).toBe(200_000 * commandsPerDay * busyHour);
  for (const text of [page, readFileSync('deploy/operations.md', 'utf8')]) {
    expect(text).toContain('20,000');
    expect(text).toContain('200,000 people make in their busiest');
  }
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
