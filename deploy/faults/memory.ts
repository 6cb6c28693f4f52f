import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotProcess } from '../sandbox/bot-process.ts';
import { type Growth, growthOf, mostOfHalves } from './growth.ts';

/** Memory of a process in MB, and the most files and connections that it had open in the first and second half of its time. */
export type Memory = Growth & { descriptors: readonly [number, number] };

/** What is left on the heap of a process after a collection, in MB, and the most timers in the first and second half. */
export type Heap = Growth & { timers: readonly [number, number] };

const SAMPLE_MS = 1_000;

/** Looks each second until the process ends. */
export function watchMemory({ pid, exited }: BotProcess): () => Memory {
  const samples: [number, number][] = [];
  const descriptors: number[] = [];
  const started = performance.now();
  const sampling = setInterval(() => {
    samples.push([performance.now() - started, residentOf(pid)]);
    descriptors.push(descriptorsOf(pid));
  }, SAMPLE_MS);
  void exited.then(() => clearInterval(sampling));
  return () => ({ ...growthOf(samples), descriptors: mostOfHalves(descriptors) });
}

/** How many files and connections a process has open; 0 where there is none, or where the system does not say. */
function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

const PROCESS_WATCH = new URL('process-watch.ts', import.meta.url).href;

/** What processes need to tell of their heaps every so many milliseconds, and what each of them told. */
export async function startHeapWatch(everyMs: number) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-heap-'));
  return {
    hooks: [PROCESS_WATCH],
    env: { WATCH_FOLDER: folder, WATCH_MS: String(everyMs) },
    heaps: (): Heap[] => readdirSync(folder).map((name) => heapIn(readFileSync(join(folder, name), 'utf8'))),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function heapIn(told: string): Heap {
  const rows = told
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number) as [number, number, number]);
  const sizes = rows.map(([ms, megabytes]) => [ms, megabytes] as const);
  return { ...growthOf(sizes), timers: mostOfHalves(rows.map(([, , timers]) => timers)) };
}

/** Megabytes of memory that a process takes; 0 where there is none, or where the system does not say. */
export function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
