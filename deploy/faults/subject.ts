import { setTimeout as wait } from 'node:timers/promises';
import { type BotProcess, freePort, startBot } from '../sandbox/bot-process.ts';
import { type Memory, watchMemory } from './memory.ts';
import { startRoundRobin } from './round-robin.ts';

/** The bot under test: so many processes behind one address, each always at its own. */
export type Subject = {
  url: string;
  size: number;
  bots(): readonly BotProcess[];
  /** Ends one at once and starts it again; resolves when it is ready. */
  crash(replica: number): Promise<void>;
  /** Asks each to stop and starts it again, one after the other. */
  roll(): Promise<void>;
  stop(): Promise<void>;
  output(): string;
  /** Of each process that lives. */
  memory(): Memory[];
  /** When one was killed, in epoch milliseconds. */
  kills(): readonly number[];
  /** Times that one ended by itself. */
  deaths(): number;
  /** Times that one was asked to stop, and could not finish all that was under way in the time that it has for that. */
  unfinished(): number;
};

const RETRY_MS = 500;

/** Starts `size` processes; `envOf` answers the whole environment of one that listens on this port. */
export async function startSubject(
  size: number,
  envOf: (port: number) => Record<string, string>,
): Promise<Subject> {
  const past: BotProcess[] = [];
  const kills: number[] = [];
  const ending = new Set<BotProcess>();
  let deaths = 0;
  let unfinished = 0;
  const start = async (port: number) => {
    const bot = await startBot(envOf(port));
    past.push(bot);
    void bot.exited.then(() => {
      if (!ending.has(bot)) deaths += 1;
    });
    return { port, bot, memory: watchMemory(bot) };
  };
  const ports: number[] = [];
  while (ports.length < size) ports.push(await freePort());
  const replicas = await Promise.all(ports.map(start));
  const balancer = size === 1 ? null : await startRoundRobin(ports);

  /** Also where its store cannot be opened at first. */
  async function startAgain(index: number): Promise<void> {
    for (;;) {
      const next = await start(ports[index] ?? 0).catch(() => null);
      if (next !== null) {
        replicas[index] = next;
        return;
      }
      await wait(RETRY_MS);
    }
  }

  async function end(index: number, signal: NodeJS.Signals): Promise<void> {
    const bot = replicas[index]?.bot;
    if (bot === undefined) return;
    ending.add(bot);
    const code = await bot.stop(signal);
    if (signal === 'SIGTERM' && code !== 0) unfinished += 1;
  }

  const bots = () => replicas.map(({ bot }) => bot);
  return {
    size,
    bots,
    url: balancer?.url ?? `http://127.0.0.1:${ports[0]}`,
    crash: async (index) => {
      kills.push(Date.now());
      await end(index, 'SIGKILL');
      await startAgain(index);
    },
    roll: async () => {
      for (const index of replicas.keys()) {
        await end(index, 'SIGTERM');
        await startAgain(index);
      }
    },
    stop: async () => {
      await Promise.all([...replicas.keys()].map((index) => end(index, 'SIGTERM')));
      await balancer?.close();
    },
    output: () => past.map((bot) => bot.output()).join('\n'),
    memory: () => replicas.map(({ memory }) => memory()),
    kills: () => kills,
    deaths: () => deaths,
    unfinished: () => unfinished,
  };
}
