/**
 * The fast kernels: float32 in WebAssembly, four numbers at a time, on all cores. Each file here prepares the call of
 * the file of the same name in assembly/, where the loops are. What is not listed is served by the plain kernels.
 */
import type { Kernels } from '../kernels';
import * as matmul from './matmul';
import { loaded } from './module';

/** Null where the fast kernels were not built: then the plain ones do it all. */
export const simd: Partial<Kernels> | null = loaded && {
  ...matmul,
};
