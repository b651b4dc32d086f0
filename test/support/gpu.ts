/**
 * Tests that need a GPU. Where there is none they are skipped, which gpu.setup.ts says in one loud line; with
 * REQUIRE_GPU=1 they fail instead. A file of tests is a process: all tests of it share one device and its pipelines.
 */
import { afterEach, beforeAll, describe, inject } from 'vitest';
import { useDevice } from '../../core';

declare module 'vitest' {
  interface ProvidedContext {
    /** Is there a GPU, or has there to be one? */
    gpu: boolean;
  }
}

/** Software renderers take seconds to build a pipeline. */
const SLOW = { timeout: 120_000 };

/** As describe(), for programs that open a GPU themselves. */
export function describeGpuPrograms(name: string, tests: () => void): void {
  describe.skipIf(!inject('gpu'))(name, SLOW, tests);
}

/** As describe(); the GPU is open, and new tensors are made on the CPU unless a test says otherwise. */
export function describeGpu(name: string, tests: () => void): void {
  describe.skipIf(!inject('gpu'))(name, SLOW, () => {
    beforeAll(async () => {
      await useDevice('gpu');
      await useDevice('cpu');
    }, SLOW.timeout);
    afterEach(() => useDevice('cpu'));
    tests();
  });
}
