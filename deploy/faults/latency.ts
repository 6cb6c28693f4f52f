import { quantile } from '../bench/table.ts';
import { compared } from './growth.ts';

/** How long meetings took, in milliseconds, in the second and in the last tenth of a run; of how many. */
export type Latency = Record<'first' | 'last', { meetings: number; p50: number; p95: number }>;

/** Reads the log of the bot; a run without meetings has no figures. */
export function latencyIn(output: string): Latency {
  const lines = output.split('\n').filter((line) => line.includes('"outcome":"created"'));
  const turns = lines.map((line) => JSON.parse(line) as { time: string; milliseconds: number });
  const times = turns.map(({ time }) => Date.parse(time));
  const begin = times.reduce((a, b) => Math.min(a, b), times[0] ?? 0);
  const end = times.reduce((a, b) => Math.max(a, b), 0);
  const within = ([from, until]: readonly [number, number]) => {
    const taken = turns.flatMap(({ milliseconds }, i) => {
      const at = times[i] ?? 0;
      return at >= from && at <= until ? [milliseconds] : [];
    });
    return { meetings: taken.length, p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) };
  };
  const { first, last } = compared(begin, end);
  return { first: within(first), last: within(last) };
}
