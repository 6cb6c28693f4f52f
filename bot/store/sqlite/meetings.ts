import type { DatabaseSync } from 'node:sqlite';
import { comingUntil, type MeetingRecord, withCardAt, withCardsOf } from '../../meeting/record.ts';
import type { Store } from '../store.ts';
import type { Write } from './transaction.ts';

type Meetings = Pick<
  Store,
  'addMeeting' | 'meeting' | 'replaceMeeting' | 'setCard' | 'removeMeeting' | 'meetingsOf'
>;

/** Records of meetings. Where its cards stand is written by `setCard` alone, so another write keeps what the row has. */
export function meetingsIn(db: DatabaseSync, write: Write, now: () => number): Meetings {
  const add = db.prepare('INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const get = db.prepare('SELECT body FROM meetings WHERE tenant = ? AND id = ? AND expires > ?');
  const stored = db.prepare('SELECT revision, body FROM meetings WHERE tenant = ? AND id = ?');
  const replace = db.prepare(
    'UPDATE meetings SET revision = ?, start = ?, ends = ?, expires = ?, body = ? WHERE tenant = ? AND id = ?',
  );
  const rewrite = db.prepare('UPDATE meetings SET body = ? WHERE tenant = ? AND id = ?');
  const remove = db.prepare('DELETE FROM meetings WHERE tenant = ? AND id = ? RETURNING body');
  const coming = db.prepare(
    'SELECT body FROM meetings WHERE tenant = ? AND user = ? AND ends > ? AND expires > ? ORDER BY start',
  );
  return {
    addMeeting: async (m) => {
      const { tenant, user } = m.owner;
      const times = [m.start, comingUntil(m), m.createdAt, m.expires];
      await write(() => add.run(tenant, m.id, user, m.revision, ...times, JSON.stringify(m)));
    },
    meeting: async (tenant, id) => fromFound<MeetingRecord>(get.get(tenant, id, now())),
    replaceMeeting: async (m, revision) =>
      write(() => {
        const { tenant } = m.owner;
        const row = stored.get(tenant, m.id);
        if (row?.revision !== revision) return null;
        const next = withCardsOf(m, fromRow<MeetingRecord>(row));
        const values = [next.revision, next.start, comingUntil(next), next.expires, JSON.stringify(next)];
        replace.run(...values, tenant, m.id);
        return next;
      }),
    setCard: async (tenant, id, conversation, cardId) =>
      write(() => {
        const row = stored.get(tenant, id);
        if (row === undefined) return null;
        const record = fromRow<MeetingRecord>(row);
        const moved = withCardsOf(record, withCardAt(record, { conversation, cardId }));
        rewrite.run(JSON.stringify(moved), tenant, id);
        return Number(row.revision);
      }),
    removeMeeting: async (tenant, id) => fromFound<MeetingRecord>(await write(() => remove.get(tenant, id))),
    meetingsOf: async ({ tenant, user }, endingAfter) =>
      coming.all(tenant, user, endingAfter, now()).map(fromRow<MeetingRecord>),
  };
}

type Row = Readonly<Record<string, unknown>>;

/** The value of a row's `body`: the rows are our own, so what was written as T is read as T. */
export const fromRow = <T>(row: Row): T => JSON.parse(String(row.body)) as T;

/** The same; null where there is no row. */
export const fromFound = <T>(row: Row | undefined): T | null => (row === undefined ? null : fromRow<T>(row));
