import { DateTime } from 'luxon';
import { GraphError } from '../../graph/graph-error.ts';
import type { StoreKey } from '../../store/keys.ts';
import { answers, type Outcome } from '../../teams/outcome.ts';
import type { Setting, Taken } from '../services.ts';

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
