import { DateTime } from 'luxon';
import { GraphError } from '../graph/failure.ts';
import type { Setting } from './services.ts';
import type { Step } from './step.ts';

const HOUR_MS = 3_600_000;

/**
 * Lets a person make one more meeting, as long as they have made fewer in this hour than they may: whatever became of
 * those, by whichever button, on however many devices at once. An hour begins with its first meeting. Rejects like
 * `make`; what Graph refused to make is not counted.
 */
export async function withinLimit<T>(
  { services, owner }: Setting,
  make: () => Promise<T>,
): Promise<{ made: T } | { refused: Step }> {
  const { store, createLimit } = services;
  if (createLimit === 0) return { made: await make() };
  const key = `made:${owner.user}`;
  const { count, until } = await store.count(owner.tenant, key, services.now().toMillis() + HOUR_MS);
  if (count > createLimit) return { refused: limitUntil(until) };
  try {
    return { made: await make() };
  } catch (error) {
    if (isNothingMade(error)) await store.uncount(owner.tenant, key);
    throw error;
  }
}

function limitUntil(until: number): Step {
  const reply = { kind: 'notice' as const, notice: 'limit' as const, until: DateTime.fromMillis(until) };
  return { kind: 'say', name: 'limit', reply };
}

/** After other errors there may be a meeting that nobody heard of. */
const isNothingMade = (error: unknown) =>
  error instanceof GraphError && ((error.status >= 400 && error.status < 500) || error.status === 503);
