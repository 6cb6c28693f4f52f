import { createSingleFlight } from '../../base/single-flight.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import type { Taken, TenantLimit } from '../services.ts';

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

const HOUR_MS = 3_600_000;
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
