import type { Start } from './places.ts';

/** One stretch of turns against one bot. Everything in milliseconds. */
export type Slice = {
  latencies: number[];
  wall: number;
  /** Processor time of the bot, and of load and stand-ins together. */
  cpu: number;
  othersCpu: number;
};

/** A slice of each bot, one right after the other. */
export type Round = { concurrency: number; other: Slice; parley: Slice };

/** The value below which that share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

type Row = { of: string; other: string; parley: string; ratio: string; half: string };

const perTurn = (slice: Slice, milliseconds: number) => milliseconds / slice.latencies.length;

/** What is measured of a slice, and with how many digits it is printed. */
const MEASURES: Record<string, { of(slice: Slice): number; digits: number }> = {
  'turns a second': { of: (slice) => 1_000 / perTurn(slice, slice.wall), digits: 0 },
  'p50, ms': { of: ({ latencies }) => quantile(latencies, 0.5), digits: 2 },
  'p99, ms': { of: ({ latencies }) => quantile(latencies, 0.99), digits: 2 },
  'CPU a turn, ms': { of: (slice) => perTurn(slice, slice.cpu), digits: 2 },
  'share of the core': { of: ({ cpu, wall }) => cpu / wall, digits: 2 },
  'CPU of load and stand-ins a turn, ms': { of: (slice) => perTurn(slice, slice.othersCpu), digits: 2 },
};

const START = { passed: 'ms', cpu: 'CPU ms' };

type Run = {
  turns: number;
  /** What Parley is held against: the echo bot, or the Parley of another checkout. */
  beside: string;
  memory: Record<'other' | 'parley', number>;
  starts: Record<'other' | 'sources' | 'bundle', readonly Start[]>;
  isPinned: boolean;
};

/**
 * Writes the figures side by side. Both are medians over the slices; `ratio` is the median of the ratios of two slices that
 * were measured one right after the other, and half of these lie between the two numbers of `half`, which is the noise.
 */
export function print(rounds: readonly Round[], { turns, beside, memory, starts, isPinned }: Run): void {
  // On a machine that others use the time that passes says little.
  const startRows = (of: 'sources' | 'bundle') =>
    (['passed', 'cpu'] as const).map((what) => {
      const [others, own] = [starts.other, starts[of]].map((all) => all.map((one) => one[what]));
      return rowOf(`start to /readyz, ${of}, ${START[what]}`, zip(others ?? [], own ?? []), 0);
    });
  const rows: Row[] = [
    ...[1, 16].flatMap((concurrency) =>
      rowsOf(
        concurrency,
        rounds.filter((round) => round.concurrency === concurrency),
      ),
    ),
    rowOf(`memory after ${turns} turns, MB`, [[memory.other, memory.parley]], 0),
    ...startRows('sources'),
    ...startRows('bundle'),
  ];
  console.table(
    Object.fromEntries(rows.map(({ of, other, ...cells }) => [of, { [beside]: other, ...cells }])),
  );
  console.log(isPinned ? 'One core for the bots, the rest on another.' : 'Not pinned to cores.');
}

const rowsOf = (concurrency: number, rounds: readonly Round[]): Row[] =>
  Object.entries(MEASURES).map(([name, { of, digits }]) =>
    rowOf(
      `${concurrency} at a time: ${name}`,
      rounds.map(({ other, parley }) => [of(other), of(parley)]),
      digits,
    ),
  );

type Pair = [other: number, parley: number];

const zip = (others: readonly number[], own: readonly number[]): Pair[] =>
  others.map((other, i) => [other, own[i] ?? Number.NaN]);

function rowOf(of: string, pairs: readonly Pair[], digits: number): Row {
  const ratios = pairs.map(([other, parley]) => parley / other);
  const [low, ratio, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share).toFixed(2));
  const median = (side: 0 | 1) =>
    quantile(
      pairs.map((pair) => pair[side]),
      0.5,
    ).toFixed(digits);
  return { of, other: median(0), parley: median(1), ratio: `${ratio}`, half: `${low} to ${high}` };
}
