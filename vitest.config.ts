import { defineConfig } from 'vitest/config';

/**
 * One process state for all files: it is faster, and answers may not depend on what was asked before them. Every core works:
 * on machines with two, vitest alone would leave one idle.
 */
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, isolate: false, maxWorkers: '100%' },
});
