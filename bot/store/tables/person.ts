import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type Cards,
  comingUntil,
  type MeetingRecord,
  withCardAt,
  withCardsOf,
} from '../../meeting/record.ts';
import { MADE, SIGNED_OUT } from '../keys.ts';
import { type Begun, NO_SETTINGS, type Pending, type Settings, type Stage, type Store } from '../store.ts';
import {
  fromColumns,
  idKeys,
  isAlive,
  isOfKind,
  ofKind,
  ofPerson,
  personKeys,
  type Seen,
  toColumns,
} from './rows.ts';
import { type Row, type StoredRow, StoreError, type Table } from './table.ts';

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

type Tables = { table: Table; seen: Seen; addDue: Store['addDue'] };

/** Meetings, in the partition of the person who made them. What is due about one is noted before it is stored. */
export function meetingsIn({ table, seen, addDue }: Tables, now: () => number) {
  const keysOf = (tenant: string, id: string) => idKeys(tenant, 'meeting', id);
  return {
    addMeeting: async (record, dues = []) => {
      await addDue(dues);
      const row = toRow(record);
      const etag = await table.insert(row);
      if (etag !== null) return seen.note(row, { ...row, etag });
      const found = await table.get(row);
      // The same meeting was added by an earlier try, whose answer was lost.
      if (found === null || !isSame(toRecord(found), record)) throw new StoreError(409, null);
    },
    meeting: async (tenant, id) => {
      const row = await table.get(keysOf(tenant, id));
      if (row === null || !isAlive(row, now())) return null;
      seen.note(row, row);
      return toRecord(row);
    },
    replaceMeeting: async (record, revision, dues = []) => {
      await addDue(dues);
      const row = toRow(record);
      return seen.change(row, async (found) => {
        if (found === null) return { value: null };
        if (found.mark === row.mark) return { value: toRecord(found) };
        if (found.revision !== revision) return { value: null };
        const next = { ...row, ...toCardColumns(cardsOf(found)) };
        const etag = await table.replace(next, found.etag);
        return etag === null ? null : { value: toRecord(next), row: { ...next, etag } };
      });
    },
    setCard: (tenant, id, conversation, cardId) => {
      const keys = keysOf(tenant, id);
      return seen.change(keys, async (found) => {
        if (found === null) return { value: null };
        const columns = toCardColumns(withCardAt(cardsOf(found), { conversation, cardId }));
        const etag = await table.amend({ ...keys, ...columns }, found.etag);
        return etag === null ? null : { value: Number(found.revision), row: { ...found, ...columns, etag } };
      });
    },
    removeMeeting: async (tenant, id) => {
      const keys = keysOf(tenant, id);
      return seen.change(keys, async (found) => {
        if (found === null) return { value: null };
        const isRemoved = await table.remove(keys, found.etag);
        return isRemoved ? { value: toRecord(found), row: null } : null;
      });
    },
  } satisfies Partial<Store>;
}

const isSame = (stored: MeetingRecord, record: MeetingRecord): boolean =>
  isDeepStrictEqual(withCardsOf(stored, record), withCardsOf(record, record));

/** The columns are what is searched for or changed alone. A write whose answer was lost is recognized by its `mark`. */
function toRow(record: MeetingRecord): Row {
  const { id, owner, revision, expires } = record;
  return {
    ...idKeys(owner.tenant, 'meeting', id),
    ...{ revision, until: BigInt(comingUntil(record)), expires: BigInt(expires) },
    ...{ ...toCardColumns(record), mark: randomUUID() },
    ...toColumns(record),
  };
}

const toCardColumns = ({ conversation, cardId, olderCards = [] }: Cards) => ({
  conversation,
  cardId: cardId ?? undefined,
  olderCards: JSON.stringify(olderCards),
});

function cardsOf({ conversation, cardId, olderCards = '[]' }: Row): Cards {
  const older = JSON.parse(String(olderCards)) as NonNullable<Cards['olderCards']>;
  return {
    conversation: String(conversation),
    cardId: typeof cardId === 'string' ? cardId : null,
    ...(older.length > 0 && { olderCards: older }),
  };
}

/** The meeting of a row. */
const toRecord = (row: Row): MeetingRecord => withCardsOf(fromColumns<MeetingRecord>(row), cardsOf(row));
