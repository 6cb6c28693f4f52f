import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setInterval as ticks } from 'node:timers/promises';
import type { Fault } from './faults.ts';

type Endless = Extract<Fault, { kind: 'flood' | 'trickle' }>;

/** The beginning of a JSON text, on and on. Ends where the other side has enough of it. */
export async function pour(response: ServerResponse, fault: Endless) {
  response.writeHead(fault.status, { 'Content-Type': 'application/json; charset=utf-8' });
  const text = fault.kind === 'flood' ? megabytes(fault.megabytes) : letters();
  await pipeline(Readable.from(text), response).catch(() => undefined);
}

function* megabytes(count: number): Generator<Buffer> {
  yield Buffer.from('{"value":"');
  const megabyte = Buffer.alloc(2 ** 20, 'x');
  for (let sent = 0; sent < count; sent += 1) yield megabyte;
  yield Buffer.from('"}');
}

async function* letters(): AsyncGenerator<string> {
  yield '{"value":"';
  for await (const letter of ticks(100, 'x', { ref: false })) yield letter;
}
