import { AuthenticationRequiredError } from '@azure/identity';
import { expect, test } from 'vitest';
import { createAppTokens } from '../../bot/auth/access-tokens.ts';

const HOUR = 3_600_000;
const SCOPE = 'https://graph.microsoft.com/.default';

/** Tokens out of thin air, one after another, each good for an hour. */
function setUp(fails = false) {
  let now = 1_000_000;
  const asked: string[] = [];
  const tokens = createAppTokens({
    scope: SCOPE,
    now: () => now,
    asApplication: (tenant) => ({
      getToken: async (scope) => {
        asked.push(`${tenant} ${scope}`);
        if (fails) throw new AuthenticationRequiredError({ scopes: [SCOPE] });
        return { token: `token ${asked.length}`, expiresOnTimestamp: now + HOUR };
      },
    }),
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { tokens, asked, pass };
}

test('one token a tenant, asked for once, until shortly before its end', async () => {
  const { tokens, asked, pass } = setUp();
  expect(await Promise.all([tokens.token('contoso'), tokens.token('contoso')])).toEqual([
    'token 1',
    'token 1',
  ]);
  expect(await tokens.token('fabrikam')).toBe('token 2');
  pass(HOUR - 6 * 60_000);
  expect(await tokens.token('contoso')).toBe('token 1');
  pass(2 * 60_000);
  expect(await tokens.token('contoso')).toBe('token 3');
  expect(asked).toEqual([`contoso ${SCOPE}`, `fabrikam ${SCOPE}`, `contoso ${SCOPE}`]);
});

test('of many refusals of one token, only the first replaces it', async () => {
  const { tokens, asked } = setUp();
  const refused = await tokens.token('contoso');
  const replaced = await Promise.all([1, 2, 3].map(() => tokens.replace('contoso', refused)));
  expect(replaced).toEqual(['token 2', 'token 2', 'token 2']);
  expect(await tokens.replace('contoso', refused)).toBe('token 2');
  expect(asked).toHaveLength(2);
});

test('a failure says its kind, and is not kept', async () => {
  const { tokens, asked } = setUp(true);
  await expect(tokens.token('contoso')).rejects.toMatchObject({ name: 'TokenError', failure: 'unavailable' });
  await expect(tokens.token('contoso')).rejects.toMatchObject({ name: 'TokenError' });
  expect(asked).toHaveLength(2);
});
