/**
 * The public face of the core: `import { tensor, nn, optim, ops } from '../../core'`.
 */
import '../gpu'; // offers itself to useDevice
import * as nn from './nn';
import * as ops from './ops';
import * as optim from './optim';
import * as train from './train';

export { detectAnomaly } from './autograd/anomaly';
export { type BackwardOptions, grad } from './autograd/backward';
export { checkpoint } from './autograd/checkpoint';
export { type GradCheckReport, gradCheck, gradGradCheck } from './autograd/gradcheck';
export { customOperation, enableGrad, noGrad } from './autograd/modes';
export type { DType, TypedArray } from './kernels/strided';
export { breathe } from './memory/breathe';
export { memory } from './memory/lifetimes';
export * from './ops';
export { placed } from './ops/convert';
export * from './tensor/create';
export { currentDevice, useDevice } from './tensor/device';
export { Generator, manualSeed } from './tensor/random';
export type { Shape } from './tensor/shape';
export { type NestedNumbers, Tensor } from './tensor/tensor';
export { nn, ops, optim, train };
