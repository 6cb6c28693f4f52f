import type { Begun, Pending, Stage, Store } from '../store.ts';
import { follow, fromColumns, ofPerson, ownedKeys, pointTo, removeOwned, toColumns } from './rows.ts';
import type { Table } from './table.ts';

type Pendings = Pick<Store, 'park' | 'parked' | 'parkedIn' | 'unpark'>;

/** Requests that wait, in the partition of the person who asked. */
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

/** Work that has begun. Its rows are in the table of waiting requests, so they expire and are forgotten with them. */
export function begunIn(table: Table, now: () => number): Pick<Store, 'begin' | 'begunBy' | 'finish'> {
  return {
    begin: async (begun) => {
      const { owner, wanted, expires } = begun;
      const columns = { waitsFor: 'begun', expires: BigInt(expires), ...toColumns(begun) };
      await table.put({ ...ownedKeys(owner, idOf(wanted)), ...columns });
    },
    begunBy: async (owner) => {
      const rows = await table.find(`${ofPerson(owner)} and waitsFor eq 'begun' and expires gt ${now()}L`);
      return rows.map((row) => fromColumns<Begun>(row)).sort((a, b) => a.at - b.at);
    },
    finish: async (owner, stage) =>
      void (await removeOwned(table, owner.tenant, ownedKeys(owner, idOf(stage)))),
  };
}

/** A meeting has the id of its request, and the request may still wait in the same table. */
const idOf = ({ id, revision }: Stage) => `begun:${id}:${revision}`;
