import { readFileSync } from 'node:fs';
import { StatementSync } from 'node:sqlite';

// Loaded into the bot's process before its own code: whatever the file named by STORE_TROUBLE says goes wrong with its
// store, until the file says nothing any more.
const file = process.env.STORE_TROUBLE ?? '';
const FAILURES: Readonly<Record<string, string>> = {
  full: 'database or disk is full',
  gone: 'disk I/O error',
};

function trouble(): void {
  const [kind = '', ms = '0'] = read().trim().split(' ');
  if (kind === 'slow') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(ms));
  const message = FAILURES[kind];
  if (message !== undefined) throw Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR' });
}

function read(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

type Method = (this: StatementSync, ...values: unknown[]) => unknown;
const methods = StatementSync.prototype as unknown as Record<'run' | 'get' | 'all', Method>;

for (const name of ['run', 'get', 'all'] as const) {
  const original = methods[name];
  methods[name] = function (...values) {
    trouble();
    return original.apply(this, values);
  };
}
