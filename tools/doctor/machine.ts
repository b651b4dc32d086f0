/**
 * What every chapter needs, and where the real data is. The core is loaded while it is examined: if it cannot be
 * loaded, that is a finding too.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Finding, firstLine } from './finding';

export function examineNode(): Finding {
  const processor = cpus()[0]?.model.trim() || 'an unnamed processor';
  return { state: 'good', found: [`${process.versions.node}, ${process.platform} ${process.arch}, ${processor}`] };
}

export function examineMemory(): Finding {
  const [all, left] = [totalmem(), process.availableMemory()].map((bytes) => (bytes / 2 ** 30).toFixed(1));
  return { state: 'good', found: [`${all} GiB, of which ${left} are free`] };
}

/** Does it compute, and are its gradients right? */
export function examineCore(): Finding {
  const { gradCheck, randn } = require('../../core') as typeof import('../../core');
  const inputs = [3, 5].map((rows) => randn([rows, rows + 2], { dtype: 'float64', requiresGrad: true }));
  const { passed, message } = gradCheck((a, b) => a.matmul(b).tanh(), inputs);
  if (!passed) return { state: 'broken', found: [message] };
  return { state: 'good', found: ['computes, and its gradients are right'] };
}

/** Which kernels serve, and on how many threads. */
export function examineKernels(): Finding {
  const { loadBinary, threadsWanted } = require('#simd') as typeof import('../../core/kernels/simd/platform.node');
  const { simd } = require('../../core/kernels/simd') as typeof import('../../core/kernels/simd');
  const plain = 'the plain kernels serve, many times slower';
  if (process.env.KERNELS === 'reference') {
    return { state: 'good', found: [`KERNELS=reference leaves the fast ones out: ${plain}`], mend: ['unset KERNELS'] };
  }
  if (!simd) return { state: 'missing', found: [`the fast ones are not built: ${plain}`], mend: ['npm run simd'] };
  const threads = threadsWanted();
  const relaxed = WebAssembly.validate(loadBinary('shared-relaxed') ?? new Uint8Array());
  return {
    state: 'good',
    found: [
      `WebAssembly SIMD, shared memory, ${threads} ${threads === 1 ? 'thread' : 'threads'} on ${cpus().length} cores`,
      relaxed
        ? 'relaxed SIMD: multiplies and adds in one instruction'
        : 'no relaxed SIMD in this Node: with it (Node 22 or newer) products are faster',
    ],
  };
}

/** Draws a chart and saves it, as every chapter does. */
export async function examinePictures(): Promise<Finding> {
  const { lineChart } = require('../../core/io/charts') as typeof import('../../core/io/charts');
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  try {
    const [axis, series] = [{ label: 'an axis' }, [{ name: 'a line', y: [1, 2] }]];
    const chart = await lineChart({ title: 'A chart', x: axis, y: axis, series });
    await chart.save(join(folder, 'line'));
    return { state: 'good', found: ['a chart was drawn and saved, as SVG and PNG'] };
  } catch (error) {
    return { state: 'broken', found: [firstLine(error)], mend: ['npm ci, which installs all packages anew'] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function examineData(): Finding {
  const folder = process.env.DATASETS_DIR;
  if (!folder) {
    return {
      state: 'good',
      found: ['DATASETS_DIR is not set: chapters make their own (npm run datasets fetches real data)'],
    };
  }
  if (!existsSync(folder)) {
    const mend = ['let DATASETS_DIR name the folder that holds the data sets, or unset DATASETS_DIR'];
    return { state: 'missing', found: [`DATASETS_DIR is ${folder}, and there is no such folder`], mend };
  }
  return { state: 'good', found: [`${folder}, with ${readdirSync(folder).sort().join(', ') || 'nothing in it'}`] };
}
