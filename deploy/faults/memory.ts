import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotProcess } from '../sandbox/bot-process.ts';

/** Seconds a process ran, MB at its end, and MB by which it grew in an hour at the rate of its second half. */
export type Memory = { seconds: number; megabytes: number; perHour: number; descriptors?: Descriptors };

/** Open files and connections of a process: the most in the first and in the second half of its time. */
type Descriptors = { first: number; second: number };

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
  const most = (values: readonly number[]) => values.reduce((one, other) => Math.max(one, other), 0);
  return () => {
    const middle = Math.floor(descriptors.length / 2);
    const [first, second] = [descriptors.slice(0, middle), descriptors.slice(middle)].map(most);
    return { ...growth(samples), descriptors: { first: first ?? 0, second: second ?? 0 } };
  };
}

/** How many files and connections a process has open; 0 where there is none, or where the system does not say. */
function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

const HEAP_WATCH = new URL('heap-watch.ts', import.meta.url).href;

/** What a process needs to tell of its heap, and what it told. */
export async function startHeapWatch() {
  const folder = await mkdtemp(join(tmpdir(), 'parley-heap-'));
  const file = join(folder, 'heap');
  return {
    hooks: [HEAP_WATCH],
    env: { HEAP_FILE: file },
    memory: (): Memory => {
      const lines = readFileSync(file, 'utf8').trim().split('\n');
      return growth(lines.map((line) => line.split(' ').map(Number) as [number, number]));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The straight line through the second half of the samples: the first is spent on growing up. Milliseconds and MB. */
function growth(samples: readonly (readonly [number, number])[]): Memory {
  const half = samples.slice(Math.floor(samples.length / 2));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, one) => sum + one, 0) / (values.length || 1);
  const [at, size] = [mean(half.map(([ms]) => ms)), mean(half.map(([, mb]) => mb))];
  const over = half.reduce((sum, [ms, mb]) => sum + (ms - at) * (mb - size), 0);
  const under = half.reduce((sum, [ms]) => sum + (ms - at) ** 2, 0);
  const last = samples.at(-1) ?? [0, 0];
  return {
    seconds: Math.round(last[0] / 1_000),
    megabytes: Math.round(last[1]),
    perHour: under === 0 ? 0 : Math.round((over / under) * 3_600_000),
  };
}

/** Megabytes of memory that a process takes; 0 where there is none, or where the system does not say. */
export function residentOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
