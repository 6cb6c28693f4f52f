import type { Pending, Store } from '../store.ts';
import { follow, ownedKeys, pointTo, removeOwned } from './owned.ts';
import { fromColumns, ofPerson, toColumns } from './rows.ts';
import type { Table } from './table.ts';

type Pendings = Pick<Store, 'park' | 'parked' | 'parkedIn' | 'unpark'>;

/** Requests that wait, in the partition of whoever asked. */
export function pendingIn(table: Table, now: () => number): Pendings {
  return {
    park: async (pending) => {
      const { id, owner, waitsFor, expires } = pending;
      const row = { ...ownedKeys(owner, id), waitsFor, expires: BigInt(expires), ...toColumns(pending) };
      await pointTo(table, owner, row);
      await table.put(row);
    },
    parked: async (tenant, id) => {
      const row = await follow(table, { tenant, id, now: now() });
      return row && fromColumns<Pending>(row);
    },
    parkedIn: async (owner, conversation, waitsFor) => {
      const waiting = `waitsFor eq '${waitsFor}' and expires gt ${now()}L`;
      const rows = await table.find(`${ofPerson(owner)} and ${waiting}`);
      return rows
        .map((row) => fromColumns<Pending>(row))
        .filter((pending) => pending.conversation === conversation)
        .sort((a, b) => a.askedAt - b.askedAt);
    },
    unpark: async (owner, id) => void (await removeOwned(table, owner.tenant, ownedKeys(owner, id))),
  };
}
