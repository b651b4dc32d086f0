// How the tests run: in plain Node, nothing global, a file on every core, and of a file's concurrent tests (child
// processes, mostly) two at a time. Chapters 06 to 10 train for minutes: their programs are run by `npm run test:all`
// (ALL_TESTS=1) only.
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const long = process.env.ALL_TESTS
  ? []
  : ['chapters/{06,07,08,09,10}-*/**/scripts.test.ts', 'chapters/10-*/sequences/sequences.test.ts'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'chapters/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...long],
    globalSetup: 'test/support/gpu.setup.ts',
    maxWorkers: availableParallelism(),
    maxConcurrency: 2,
    testTimeout: 30_000,
  },
});
