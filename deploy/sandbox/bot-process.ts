import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The bot as it runs in a tenant: a process of its own, known by its address, its output and its end. */
export type BotProcess = {
  /** Its origin. */
  url: string;
  pid: number;
  /** Whether it takes messages now. */
  isReady(): Promise<boolean>;
  /** How many turns it is at work on, also after it has answered; 0 where it answers nothing. */
  underway(): Promise<number>;
  /** Everything it has written to standard output and error so far. */
  output(): string;
  /** Resolves with its exit code, null where a signal ended it. */
  exited: Promise<number | null>;
  /** Asks it to stop (SIGTERM by default) and resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
};

type StartBotOptions = {
  /** File to run; default the bot's own entry. */
  entry?: string;
  /** Called with each piece of output. */
  onOutput?(text: string): void;
  /** Called while the bot is not ready, every `waitMs` (ten seconds), with what `/readyz` answers. */
  onWait?(seconds: number, readiness: string): void;
  waitMs?: number;
};

const ENTRY = new URL('../../bot/main.ts', import.meta.url).pathname;
const LOOK_MS = 25;
const WAIT_MS = 10_000;
/** What Node has made of the sources: a process that starts again needs little more than half of the processor time. */
export const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/parley', import.meta.url));
/** What a process needs besides its configuration, on any system. */
const KEPT = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/**
 * Runs the bot as its own process with this environment and nothing else. Resolves when `/readyz` answers 200, however
 * long that takes; rejects with what it wrote when it ends before that.
 */
export async function startBot(
  env: Record<string, string>,
  options: StartBotOptions = {},
): Promise<BotProcess> {
  const url = `http://${env.HOST ?? '127.0.0.1'}:${env.PORT}`;
  const kept = Object.fromEntries(KEPT.map((name) => [name, process.env[name]]));
  const started = performance.now();
  const child = spawn(process.execPath, [options.entry ?? ENTRY], {
    env: { ...kept, NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      options.onOutput?.(text);
    });
  }
  // Whoever started it may go in a hurry; the bot must not stay behind.
  const reap = () => void child.kill('SIGKILL');
  process.once('exit', reap);
  const exited = once(child, 'exit').then(([code]) => {
    process.off('exit', reap);
    return code as number | null;
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  let told = started;
  for (let status = await readiness(url); status !== 200; status = await readiness(url)) {
    if (hasEnded()) {
      // The last lines may still be in the pipe when the process is gone.
      await wait(LOOK_MS);
      throw new Error(`The bot stopped before it was ready:\n${output.trim()}`);
    }
    if (performance.now() - told > (options.waitMs ?? WAIT_MS)) {
      told = performance.now();
      options.onWait?.(
        Math.round((told - started) / 1000),
        status === null ? 'no answer' : `status ${status}`,
      );
    }
    await wait(LOOK_MS);
  }
  return {
    url,
    pid: child.pid ?? 0,
    isReady: async () => (await readiness(url)) === 200,
    underway: async () => (hasEnded() ? 0 : underwayAt(url)),
    output: () => output,
    exited,
    stop: (signal = 'SIGTERM') => end(signal),
    kill: async () => void (await end('SIGKILL')),
  };
}

// Below the ports that systems hand out by themselves: whatever else starts meanwhile gets one of those.
const FIRST_PORT = 20_000;
const PORTS = 10_000;

/** A port of this machine on which nobody listens now, nor is likely to before the bot does. */
export async function freePort(): Promise<number> {
  const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

async function underwayAt(url: string): Promise<number> {
  try {
    return ((await (await fetch(`${url}/healthz`)).json()) as { underway: number }).underway;
  } catch {
    return 0;
  }
}

/** The status of `/readyz`; null where nobody answers. */
async function readiness(url: string): Promise<number | null> {
  try {
    return (await fetch(`${url}/readyz`)).status;
  } catch {
    return null;
  }
}
