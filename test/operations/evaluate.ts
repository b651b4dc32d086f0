/**
 * Running a row: its inputs as tensors, its outputs, and the gradients of all inputs under the weighting L = Σ wᵢ·yᵢ
 * over all floating outputs, with wᵢ = sin i² (i = 1, 2, …), which is irregular and easily written in Python too.
 */
import { type DType, grad, type Tensor, tensor } from '../../core';
import type { Sample } from './inputs';
import type { Run } from './row';

export interface Evaluation {
  outputs: Tensor[];
  /** One for each input that wants one; null where none flows. */
  gradients: (Tensor | null)[];
}

/** A sample as a tensor that was not computed from anything. */
export function leaf({ values, shape, dtype, wantsGradient }: Sample, float: DType = 'float64'): Tensor {
  return tensor(values, { shape, dtype: dtype === 'int32' ? 'int32' : float, requiresGrad: wantsGradient });
}

export const leaves = (samples: readonly Sample[], float?: DType): Tensor[] =>
  samples.map((sample) => leaf(sample, float));

export const outputsOf = (run: Run, inputs: readonly Tensor[]): Tensor[] => [run(...inputs)].flat();

/** The weights of the outputs that have fractions. */
export function weightsFor(outputs: readonly Tensor[]): Tensor[] {
  let i = 0;
  return outputs
    .filter((y) => y.dtype !== 'int32')
    .map(({ shape, size, dtype, device }) => {
      const values = Array.from({ length: size }, () => Math.sin(++i * i));
      return tensor(values, { shape, dtype, device });
    });
}

/** Runs forward and backward. `weigh` may rearrange the gradients of the outputs, `createGraph` records the walk. */
export function evaluate(
  run: Run,
  inputs: readonly Tensor[],
  { weigh = (weights: Tensor): Tensor => weights, createGraph = false } = {},
): Evaluation {
  const outputs = outputsOf(run, inputs);
  return { outputs, gradients: gradientsOf(outputs, inputs, weightsFor(outputs).map(weigh), createGraph) };
}

export function gradientsOf(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  weights: readonly Tensor[],
  createGraph = false,
): (Tensor | null)[] {
  const wanted = inputs.filter((input) => input.requiresGrad);
  const floating = outputs.filter((y) => y.dtype !== 'int32');
  const roots = floating.filter((y) => y.requiresGrad);
  if (roots.length === 0) return wanted.map(() => null);
  const gradOutputs = weights.filter((_, i) => floating[i].requiresGrad);
  return grad(roots, wanted, { gradOutputs, createGraph, allowUnused: true });
}
