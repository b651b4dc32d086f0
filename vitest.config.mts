// How the tests run: in plain Node, nothing global, and of a file's concurrent tests (child processes, mostly) two at
// a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'chapters/**/*.test.ts'],
    globalSetup: 'test/support/gpu.setup.ts',
    maxConcurrency: 2,
    testTimeout: 30_000,
  },
});
