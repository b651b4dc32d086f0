/** npm run doctor: on this machine, on one that lacks something, and what it says of GPUs that are not here. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { type Finding, linesOf } from '../../tools/doctor/finding';
import { findingOf } from '../../tools/doctor/gpu';
import type { GpuReport } from '../../tools/doctor/gpu-report';
import { runScript } from '../../tools/run';

const doctor = async (env: Record<string, string>) => {
  const { code, stdout } = await runScript(join(__dirname, '../../tools/doctor.ts'), [], { env });
  return { code, lines: stdout.trim().split('\n') };
};

const SLOW = 90_000;

describe.concurrent('the tool', () => {
  test('where all is well: what was found, exit 0', { timeout: SLOW }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doctor-test-'));
    const { code, lines } = await doctor({ DATASETS_DIR: folder, THREADS: '', KERNELS: '' });
    rmSync(folder, { recursive: true });
    const threads = availableParallelism();
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`node      ${process.versions.node}, `),
        expect.stringMatching(/^memory {4}\d+\.\d GiB, of which \d+\.\d are free$/),
        'core      computes, and its gradients are right',
        expect.stringContaining(`kernels   WebAssembly SIMD, shared memory, ${threads} thread`),
        'pictures  a chart was drawn and saved, as SVG and PNG',
        `data      ${folder}, with nothing in it`,
        expect.stringMatching(/^gpu {7}/),
        expect.stringMatching(/^Chapters can run, on the CPU/),
      ]),
    );
    expect(code).toBe(0);
  });

  test.runIf(inject('gpu'))('where there is a GPU: it has computed', { timeout: SLOW }, async () => {
    const { code, lines } = await doctor({});
    expect(lines).toContain('          it has multiplied two matrices, rightly');
    expect(lines.at(-1)).toBe('Chapters can run, on the CPU, and with --device gpu on the GPU.');
    expect(code).toBe(0);
  });

  test.runIf(process.platform === 'linux')('where there is none: how to get one', { timeout: SLOW }, async () => {
    const { code, lines } = await doctor({
      VK_DRIVER_FILES: '/nowhere',
      DATASETS_DIR: '/nowhere',
      KERNELS: 'reference',
    });
    const start = lines.findIndex((line) => line.startsWith('gpu'));
    expect(lines.slice(start)).toEqual([
      'gpu       none was found',
      '          VK_DRIVER_FILES is /nowhere, and there is no such file',
      '            to mend it: unset VK_DRIVER_FILES, or let it name a driver',
      '',
      'Chapters can run, on the CPU.',
    ]);
    expect(lines).toContain('data      DATASETS_DIR is /nowhere, and there is no such folder');
    expect(lines).toContain('            to mend it: unset KERNELS');
    expect(code).toBe(0);
  });

  test('where something chapters need is broken: exit 1', { timeout: SLOW }, async () => {
    const { code, lines } = await doctor({ THREADS: 'many' });
    const told = "broken: THREADS: a whole number of threads, 1 or more, not 'many'";
    expect(lines).toContain(`core      ${told}`);
    expect(lines.at(-1)).toBe('broken: core, kernels');
    expect(code).toBe(1);
  });
});

describe('GPUs that are not here', () => {
  const report: Required<Omit<GpuReport, 'error'>> = {
    adapter: {
      vendor: 'nvidia',
      architecture: 'hopper',
      device: 'nvidia-h200',
      description: 'NVIDIA: 550.1',
      isFallbackAdapter: false,
    },
    limits: {
      maxBufferSize: 2 ** 38,
      maxStorageBufferBindingSize: 2 ** 32 - 4,
      maxStorageBuffersPerShaderStage: 16,
      maxComputeInvocationsPerWorkgroup: 1024,
      maxComputeWorkgroupStorageSize: 49152,
    },
    subgroups: true,
  };
  const told = (finding: Finding) => linesOf('gpu', finding);

  test('a chip', () => {
    expect(told(findingOf(report, '1.2.3'))).toEqual([
      'gpu       nvidia-h200 by nvidia, a real chip',
      '          driver: NVIDIA: 550.1; webgpu 1.2.3',
      '          tensors of up to 4 GiB, 16 in a kernel',
      '          workgroups of 1024 threads with 48 KiB; subgroups',
      '          it has multiplied two matrices, rightly',
    ]);
  });

  test('a chip that multiplies wrongly', () => {
    const lines = told(findingOf({ ...report, error: 'it multiplies wrongly' }, '1.2.3'));
    expect(lines[0]).toBe('gpu       it does not work: it multiplies wrongly');
    expect(lines.at(-1)).toMatch(/to mend it: .*newest driver/);
  });

  test('none, and a driver that says why', () => {
    const lines = told(findingOf({}, '1.2.3', 'error: nothing\nWarning: Found no drivers!\n    at some.cpp:106\n'));
    if (!process.env.VK_DRIVER_FILES) expect(lines[1]).toBe('          the drivers say: Found no drivers!');
    expect(lines[0]).toBe('gpu       none was found');
    expect(lines.at(-1)).toMatch(/to mend it: /);
  });
});
