import { expect, test } from 'vitest';
import { nameSilence, type Silence } from '../../bot/graph/graph-error.ts';

const withCode = (code: string, cause?: unknown) => Object.assign(new Error('no', { cause }), { code });

test.each<[string, unknown, Silence]>([
  ['our own deadline', new DOMException('late', 'TimeoutError'), 'timeout'],
  [
    'a deadline inside',
    new TypeError('fetch failed', { cause: new DOMException('late', 'AbortError') }),
    'timeout',
  ],
  ['nobody listens', new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') }), 'network'],
  ['no such host', withCode('ENOTFOUND'), 'network'],
  ['the connection breaks', new TypeError('fetch failed', { cause: withCode('ECONNRESET') }), 'lost'],
  ['the other side hangs up', new TypeError('fetch failed', { cause: withCode('UND_ERR_SOCKET') }), 'lost'],
  ['an answer that is no HTTP', withCode('HPE_INVALID_CONSTANT'), 'lost'],
  ['something that is no error', 'boom', 'lost'],
])('%s', (_name, error, silence) => {
  expect(nameSilence(error)).toBe(silence);
});

test('causes that go round in circles come to an end', () => {
  const error = new Error('a');
  error.cause = error;
  expect(nameSilence(error)).toBe('lost');
});
