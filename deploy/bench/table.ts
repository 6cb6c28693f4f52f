/** One stretch of turns against one bot. Everything in milliseconds. */
export type Slice = {
  concurrency: number;
  latencies: number[];
  wall: number;
  /** Processor time of the bot, and of load and stand-ins together. */
  cpu: number;
  othersCpu: number;
};

type AtConcurrency = {
  /** Turns a second, over all slices and in each. */
  throughput: number;
  throughputs: number[];
  p50: number;
  p99: number;
  cpu: number;
  othersCpu: number;
  /** Share of its core that the bot had. */
  busy: number;
};

/** Milliseconds and MB, but for throughput (turns a second). */
export type Figures = { alone: AtConcurrency; crowded: AtConcurrency; memory: number; start: number };

/** What the slices of one bot come to. */
export function figuresOf(slices: readonly Slice[], memory: number, starts: readonly number[]): Figures {
  const at = (concurrency: number) => sum(slices.filter((slice) => slice.concurrency === concurrency));
  return { alone: at(1), crowded: at(16), memory, start: quantile(starts, 0.5) };
}

function sum(slices: readonly Slice[]): AtConcurrency {
  const total = (pick: (slice: Slice) => number) => slices.reduce((all, slice) => all + pick(slice), 0);
  const turns = total(({ latencies }) => latencies.length);
  const latencies = slices.flatMap((slice) => slice.latencies);
  const wall = total((slice) => slice.wall);
  return {
    throughput: (turns / wall) * 1_000,
    throughputs: slices.map((slice) => (slice.latencies.length / slice.wall) * 1_000),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: total((slice) => slice.cpu) / turns,
    othersCpu: total((slice) => slice.othersCpu) / turns,
    busy: total((slice) => slice.cpu) / wall,
  };
}

/** The value below which that share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

type Row = { of: string; echo: string; parley: string; ratio: string; goal: string };

/** Writes the figures side by side; `goal` is what a whole create turn is held to. */
export function print(
  { echo, parley }: Record<'echo' | 'parley', Figures>,
  run: { turns: number; isPinned: boolean; sourceStarts: readonly number[] },
): void {
  const sources = quantile(run.sourceStarts, 0.5);
  const rows: Row[] = [
    ...rowsAt('1 at a time', echo.alone, parley.alone),
    ...rowsAt('16 at a time', echo.crowded, parley.crowded),
    row(`memory after ${run.turns} turns, MB`, echo.memory, parley.memory, 0, '200 MB at most'),
    row('start to /readyz, sources, ms', echo.start, sources, 0),
    row('start to /readyz, bundle (echo: sources), ms', echo.start, parley.start, 0, '1.00 at most'),
  ];
  console.table(Object.fromEntries(rows.map(({ of, ...cells }) => [of, cells])));
  const ratios = parley.crowded.throughputs.map((own, i) => own / (echo.crowded.throughputs[i] ?? own));
  const range = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)).join(' to ');
  const pinned = run.isPinned ? 'one core for the bot, the rest on another' : 'not pinned to cores';
  console.log(`Throughput ratio at 16, slice by slice: ${range}. ${pinned}.`);
}

function rowsAt(when: string, echo: AtConcurrency, parley: AtConcurrency): Row[] {
  return [
    row(`${when}: turns a second`, echo.throughput, parley.throughput, 0, '0.90 at least'),
    row(`${when}: p50, ms`, echo.p50, parley.p50, 2),
    row(`${when}: p99, ms`, echo.p99, parley.p99, 2, '1.00 at most'),
    row(`${when}: CPU a turn, ms`, echo.cpu, parley.cpu, 2),
    row(`${when}: share of the core`, echo.busy, parley.busy, 2),
    row(`${when}: CPU of load and stand-ins a turn, ms`, echo.othersCpu, parley.othersCpu, 2),
  ];
}

function row(of: string, echo: number, parley: number, digits: number, goal = ''): Row {
  const ratio = (parley / echo).toFixed(2);
  return { of, echo: echo.toFixed(digits), parley: parley.toFixed(digits), ratio, goal };
}
