import { DateTime } from 'luxon';
import { createSingleFlight } from '../../base/cache.ts';
import { GraphError } from '../../graph/client.ts';
import { MADE, type StoreKey } from '../../store/keys.ts';
import type { Store } from '../../store/store.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import type { Taken, TenantLimit, TurnScope } from '../services.ts';

const HOUR_MS = 3_600_000;

/**
 * Makes a meeting if neither the person nor their tenant has reached its limit for this hour. Meetings count whatever became
 * of them, and concurrent requests never exceed a limit. The hour begins with its first meeting. Rejects like `make`; a
 * meeting that Graph refused is not counted.
 */
export async function withinLimit<T>(
  scope: TurnScope,
  make: () => Promise<T>,
): Promise<{ made: T } | { refused: Outcome }> {
  const ofTenant = await scope.services.tenantLimit.take(scope.owner.tenant);
  if ('until' in ofTenant) return { refused: limitUntil('tenantLimit', ofTenant.until) };
  const ofPerson = await takeForPerson(scope);
  if ('until' in ofPerson) {
    await ofTenant.giveBack();
    return { refused: limitUntil('limit', ofPerson.until) };
  }
  try {
    return { made: await make() };
  } catch (error) {
    // A count that cannot be given back stays until the hour is over; the person reads what Graph said.
    if (isNothingMade(error))
      for (const one of [ofPerson, ofTenant]) await one.giveBack().catch(() => undefined);
    throw error;
  }
}

/** Counts a meeting after Graph has made it, where it was not known before that one would be made. */
export async function countMade(scope: TurnScope): Promise<void> {
  await scope.services.tenantLimit.take(scope.owner.tenant);
  await takeForPerson(scope);
}

async function takeForPerson({ services, owner }: TurnScope): Promise<Taken> {
  const { store, createLimit } = services;
  if (createLimit === 0) return NOT_COUNTED;
  const { count, until } = await store.count(owner, MADE, services.now().toMillis() + HOUR_MS);
  return count > createLimit ? { until } : { giveBack: () => store.uncount(owner, MADE) };
}

function limitUntil(notice: 'limit' | 'tenantLimit', until: number): Outcome {
  const reply = { kind: 'notice' as const, notice, until: DateTime.fromMillis(until) };
  return answerWith(notice, { kind: 'sentence', reply });
}

/** Whether no meeting was made. After other errors there may be one whose answer was lost. */
const isNothingMade = (error: unknown) =>
  error instanceof GraphError && ((error.status >= 400 && error.status < 500) || error.status === 503);

type TenantLimitOptions = {
  /** What is counted. */
  key: 'made' | 'reminded';
  store: Pick<Store<StoreKey>, 'count'>;
  /** So many in an hour; 0 for no limit. */
  limit: number;
  /** Epoch milliseconds. */
  now(): number;
};

/** What this replica may still count in a tenant's hour. */
type Portion = {
  left: number;
  until: number;
  /** The tenant's limit is used up in the store. */
  isLast: boolean;
  /** How many requests wait for the store. */
  waiting: number;
};

const PORTIONS = 1_000;
/** A request that finds so many portions used up by others is refused for a minute: a limit is never exceeded. */
const MOST_REFILLS = 8;
const MINUTE_MS = 60_000;

/**
 * A limit for all replicas together. The count is in the store, but the store is not asked each time, because everybody
 * of a tenant would wait for one row. A replica takes a thousandth of the limit at once, or as many as wait, and uses them up
 * by itself; what is left when it stops is lost for the hour. All replicas together never exceed the limit. The hour begins
 * with the first that is counted.
 */
export function createTenantLimit({ key, store, limit, now }: TenantLimitOptions): TenantLimit {
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
    const { count, until } = await store.count({ tenant }, key, now() + HOUR_MS, more);
    const unused = portion.until === until ? portion.left : 0;
    const tooMany = Math.max(0, count - limit);
    portion.left = unused + Math.max(0, more - tooMany);
    portion.until = until;
    portion.isLast = count >= limit;
  }

  /** Waiting requests share one call to the store. */
  async function take(tenant: string, portion: Portion): Promise<Taken> {
    portion.waiting += 1;
    try {
      for (let refilled = 0; refilled <= MOST_REFILLS; refilled += 1) {
        const { left, until, isLast } = portion;
        if (until > now() && left > 0) return taken(portion);
        if (until > now() && isLast) return { until };
        await refills.run(tenant, () => refill(tenant, portion));
      }
      return { until: now() + MINUTE_MS };
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
