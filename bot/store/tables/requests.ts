import type { Owner } from '../../meeting/record.ts';
import type { Begun, Pending, Stage, Store } from '../store.ts';
import { follow, fromColumns, ofPerson, ownedKeys, pointTo, removeOwned, toColumns } from './rows.ts';
import type { Table } from './table.ts';

/**
 * Requests that wait, in the partition of the person who asked, and work that has begun. Both are rows of one table, so
 * they expire and are forgotten together; what has begun counts as waiting for `begun`.
 */
export function requestsIn(table: Table, now: () => number) {
  const waiting = <T>(owner: Owner, waitsFor: string) =>
    table
      .find(`${ofPerson(owner)} and waitsFor eq '${waitsFor}' and expires gt ${now()}L`)
      .then((rows) => rows.map((row) => fromColumns<T>(row)));
  const unpark: Store['unpark'] = async (owner, id) =>
    void (await removeOwned(table, owner.tenant, ownedKeys(owner, id)));
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
      const found = await waiting<Pending>(owner, waitsFor);
      const here = found.filter((pending) => pending.conversation === conversation);
      return here.sort((a, b) => a.askedAt - b.askedAt);
    },
    unpark,
    begin: async (begun) => {
      const { owner, wanted, expires } = begun;
      const columns = { waitsFor: 'begun', expires: BigInt(expires), ...toColumns(begun) };
      await table.put({ ...ownedKeys(owner, idOf(wanted)), ...columns });
    },
    begunBy: async (owner) => (await waiting<Begun>(owner, 'begun')).sort((a, b) => a.at - b.at),
    finish: (owner, stage) => unpark(owner, idOf(stage)),
  } satisfies Partial<Store>;
}

/** A meeting has the id of its request, and the request may still wait in the same table. */
const idOf = ({ id, revision }: Stage) => `begun:${id}:${revision}`;
