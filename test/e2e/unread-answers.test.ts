import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { residentOf } from '../../deploy/faults/memory.ts';
import { ownWorld } from './own-world.ts';

// As package.json and the Dockerfile start it.
const FLAGS = { NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=256' };
/** A container has 1 GiB. With twice the room for what is short-lived the bundle was seen to take 199 MB, and no more with each second. */
const MOST_MEGABYTES = 320;

/** For somebody else, on a machine whose processors run other tests as well. */
const MOST_WAIT_MS = 5_000;

const world = await ownWorld({ env: FLAGS });

/** Opens `count` connections that send this and never read what comes back. */
function strangers(count: number, sent: string): Socket[] {
  const { hostname, port } = new URL(world.bot.url);
  return Array.from({ length: count }, () => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.pause().write(sent);
    return socket;
  });
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: bot\r\n\r\n`;

/** Comes anew each second with `wave`, for so long; answers the most memory that the bot took meanwhile, in MB. */
async function besiege(seconds: number, wave: (second: number) => Socket[]): Promise<number> {
  const sockets: Socket[] = [];
  let most = 0;
  for (let second = 0; second < seconds; second += 1) {
    sockets.push(...wave(second));
    const health = await fetch(`${world.bot.url}/healthz`, { signal: AbortSignal.timeout(MOST_WAIT_MS) });
    expect(health.status).toBe(200);
    await health.text();
    for (let look = 0; look < 4; look += 1) {
      await sleep(250);
      most = Math.max(most, residentOf(world.bot.pid));
    }
  }
  for (const socket of sockets) socket.destroy();
  return most;
}

const LARGEST = '/auth/teams.js';
const OTHERS = ['/privacy', '/terms', '/', '/healthz', '/readyz', '/nothing'];

test('60 strangers who ask 1,000 times at once each second, and read nothing', async () => {
  const most = await besiege(12, (second) => {
    const other = OTHERS[second % OTHERS.length] ?? '/';
    return [LARGEST, other].flatMap((path) => strangers(60, get(path).repeat(1_000)));
  });
  expect(most).toBeGreaterThan(50);
  expect(most).toBeLessThan(MOST_MEGABYTES);
}, 60_000);

test('300 strangers each second who ask once for what is largest, and read nothing', async () => {
  expect(await besiege(5, () => strangers(300, get(LARGEST)))).toBeLessThan(MOST_MEGABYTES);
}, 60_000);
