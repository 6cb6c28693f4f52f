import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  type Cards,
  comingUntil,
  type MeetingRecord,
  withCardAt,
  withCardsOf,
} from '../../meeting/record.ts';
import type { Store } from '../store.ts';
import { fromColumns, idKeys, isAlive, ofKind, toColumns } from './rows.ts';
import type { Attempt, Seen } from './seen.ts';
import { type Row, StoreError, type Table } from './table.ts';

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
      return seen.change(row, async (found): Promise<Attempt<MeetingRecord | null>> => {
        if (found === null) return { kind: 'found', value: null };
        if (found.mark === row.mark) return { kind: 'found', value: toRecord(found) };
        if (found.revision !== revision) return { kind: 'found', value: null };
        const next = { ...row, ...toCardColumns(cardsOf(found)) };
        const etag = await table.replace(next, found.etag);
        if (etag === null) return { kind: 'overtaken' };
        seen.note(row, { ...next, etag });
        return { kind: 'written', value: toRecord(next) };
      });
    },
    setCard: (tenant, id, conversation, cardId) => {
      const keys = keysOf(tenant, id);
      return seen.change(keys, async (found): Promise<Attempt<number | null>> => {
        if (found === null) return { kind: 'found', value: null };
        const columns = toCardColumns(withCardAt(cardsOf(found), { conversation, cardId }));
        const etag = await table.amend({ ...keys, ...columns }, found.etag);
        if (etag === null) return { kind: 'overtaken' };
        seen.note(keys, { ...found, ...columns, etag });
        return { kind: 'written', value: Number(found.revision) };
      });
    },
    removeMeeting: async (tenant, id) => {
      const keys = keysOf(tenant, id);
      return seen.change(keys, async (found): Promise<Attempt<MeetingRecord | null>> => {
        if (found === null) return { kind: 'found', value: null };
        const isRemoved = await table.remove(keys, found.etag);
        return isRemoved ? { kind: 'written', value: toRecord(found) } : { kind: 'overtaken' };
      });
    },
    meetingsOf: async (owner, endingAfter) => {
      const rows = await table.find(
        `${ofKind(owner, 'meeting')} and until gt ${endingAfter}L and expires gt ${now()}L`,
      );
      return rows.map(toRecord).sort((a, b) => a.start - b.start);
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
export const toRecord = (row: Row): MeetingRecord =>
  withCardsOf(fromColumns<MeetingRecord>(row), cardsOf(row));
