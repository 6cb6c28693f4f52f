import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { groupWrites } from '../../bot/store/sqlite/file.ts';

function table() {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)');
  const insert = db.prepare('INSERT INTO t VALUES (?, ?)');
  const ids = () =>
    db
      .prepare('SELECT id FROM t')
      .all()
      .map((row) => row.id);
  return { db, insert, ids, write: groupWrites(db) };
}

test('a disk that gets full in the middle takes nothing of what was written at once, and all is told', async () => {
  const { db, insert, ids, write } = table();
  const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count);
  db.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const written = await Promise.allSettled([
    write(() => insert.run(1, 'before')),
    write(() => insert.run(2, 'x'.repeat(1_000_000))),
    write(() => insert.run(3, 'after')),
  ]);
  expect(written.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(ids()).toEqual([]);
  await write(() => insert.run(4, 'when there is room'));
  expect(ids()).toEqual([4]);
});

test('what is still being written when the file is closed is told to whoever wanted it', async () => {
  const { db, insert, write } = table();
  const written = await Promise.allSettled([write(() => insert.run(1, 'late')), write(() => db.close())]);
  expect(written.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(write(() => insert.run(2, 'later'))).rejects.toThrow();
});
