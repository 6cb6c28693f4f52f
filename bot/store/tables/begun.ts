import type { Begun, Stage, Store } from '../store.ts';
import { ownedKeys, removeOwned } from './owned.ts';
import { fromColumns, ofPerson, toColumns } from './rows.ts';
import type { Table } from './table.ts';

/** Work that was begun: rows among the requests that wait, so that they expire and are forgotten with them. */
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

/** A meeting bears the id of its request, which may wait at the same time. */
const idOf = ({ id, revision }: Stage) => `begun:${id}:${revision}`;
