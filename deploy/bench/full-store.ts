import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Owner } from '../../bot/meeting/record.ts';
import { ownedId } from '../../bot/store/keys.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { meeting, NOW } from './sample-records.ts';
import { quantile } from './table.ts';

// A file in which a million meetings are kept: how large it is, and what it takes to read a person, to look for what has
// expired, and to delete a tenth of it.
const { values } = parseArgs({
  options: { meetings: { type: 'string', default: '1000000' }, each: { type: 'string', default: '10' } },
});
const [MEETINGS, EACH] = [Number(values.meetings), Number(values.each)];
const DAY_MS = 24 * 3_600_000;
const DAYS = 67;
/** So many are written at once. */
const BATCH = 1_000;
const READS = 1_000;

const folder = mkdtempSync(join(tmpdir(), 'parley-full-'));
const file = join(folder, 'parley.db');
let now = NOW;
const store = openSqlite(file, () => now);
const ownerOf = (i: number): Owner => ({ tenant: 'contoso', user: `person${Math.floor(i / EACH)}` });
/** They were made one after the other, and expire so. */
const madeAt = (i: number) => NOW - (1 - i / MEETINGS) * DAYS * DAY_MS;

try {
  await timed(`${MEETINGS.toLocaleString('en')} meetings written`, fill);
  console.log(`the file: ${(statSync(file).size / 2 ** 20).toFixed(0)} MB`);
  await reads('a person is read', (i) => store.person(ownerOf(i), NOW));
  await reads('a meeting is read', (i) => store.meeting('contoso', idOf(i)));
  await reads('a claim is written', (i) => store.claim(ownerOf(i), `activity:${i}`, NOW + DAY_MS));
  await reads('what is due next', () => store.nextDue(NOW));
  await timed('a sweep that finds nothing', () => store.sweep());
  now = NOW + (DAYS / 10) * DAY_MS;
  await timed('a sweep that deletes a tenth', () => store.sweep());
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

function idOf(i: number): string {
  return ownedId(ownerOf(i), String(i));
}

async function fill(): Promise<void> {
  for (let from = 0; from < MEETINGS; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, MEETINGS - from) }, (_, i) => from + i);
    await Promise.all(batch.map(add));
  }
}

function add(i: number): Promise<void> {
  const createdAt = madeAt(i);
  const [start, id] = [createdAt + DAY_MS, idOf(i)];
  const times = { start, end: start + 1_800_000, createdAt, expires: createdAt + DAYS * DAY_MS };
  const due = { tenant: 'contoso', meeting: id, step: 'started' as const, at: start };
  return store.addMeeting(meeting({ id, owner: ownerOf(i), ...times }), start > NOW ? [due] : []);
}

/** `longest`: how long nobody else would have been served. */
async function timed(name: string, work: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await work();
  const seconds = ((performance.now() - started) / 1_000).toFixed(2);
  await setImmediate();
  delay.disable();
  console.log(`${name}: ${seconds} s, longest ${(delay.max / 1e6).toFixed(0)} ms`);
}

/** Of random ones, one after the other. */
async function reads(name: string, read: (i: number) => Promise<unknown>): Promise<void> {
  const taken: number[] = [];
  for (let n = 0; n < READS; n += 1) {
    const i = Math.floor(Math.random() * MEETINGS);
    const started = performance.now();
    await read(i);
    taken.push(performance.now() - started);
  }
  const [p50, p99] = [quantile(taken, 0.5), quantile(taken, 0.99)].map((ms) => ms.toFixed(2));
  console.log(`${name}: p50 ${p50} ms, p99 ${p99} ms`);
}
