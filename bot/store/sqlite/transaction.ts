import type { DatabaseSync } from 'node:sqlite';
import { retry } from '../../base/retry.ts';

/**
 * Runs a statement and resolves with its result once the commit is in the file; rejects when it is not. `afterCommit`
 * runs after the commit, while no transaction is open; it must not throw.
 */
export type Write = <T>(statement: () => T, afterCommit?: () => void) => Promise<T>;

/** The statements of one transaction. */
type Group = { isDone: Promise<void>; afterCommit: Set<() => void> };

const PATIENCE_MS = 2_000;
const LOOK_MS = 10;
const BUSY = 5;

/**
 * Statements of one turn of the event loop share a transaction, because a commit costs more than a write. A statement
 * that fails rejects alone; a commit that fails rejects all of them. While another process writes, this one waits.
 */
export function groupWrites(db: DatabaseSync): Write {
  // Waiting inside SQLite would keep everybody waiting.
  db.exec('PRAGMA busy_timeout = 20');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  let open: Promise<Group> | null = null;

  const start = async (): Promise<Group> => {
    await whenFree(() => begin.run());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Nobody may be left to hear of it: whose statement failed has heard already.
    promise.catch(() => undefined);
    const afterCommit = new Set<() => void>();
    setImmediate(() => {
      open = null;
      try {
        commit.run();
      } catch (error) {
        reject(error);
        // A disk that is full has rolled back by itself, and so has a file that was closed.
        if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
        return;
      }
      resolve();
      for (const work of afterCommit) work();
    });
    return { isDone: promise, afterCommit };
  };

  return async (statement, afterCommit) => {
    open ??= start().catch((error: unknown) => {
      open = null;
      throw error;
    });
    const group = await open;
    // What was rolled back is over for everybody: by itself a statement would be written, and its writer hear that it is not.
    if (!db.isTransaction) await group.isDone;
    const given = statement();
    if (afterCommit) group.afterCommit.add(afterCommit);
    await group.isDone;
    return given;
  };
}

/** Whether SQLite refused because another process has the file. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === BUSY;

/** Repeats the work while another process writes. */
function whenFree(work: () => void): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const isWaiting = (error: unknown) => isBusy(error) && performance.now() <= deadline;
  return retry(
    async () => work(),
    (error) => (isWaiting(error) ? LOOK_MS : null),
  );
}
