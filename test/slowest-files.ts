import type { Reporter } from 'vitest/node';

const NAMED = 8;

/** Ends a run of many files with those that took longest: where the time goes when the suite has become slow. */
export const slowestFiles: Reporter = {
  onTestRunEnd(modules) {
    if (modules.length <= NAMED) return;
    const taken = modules.map((module) => {
      const { duration, collectDuration } = module.diagnostic();
      return { seconds: (duration + collectDuration) / 1_000, file: module.relativeModuleId };
    });
    const slowest = taken.toSorted((one, other) => other.seconds - one.seconds).slice(0, NAMED);
    console.log('    Slowest');
    for (const { seconds, file } of slowest) console.log(`${seconds.toFixed(1).padStart(11)} s  ${file}`);
  },
};
