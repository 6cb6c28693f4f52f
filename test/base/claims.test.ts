import { expect, test } from 'vitest';
import { readClaims, readClaimsChallenge } from '../../bot/base/openid.ts';

const ACRS = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

test.each<[string, string]>([
  ['an authentication context', ACRS],
  ['a token made after some time', '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'],
  ['several', '{"access_token":{"acrs":{"values":["c1","c2"]},"xms_rp_ipaddr":{"value":"203.0.113.7"}}}'],
  ['without rules', '{"access_token":{"acrs":null}}'],
])('%s is passed on', (_name, claims) => {
  expect(readClaims(claims)).toBe(claims);
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['no JSON', 'acrs=c1'],
  ['a list', '[]'],
  ['another token', '{"id_token":{"email":{"essential":true}}}'],
  ['another token beside it', '{"access_token":{},"userinfo":{}}'],
  ['a rule of an unknown kind', '{"access_token":{"acrs":{"unless":"c1"}}}'],
  ['a name that is none', '{"access_token":{"a b&c":{"value":"c1"}}}'],
  ['a long one', JSON.stringify({ access_token: { acrs: { values: Array(10).fill('c'.repeat(200)) } } })],
])('%s is not', (_name, claims) => {
  expect(readClaims(claims)).toBeNull();
});

test('spaces are not passed on', () => {
  expect(readClaims(' {"access_token": {"acrs": {"value": "c1"}}} ')).toBe(
    '{"access_token":{"acrs":{"value":"c1"}}}',
  );
});

const base64 = Buffer.from(ACRS).toString('base64');

test.each<[string, string | null, string | null]>([
  ['no header', null, null],
  ['a header without claims', 'Bearer realm="", error="invalid_token"', null],
  ['a challenge', `Bearer realm="", error="insufficient_claims", claims="${base64}"`, ACRS],
  ['the claims first', `Bearer claims="${base64}", error="insufficient_claims"`, ACRS],
  ['claims that are none', 'Bearer claims="bm90IGpzb24="', null],
])('%s', (_name, header, claims) => {
  expect(readClaimsChallenge(header)).toBe(claims);
});
