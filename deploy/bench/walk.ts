import { type BotProcess, freePort, startBot } from '../sandbox/bot-process.ts';
import { untilIdle } from '../sandbox/idle.ts';
import { ADA } from '../sandbox/people.ts';
import { type StandIns, startStandIns } from '../sandbox/standins.ts';

// The files of bot/ that one message passes, in the order in which it enters them. V8 counts the calls of one warm turn;
// in the next one a log point at the start of each function that was called notes which file is entered when.
const WARM_UPS = 3;
/** A meeting at a time that is taken would not be made at once. */
let hour = 0;
const FOLDER = new URL('../../bot/', import.meta.url).href;
const READER = 'language/';

type Run = { standIns: StandIns; bot: BotProcess };
type Inspector = { ask<T>(method: string, params?: object): Promise<T>; close(): void };
/** The script of one source file, and where its functions begin that were called. */
type Called = { scriptId: string; file: string; starts: readonly number[] };

const standIns = await startStandIns({ withPage: false });
const port = await freePort();
const env = { MESSAGE_PACE: 'off', NODE_OPTIONS: `--inspect=127.0.0.1:${port}` };
const bot = await startBot(standIns.botEnv(await freePort(), env));
standIns.connect(bot.url);
try {
  const inspector = await inspect(port);
  await signIn({ standIns, bot });
  for (let i = 0; i < WARM_UPS; i += 1) await takeTurn({ standIns, bot });
  const called = await watchTurn({ standIns, bot }, inspector);
  print(await followTurn({ standIns, bot }, inspector, called), called);
  inspector.close();
} finally {
  await bot.stop();
  await standIns.close();
}

function chatOf({ channel }: StandIns): string {
  const chat = channel.state.personal(ADA.oid);
  if (chat === undefined) throw new Error(`${ADA.name} has no chat with the bot`);
  return chat.id;
}

async function signIn({ standIns: { entra, channel }, bot }: Run): Promise<void> {
  entra.consent(ADA.oid);
  await channel.say(ADA, chatOf(standIns), 'sign in');
  await untilIdle(channel, () => [bot]);
}

/** One message, until everything that follows from it has happened. */
async function takeTurn({ standIns: { channel, graph }, bot }: Run): Promise<void> {
  const before = graph.meetings.length;
  hour += 1;
  await channel.say(ADA, chatOf(standIns), `meeting tomorrow ${hour}pm about Q3`);
  await untilIdle(channel, () => [bot]);
  if (graph.meetings.length !== before + 1) throw new Error('the message made no meeting');
}

/** Takes a turn and answers what was called in it. */
async function watchTurn(run: Run, { ask }: Inspector): Promise<Called[]> {
  type Function = { ranges: { startOffset: number; count: number }[] };
  type Script = { scriptId: string; url: string; functions: Function[] };
  await ask('Profiler.enable');
  await ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await ask('Profiler.takePreciseCoverage');
  await takeTurn(run);
  const { result } = await ask<{ result: Script[] }>('Profiler.takePreciseCoverage');
  await ask('Profiler.stopPreciseCoverage');
  return result
    .filter(({ url }) => url.startsWith(FOLDER))
    .map(({ scriptId, url, functions }) => ({
      scriptId,
      file: url.slice(FOLDER.length),
      starts: functions.flatMap(({ ranges: [whole] }) => (whole?.count ? [whole.startOffset] : [])),
    }))
    .filter(({ starts }) => starts.length > 0);
}

/** Takes a turn and answers the files that were called, in the order in which they are entered. */
async function followTurn(run: Run, inspector: Inspector, called: readonly Called[]): Promise<string[]> {
  const { ask } = inspector;
  await ask('Debugger.enable');
  await ask('Runtime.evaluate', { expression: 'globalThis.entered = new Set()' });
  for (const script of called) await setLogPoints(inspector, script);
  await takeTurn(run);
  const { result } = await ask<{ result: { value: string } }>('Runtime.evaluate', {
    expression: 'JSON.stringify([...globalThis.entered])',
  });
  return JSON.parse(result.value) as string[];
}

/** Notes the file whenever one of these functions begins; never pauses. */
async function setLogPoints({ ask }: Inspector, { scriptId, file, starts }: Called): Promise<void> {
  type Location = { scriptId: string; lineNumber: number; columnNumber: number };
  const { scriptSource } = await ask<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId });
  const condition = `globalThis.entered.add(${JSON.stringify(file)}) && false`;
  for (const offset of starts) {
    const lines = scriptSource.slice(0, offset).split('\n');
    const start = { scriptId, lineNumber: lines.length - 1, columnNumber: lines.at(-1)?.length ?? 0 };
    const { locations } = await ask<{ locations: Location[] }>('Debugger.getPossibleBreakpoints', {
      start,
      restrictToFunction: true,
    });
    const [location = start] = locations;
    // Two functions may begin at one place, where the second log point is refused.
    await ask('Debugger.setBreakpoint', { location, condition }).catch(() => undefined);
  }
}

/** A connection to the inspector of the process that listens there. */
async function inspect(inspectorPort: number): Promise<Inspector> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let sent = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as {
      id?: number;
      result?: unknown;
      error?: { message: string };
    };
    const one = waiting.get(id ?? 0);
    if (error) one?.reject(new Error(error.message));
    else one?.resolve(result);
    waiting.delete(id ?? 0);
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  return {
    ask: <T>(method: string, params = {}) => {
      const one = Promise.withResolvers<unknown>();
      sent += 1;
      waiting.set(sent, one);
      socket.send(JSON.stringify({ id: sent, method, params }));
      return one.promise as Promise<T>;
    },
    close: () => socket.close(),
  };
}

function print(entered: readonly string[], called: readonly Called[]): void {
  const files = called.map(({ file }) => file);
  const others = files.filter((file) => !entered.includes(file));
  const outside = [...entered, ...others].filter((file) => !file.startsWith(READER));
  console.log(outside.join('\n'));
  console.log(
    `\n${outside.length} files outside the reader, ${files.length - outside.length} in it; ` +
      `${called.reduce((sum, { starts }) => sum + starts.length, 0)} functions.`,
  );
}
