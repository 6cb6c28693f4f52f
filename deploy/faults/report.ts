import { quantile } from '../bench/table.ts';
import type { Broken, Counts } from './audit.ts';
import type { CalendarCounts } from './audit-calendar.ts';
import type { ReminderCounts } from './audit-reminders.ts';
import type { Health } from './health.ts';
import type { Latency } from './latency.ts';
import type { Heap, Memory } from './memory.ts';
import type { Told } from './person.ts';
import type { ProcessorTime } from './processor.ts';

/** What a run came to; `broken` is empty where all promises held. */
export type Report = Counts & {
  /** Null where nobody wants to be reminded. */
  reminders: ReminderCounts | null;
  broken: readonly Broken[];
  /** Null where nobody invites. */
  calendar: CalendarCounts | null;
  ends: Readonly<Record<string, number>>;
  troubles: ReadonlyMap<string, number>;
  deliveries: number;
  clicks: number;
  kills: number;
  /** Times that a process ended by itself. */
  deaths: number;
  /** Times that a process was asked to stop, and could not finish what was under way in time. */
  unfinished: number;
  leaked: readonly string[];
  /** Of each process that lives at the end. */
  memory: readonly Memory[];
  /** Of each process that lived long enough to tell; empty where nobody looked. */
  heaps: readonly Heap[];
  latency: Latency;
  processor: ProcessorTime;
  health: Health;
  /** Seconds from a command to its end, and `until`: from the first command to the last end. */
  waits: { p50: number; p95: number; longest: number; until: number };
  /** The bot's log, and which requests of it something went wrong with. */
  log: string;
  seconds: number;
};

/** How long people waited. */
export function toWaits(told: readonly Told[]): Report['waits'] {
  const seconds = told.map(({ at, endedAt }) => (endedAt - at) / 1_000);
  const [begin, until] = [
    Math.min(...told.map(({ at }) => at)),
    Math.max(...told.map(({ endedAt }) => endedAt)),
  ];
  return {
    p50: quantile(seconds, 0.5),
    p95: quantile(seconds, 0.95),
    longest: quantile(seconds, 1),
    until: (until - begin) / 1_000,
  };
}

/** What people's commands came to. */
export function toTally(told: readonly Told[]) {
  const ends: Record<string, number> = {};
  for (const { kind, end } of told) ends[`${kind}: ${end}`] = (ends[`${kind}: ${end}`] ?? 0) + 1;
  const sum = (of: (one: Told) => number) => told.reduce((total, one) => total + of(one), 0);
  return {
    ends,
    deliveries: sum(({ deliveries }) => deliveries.length),
    clicks: sum(({ clicks }) => clicks),
  };
}
