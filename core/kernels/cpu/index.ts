/**
 * The reference kernels: plain TypeScript for every dtype, written to be read.
 */
import type { Kernels } from '../kernels';
import * as attention from './attention';
import * as convolution from './convolution';
import * as indexing from './indexing';
import * as map from './map';
import * as matmul from './matmul';
import * as normalisation from './normalisation';
import * as optimizers from './optimizers';
import * as pooling from './pooling';
import * as random from './random';
import * as recurrent from './recurrent';
import * as reduce from './reduce';
import * as softmax from './softmax';
import * as zip from './zip';

export const cpu: Kernels = Object.freeze({
  ...attention,
  ...convolution,
  ...indexing,
  ...map,
  ...matmul,
  ...normalisation,
  ...optimizers,
  ...pooling,
  ...random,
  ...recurrent,
  ...reduce,
  ...softmax,
  ...zip,
});
