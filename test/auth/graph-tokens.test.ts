import { getEventListeners } from 'node:events';
import { AuthenticationRequiredError, CredentialUnavailableError } from '@azure/identity';
import { expect, test, vi } from 'vitest';
import { createGraphTokens } from '../../bot/auth/access-tokens.ts';
import { TokenError, type TokenFailure, toTokenError } from '../../bot/auth/token-error.ts';

const SCOPE = 'https://graph.microsoft.com/OnlineMeetings.ReadWrite';
const CALENDAR = 'https://graph.microsoft.com/Calendars.ReadWrite';
const SCOPES = { meetings: [SCOPE], calendar: [SCOPE, CALENDAR] };
const HOUR = 3_600_000;
const ADA = { tenant: 'contoso', user: 'ada' };
const BEN = { tenant: 'contoso', user: 'ben' };

/** Tokens out of thin air, one after another; each request waits until it is let go. */
function setUp(answer: (assertion: string) => Promise<string> = async (assertion) => `graph-${assertion}`) {
  let now = 1_000_000;
  const asked: { tenant: string; assertion: string; scopes: string | string[]; claims?: string }[] = [];
  const signals: AbortSignal[] = [];
  const tokens = createGraphTokens({
    asPerson: (tenant, assertion) => ({
      getToken: async (scopes, { claims, abortSignal } = {}) => {
        signals.push(abortSignal as AbortSignal);
        asked.push({ tenant, assertion, scopes, ...(claims !== undefined && { claims }) });
        return { token: await answer(assertion), expiresOnTimestamp: now + HOUR };
      },
    }),
    scopes: SCOPES,
    now: () => now,
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { tokens, asked, signals, pass };
}

test('a token is exchanged once and then at hand, for this person only', async () => {
  const { tokens, asked } = setUp();
  expect(tokens.cached(ADA)).toBeNull();
  expect(await tokens.exchange(ADA, 'a')).toBe('graph-a');
  expect(tokens.cached(ADA)?.token).toBe('graph-a');
  expect(tokens.cached(BEN)).toBeNull();
  expect(tokens.cached({ ...ADA, tenant: 'fabrikam' })).toBeNull();
  expect(asked).toEqual([{ tenant: 'contoso', assertion: 'a', scopes: [SCOPE] }]);
});

test('the calendar takes a token of its own, which is good for online meetings, too', async () => {
  const { tokens, asked } = setUp(async (assertion) => `graph-${assertion}`);
  await tokens.exchange(ADA, 'narrow');
  expect(tokens.cached(ADA, 'calendar')).toBeNull();
  await tokens.exchange(ADA, 'wide', { reach: 'calendar' });
  expect(tokens.cached(ADA)?.token).toBe('graph-narrow');
  expect(tokens.cached(ADA, 'calendar')?.token).toBe('graph-wide');
  await tokens.exchange(BEN, 'ben', { reach: 'calendar' });
  expect(tokens.cached(BEN)?.token).toBe('graph-ben');
  expect(asked.map(({ scopes }) => scopes)).toEqual([[SCOPE], [SCOPE, CALENDAR], [SCOPE, CALENDAR]]);
});

test.each(['drop', 'demand'] as const)('%s forgets both', async (how) => {
  const { tokens } = setUp();
  await tokens.exchange(ADA, 'a');
  await tokens.exchange(ADA, 'a', { reach: 'calendar' });
  if (how === 'drop') tokens.drop(ADA);
  else tokens.demand(ADA, 'c1');
  expect([tokens.cached(ADA), tokens.cached(ADA, 'calendar')]).toEqual([null, null]);
});

test('a demand drops the token, and goes along with the next one for a quarter of an hour', async () => {
  const { tokens, asked, pass } = setUp();
  await tokens.exchange(ADA, 'a');
  tokens.demand(ADA, 'c1');
  expect(tokens.cached(ADA)).toBeNull();
  await tokens.exchange(BEN, 'b');
  await tokens.exchange(ADA, 'a');
  pass(16 * 60_000);
  await tokens.exchange(ADA, 'a');
  expect(asked.map(({ claims }) => claims)).toEqual([undefined, undefined, 'c1', undefined]);
});

test('once a token is there, nothing of its request is held', async () => {
  vi.useFakeTimers();
  try {
    const { tokens, signals } = setUp();
    await tokens.exchange(ADA, 'a');
    expect(signals.flatMap((signal) => getEventListeners(signal, 'abort'))).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a hundred at once ask Entra once for each person', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { tokens, asked } = setUp(() => promise);
  const all = Array.from({ length: 100 }, (_, i) => tokens.exchange(i % 2 === 0 ? ADA : BEN, `${i}`));
  resolve('graph');
  expect(new Set(await Promise.all(all))).toEqual(new Set(['graph']));
  expect(asked.map(({ assertion }) => assertion)).toEqual(['0', '1']);
});

test('a hundred at once fail together, and the next asks again', async () => {
  let isBroken = true;
  const { tokens, asked } = setUp(async () => {
    if (isBroken) throw new CredentialUnavailableError('no network');
    return 'graph';
  });
  const all = await Promise.allSettled(Array.from({ length: 100 }, () => tokens.exchange(ADA, 'a')));
  expect(all.every((one) => one.status === 'rejected' && one.reason instanceof TokenError)).toBe(true);
  expect(asked).toHaveLength(1);
  expect(tokens.cached(ADA)).toBeNull();
  isBroken = false;
  expect(await tokens.exchange(ADA, 'a')).toBe('graph');
});

test.each<[string, number, boolean]>([
  ['half an hour', HOUR / 2, true],
  ['all but six minutes', HOUR - 6 * 60_000, true],
  ['all but four minutes', HOUR - 4 * 60_000, false],
  ['two hours', 2 * HOUR, false],
])('after %s of its hour: at hand %s', async (_name, ms, isThere) => {
  const { tokens, pass } = setUp();
  await tokens.exchange(ADA, 'a');
  pass(ms);
  expect(tokens.cached(ADA) !== null).toBe(isThere);
});

test('a dropped token is gone, those of others stay', async () => {
  const { tokens } = setUp();
  await tokens.exchange(ADA, 'a');
  await tokens.exchange(BEN, 'b');
  tokens.drop(ADA);
  expect(tokens.cached(ADA)).toBeNull();
  expect(tokens.cached(BEN)?.token).toBe('graph-b');
});

test('a token that is on its way when its owner signs out is not kept', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const { tokens } = setUp(() => promise);
  const late = tokens.exchange(ADA, 'a');
  tokens.drop(ADA);
  resolve('graph');
  expect(await late).toBe('graph');
  expect(tokens.cached(ADA)).toBeNull();
});

test('Entra’s silence ends, and the next asks again', async () => {
  vi.useFakeTimers();
  let isSilent = true;
  const { tokens } = setUp(() => (isSilent ? new Promise<never>(() => undefined) : Promise.resolve('graph')));
  const asked = expect(tokens.exchange(ADA, 'a')).rejects.toMatchObject({ failure: 'unavailable' });
  await vi.advanceTimersByTimeAsync(8_000);
  await asked;
  isSilent = false;
  expect(await tokens.exchange(ADA, 'a')).toBe('graph');
  vi.useRealTimers();
});

test('the newest token of a person counts', async () => {
  const { tokens } = setUp();
  await tokens.exchange(ADA, 'a');
  await tokens.exchange(ADA, 'b');
  expect(tokens.cached(ADA)?.token).toBe('graph-b');
});

test('there is a most: the oldest go first', async () => {
  const { tokens } = setUp();
  const people = Array.from({ length: 20_100 }, (_, i) => ({ tenant: 'contoso', user: `${i}` }));
  for (const person of people) await tokens.exchange(person, 'a');
  const kept = people.filter((person) => tokens.cached(person) !== null);
  expect(kept).toHaveLength(20_000);
  expect(kept[0]).toEqual(people[100]);
});

test('an answer without a token is Entra’s trouble', async () => {
  const tokens = createGraphTokens({
    asPerson: () => ({ getToken: async () => null }),
    scopes: SCOPES,
    now: () => 0,
  });
  await expect(tokens.exchange(ADA, 'a')).rejects.toMatchObject({ failure: 'unavailable' });
});

const required = (cause: object) =>
  Object.assign(
    new AuthenticationRequiredError({ scopes: [SCOPE], message: 'AADSTS65001 in the text decides nothing' }),
    {
      cause,
    },
  );

test.each<[string, unknown, TokenFailure, number | null]>([
  ['no consent', required({ errorNo: '65001', subError: 'consent_required' }), 'interaction', 65001],
  [
    'no consent, said by its kind',
    required({ errorNo: '99999', subError: 'consent_required' }),
    'interaction',
    99999,
  ],
  ['declined', required({ errorNo: '65004' }), 'interaction', 65004],
  ['second factor', required({ errorNo: '50076', claims: '{}' }), 'interaction', 50076],
  ['conditional access', required({ errorNo: '53003' }), 'conditionalAccess', 53003],
  [
    'claims that are asked for',
    required({ errorNo: '11111', claims: '{"access_token":{}}' }),
    'interaction',
    11111,
  ],
  ['an administrator', required({ errorNo: '90094' }), 'adminConsent', 90094],
  [
    'an administrator, with a hint of consent',
    required({ errorNo: '90094', subError: 'consent_required' }),
    'adminConsent',
    90094,
  ],
  ['password changed', required({ errorNo: '50173' }), 'interaction', 50173],
  ['session over', required({ errorNo: '50133' }), 'interaction', 50133],
  ['not assigned', required({ errorNo: '50105' }), 'notAllowed', 50105],
  ['switched off', required({ errorNo: '50057' }), 'notAllowed', 50057],
  [
    'a rule, with a demand',
    required({ errorNo: '53003', claims: '{"access_token":{}}' }),
    'conditionalAccess',
    53003,
  ],
  ['assertion too old', required({ errorNo: '500133' }), 'expired', 500133],
  ['bad secret', required({ errorNo: '7000215' }), 'misconfigured', 7000215],
  ['no federated credential for it', required({ errorNo: '700211' }), 'misconfigured', 700211],
  ['application switched off', required({ errorNo: '7000112' }), 'misconfigured', 7000112],
  ['expired secret', required({ errorNo: '7000222' }), 'misconfigured', 7000222],
  ['unknown app', required({ errorNo: '700016' }), 'misconfigured', 700016],
  ['unknown resource', required({ errorNo: '500011' }), 'misconfigured', 500011],
  ['busy', required({ errorNo: '90033' }), 'unavailable', 90033],
  ['a number that is new', required({ errorNo: '123456789' }), 'unavailable', 123456789],
  ['no number', required({}), 'unavailable', null],
  ['no network', new CredentialUnavailableError('AADSTS65001'), 'unavailable', null],
  ['something else', new TypeError('x'), 'unavailable', null],
  ['no error at all', 'AADSTS65001', 'unavailable', null],
  ['nothing', undefined, 'unavailable', null],
])('%s', (_name, error, failure, code) => {
  expect(toTokenError(error)).toMatchObject({ failure, code });
});

test('what Entra demands is kept, if it is a demand', () => {
  const claims = '{"access_token":{"acrs":{"value":"c1"}}}';
  expect(toTokenError(required({ errorNo: '50076', claims })).claims).toBe(claims);
  expect(toTokenError(required({ errorNo: '50076', claims: 'javascript:' })).claims).toBeNull();
  expect(toTokenError(required({ errorNo: '65001' })).claims).toBeNull();
});

test('what went wrong says nothing of what Entra said', () => {
  const error = toTokenError(required({ errorNo: '65001', message: 'ada@contoso.example' }));
  expect(error.message).not.toMatch(/AADSTS|ada/);
});
