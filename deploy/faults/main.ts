import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runBench } from './bench.ts';

// Thousands of commands while everything goes wrong. Ends with 1 where an invariant is broken.
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    commands: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '3600' },
    people: { type: 'string', default: '60' },
    'at-once': { type: 'string' },
    each: { type: 'string', default: '1' },
    pace: { type: 'string' },
    watch: { type: 'string' },
    log: { type: 'string' },
    'kill-every': { type: 'string', default: '12' },
    kills: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    replicas: { type: 'string', default: '1' },
    reminders: { type: 'boolean', default: false },
    inviting: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
  },
});
const report = await runBench({
  seed: Number(values.seed),
  commands: Number(values.commands),
  seconds: Number(values.seconds),
  people: Number(values.people),
  load: {
    atOnce: Number(values['at-once'] ?? values.people),
    each: Number(values.each),
    perSecond: values.pace === undefined ? null : Number(values.pace),
  },
  ...(values.watch === undefined ? {} : { watchMs: Number(values.watch) * 1_000 }),
  killEveryMs: Number(values['kill-every']) * 1_000,
  ...(values.kills === undefined ? {} : { kills: Number(values.kills) }),
  store: values.store === 'tables' ? 'tables' : 'sqlite',
  replicas: Number(values.replicas),
  isReminded: values.reminders,
  isInviting: values.inviting,
  isCalm: values.calm,
});
const { broken, troubles, ends, log, ...numbers } = report;
if (values.log !== undefined) writeFileSync(values.log, log);
const { store, replicas } = values;
console.log(
  `seed ${values.seed}, ${values.commands} commands of ${values.people} people, ${replicas} × ${store}`,
);
console.table(ends);
console.table(Object.fromEntries([...troubles].toSorted()));
console.dir(numbers, { depth: null });
for (const { rule, where } of broken) console.log(`BROKEN ${rule}: ${where}`);
const isGood = broken.length === 0 && report.leaked.length === 0 && report.deaths === 0;
console.log(isGood ? 'Every invariant holds.' : `${broken.length} invariants broken.`);
process.exit(isGood ? 0 : 1);
