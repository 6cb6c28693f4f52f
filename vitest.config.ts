import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { COMPILED } from './deploy/sandbox/bot-process.ts';
import { slowestFiles } from './test/slowest-files.ts';

/**
 * They run what they test in their own process; whom it trusts and what time it is there, each sets for itself. None imports
 * app.ts or server.ts: restify changes Node's own HTTP classes, and the stand-ins in the same process no longer answer.
 */
const INSIDE =
  'test/{auth,base,calendar,cards,config,contract,explain,graph,handle,language,meeting,phrases,sandbox,say,teams}/**/*.test.ts';
/** Tests of the bot as a process; most files can do with the same one. */
const E2E = 'test/e2e/**/*.test.ts';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  test: {
    // End to end, most of the time is spent waiting: for another process, a time limit, the next try.
    maxWorkers: 2 * availableParallelism(),
    // For the programs that tests run.
    env: { NODE_COMPILE_CACHE: COMPILED },
    reporters: ['default', slowestFiles],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // A machine that does much else takes long.
    expect: { poll: { timeout: 20_000 } },
    // They run in the order of their names: what takes longest must not be left for the end.
    projects: [
      // Files share what they import: that is more than half of their time.
      { extends: true, test: { name: 'inside', include: [INSIDE], isolate: false } },
      {
        extends: true,
        test: { name: 'e2e', include: [E2E], isolate: false, globalSetup: 'test/e2e/bundle.ts' },
      },
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: [INSIDE, E2E] } },
    ],
  },
});
