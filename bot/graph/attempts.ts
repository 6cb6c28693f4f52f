import { type Incoming, waitIn } from '../base/http-client.ts';
import { backoff, repeat } from '../base/retry.ts';
import { silenceOf } from './failure.ts';

/** What came of one attempt: an answer of whatever status, or why there was none. */
export type Attempt = { answer: Incoming; silent?: never } | { answer: null; silent: unknown };

const MOST_WAITS = 2;
/** An answer takes about so long: a wait that leaves it no time is not begun. */
const ANSWER_MS = 1_000;
/** Graph is throttling, or busy: it says how long. */
const BUSY: ReadonlySet<number> = new Set([429, 503, 504]);

/**
 * Attempts until there is an outcome that nothing is gained by trying again; all of them, in order. Where Graph is
 * busy, a wait is waited only if it ends before `deadline` (as `performance.now()` counts); where the connection broke
 * or the meeting was locked, once more at once. `isHarmless`: trouble inside Graph is worth that, too.
 */
export async function attempts(
  ask: (patienceMs: number) => Promise<Incoming>,
  { deadline, isHarmless }: { deadline: number; isHarmless: boolean },
): Promise<readonly Attempt[]> {
  const made: Attempt[] = [];
  const attempt = async (): Promise<Attempt> => {
    const last = await ask(Math.max(0, deadline - performance.now())).then(
      (answer): Attempt => ({ answer }),
      (silent: unknown): Attempt => ({ answer: null, silent }),
    );
    made.push(last);
    return last;
  };
  await repeat(attempt, (last) => {
    const before = made.slice(0, -1);
    const repeats = before.filter((one) => isWorthAnother(one, isHarmless)).length;
    if (isWorthAnother(last, isHarmless)) return repeats === 0 ? 0 : null;
    const wait = waitAfter(last, before.length - repeats);
    return wait === null || performance.now() + wait + ANSWER_MS >= deadline ? null : wait;
  });
  return made;
}

function isWorthAnother({ answer, silent }: Attempt, isHarmless: boolean): boolean {
  if (answer === null) return silenceOf(silent) !== 'timeout';
  return answer.status === 409 || (isHarmless && [500, 502].includes(answer.status));
}

/** Milliseconds until Graph may have time again; null where waiting does not help. */
function waitAfter({ answer }: Attempt, waits: number): number | null {
  if (answer === null || !BUSY.has(answer.status) || waits === MOST_WAITS) return null;
  return waitIn(answer.headers['retry-after']) ?? backoff(waits);
}
