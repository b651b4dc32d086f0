/**
 * What the fast kernels are held against: calls of a kernel large and odd enough that every path of it runs (several
 * blocks, edges of tiles, thin and empty shapes). From one list run the agreement with the plain kernels, and the proof
 * that the number of threads changes nothing.
 */
import { manualSeed, type Shape, type Tensor, tensor, zeros } from '../../core';
import type { Kernels } from '../../core/kernels/kernels';

export interface Case {
  /** Kernel and what is special: 'matmul 129×65×300, A transposed'. */
  name: string;
  kernel: keyof Kernels;
  /** Makes the inputs (seeded, so that they are the same each time), calls the kernel, and returns what it wrote. */
  run(kernels: Kernels): Tensor[];
  /** Allowed distance, relative to the largest value of the output; 1e-5 unless said. */
  tolerance?: number;
}

/** A case whose random inputs do not depend on the cases before it. */
export function oneCase(name: string, kernel: keyof Kernels, run: Case['run'], tolerance?: number): Case {
  const seeded = (kernels: Kernels) => {
    manualSeed(name.length * 7919 + name.charCodeAt(name.length - 1));
    return run(kernels);
  };
  return { name, kernel, run: seeded, tolerance };
}

/** An output that holds what no kernel would write: a place that is not written shows. */
export function blank(shape: Shape, dtype: 'float32' | 'int32' = 'float32'): Tensor {
  const n = shape.reduce((product, extent) => product * extent, 1);
  return n === 0 ? zeros(shape, { dtype }) : tensor(new Array(n).fill(-12345), { dtype }).reshape(...shape);
}
