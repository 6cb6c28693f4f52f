import type { TransactionAction } from '@azure/data-tables';

/** A write to one row: as a part of a transaction, and by itself. */
export type RowWrite = {
  keys: { partitionKey: string; rowKey: string };
  action: TransactionAction;
  /** Resolves with the etag of the row after it, or null where somebody else was faster. Rejects with StoreError. */
  alone(): Promise<string | null>;
};

/** Sends a transaction, and resolves with the etags of its rows, in order; null where one of its writes was refused. */
type Send = (actions: TransactionAction[]) => Promise<string[] | null>;

type Waiting = RowWrite & Pick<PromiseWithResolvers<string | null>, 'resolve' | 'reject'>;

/** Azure takes no more in one transaction. */
const MOST_WRITES = 100;

/**
 * Writes to one partition in one turn of the event loop share a transaction, which is one request. Where one of its writes
 * is refused, none is done, and each is tried by itself.
 */
export function groupByPartition(send: Send): (write: RowWrite) => Promise<string | null> {
  const open = new Map<string, Waiting[]>();

  async function sendAll(writes: readonly Waiting[]): Promise<void> {
    const etags = writes.length === 1 ? null : await send(writes.map(({ action }) => action));
    const tried = writes.map(({ alone }, i) => (etags === null ? alone() : (etags[i] ?? '')));
    for (const [i, { resolve }] of writes.entries()) resolve(tried[i] ?? null);
    await Promise.allSettled(tried);
  }

  async function close(partitionKey: string): Promise<void> {
    const all = open.get(partitionKey) ?? [];
    open.delete(partitionKey);
    for (const writes of withoutRepetition(all)) {
      await sendAll(writes).catch((error: unknown) => {
        for (const { reject } of writes) reject(error);
      });
    }
  }

  return (write) => {
    const waiting = { ...write, ...Promise.withResolvers<string | null>() };
    const { partitionKey } = write.keys;
    const group = open.get(partitionKey);
    if (group === undefined) {
      open.set(partitionKey, [waiting]);
      setImmediate(() => void close(partitionKey));
    } else group.push(waiting);
    return waiting.promise;
  };
}

/** A transaction writes a row once: what is written to it again is in the next. */
function withoutRepetition(writes: readonly Waiting[]): Waiting[][] {
  const groups: Waiting[][] = [];
  for (const write of writes) {
    const fits = (group: readonly Waiting[]) =>
      group.length < MOST_WRITES && group.every(({ keys }) => keys.rowKey !== write.keys.rowKey);
    const group = groups.find(fits);
    if (group === undefined) groups.push([write]);
    else group.push(write);
  }
  return groups;
}
