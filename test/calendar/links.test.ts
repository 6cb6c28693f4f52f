import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { packEntry } from '../../bot/calendar/entry.ts';
import { addressKey, open, seal } from '../../bot/calendar/links.ts';

const KEY = addressKey('a client secret');
const NOW = 1_774_616_400_000;
const EXPIRES = NOW + 60_000;
const CONTENT = ['id', 1, 'Q3 review', { joinUrl: 'https://teams.microsoft.com/meet/1?p=secret' }];

function sealed(content: unknown = CONTENT, expires = EXPIRES): string {
  const token = seal(content, { key: KEY, expires });
  if (token === null) throw new Error('too long');
  return token;
}

test('opens to what was sealed', () => {
  expect(open(sealed(), { key: KEY, now: NOW })).toEqual({ kind: 'valid', content: CONTENT });
});

test('shows nothing of what it holds, and is never twice the same', () => {
  const token = sealed();
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/Q3|teams|secret/);
  expect(sealed()).not.toBe(token);
});

test('is written in letters that an address has', () => {
  expect(sealed()).toMatch(/^[\w-]+$/);
});

test.each([
  ['until it expires', EXPIRES - 1, 'valid'],
  ['no longer', EXPIRES, 'expired'],
  ['nor ever after', EXPIRES + 1e12, 'expired'],
])('is good %s', (_name, now, kind) => {
  expect(open(sealed(), { key: KEY, now }).kind).toBe(kind);
});

describe('refused', () => {
  const invalid = { kind: 'unknown' };
  const token = sealed();

  test.each([
    ['nothing', ''],
    ['a word', 'calendar'],
    ['too short for a tag', 'A'.repeat(37)],
    ['only a nonce and a tag', 'A'.repeat(38)],
    ['zeroes', 'A'.repeat(400)],
    ['padding', `${token}=`],
    ['more behind it', `${token}AAAA`],
    ['less', token.slice(0, -4)],
    ['other letters', `${token.slice(0, -1)}é`],
    ['plain base64', token.replaceAll('-', '+').replaceAll('_', '/').concat('+')],
    ['endless', 'A'.repeat(5_000_000)],
  ])('%s', (_name, text) => {
    expect(open(text, { key: KEY, now: NOW })).toEqual(invalid);
  });

  test('with another key', () => {
    expect(open(token, { key: addressKey('another secret'), now: NOW })).toEqual(invalid);
    expect(open(token, { key: createSecretKey(randomBytes(32)), now: NOW })).toEqual(invalid);
  });

  test('an expired one that was altered is not even expired', () => {
    const other = `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`;
    expect(open(other, { key: KEY, now: EXPIRES + 1 })).toEqual(invalid);
  });

  test('with any letter other than it was', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...alphabet), (i, letter) => {
        fc.pre(token[i] !== letter);
        expect(open(token.slice(0, i) + letter + token.slice(i + 1), { key: KEY, now: NOW })).toEqual(
          invalid,
        );
      }),
    );
  });

  test('whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(open(text, { key: KEY, now: NOW })).toEqual(invalid);
      }),
    );
  });
});

describe('length', () => {
  const joinUrl = `https://teams.microsoft.com/l/meetup-join/${'x'.repeat(400)}`;
  const at = DateTime.fromMillis(NOW, { zone: 'utc' });
  const details = ['Phone: +44 203 321 5200', 'Conference ID: 345 012 001#'];
  const entry = { id: crypto.randomUUID(), revision: 9, start: at, end: at, joinUrl, details };

  test.each([
    ['a subject', 'Q3 review'],
    ['the longest subject', 'x'.repeat(255)],
    ['the widest subject', '👍'.repeat(255)],
    ['the most awkward subject', '"\\'.repeat(127)],
  ])('a meeting with %s and a long link fits into an address', (_name, subject) => {
    const token = seal(packEntry({ ...entry, subject }), { key: KEY, expires: EXPIRES });
    expect(token).not.toBeNull();
    expect(`https://parley.contoso.com/calendar/${token}.ics`.length).toBeLessThan(2000);
  });

  test('what does not fit is not sealed', () => {
    expect(seal('x'.repeat(2000), { key: KEY, expires: EXPIRES })).toBeNull();
  });
});

test('the key is the same wherever the secret is', () => {
  expect(addressKey('a client secret').equals(KEY)).toBe(true);
  expect(addressKey(Buffer.from('a client secret')).equals(KEY)).toBe(true);
  expect(addressKey('a client secret ').equals(KEY)).toBe(false);
  expect(KEY.symmetricKeySize).toBe(32);
});
