import { expect, test } from 'vitest';
import { nameSilence, type Silence } from '../../bot/graph/client.ts';

const withCode = (code: string) => Object.assign(new Error('no'), { code });

test.each<[string, unknown, Silence]>([
  ['our own deadline', new DOMException('late', 'TimeoutError'), 'timeout'],
  ['nobody listens', withCode('ECONNREFUSED'), 'network'],
  ['no such host', withCode('ENOTFOUND'), 'network'],
  ['the connection breaks', withCode('ECONNRESET'), 'lost'],
  ['an answer that is no HTTP', withCode('HPE_INVALID_CONSTANT'), 'lost'],
  ['something that is no error', 'boom', 'lost'],
])('%s', (_name, error, silence) => {
  expect(nameSilence(error)).toBe(silence);
});
