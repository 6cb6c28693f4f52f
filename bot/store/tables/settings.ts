import type { Owner } from '../../meeting/record.ts';
import { NO_SETTINGS, type Settings, type Store } from '../store.ts';
import { fromColumns, keyOf, toColumns } from './rows.ts';
import { StoreError, type Table } from './table.ts';

/** Where a person's settings are. */
export const settingsKeys = ({ tenant, user }: Owner) => ({
  partitionKey: keyOf(tenant, user),
  rowKey: 'settings',
});

/** What is nobody's has a partition whose name no tenant and user can have. */
export const keptKeys = (name: string) => ({ partitionKey: 'kept', rowKey: keyOf(name) });

/** Settings of people, and the few values that are the same for everybody. */
export function settingsIn(table: Table): Pick<Store, 'settings' | 'saveSettings' | 'keep'> {
  return {
    settings: async (owner) => {
      const row = await table.get(settingsKeys(owner));
      return row === null ? NO_SETTINGS : fromColumns<Settings>(row);
    },
    saveSettings: (owner, settings) => table.put({ ...settingsKeys(owner), ...toColumns(settings) }),
    keep: async (name, candidate) => {
      const keys = keptKeys(name);
      if (await table.insert({ ...keys, ...toColumns(candidate) })) return candidate;
      const row = await table.get(keys);
      if (row === null) throw new StoreError(404, null);
      return fromColumns<string>(row);
    },
  };
}
