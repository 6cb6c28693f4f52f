import { quantile } from '../bench/table.ts';
import { compared } from './growth.ts';

/** How long meetings took, in milliseconds, in the second and in the last tenth of those that were made; of how many. */
export type Latency = Record<'first' | 'last', { meetings: number; p50: number; p95: number }>;

/** Reads the log of the bot; a run without meetings has no figures. */
export function latencyIn(output: string): Latency {
  const lines = output.split('\n').filter((line) => line.includes('"outcome":"created"'));
  const turns = lines.map((line) => JSON.parse(line) as { time: string; milliseconds: number });
  const inOrder = turns.toSorted((one, other) => one.time.localeCompare(other.time));
  const { first, last } = compared(turns.length);
  const within = ([from, until]: readonly [number, number]) => {
    const taken = inOrder.slice(from, until).map(({ milliseconds }) => milliseconds);
    return { meetings: taken.length, p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) };
  };
  return { first: within(first), last: within(last) };
}
