import type { DatabaseSync } from 'node:sqlite';
import { comingUntil, type MeetingRecord, type Store } from '../store.ts';
import { fromFound, fromRow } from './rows.ts';

type Meetings = Pick<
  Store,
  'addMeeting' | 'meeting' | 'replaceMeeting' | 'setCard' | 'removeMeeting' | 'meetingsOf'
>;

/** Records of meetings. Where a card stands is written by `setCard` alone, so another write keeps what the row has. */
export function meetingsIn(db: DatabaseSync, now: () => number): Meetings {
  const add = db.prepare('INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const get = db.prepare('SELECT body FROM meetings WHERE tenant = ? AND id = ? AND expires > ?');
  const replace = db.prepare(
    `UPDATE meetings SET revision = ?, start = ?, ends = ?, expires = ?,
     body = json_set(?, '$.conversation', body ->> '$.conversation', '$.cardId', body ->> '$.cardId')
     WHERE tenant = ? AND id = ? AND revision = ? RETURNING body`,
  );
  const setCard = db.prepare(
    `UPDATE meetings SET body = json_set(body, '$.conversation', ?, '$.cardId', ?)
     WHERE tenant = ? AND id = ? RETURNING revision`,
  );
  const remove = db.prepare('DELETE FROM meetings WHERE tenant = ? AND id = ? RETURNING body');
  const coming = db.prepare(
    'SELECT body FROM meetings WHERE tenant = ? AND user = ? AND ends > ? AND expires > ? ORDER BY start',
  );
  return {
    addMeeting: async (m) => {
      const { tenant, user } = m.owner;
      const times = [m.start, comingUntil(m), m.createdAt, m.expires];
      add.run(tenant, m.id, user, m.revision, ...times, JSON.stringify(m));
    },
    meeting: async (tenant, id) => fromFound<MeetingRecord>(get.get(tenant, id, now())),
    replaceMeeting: async (m, revision) => {
      const values = [m.revision, m.start, comingUntil(m), m.expires, JSON.stringify(m)];
      return fromFound<MeetingRecord>(replace.get(...values, m.owner.tenant, m.id, revision));
    },
    setCard: async (tenant, id, conversation, cardId) => {
      const row = setCard.get(conversation, cardId, tenant, id);
      return row === undefined ? null : Number(row.revision);
    },
    removeMeeting: async (tenant, id) => fromFound<MeetingRecord>(remove.get(tenant, id)),
    meetingsOf: async ({ tenant, user }, endingAfter) =>
      coming.all(tenant, user, endingAfter, now()).map(fromRow<MeetingRecord>),
  };
}
