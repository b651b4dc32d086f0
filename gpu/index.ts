/**
 * The third implementation of the kernels, on a GPU. Importing this costs little: the driver is loaded and the device
 * opened when somebody asks, with `await useDevice('gpu')`.
 */
import type { Kernels } from '../core/kernels/kernels';
import { type Device, offerDevice } from '../core/tensor/device';
import * as attention from './attention';
import { allocator } from './buffers';
import * as convolution from './convolution';
import { openDevice } from './device';
import * as elements from './elements';
import * as indexing from './indexing';
import * as normalisation from './normalisation';
import * as optimizers from './optimizers';
import * as pooling from './pooling';
import * as products from './products';
import { read, write } from './queue';
import * as random from './random';
import * as recurrent from './recurrent';
import * as reductions from './reductions';
import * as softmax from './softmax';

const kernels: Kernels = Object.freeze({
  ...attention,
  ...convolution,
  ...elements,
  ...indexing,
  ...normalisation,
  ...optimizers,
  ...pooling,
  ...products,
  ...random,
  ...recurrent,
  ...reductions,
  ...softmax,
});

async function openGpu(): Promise<Device> {
  await openDevice();
  return { name: 'gpu', allocator, kernels: { float32: kernels, int32: kernels, float64: kernels }, read, write };
}

offerDevice('gpu', openGpu);
