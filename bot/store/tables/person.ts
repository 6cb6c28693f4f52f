import { MADE, SIGNED_OUT } from '../keys.ts';
import { type Begun, NO_SETTINGS, type Pending, type Settings, type Stage, type Store } from '../store.ts';
import { toRecord } from './meetings.ts';
import { fromColumns, idKeys, isAlive, isOfKind, ofKind, ofPerson, personKeys, toColumns } from './rows.ts';
import type { Seen } from './seen.ts';
import type { StoredRow, Table } from './table.ts';

/** Settings last until they are removed. */
const FOREVER = BigInt(Number.MAX_SAFE_INTEGER);

/** What is kept of a person, all in one partition. */
export function peopleIn(table: Table, seen: Seen, now: () => number) {
  return {
    person: async (owner, endingAfter) => {
      const [signedOut, made] = [personKeys(owner, 'claim', SIGNED_OUT), personKeys(owner, 'count', MADE)];
      const rows = await table.find(
        `${ofPerson(owner)} and (until gt ${endingAfter}L or RowKey eq '${signedOut.rowKey}' or RowKey eq '${made.rowKey}')`,
      );
      const at = (rowKey: string) => rows.find((row) => row.rowKey === rowKey) ?? null;
      const alive = rows.filter((row) => isAlive(row, now()));
      const of = <T>(kind: 'begun' | 'request') =>
        alive.filter((row) => isOfKind(row, kind)).map((row) => fromColumns<T>(row));
      const meetings = alive.filter((row) => isOfKind(row, 'meeting'));
      for (const row of meetings) seen.note(row, row);
      seen.note(made, at(made.rowKey));
      const since = at(signedOut.rowKey);
      return {
        settings: toSettings(at(personKeys(owner, 'settings').rowKey)),
        requests: of<Pending>('request').sort((a, b) => a.askedAt - b.askedAt),
        begun: of<Begun>('begun').sort((a, b) => a.at - b.at),
        meetings: meetings.map(toRecord).sort((a, b) => a.start - b.start),
        signedOutUntil: since !== null && isAlive(since, now()) ? Number(since.expires) : null,
      };
    },
    settings: async (owner) => toSettings(await table.get(personKeys(owner, 'settings'))),
    saveSettings: (owner, settings) =>
      table.put({ ...personKeys(owner, 'settings'), until: FOREVER, ...toColumns(settings) }),
    forget: async (owner) => {
      for (const kind of ['begun', 'meeting', 'request'] as const)
        await removeAll(table, ofKind(owner, kind));
      await table.remove(personKeys(owner, 'settings'));
    },
  } satisfies Partial<Store>;
}

const toSettings = (row: StoredRow | null): Settings =>
  row === null ? NO_SETTINGS : fromColumns<Settings>(row);

async function removeAll(table: Table, filter: string): Promise<void> {
  const rows = await table.find(filter, ['partitionKey', 'rowKey']);
  await Promise.all(rows.map(({ partitionKey, rowKey }) => table.remove({ partitionKey, rowKey })));
}

/** Requests that wait, and work that has begun, in the partition of the person who asked. */
export function requestsIn(table: Table, now: () => number) {
  return {
    park: (pending) => table.put({ ...requestKeys(pending.owner.tenant, pending.id), ...lasting(pending) }),
    parked: async (tenant, id) => {
      const row = await table.get(requestKeys(tenant, id));
      return row && isAlive(row, now()) ? fromColumns<Pending>(row) : null;
    },
    unpark: async ({ tenant }, id) => void (await table.remove(requestKeys(tenant, id))),
    begin: (begun) => table.put({ ...begunKeys(begun.owner.tenant, begun.wanted), ...lasting(begun) }),
    finish: async ({ tenant }, stage) => void (await table.remove(begunKeys(tenant, stage))),
  } satisfies Partial<Store>;
}

/** `until` is what `person` looks for. */
const lasting = (value: Pending | Begun) => ({
  expires: BigInt(value.expires),
  until: BigInt(value.expires),
  ...toColumns(value),
});

const requestKeys = (tenant: string, id: string) => idKeys(tenant, 'request', id);
const begunKeys = (tenant: string, { id, revision }: Stage) => idKeys(tenant, 'begun', `${id}.${revision}`);
