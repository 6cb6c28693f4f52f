import { randomUUID } from 'node:crypto';
import { comingUntil, type MeetingRecord, type Store } from '../store.ts';
import { find, follow, ownedKeys, pointTo, removeOwned } from './owned.ts';
import { fromColumns, ofPerson, toColumns } from './rows.ts';
import { type Row, StoreError, type Table } from './table.ts';

type Meetings = Pick<
  Store,
  'addMeeting' | 'meeting' | 'replaceMeeting' | 'setCard' | 'removeMeeting' | 'meetingsOf'
>;

/** Meetings, in the partition of whoever made them. */
export function meetingsIn(table: Table, now: () => number): Meetings {
  return {
    addMeeting: async (record) => {
      const row = toRow(record);
      await pointTo(table, record.owner, row);
      if (await table.insert(row)) return;
      if ((await table.get(row))?.mark !== row.mark) throw new StoreError(409, null);
    },
    meeting: async (tenant, id) => {
      const row = await follow(table, { tenant, id, now: now() });
      return row && fromRow(row);
    },
    replaceMeeting: async (record, revision) => {
      const row = toRow(record);
      for (;;) {
        const found = await table.get(row);
        if (found?.mark === row.mark) return true;
        if (found?.revision !== revision) return false;
        // What lasts longer than the way to it could not be found any more.
        if (found.expires !== row.expires) await pointTo(table, record.owner, row);
        if (await table.replace(row, found.etag)) return true;
      }
    },
    setCard: async (tenant, id, conversation, cardId) => {
      const keys = await find(table, tenant, id);
      if (keys !== null) await table.merge({ ...keys, conversation, cardId });
    },
    removeMeeting: async (tenant, id) => {
      const keys = await find(table, tenant, id);
      if (keys !== null) await removeOwned(table, tenant, keys);
    },
    meetingsOf: async (owner, endingAfter) => {
      const rows = await table.find(`${ofPerson(owner)} and end gt ${endingAfter}L and expires gt ${now()}L`);
      return rows.map(fromRow).sort((a, b) => a.start - b.start);
    },
  };
}

/** The columns are what is searched for, or changed alone; by its mark a write is known whose answer was lost. */
function toRow(record: MeetingRecord): Row {
  const { id, owner, revision, expires, conversation, cardId } = record;
  return {
    ...ownedKeys(owner, id),
    ...{ revision, end: BigInt(comingUntil(record)), expires: BigInt(expires) },
    ...{ conversation, cardId: cardId ?? undefined, mark: randomUUID() },
    ...toColumns(record),
  };
}

function fromRow(row: Row): MeetingRecord {
  const record = fromColumns<MeetingRecord>(row);
  return {
    ...record,
    conversation: String(row.conversation),
    cardId: typeof row.cardId === 'string' ? row.cardId : null,
  };
}
