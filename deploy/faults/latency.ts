import { quantile } from '../bench/table.ts';

/** How long meetings took, in milliseconds, in the first and in the last tenth of a run; of how many. */
export type Latency = Record<'first' | 'last', { meetings: number; p50: number; p95: number }>;

const SHARE = 0.1;

/** Reads the log of the bot; a run without meetings has no figures. */
export function latencyIn(output: string): Latency {
  const lines = output.split('\n').filter((line) => line.includes('"outcome":"created"'));
  const turns = lines.map((line) => JSON.parse(line) as { time: string; milliseconds: number });
  const times = turns.map(({ time }) => Date.parse(time));
  const [begin, end] = [
    times.reduce((a, b) => Math.min(a, b), times[0] ?? 0),
    times.reduce((a, b) => Math.max(a, b), 0),
  ];
  const span = (end - begin) * SHARE;
  const within = (from: number, until: number) => {
    const taken = turns.flatMap(({ milliseconds }, i) => {
      const at = times[i] ?? 0;
      return at >= from && at <= until ? [milliseconds] : [];
    });
    return { meetings: taken.length, p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) };
  };
  return { first: within(begin, begin + span), last: within(end - span, end) };
}
