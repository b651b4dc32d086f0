/**
 * The fast kernels: float32 in WebAssembly, four numbers at a time, on all cores. Each file here prepares the call of
 * the file of the same name in assembly/, where the loops are. What is not listed is served by the plain kernels.
 */
import type { Kernels } from '../kernels';
import * as attention from './attention';
import * as convolution from './convolution';
import * as indexing from './indexing';
import * as map from './map';
import * as matmul from './matmul';
import { loaded } from './module';
import * as normalisation from './normalisation';
import * as optimizers from './optimizers';
import * as pooling from './pooling';
import * as random from './random';
import * as recurrent from './recurrent';
import * as reduce from './reduce';
import * as softmax from './softmax';
import * as zip from './zip';

/** Null where the fast kernels were not built: then the plain ones do it all. */
export const simd: Partial<Kernels> | null = loaded && {
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
};
