/** What the doctor says of the GPU, and of what a machine without one can do. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '../run';
import type { Finding } from './finding';
import type { GpuReport } from './gpu-report';

/** The software renderer in Debian's Chromium. */
const SOFTWARE = '/usr/lib/chromium/vk_swiftshader_icd.json';
const NEWEST = 'install the newest driver of your graphics card';

export async function examineGpu(): Promise<Finding> {
  const account = join(__dirname, '../../node_modules/webgpu/package.json');
  if (!existsSync(account)) {
    return { state: 'missing', found: ['the package webgpu is not installed'], mend: ['npm ci --include=optional'] };
  }
  const { version } = JSON.parse(readFileSync(account, 'utf8')) as { version: string };
  const { stdout, stderr } = await runScript(join(__dirname, 'gpu-report.ts'));
  const last = stdout.trim().split('\n').pop();
  const report: GpuReport = last ? JSON.parse(last) : { error: 'opening it ended the program: a driver is at fault' };
  return findingOf(report, version, stderr);
}

/** `said`: what the drivers wrote to the terminal. */
export function findingOf({ adapter, limits, subgroups, error }: GpuReport, version: string, said = ''): Finding {
  if (!adapter || !limits) return nothing(error ?? 'none was found', said);
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter;
  const largest = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  const shared = limits.maxComputeWorkgroupStorageSize;
  const found = [
    `${device || architecture} by ${vendor}, ${isFallbackAdapter ? 'a software renderer' : 'a real chip'}`,
    `driver: ${description || 'it does not say'}; webgpu ${version}`,
    `tensors of up to ${+(largest / 2 ** 30).toFixed(2)} GiB, ${limits.maxStorageBuffersPerShaderStage} in a kernel`,
    `workgroups of ${limits.maxComputeInvocationsPerWorkgroup} threads with ${shared / 1024} KiB; ` +
      `${subgroups ? 'subgroups' : 'no subgroups'}`,
  ];
  if (!error) return { state: 'good', found: [...found, 'it has multiplied two matrices, rightly'] };
  return { state: 'missing', found: [`it does not work: ${error}`, ...found], mend: [NEWEST] };
}

function nothing(error: string, said: string): Finding {
  const named = process.env.VK_DRIVER_FILES;
  if (named && !existsSync(named)) {
    const found = [error, `VK_DRIVER_FILES is ${named}, and there is no such file`];
    return { state: 'missing', found, mend: ['unset VK_DRIVER_FILES, or let it name a driver'] };
  }
  const why = /^Warning: (.+)$/m.exec(said)?.[1];
  const found = why ? [error, `the drivers say: ${why}`] : [error];
  return { state: 'missing', found, mend: process.platform === 'linux' ? onLinux() : [NEWEST] };
}

function onLinux(): string[] {
  const install = existsSync(SOFTWARE) ? '' : 'apt-get install chromium libvulkan1 && ';
  return [
    'for a card of AMD or Intel: apt-get install mesa-vulkan-drivers',
    'for a card of NVIDIA: apt-get install nvidia-driver',
    `for none, to try the kernels: ${install}export VK_DRIVER_FILES=${SOFTWARE}`,
  ];
}
