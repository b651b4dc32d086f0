/**
 * Finding a GPU and opening it: through the `webgpu` package in Node, through the browser's own WebGPU elsewhere. One
 * device serves the whole process, with all that its adapter allows.
 */
import { findGpu, onExit } from '#gpu';

let opened: GPUDevice | null = null;
let failure: Error | null = null;

export async function openDevice(): Promise<GPUDevice> {
  if (opened) return opened;
  const gpu = await findGpu();
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('useDevice: no GPU was found here (npm run doctor says what is missing)');
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has('subgroups') ? ['subgroups'] : [],
    requiredLimits: everything(adapter.limits),
  });
  watch(device);
  opened = device;
  onExit(() => device.destroy()); // a device that is still open can keep a core busy
  return device;
}

/** The open device. What went wrong on it since the last look is thrown here, in plain words. */
export function device(): GPUDevice {
  if (failure) throw failure;
  if (!opened) throw new Error("the device 'gpu' is not in use; call await useDevice('gpu') first");
  return opened;
}

/** A reading that came to nothing: the device says why, a moment later. */
export async function explainLoss(): Promise<never> {
  await opened?.lost;
  device();
  throw new Error('the gpu was lost: start the program again');
}

/** By default a device offers less than its adapter can do: 8 buffers a kernel, 128 MiB each. */
function everything(limits: GPUSupportedLimits): Record<string, number> {
  const wanted: Record<string, number> = {};
  for (const name in limits) {
    const value = limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') wanted[name] = value;
  }
  return wanted;
}

function watch(device: GPUDevice): void {
  device.addEventListener('uncapturederror', ({ error }) => {
    const outOfMemory = error.constructor.name === 'GPUOutOfMemoryError';
    failure ??= new Error(
      outOfMemory
        ? 'out of memory on the gpu: use a smaller batch, noGrad for evaluation, or drop references to old results'
        : `the gpu refused a command, which is a mistake in gpu/: ${error.message}`,
    );
  });
  void device.lost.then(({ reason, message }) => {
    failure ??= new Error(`the gpu was lost (${message || reason}): start the program again`);
  });
}
