import type { Writable } from 'node:stream';
import type { TokenCredential } from '@azure/identity';
import { type Logger, pino } from 'pino';
import type { Metrics } from './telemetry/application-insights.ts';
import type { GraphEvent, RefusedEvent, TurnEvent } from './telemetry/events.ts';

/** Everything that is ever logged. */
export type Telemetry = {
  turn(event: TurnEvent): void;
  graph(event: GraphEvent): void;
  refused(event: RefusedEvent): void;
  /** A bug or a broken remote: class, code and stack, never a message, because messages may quote people. */
  fault(where: string, reference: string | null, error: unknown): void;
  /**
   * Logs the start, and from now on sends metrics to Application Insights where that is configured: with tokens of
   * `credential`, or, where it is null, by the connection string alone.
   */
  started(address: { port: number; node: string; version: string }, credential: TokenCredential | null): void;
  stopped(reason: string): void;
  /** Sends the metrics and log lines that are still buffered. Never rejects. */
  close(): Promise<void>;
};

type TelemetryOptions = {
  level: string;
  /** Connection string; null: the log is all there is. */
  applicationInsights: string | null;
  version: string;
  /** Where the log is written; it may break. */
  output: Writable;
};

/** Writes events to `output`, one JSON line each, and their metrics to Application Insights. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const { level, applicationInsights, version, output } = options;
  // A log that nobody reads any more is no reason to stop. pino's own destination would try for ever, also at the end.
  output.on('error', () => undefined);
  let held = '';
  const flush = () => {
    if (held !== '') output.write(held);
    held = '';
  };
  /** Writes the lines of one turn of the event loop together. */
  const hold = (line: string) => {
    if (held === '') setImmediate(flush);
    held += line;
  };
  const log: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: hold });
  let metrics: Promise<Metrics | null> = Promise.resolve(null);

  // A fault is written at once, because the process may be about to end.
  const tell = (where: string, reference: string | null, error: unknown) => {
    log.error({ event: 'fault', where, reference, ...describe(error) });
    flush();
  };
  const onUndelivered = (error: unknown) => tell('application insights', null, error);
  const count = (what: (metrics: Metrics) => void) =>
    void metrics.then((ready) => ready && what(ready)).catch(onUndelivered);

  // The exporter takes longer to load than the whole bot, so it is loaded when the bot already answers.
  async function load(connectionString: string, credential: TokenCredential | null): Promise<Metrics> {
    const { createMetrics } = await import('./telemetry/application-insights.ts');
    return createMetrics({ connectionString, credential, version, onUndelivered });
  }

  return {
    turn: (event) => {
      log.info({ event: 'turn', ...event });
      count((ready) => ready.turn(event));
    },
    graph: (event) => {
      log.info({ event: 'graph', ...event });
      count((ready) => ready.graph(event));
    },
    refused: (event) => {
      log.info({ event: 'refused', ...event });
      count((ready) => ready.refused(event));
    },
    fault: (where, reference, error) => {
      tell(where, reference, error);
      count((ready) => ready.fault(where));
    },
    started: (address, credential) => {
      log.info({ event: 'started', ...address });
      if (applicationInsights === null) return;
      metrics = load(applicationInsights, credential).catch((error: unknown) => {
        onUndelivered(error);
        return null;
      });
    },
    stopped: (reason) => log.info({ event: 'stopped', reason }),
    close: async () => {
      await (await metrics)?.close().catch(onUndelivered);
      flush();
    },
  };
}

/** Name, status, code and stack of an error and its causes: nothing that quotes a person. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { status, statusCode, code } = error as Error & Record<'status' | 'statusCode' | 'code', unknown>;
  // The stack begins with the message, and a message may have lines that look like its frames.
  const trace = (error.stack ?? '').replace(error.message, () => '');
  const frames = trace.split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return {
    error: error.name,
    status: number(status ?? statusCode),
    code: typeof code === 'number' ? code : word(code),
    stack: frames.slice(0, 8).map((frame) => frame.trim()),
    ...(error.cause instanceof Error && { cause: describe(error.cause) }),
  };
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const word = (value: unknown) =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;
