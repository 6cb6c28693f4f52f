import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults, Match } from '../sandbox/faults.ts';
import type { StandIns } from '../sandbox/standins.ts';
import type { Random } from './random.ts';
import type { Subject } from './subject.ts';

/** Where things go wrong. */
export type Place = StandIns & { subject: Subject };

/** Something that goes wrong, so often compared with others; `happen` resolves when it is over. */
export type Trouble = { name: string; weight: number; happen(place: Place, random: Random): Promise<void> };

type Hits = { match: Match; fault: Fault; most?: number; weight?: number };

/** A fault that hits some requests, or none if none come in time; of the stand-ins, or of a server with its own `faults`. */
export function hits(
  name: string,
  { match, fault, most = 4, weight = 2 }: Hits,
  faults: Faults | null = null,
): Trouble {
  return {
    name,
    weight,
    happen: async (place, random) => {
      const off = (faults ?? place.faults).add(match, fault, random.whole(1, most));
      await wait(random.whole(200, 2_000));
      off();
    },
  };
}

/** An answer with this status. */
export const status = (code: number, more: object = {}): Fault => ({ kind: 'status', status: code, ...more });
