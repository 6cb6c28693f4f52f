import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded into the bot's process before its own code: what is left on its heap when all that can go has gone, each few
// seconds, as lines of milliseconds and MB in the file that HEAP_FILE names.
const EVERY_MS = 3_000;
const file = process.env.HEAP_FILE ?? '';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

setInterval(() => {
  collect();
  appendFileSync(file, `${performance.now()} ${process.memoryUsage().heapUsed / 2 ** 20}\n`);
}, EVERY_MS).unref();
