/**
 * Opens the GPU, computes on it, and prints what it is, as JSON. A program of its own: drivers write what they like to
 * the terminal, and a bad one may take its process down.
 */
import { findGpu } from '#gpu';
import { tensor, useDevice } from '../../core';
import { device } from '../../gpu/device';
import { firstLine } from './finding';

export interface GpuReport {
  /** Absent where none was found. */
  adapter?: Record<'vendor' | 'architecture' | 'device' | 'description', string> & { isFallbackAdapter: boolean };
  limits?: Record<(typeof LIMITS)[number], number>;
  subgroups?: boolean;
  /** What went wrong. */
  error?: string;
}

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupStorageSize',
] as const;

async function examine(report: GpuReport): Promise<void> {
  if (!(await (await findGpu()).requestAdapter())) return;
  await useDevice('gpu');
  const { adapterInfo, limits, features } = device();
  const { vendor, architecture, device: chip, description, isFallbackAdapter } = adapterInfo;
  report.adapter = { vendor, architecture, device: chip, description, isFallbackAdapter };
  report.limits = Object.fromEntries(LIMITS.map((name) => [name, limits[name]])) as GpuReport['limits'];
  report.subgroups = features.has('subgroups');
  const matrix = tensor([
    [1, 2],
    [3, 4],
  ]);
  const product = [...(await matrix.matmul(matrix).data())].join();
  if (product !== '7,10,15,22') throw new Error(`it multiplies wrongly: ${product} instead of 7,10,15,22`);
}

async function main(): Promise<void> {
  const report: GpuReport = {};
  await examine(report).catch((error) => (report.error = firstLine(error)));
  console.log(JSON.stringify(report));
}

void main();
