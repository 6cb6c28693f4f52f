import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { discover } from '../../bot/base/openid.ts';
import { listen } from '../listen.ts';

const MEGABYTE = Buffer.alloc(2 ** 20, ' ');
let tooLarge = '';
let sent = 0;

/** An answer that is good, behind 60 MB of blanks; only where it is to be too large. */
async function give(path: string, answer: object, response: ServerResponse): Promise<void> {
  for (let left = path === tooLarge ? 60 : 0; left > 0 && !response.destroyed; left -= 1) {
    sent += 1;
    if (!response.write(MEGABYTE)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end(JSON.stringify(answer));
}

const server = createServer((request, response) => {
  const keys = { keys: [] };
  const metadata = { issuer: 'https://issuer.example', jwks_uri: `${origin}/keys` };
  void give(request.url ?? '', request.url === '/keys' ? keys : metadata, response);
});
const { url: origin, close } = await listen(server);
afterAll(close);

test.each(['/metadata', '/keys'])(
  '60 MB from %s are not read to their end, and not believed',
  async (path) => {
    const open = async () => {
      const { keys, issuer } = await discover(`${origin}/metadata`);
      await keys.reload();
      return issuer;
    };
    tooLarge = path;
    sent = 0;
    await expect(open()).rejects.toThrow();
    expect(sent).toBeLessThan(30);
    tooLarge = '';
    expect(await open()).toBe('https://issuer.example');
  },
);
