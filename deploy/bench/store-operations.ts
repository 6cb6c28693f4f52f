import { ownedId } from '../../bot/store/keys.ts';
import { openTables, type TablePlace } from '../../bot/store/tables.ts';
import { ADA, meeting, pending } from './sample-records.ts';
import { quantile } from './table.ts';

const OPERATIONS = 300;
const PEOPLE = 50;
const MINUTE_MS = 60_000;

/** Prints the milliseconds of each operation of the store, one after the other. */
export async function measureStore(place: TablePlace): Promise<void> {
  const store = openTables(place, Date.now, 'bench');
  await store.check();
  const later = Date.now() + MINUTE_MS;
  const at = (i: number) => ({ tenant: 'contoso', user: `person${i % PEOPLE}` });
  const idOf = (name: string, i: number) => ownedId(at(i), name);
  const held = (i: number) =>
    meeting({ id: idOf(`m${i}`, i), owner: at(i), createdAt: Date.now(), expires: later });
  const waiting = (i: number) => pending({ id: idOf(`p${i}`, i), owner: at(i), expires: later });
  const dueAt = (i: number) => ({
    tenant: 'contoso',
    meeting: `m${i}`,
    step: 'ended' as const,
    at: later + i,
  });
  const work: Record<string, (i: number) => Promise<unknown>> = {
    claim: (i) => store.claim(at(i), `k${i}`, later),
    'claim that is held': (i) => store.claim(at(i), `k${i}`, later),
    claimedUntil: (i) => store.claimedUntil(at(i), `k${i}`),
    settle: (i) => store.settle(at(i), `k${i}`, later),
    release: (i) => store.release(at(i), `k${i}`),
    count: (i) => store.count(at(i), `c${i % PEOPLE}`, later),
    park: (i) => store.park(waiting(i)),
    parked: (i) => store.parked('contoso', idOf(`p${i}`, i)),
    person: (i) => store.person(at(i), Date.now()),
    unpark: (i) => store.unpark(at(i), idOf(`p${i}`, i)),
    addMeeting: (i) => store.addMeeting(held(i)),
    meeting: (i) => store.meeting('contoso', idOf(`m${i}`, i)),
    replaceMeeting: (i) => store.replaceMeeting({ ...held(i), revision: 2 }, 1),
    setCard: (i) => store.setCard('contoso', idOf(`m${i}`, i), 'a:1', 'card'),
    addDue: (i) => store.addDue([dueAt(i)]),
    'nextDue, nothing due': () => store.nextDue(Date.now()),
    'claimDue, nothing due': () => store.claimDue(1, later),
    removeDue: (i) => store.removeDue([dueAt(i)]),
    settings: () => store.settings(ADA),
    removeMeeting: (i) => store.removeMeeting('contoso', idOf(`m${i}`, i)),
  };
  for (const [name, run] of Object.entries(work)) {
    const taken: number[] = [];
    for (let i = 0; i < OPERATIONS; i += 1) {
      const started = performance.now();
      await run(i);
      taken.push(performance.now() - started);
    }
    const [p50, p99] = [quantile(taken, 0.5).toFixed(1), quantile(taken, 0.99).toFixed(1)];
    console.log(`${name.padEnd(20)} p50 ${p50.padStart(5)} ms   p99 ${p99.padStart(6)} ms`);
  }
}
