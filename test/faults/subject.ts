import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type BotProcess, startBot } from '../../deploy/sandbox/bot-process.ts';

/** The bot under test: one process at a time, always at the same address. */
export type Subject = {
  /** Ends it at once and starts it again; resolves when it is ready. */
  crash(): Promise<void>;
  stop(): Promise<void>;
  output(): string;
  /** Of the process that runs, each second: how long it has run (ms), and its memory (MB). */
  memory(): readonly (readonly [number, number])[];
  /** When it was killed, in epoch milliseconds. */
  kills(): readonly number[];
  /** Times that it ended by itself. */
  deaths(): number;
};

const SAMPLE_MS = 1_000;

/** Starts it with this environment; resolves when it is ready. */
export async function startSubject(env: Record<string, string>): Promise<Subject> {
  const past: BotProcess[] = [];
  let samples: [number, number][] = [];
  const kills: number[] = [];
  let deaths = 0;
  let isKilling = false;
  const start = async () => {
    const bot = await startBot(env);
    past.push(bot);
    samples = [];
    const started = performance.now();
    const sampling = setInterval(() => {
      samples.push([performance.now() - started, memoryOf(bot.pid)]);
    }, SAMPLE_MS);
    void bot.exited.then(() => {
      clearInterval(sampling);
      if (!isKilling) deaths += 1;
    });
    return bot;
  };
  let current = await start();
  return {
    crash: async () => {
      isKilling = true;
      kills.push(Date.now());
      await current.kill();
      isKilling = false;
      for (;;) {
        const next = await start().catch(() => null);
        if (next !== null) {
          current = next;
          return;
        }
        await wait(500);
      }
    },
    stop: async () => {
      isKilling = true;
      await current.stop();
    },
    output: () => past.map((bot) => bot.output()).join('\n'),
    memory: () => samples,
    kills: () => kills,
    deaths: () => deaths,
  };
}

function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
