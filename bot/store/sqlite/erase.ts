import type { DatabaseSync } from 'node:sqlite';
import { isBusy, type Write } from './group.ts';

/** Deletes (true where there was something) and erases; a file of more pages is cleaned by another erasure. */
export type Erase = (statement: () => boolean, mostPages: number) => Promise<void>;

/**
 * Erases from the bytes of the files what is deleted from the tables. `secure_delete` alone does not: a row that SQLite
 * moved to another page leaves a copy in the old page, which VACUUM drops, and the write-ahead log has older pages until
 * it is emptied. What another process prevents meanwhile is done by the next erasure.
 */
export function eraseIn(db: DatabaseSync, write: Write): Erase {
  const emptyLog = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  const size = db.prepare('PRAGMA page_count');
  // Where an earlier process was killed, nobody knows what is left.
  let isLeft = true;
  emptyLog.get();
  const clean = (mostPages: number) => {
    if (isLeft && Number(size.get()?.page_count) <= mostPages) isLeft = !vacuum(db);
    emptyLog.get();
  };
  return async (statement, mostPages) => {
    const cleaned = Promise.withResolvers<void>();
    const deleteRows = () => {
      if (statement()) isLeft = true;
    };
    await write(deleteRows, () => cleaned.resolve(Promise.try(clean, mostPages)));
    await cleaned.promise;
  };
}

/** False where another process writes. */
function vacuum(db: DatabaseSync): boolean {
  try {
    db.exec('VACUUM');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}
