import { RestError, TableClient, type TransactionAction } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { createSingleFlight } from '../../base/cache.ts';
import { pauses, retry } from '../../base/retry.ts';

/** Where the tables are: an account that takes Entra's tokens, or Azurite on this machine with its well-known key. */
export type TablePlace =
  | { kind: 'tables'; url: string; credential: TokenCredential }
  | { kind: 'azurite'; connectionString: string };

/** The storage said no, or nothing. */
export class StoreError extends Error {
  /** HTTP status; 0 when no answer came in time. */
  readonly status: number;
  constructor(status: number, cause: unknown) {
    super(`the store answered ${status || 'nothing'}`, { cause });
    this.name = 'StoreError';
    this.status = status;
  }
}

/** The two keys of a row; with both, no search is needed. */
export type RowKeys = { partitionKey: string; rowKey: string };

/** What is written: columns beside the keys. */
export type Row = RowKeys & Readonly<Record<string, unknown>>;

/** What was read; its `etag` tells whether somebody else has written since. */
export type StoredRow = Row & { etag: string };
type Page = { rows: StoredRow[]; next: string | undefined };

/** One table with what the store needs of it. Everything throws StoreError, four seconds after a request at the latest. */
export type Table = {
  /** Its etag; null where a row with these keys is there already. */
  insert(row: Row): Promise<string | null>;
  get(keys: RowKeys): Promise<StoredRow | null>;
  /** Writes the row, whatever was there. */
  put(row: Row): Promise<void>;
  /** Its new etag; null where somebody else wrote since `etag` was read, or the row is gone. */
  replace(row: Row, etag: string): Promise<string | null>;
  /** The same for these columns, with the others as they are. */
  amend(row: Row, etag: string): Promise<string | null>;
  /** Sets these columns; nothing where the row is gone. */
  merge(row: Row): Promise<void>;
  /** False where it was gone, or somebody wrote since `etag` was read. */
  remove(keys: RowKeys, etag?: string): Promise<boolean>;
  /** Every row that fits, by its keys; `columns`: only those. */
  find(filter: string, columns?: string[]): Promise<StoredRow[]>;
  /** The keys and `columns` of a page of rows that fit; `next` goes on there, undefined at the end. */
  page(filter: string, from: string | undefined, columns?: string[]): Promise<Page>;
  /** Resolves when the table is there. */
  made(): Promise<void>;
};

/** An answer takes some milliseconds. A connection that hangs is given up for a new one, and then for good. */
const PATIENCE_MS = [1_000, 3_000];
const RETRIES = { maxRetries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 800 };

/** A table of this name, made at its first use and read in pages of `pageSize` rows. */
export function openTable(place: TablePlace, name: string, pageSize: number): Table {
  const client = clientOf(place, name);
  const making = createSingleFlight<void>({ keepsSuccess: true });
  const made = () => making.run(name, () => patiently((limit) => client.createTable(limit)));
  const ask = async <T>(work: (limit: Limit) => Promise<T>): Promise<T> => {
    await made();
    return patiently(work);
  };
  const page = (queryOptions: object, from: string | undefined) =>
    ask(async (limit): Promise<Page> => {
      const pages = client.listEntities<StoredRow>({ queryOptions, ...limit });
      const settings = { maxPageSize: pageSize, ...(from === undefined ? {} : { continuationToken: from }) };
      const { value } = await pages.byPage(settings).next();
      return { rows: (value as StoredRow[] | undefined) ?? [], next: value?.continuationToken };
    });

  return {
    ...writesTo(client, ask),
    get: ({ partitionKey, rowKey }) =>
      ask((limit) => orNull(client.getEntity<StoredRow>(partitionKey, rowKey, limit))),
    find: async (filter, columns) => {
      const found: StoredRow[] = [];
      let from: string | undefined;
      do {
        const { rows, next } = await page({ filter, ...(columns && { select: columns }) }, from);
        found.push(...rows);
        from = next;
      } while (from !== undefined);
      return found;
    },
    page: (filter, from, columns = []) =>
      page({ filter, select: ['partitionKey', 'rowKey', ...columns] }, from),
    made,
  };
}

