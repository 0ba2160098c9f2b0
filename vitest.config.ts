import { defineConfig } from 'vitest/config';

/** One process state for all files: it is faster, and answers may not depend on what was asked before them. */
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, isolate: false },
});
