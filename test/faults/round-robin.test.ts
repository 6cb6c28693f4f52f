import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startRoundRobin } from '../../deploy/faults/round-robin.ts';

/** Far longer than the time between two probes. */
const LONG_MS = 1_500;

test('a replica that does not answer is probed once, not again and again', async () => {
  const probes: ServerResponse[] = [];
  const silent = createServer((_request, response) => void probes.push(response));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const balancer = await startRoundRobin([(silent.address() as AddressInfo).port]);
  await wait(LONG_MS);
  expect(probes).toHaveLength(1);
  probes[0]?.writeHead(200).end('{}');
  await expect.poll(() => probes.length, { timeout: 10_000 }).toBe(2);
  await balancer.close();
  silent.closeAllConnections();
  silent.close();
});
