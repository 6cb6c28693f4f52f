import { randomUUID } from 'node:crypto';
import { createCache } from '../../base/cache.ts';
import {
  type Cards,
  comingUntil,
  type MeetingRecord,
  withCardAt,
  withCardsOf,
} from '../../meeting/record.ts';
import type { Store } from '../store.ts';
import { find, follow, fromColumns, ofPerson, ownedKeys, pointTo, removeOwned, toColumns } from './rows.ts';
import { type Row, type RowKeys, type StoredRow, StoreError, type Table } from './table.ts';

/** So many of the rows that were written last need not be read before their card is set. */
const MOST_SEEN = 1_000;
type Seen = { etag: string; revision: unknown; cards: Cards };

/** Meetings, in the partition of the person who made them. */
export function meetingsIn(table: Table, now: () => number) {
  const seen = createCache<Seen>(MOST_SEEN);
  const see = ({ partitionKey, rowKey }: RowKeys, what: Seen) =>
    void seen.set(`${partitionKey} ${rowKey}`, what);
  const takeSeen = ({ partitionKey, rowKey }: RowKeys) => {
    const key = `${partitionKey} ${rowKey}`;
    const found = seen.get(key);
    seen.delete(key);
    return found;
  };
  return {
    addMeeting: async (record) => {
      const row = toRow(record);
      await pointTo(table, record.owner, row);
      const etag = await table.insert(row);
      if (etag !== null) return see(row, { etag, revision: record.revision, cards: cardsOf(row) });
      const found = await table.get(row);
      if (found?.mark !== row.mark) throw new StoreError(409, null);
    },
    meeting: async (tenant, id) => {
      const row = await follow(table, { tenant, id, now: now() });
      return row && fromRow(row);
    },
    replaceMeeting: async (record, revision) => {
      const row = toRow(record);
      for (;;) {
        const found = await table.get(row);
        if (found === null) return null;
        if (found.mark === row.mark) return fromRow(found);
        if (found.revision !== revision) return null;
        // What lasts longer than the way to it could not be found any more.
        if (found.expires !== row.expires) await pointTo(table, record.owner, row);
        const cards = cardsOf(found);
        const next = { ...row, ...toCardColumns(cards) };
        const etag = await table.replace(next, found.etag);
        if (etag === null) continue;
        see(row, { etag, revision: record.revision, cards });
        return fromRow(next);
      }
    },
    setCard: async (tenant, id, conversation, cardId) => {
      const keys = await find(table, tenant, id);
      if (keys === null) return null;
      for (;;) {
        const last = takeSeen(keys) ?? seenIn(await table.get(keys));
        if (last === null) return null;
        const { revision } = last;
        const cards = withCardAt(last.cards, { conversation, cardId });
        const etag = await table.amend({ ...keys, ...toCardColumns(cards) }, last.etag);
        if (etag === null) continue;
        see(keys, { etag, revision, cards });
        return Number(revision);
      }
    },
    removeMeeting: async (tenant, id) => {
      const keys = await find(table, tenant, id);
      if (keys === null) return null;
      for (;;) {
        const row = await table.get(keys);
        if (row === null) return null;
        if (await removeOwned(table, tenant, row, row.etag)) return fromRow(row);
      }
    },
    meetingsOf: async (owner, endingAfter) => {
      const rows = await table.find(`${ofPerson(owner)} and end gt ${endingAfter}L and expires gt ${now()}L`);
      return rows.map(fromRow).sort((a, b) => a.start - b.start);
    },
  } satisfies Partial<Store>;
}

const seenIn = (row: StoredRow | null): Seen | null =>
  row && { etag: row.etag, revision: row.revision, cards: cardsOf(row) };

/** The columns are what is searched for or changed alone. A write whose answer was lost is recognized by its `mark`. */
function toRow(record: MeetingRecord): Row {
  const { id, owner, revision, expires } = record;
  return {
    ...ownedKeys(owner, id),
    ...{ revision, end: BigInt(comingUntil(record)), expires: BigInt(expires) },
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

const fromRow = (row: Row): MeetingRecord => withCardsOf(fromColumns<MeetingRecord>(row), cardsOf(row));
