/**
 * Devices: which one new tensors are made on, and what a device other than the CPU brings along. The GPU's runtime
 * lives in gpu/ and is loaded only when somebody asks for it.
 */

import type { Kernels } from '../kernels/kernels';
import { addKernels } from '../kernels/select';
import type { DType, Strided, TypedArray } from '../kernels/strided';
import type { Allocator, DeviceName } from '../memory/allocator';
import { addDevice } from '../memory/lifetimes';

/** What gpu/ hands over to take part. */
export interface Device {
  readonly name: DeviceName;
  readonly allocator: Allocator;
  readonly kernels: Record<DType, Kernels>;
  /** Copies a contiguous tensor's values out of the device. */
  read(x: Strided): Promise<TypedArray>;
  /** Copies values into a contiguous tensor of the device. */
  write(values: TypedArray, y: Strided): void;
}

const devices = new Map<DeviceName, Device>();
const openers = new Map<DeviceName, () => Promise<Device>>();
let current: DeviceName = 'cpu';

/** Says how a device is opened, should anybody ask for it. */
export function offerDevice(name: DeviceName, open: () => Promise<Device>): void {
  openers.set(name, open);
}

async function open(name: DeviceName): Promise<void> {
  const opener = openers.get(name);
  if (!opener) throw new Error(`useDevice: there is no device '${String(name)}': cpu or gpu`);
  const device = await opener();
  devices.set(name, device);
  addDevice(name, device.allocator);
  addKernels(name, device.kernels);
}

/** Makes a device the one on which tensors are created from here on. */
export async function useDevice(name: DeviceName): Promise<void> {
  if (name !== 'cpu' && !devices.has(name)) await open(name);
  current = name;
}

export function currentDevice(): DeviceName {
  return current;
}

export function readerOf(name: DeviceName): Device['read'] {
  return runtime(name).read;
}

export function writerOf(name: DeviceName): Device['write'] {
  return runtime(name).write;
}

function runtime(name: DeviceName): Device {
  const device = devices.get(name);
  if (!device) throw new Error(`the device '${name}' is not in use; call await useDevice('${name}') first`);
  return device;
}
