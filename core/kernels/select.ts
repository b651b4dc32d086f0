/**
 * Which kernels serve a tensor: one frozen record for each device and dtype, chosen once at load, never per call.
 */
import type { DeviceName } from '../memory/allocator';
import { cpu } from './cpu';
import type { Kernels } from './kernels';
import { simd } from './simd';
import type { DType } from './strided';

type KernelsByType = Record<DType, Kernels>;

const float32: Kernels = simd ? Object.freeze({ ...cpu, ...simd }) : cpu;

const records: Partial<Record<DeviceName, KernelsByType>> = {
  cpu: { float32, float64: cpu, int32: cpu },
};

export function kernelsFor({ device, dtype }: { device: DeviceName; dtype: DType }): Kernels {
  return (records[device] as KernelsByType)[dtype];
}

export function addKernels(device: DeviceName, kernels: KernelsByType): void {
  records[device] = kernels;
}
