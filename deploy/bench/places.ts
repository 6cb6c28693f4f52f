import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** Which core a process stays on: the bots have one for themselves. */
type Core = 'bots' | 'others';
const CORES = { bots: '0', others: '1' };
/** Without a second core or `taskset` nothing is pinned, and the figures say less. */
export const IS_PINNED = availableParallelism() > 1 && process.platform === 'linux';

const KEPT = ['PATH', 'TMPDIR'];
const LOOK_MS = 5;
const GIVE_UP_MS = 60_000;

type Place = { env?: Record<string, string>; core: Core; log?: string; flags?: readonly string[] };

function launch(file: string, { env = {}, core, log, flags = [] }: Place, withIpc: boolean): ChildProcess {
  const node = [process.execPath, ...flags, file];
  const [command = '', ...rest] = IS_PINNED ? ['taskset', '-c', CORES[core], ...node] : node;
  const kept = Object.fromEntries(KEPT.map((name) => [name, process.env[name]]));
  const output = log === undefined ? 'inherit' : openSync(log, 'a');
  return spawn(command, rest, {
    env: { ...kept, ...env },
    stdio: ['ignore', output, output, ...(withIpc ? (['ipc'] as const) : [])],
  });
}

/** Another process of the bench: it answers each question with one message. */
export type Helper = { pid: number; ask<T>(question: object): Promise<T>; stop(): Promise<void> };

/** Starts a helper and waits for the first thing it says. */
export async function startHelper<T>(file: string, place: Place): Promise<{ helper: Helper; ready: T }> {
  const child = launch(file, place, true);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended by itself`)));
  ended.catch(() => undefined);
  const answer = async <A>(): Promise<A> => {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message as A;
  };
  const ready = await answer<T>();
  const helper: Helper = {
    pid: child.pid ?? 0,
    ask: (question) => {
      child.send(question);
      return answer();
    },
    stop: () => stop(child),
  };
  return { helper, ready };
}

/** What it took a process to be ready: time that passed, and processor time, in milliseconds. */
export type Start = { passed: number; cpu: number };

/** A bot under test, ready to serve. */
export type Subject = { pid: number; url: string; start: Start; stop(): Promise<void> };

/** What of a bot is started: its file, and what Node is told besides. */
export type Program = { file: string; flags: readonly string[] };

/** Starts a bot by its environment and resolves when `/readyz` answers 200. */
export async function startSubject(
  { file, flags }: Program,
  env: Record<string, string>,
  log: string,
): Promise<Subject> {
  const url = `http://${env.HOST}:${env.PORT}`;
  const started = performance.now();
  const child = launch(file, { env, core: 'bots', log, flags }, false);
  while (!(await isReady(url))) {
    const isLate = performance.now() - started > GIVE_UP_MS;
    if (isLate || child.exitCode !== null) {
      await stop(child);
      throw new Error(`${file} was not ready:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
    }
    await wait(LOOK_MS);
  }
  const pid = child.pid ?? 0;
  return {
    pid,
    url,
    start: { passed: performance.now() - started, cpu: cpuOf(pid) },
    stop: () => stop(child),
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(patience);
}

/** Processor time that the threads of a process have used so far, in milliseconds, as the kernel counts it. */
export function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((id) =>
    Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}
