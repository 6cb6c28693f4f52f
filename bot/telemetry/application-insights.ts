import type { TokenCredential } from '@azure/identity';
import { AzureMonitorMetricExporter } from '@azure/monitor-opentelemetry-exporter';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { GraphEvent, RefusedEvent, TurnEvent } from './events.ts';

/** The metrics that go to Application Insights. */
export type Metrics = {
  turn(event: TurnEvent): void;
  graph(event: GraphEvent): void;
  refused(event: RefusedEvent): void;
  fault(where: string): void;
  /** Sends what is left, for a few seconds at most. */
  close(): Promise<void>;
};

type MetricsOptions = {
  connectionString: string;
  /** Signs the bot in to Application Insights; null where the connection string is enough. */
  credential: TokenCredential | null;
  version: string;
  /** Called when metrics could not be sent; the log has the same numbers. */
  onUndelivered(error: unknown): void;
};

const EXPORT_EVERY_MS = 60_000;
const CLOSE_MS = 5_000;

/**
 * Custom metrics in Application Insights, once a minute. Their names are what the workbook and the documents use:
 * `parley.turn.duration` (ms, by turn, outcome and place; its count is the number of turns),
 * `parley.graph.duration` (ms, by method and status), `parley.graph.throttled`, `parley.channel.refused` (by capability,
 * status and place) and `parley.faults` (by where).
 * Throws when the connection string is none.
 */
export function createMetrics(options: MetricsOptions): Metrics {
  const { connectionString, credential, version, onUndelivered } = options;
  diag.setLogger(logOnlyErrors(onUndelivered), {
    logLevel: DiagLogLevel.ERROR,
    suppressOverrideMessage: true,
  });
  // The container's file system is read-only, and old metrics are worth little.
  const exporter = new AzureMonitorMetricExporter({
    ...{ connectionString, disableOfflineStorage: true },
    ...(credential && { credential }),
  });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'parley', 'service.version': version }),
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: EXPORT_EVERY_MS })],
  });
  const meter = provider.getMeter('parley');
  const turns = meter.createHistogram('parley.turn.duration', { unit: 'ms' });
  const calls = meter.createHistogram('parley.graph.duration', { unit: 'ms' });
  const throttled = meter.createCounter('parley.graph.throttled');
  const refused = meter.createCounter('parley.channel.refused');
  const faults = meter.createCounter('parley.faults');
  return {
    turn: ({ turn, outcome, place, milliseconds }) => turns.record(milliseconds, { turn, outcome, place }),
    graph: ({ method, status, milliseconds, ...event }) => {
      calls.record(milliseconds, { method, status });
      if (event.throttled > 0) throttled.add(event.throttled, { method });
    },
    refused: (event) => refused.add(1, event),
    fault: (where) => faults.add(1, { where }),
    close: async () => {
      await provider.forceFlush({ timeoutMillis: CLOSE_MS });
      await provider.shutdown({ timeoutMillis: CLOSE_MS });
    },
  };
}

/** OpenTelemetry reports errors to a logger of its own instead of throwing them. */
function logOnlyErrors(onError: (error: unknown) => void) {
  const ignore = () => undefined;
  const error = (_message: string, ...details: unknown[]) =>
    onError(
      details.find((detail) => detail instanceof Error) ?? new Error('OpenTelemetry could not export.'),
    );
  return { error, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
}