type Ask = <T>(work: (limit: Limit) => Promise<T>) => Promise<T>;

/** What is written in one turn of the event loop to one partition is one request. */
function writesTo(client: TableClient, ask: Ask) {
  const write = groupByPartition(async (actions) => {
    try {
      const { subResponses } = await ask((limit) => client.submitTransaction(actions, limit));
      return subResponses.map(({ etag = '' }) => etag.trim());
    } catch (error) {
      if (error instanceof StoreError && error.status >= 400 && error.status < 500) return null;
      throw error;
    }
  });
  const update = (row: Row, mode: 'Merge' | 'Replace', etag: string, statuses: readonly number[]) =>
    write({
      keys: row,
      action: ['update', row, mode, { etag }],
      alone: () => ask((limit) => etagUnless(statuses, client.updateEntity(row, mode, { ...limit, etag }))),
    });
  return {
    insert: (row) =>
      write({
        keys: row,
        action: ['create', row],
        alone: () => ask((limit) => etagUnless([409], client.createEntity(row, limit))),
      }),
    put: async (row) => {
      const alone = () => ask((limit) => etagUnless([], client.upsertEntity(row, 'Replace', limit)));
      await write({ keys: row, action: ['upsert', row, 'Replace'], alone });
    },
    replace: (row, etag) => update(row, 'Replace', etag, [404, 412]),
    amend: (row, etag) => update(row, 'Merge', etag, [404, 412]),
    merge: async (row) => void (await update(row, 'Merge', '*', [404])),
    remove: async ({ partitionKey, rowKey }, etag) => {
      const alone = (limit: Limit, is = '*') =>
        etagUnless([404, 412], client.deleteEntity(partitionKey, rowKey, { ...limit, etag: is }));
      // A transaction of this SDK removes a row whoever has written it since.
      if (etag !== undefined) return (await ask((limit) => alone(limit, etag))) !== null;
      const keys = { partitionKey, rowKey };
      return (await write({ keys, action: ['delete', keys], alone: () => ask(alone) })) !== null;
    },
  } satisfies Partial<Table>;
}

function clientOf(place: TablePlace, name: string): TableClient {
  const options = { retryOptions: RETRIES };
  return place.kind === 'tables'
    ? new TableClient(place.url, name, place.credential, options)
    : TableClient.fromConnectionString(place.connectionString, name, {
        ...options,
        allowInsecureConnection: true,
      });
}

type Limit = { abortSignal: AbortSignal };

/** Gives up what takes longer than its time, and tries it once more. Throws StoreError. */
function patiently<T>(work: (limit: Limit) => Promise<T>): Promise<T> {
  const attempt = (retries: number) => work({ abortSignal: AbortSignal.timeout(PATIENCE_MS[retries] ?? 0) });
  const isLate = (error: unknown) => error instanceof Error && error.name === 'AbortError';
  return retry(attempt, pauses([0], isLate)).catch((error: unknown) => {
    throw new StoreError(statusOf(error), error);
  });
}

const statusOf = (error: unknown) => (error instanceof RestError ? (error.statusCode ?? 0) : 0);

/** The etag after it; null where it was refused with one of these statuses, which mean that somebody was faster. */
async function etagUnless(
  statuses: readonly number[],
  work: Promise<{ etag?: string } | object>,
): Promise<string | null> {
  const done = await orNull(work, statuses);
  return done && ('etag' in done ? (done.etag ?? '') : '');
}

async function orNull<T>(work: Promise<T>, statuses: readonly number[] = [404]): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (statuses.includes(statusOf(error))) return null;
    throw error;
  }
}

/** A write to one row: as a part of a transaction, and by itself. */
type RowWrite = {
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
function groupByPartition(send: Send): (write: RowWrite) => Promise<string | null> {
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
