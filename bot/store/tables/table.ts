import { RestError, TableClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { type Cache, createCache } from '../../base/cache.ts';
import { pauses, retry } from '../../base/retry.ts';
import { createSingleFlight } from '../../base/single-flight.ts';

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
  /** The partitions of rows that this process has written or found, by pointer. */
  owners: Cache<string>;
};

/** An answer takes some milliseconds. A connection that hangs is given up for a new one, and then for good. */
const PATIENCE_MS = [1_000, 3_000];
const MOST_OWNERS = 10_000;
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
    insert: (row) => ask((limit) => etagUnless([409], client.createEntity(row, limit))),
    get: ({ partitionKey, rowKey }) =>
      ask((limit) => orNull(client.getEntity<StoredRow>(partitionKey, rowKey, limit))),
    put: async (row) => void (await ask((limit) => client.upsertEntity(row, 'Replace', limit))),
    replace: (row, etag) =>
      ask((limit) => etagUnless([404, 412], client.updateEntity(row, 'Replace', { ...limit, etag }))),
    amend: (row, etag) =>
      ask((limit) => etagUnless([404, 412], client.updateEntity(row, 'Merge', { ...limit, etag }))),
    merge: async (row) =>
      void (await ask((limit) => unless([404], client.updateEntity(row, 'Merge', limit)))),
    remove: ({ partitionKey, rowKey }, etag = '*') =>
      ask((limit) => unless([404, 412], client.deleteEntity(partitionKey, rowKey, { ...limit, etag }))),
    find: async (filter, columns) => {
      const found: StoredRow[] = [];
      for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
        const { rows, next: after } = await page({ filter, ...(columns && { select: columns }) }, next);
        found.push(...rows);
        next = after;
      }
      return found;
    },
    page: (filter, from, columns = []) =>
      page({ filter, select: ['partitionKey', 'rowKey', ...columns] }, from),
    made,
    owners: createCache(MOST_OWNERS),
  };
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

/** Whether it was done; the statuses mean that somebody was faster. */
const unless = async (statuses: readonly number[], work: Promise<unknown>): Promise<boolean> =>
  (await orNull(work, statuses)) !== null;

/** The etag after it, or null. */
const etagUnless = async (
  statuses: readonly number[],
  work: Promise<{ etag?: string }>,
): Promise<string | null> => (await orNull(work, statuses))?.etag ?? null;

async function orNull<T>(work: Promise<T>, statuses: readonly number[] = [404]): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (statuses.includes(statusOf(error))) return null;
    throw error;
  }
}
