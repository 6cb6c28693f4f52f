import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: vitest reads the default export
export default defineConfig({
  // End to end, most of the time is spent waiting for another process.
  test: { maxWorkers: '100%', include: ['test/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 30_000 },
});
