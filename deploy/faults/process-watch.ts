import { appendFileSync } from 'node:fs';
import { queryObjects, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded into the bot's process before its own code: what is left when all that can go has gone, as lines of seconds, MB of
// heap and the number of timers in a file of WATCH_FOLDER that is named for the process.
const file = `${process.env.WATCH_FOLDER}/${process.pid}`;
const everyMs = Number(process.env.WATCH_MS);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const { constructor: Timeout } = setTimeout(() => undefined, 0);

setInterval(() => {
  collect();
  const megabytes = process.memoryUsage().heapUsed / 2 ** 20;
  appendFileSync(file, `${performance.now()} ${megabytes} ${queryObjects(Timeout)}\n`);
}, everyMs).unref();
