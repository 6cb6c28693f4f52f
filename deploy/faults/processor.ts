import { readFileSync } from 'node:fs';
import { compared } from './growth.ts';

/**
 * Milliseconds of processor time that all processes of the bot together took for a command, in the second and in the last
 * tenth of the commands of a run, and of how many. Null where there was none, or where a process ended meanwhile: what it took
 * is not known then.
 */
export type ProcessorTime = Record<'first' | 'last', { commands: number; milliseconds: number | null }>;

type Sample = { used: number; commands: number };

const SAMPLE_MS = 2_000;

/** Looks every two seconds, until it is asked. `pids`: those of the bot; `count`: how many commands have ended so far. */
export function watchProcessor(pids: () => readonly number[], count: () => number): () => ProcessorTime {
  const look = (): Sample => ({
    used: pids().reduce((sum, pid) => sum + processorTimeOf(pid), 0),
    commands: count(),
  });
  const samples = [look()];
  const sampling = setInterval(() => void samples.push(look()), SAMPLE_MS).unref();
  return () => {
    clearInterval(sampling);
    samples.push(look());
    const { first, last } = compared(count());
    return { first: between(samples, first), last: between(samples, last) };
  };
}

function between(samples: readonly Sample[], [from, until]: readonly [number, number]) {
  const some = samples.filter(({ commands }) => commands >= from && commands <= until);
  const [begin, end] = [some[0], some.at(-1)];
  const commands = (end?.commands ?? 0) - (begin?.commands ?? 0);
  const used = (end?.used ?? 0) - (begin?.used ?? 0);
  const hasEnded = some.some((sample, at) => sample.used < (some[at - 1]?.used ?? 0));
  const milliseconds = commands === 0 || hasEnded ? null : Math.round((used / commands) * 10) / 10;
  return { commands, milliseconds };
}

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;
/** The places of its own time and of that spent in the system for it, counted after its name. */
const [OWN, SYSTEM] = [11, 12] as const;

/** Milliseconds of processor time that a process has taken; 0 where there is none, or where the system does not say. */
function processorTimeOf(pid: number): number {
  try {
    const told = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = told.slice(told.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[OWN]) + Number(fields[SYSTEM])) * TICK_MS;
  } catch {
    return 0;
  }
}
