import { readOptions, stop } from '../command-line.ts';
import type { BotProcess } from './bot-process.ts';
import { tellLog } from './log.ts';
import type { StandIns } from './standins.ts';

const HELP = `npm run sandbox [-- options]

Runs Parley on this machine without any account: stand-ins for Entra, Teams and Microsoft Graph, the bot itself,
and a page that looks like Teams.

  --page-port <port>   where the page listens (3979, or any free port if that is taken)
  --store <store>      the bot's STORE (memory:)
  --graph-mode <name>  the bot's GRAPH_MODE; with application, an administrator has granted what it takes (delegated)
  --calendar <on|off>  the bot's CALENDAR (on)
  --verbose            the bot's whole log
  --help               this text`;
const DEFAULT_PORT = 3979;

const values = readOptions(HELP, {
  'page-port': { type: 'string' },
  store: { type: 'string', default: 'memory:' },
  'graph-mode': { type: 'string', default: 'delegated' },
  calendar: { type: 'string', default: 'on' },
  verbose: { type: 'boolean', default: false },
});
const pagePort = values['page-port'] === undefined ? undefined : readPort(values['page-port']);

// Loaded only now, so that --help answers at once.
const { freePort, startBot } = await import('./bot-process.ts');
const { startStandIns } = await import('./standins.ts');

const started = performance.now();
let standIns: StandIns | undefined;
let bot: BotProcess | undefined;
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close(0));

try {
  standIns = await openStandIns(pagePort);
  const log = tellLog(values.verbose, (line) => console.log(line));
  standIns.entra.grantAppRole('OnlineMeetings.ReadWrite.All');
  standIns.graph.calendar.roles.add('global');
  standIns.graph.policy.add('global');
  const own = { STORE: values.store, GRAPH_MODE: values['graph-mode'], CALENDAR: values.calendar };
  const env = standIns.botEnv(await freePort(), { ...own, ...forwarded() });
  bot = await startBot(env, {
    onOutput: log,
    onWait: (seconds, readiness) =>
      console.log(`Still waiting for the bot to be ready (${seconds} s; /readyz: ${readiness}).`),
  });
  standIns.connect(bot.url);
} catch (error) {
  // What the bot wrote stands above already.
  const [sentence] = (error instanceof Error ? error.message : String(error)).split('\n');
  console.error(`The sandbox could not start: ${sentence}`);
  await close(1);
}
void bot?.exited.then((code) => {
  if (isStopping) return;
  console.error(
    `The bot has stopped (exit code ${code}). What it wrote last stands above; start again with: npm run sandbox`,
  );
  void close(1);
});
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const isAsked = values['graph-mode'] === 'delegated';
const hint = isAsked ? 'The first time, accept the consent in the window that opens. ' : '';
console.log(`
Parley is ready (${seconds} s).

  Open  http://localhost:${standIns?.page?.port}

and write, for instance:

  meeting tomorrow 3pm about Q3

${hint}Stop with Ctrl+C.
`);

async function openStandIns(port: number | undefined): Promise<StandIns> {
  try {
    return await startStandIns({ pagePort: port ?? DEFAULT_PORT });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    if (port !== undefined) throw new Error(`port ${port} is taken; choose another with --page-port.`);
    return startStandIns();
  }
}

/** The log level may be asked for as for the bot itself. */
function forwarded(): Record<string, string> {
  const level = process.env.LOG_LEVEL;
  return level ? { LOG_LEVEL: level } : {};
}

async function close(code: number): Promise<void> {
  if (isStopping) process.exit(code);
  isStopping = true;
  await bot?.stop();
  await standIns?.close();
  process.exit(code);
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  return stop('--page-port must be a number from 1 to 65535.', 2);
}
