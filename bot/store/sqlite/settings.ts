import type { DatabaseSync } from 'node:sqlite';
import { NO_SETTINGS, type Settings, type Store } from '../store.ts';
import type { Write } from './group.ts';
import { fromFound } from './rows.ts';

/** Settings of people, and the few values that are the same for everybody. */
export function settingsIn(
  db: DatabaseSync,
  write: Write,
): Pick<Store, 'settings' | 'saveSettings' | 'keep'> {
  const get = db.prepare('SELECT body FROM settings WHERE tenant = ? AND user = ?');
  const save = db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?, ?)');
  const keep = db.prepare('INSERT INTO kept VALUES (?, ?) ON CONFLICT DO NOTHING');
  const kept = db.prepare('SELECT value FROM kept WHERE name = ?');
  return {
    settings: async ({ tenant, user }) => fromFound<Settings>(get.get(tenant, user)) ?? NO_SETTINGS,
    saveSettings: async ({ tenant, user }, settings) =>
      void (await write(() => save.run(tenant, user, JSON.stringify(settings)))),
    keep: async (name, candidate) => {
      await write(() => keep.run(name, candidate));
      return String(kept.get(name)?.value);
    },
  };
}
