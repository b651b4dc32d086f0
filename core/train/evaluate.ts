/**
 * What a model can do, without changing it: its loss and metrics over examples, and its predictions.
 */
import { noGrad } from '../autograd/modes';
import { breathe } from '../memory/breathe';
import type { Module } from '../nn/module';
import { concat, stack } from '../ops/shape';
import { full } from '../tensor/create';
import type { Tensor } from '../tensor/tensor';
import { type Batch, DataLoader, type LoaderOptions, TensorDataset } from './loader';
import { exact, type Metric } from './metrics';
import type { Logs } from './progress';
import '../ops/methods';

export type Model = Module & { forward(...inputs: Tensor[]): Tensor };
export type Loss = (prediction: Tensor, target: Tensor, options?: { reduction: 'none' }) => Tensor;

/** A DataLoader, or any other source of batches that can be gone through again and again. */
export type Batches = AsyncIterable<Batch> & { readonly length?: number };

/** Tensors, several inputs as a list; or batches that end in the target. */
export type Examples = { x: Tensor | readonly Tensor[]; y: Tensor } | { data: Batches };

export interface EvaluateOptions {
  loss?: Loss;
  metrics?: readonly Metric[];
  /** Of x and y; batches have their own. */
  batchSize?: number;
}

export const listOf = (x: Tensor | readonly Tensor[]): readonly Tensor[] =>
  Array.isArray(x) ? (x as readonly Tensor[]) : [x as Tensor];

export function batchesOf(examples: Examples, options: LoaderOptions<Batch>): Batches {
  if ('data' in examples) return examples.data;
  return new DataLoader(new TensorDataset(...listOf(examples.x), examples.y), options);
}

/** Loss and metrics of the batches so far, summed on the device. */
export class Totals {
  private sums: Float64Array | null = null;
  private pending: Tensor | null = null;
  private lengths: number[] = [];

  constructor(private readonly metrics: readonly Metric[]) {}

  /** Takes a batch in. `loss` is a mean over the batch and counts as much as the batch has examples. */
  add(loss: Tensor | null, prediction: Tensor, target: Tensor): void {
    const batch = noGrad(() => {
      const parts = this.metrics.map((metric) => exact(metric.sums(prediction, target)));
      if (loss) {
        const sum = exact(loss).mul(target.shape[0]);
        parts.unshift(stack([sum, full([], target.shape[0], { dtype: sum.dtype, device: sum.device })]));
      }
      this.lengths = parts.map((part) => part.size);
      if (parts.length === 0) return null;
      const all = concat(parts);
      return this.pending ? this.pending.add(all) : all;
    });
    this.pending = batch;
  }

  /** The values over all batches so far: the one place where the device is waited for. */
  async read(withLoss: boolean): Promise<Logs> {
    if (this.pending) {
      const fresh = await this.pending.data();
      this.sums = Float64Array.from(fresh, (value, i) => value + (this.sums?.[i] ?? 0));
      this.pending = null;
    }
    const values: [string, (sums: Float64Array) => number][] = this.metrics.map(({ name, value }) => [name, value]);
    if (withLoss) values.unshift(['loss', ([sum, count]) => sum / count]);
    let start = 0;
    return Object.fromEntries(
      values.map(([name, value], i) => {
        const sums = (this.sums as Float64Array).subarray(start, start + this.lengths[i]);
        start += this.lengths[i];
        return [name, value(sums)];
      }),
    );
  }
}

export function checkMetrics(operation: string, metrics: readonly Metric[]): void {
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, i) => name === 'loss' || names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`${operation}: there are two metrics called ${twice}; leave one out`);
}

/** Calls `fn` in evaluation mode; afterwards every module is in the mode it was in. */
export async function evaluating<T>(model: Module, fn: () => Promise<T>): Promise<T> {
  const modes = model.modules().map((module): [Module, boolean] => [module, module.training]);
  model.eval();
  try {
    return await fn();
  } finally {
    for (const [module, mode] of modes) module.training = mode;
  }
}

/** Loss and metrics over all examples: `const { loss, accuracy } = await evaluate(model, { x, y, … })`. */
export async function evaluate(model: Model, options: Examples & EvaluateOptions): Promise<Logs> {
  const { loss, metrics = [], batchSize = 32 } = options;
  checkMetrics('evaluate', metrics);
  if (!loss && metrics.length === 0) throw new Error('evaluate: give a loss, metrics, or both');
  const totals = new Totals(metrics);
  let batches = 0;
  await evaluating(model, async () => {
    for await (const batch of batchesOf(options, { batchSize })) {
      const target = batch[batch.length - 1];
      const prediction = noGrad(() => model.forward(...batch.slice(0, -1)));
      totals.add(loss ? noGrad(() => loss(prediction, target)) : null, prediction, target);
      batches++;
      await breathe();
    }
  });
  if (batches === 0) throw new Error('evaluate: the data held no batch');
  return totals.read(loss !== undefined);
}

/** The model's outputs for all examples, [N, …]. Batches from a loader hold inputs only. */
export async function predict(
  model: Model,
  { batchSize = 32, ...source }: ({ x: Tensor | readonly Tensor[] } | { data: Batches }) & { batchSize?: number },
): Promise<Tensor> {
  const batches =
    'data' in source ? source.data : new DataLoader(new TensorDataset(...listOf(source.x)), { batchSize });
  const outputs: Tensor[] = [];
  await evaluating(model, async () => {
    for await (const batch of batches) {
      outputs.push(noGrad(() => model.forward(...batch)));
      await breathe();
    }
  });
  if (outputs.length === 0) throw new Error('predict: the data held no batch');
  return noGrad(() => concat(outputs));
}
