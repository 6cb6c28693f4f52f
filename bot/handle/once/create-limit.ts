import { DateTime } from 'luxon';
import { createSingleFlight } from '../../base/single-flight.ts';
import { GraphError } from '../../graph/graph-error.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import { answers, type Outcome } from '../../teams/outcome.ts';
import type { Setting, Taken, TenantLimit } from '../services.ts';

const HOUR_MS = 3_600_000;

/**
 * Lets a person make one more meeting, as long as they, and all of their tenant together, have made fewer in this hour
 * than they may: whatever became of those, by whichever button, on however many devices at once. An hour begins with its
 * first meeting. Rejects like `make`; what Graph refused to make is not counted.
 */
export async function withinLimit<T>(
  setting: Setting,
  make: () => Promise<T>,
): Promise<{ made: T } | { refused: Outcome }> {
  const ofTenant = await setting.services.tenantLimit.take(setting.owner.tenant);
  if ('until' in ofTenant) return { refused: limitUntil('tenantLimit', ofTenant.until) };
  const ofPerson = await takeForPerson(setting);
  if ('until' in ofPerson) {
    await ofTenant.giveBack();
    return { refused: limitUntil('limit', ofPerson.until) };
  }
  try {
    return { made: await make() };
  } catch (error) {
    // What cannot be given back counts until the hour is over; the person hears what Graph said.
    if (isNothingMade(error))
      for (const one of [ofPerson, ofTenant]) await one.giveBack().catch(() => undefined);
    throw error;
  }
}

/** Counts what only Graph could say that it had to be made. */
export async function countMade(setting: Setting): Promise<void> {
  await setting.services.tenantLimit.take(setting.owner.tenant);
  await takeForPerson(setting);
}

async function takeForPerson({ services, owner }: Setting): Promise<Taken> {
  const { store, createLimit } = services;
  if (createLimit === 0) return { giveBack: async () => undefined };
  const key: StoreKey = `made:${owner.user}`;
  const { count, until } = await store.count(owner.tenant, key, services.now().toMillis() + HOUR_MS);
  return count > createLimit ? { until } : { giveBack: () => store.uncount(owner.tenant, key) };
}

function limitUntil(notice: 'limit' | 'tenantLimit', until: number): Outcome {
  const reply = { kind: 'notice' as const, notice, until: DateTime.fromMillis(until) };
  return answers(notice, { kind: 'sentence', reply });
}

/** After other errors there may be a meeting that nobody heard of. */
const isNothingMade = (error: unknown) =>
  error instanceof GraphError && ((error.status >= 400 && error.status < 500) || error.status === 503);

type TenantLimitOptions = {
  store: Pick<Store<StoreKey>, 'count'>;
  /** Meetings in an hour; 0 for no limit. */
  limit: number;
  /** Epoch milliseconds. */
  now(): number;
};

/** What this replica holds of a tenant's hour. */
type Portion = {
  left: number;
  until: number;
  /** The store has no more. */
  isLast: boolean;
  /** How many wait for the store. */
  waiting: number;
};

const PORTIONS = 1_000;

/**
 * Counts for all replicas, in the store, without asking it for each meeting: a row to which everybody of a tenant
 * writes would be a queue. A replica takes a thousandth of the limit at once, or as much as wait for it, and gives that
 * out by itself; what it has not given out when it stops is lost for the hour. All together never give out more than
 * the limit. An hour begins with its first meeting.
 */
export function createTenantLimit({ store, limit, now }: TenantLimitOptions): TenantLimit {
  const portions = new Map<string, Portion>();
  const refills = createSingleFlight<void>();

  function portionOf(tenant: string): Portion {
    const known = portions.get(tenant);
    if (known !== undefined) return known;
    const portion = { left: 0, until: 0, isLast: false, waiting: 0 };
    portions.set(tenant, portion);
    return portion;
  }

  async function refill(tenant: string, portion: Portion): Promise<void> {
    const more = Math.max(Math.ceil(limit / PORTIONS), portion.waiting);
    const { count, until } = await store.count(tenant, 'made', now() + HOUR_MS, more);
    const unused = portion.until === until ? portion.left : 0;
    const tooMany = Math.max(0, count - limit);
    portion.left = unused + Math.max(0, more - tooMany);
    portion.until = until;
    portion.isLast = count >= limit;
  }

  /** The store is asked once for all who wait. */
  async function take(tenant: string, portion: Portion): Promise<Taken> {
    portion.waiting += 1;
    try {
      for (;;) {
        const { left, until, isLast } = portion;
        if (until > now() && left > 0) return taken(portion);
        if (until > now() && isLast) return { until };
        await refills.run(tenant, () => refill(tenant, portion));
      }
    } finally {
      portion.waiting -= 1;
    }
  }

  return {
    take: async (tenant) => (limit === 0 ? NOT_COUNTED : take(tenant, portionOf(tenant))),
  };
}

const NOT_COUNTED: Taken = { giveBack: async () => undefined };

function taken(portion: Portion): Taken {
  const { until } = portion;
  portion.left -= 1;
  return {
    giveBack: async () => {
      if (portion.until === until) portion.left += 1;
    },
  };
}
