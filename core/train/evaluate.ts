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

/** A tensor, or several as a list. */
export type OneOrMore = Tensor | readonly Tensor[];

export type Model<Output = Tensor> = Module & { forward(...inputs: Tensor[]): Output };

/** What is to become small; with several outputs or targets it gets lists of them. */
export type Loss<Output = Tensor, Target = Tensor> = (
  prediction: Output,
  target: Target,
  options?: { reduction: 'none' },
) => Tensor;

/** A DataLoader, or any other source of batches that can be gone through again and again. */
export type Batches = AsyncIterable<Batch> & { readonly length?: number };

/** Tensors, several inputs or targets as lists; or batches that end in the target, or in as many as `targets` says. */
export type Examples<Target = Tensor> = { x: OneOrMore; y: Target } | { data: Batches; targets?: number };

export interface EvaluateOptions<Output = Tensor, Target = Tensor> {
  loss?: Loss<Output, Target>;
  metrics?: readonly Metric<Output, Target>[];
  /** Of x and y; batches have their own. */
  batchSize?: number;
}

export const listOf = (x: OneOrMore): readonly Tensor[] => (Array.isArray(x) ? x : [x as Tensor]);

export function batchesOf<Target extends OneOrMore>(
  examples: Examples<Target>,
  options: LoaderOptions<Batch>,
): Batches {
  if ('data' in examples) return examples.data;
  return new DataLoader(new TensorDataset(...listOf(examples.x), ...listOf(examples.y)), options);
}

/** A batch taken apart: what goes into the model, and what is to come out. */
export function takeApart<Target extends OneOrMore>(
  batch: Batch,
  examples: Examples<Target>,
): { inputs: readonly Tensor[]; target: Target } {
  const several = 'data' in examples ? examples.targets : Array.isArray(examples.y) ? examples.y.length : undefined;
  const inputs = batch.slice(0, -(several ?? 1));
  if (inputs.length === 0)
    throw new Error(`a batch of ${batch.length} tensors cannot hold an input and ${several ?? 1} targets`);
  const target = several === undefined ? batch[inputs.length] : batch.slice(inputs.length);
  return { inputs, target: target as Target };
}

/** Loss and metrics of the batches so far, summed on the device. */
export class Totals<Output, Target extends OneOrMore> {
  private sums: Float64Array | null = null;
  private pending: Tensor | null = null;
  private lengths: number[] = [];

  constructor(private readonly metrics: readonly Metric<Output, Target>[]) {}

  /** Takes a batch in. `loss` is a mean over the batch and counts as much as the batch has examples. */
  add(loss: Tensor | null, prediction: Output, target: Target): void {
    const batch = noGrad(() => {
      const parts = this.metrics.map((metric) => exact(metric.sums(prediction, target)));
      if (loss) {
        const [examples] = listOf(target)[0].shape;
        const sum = exact(loss).mul(examples);
        parts.unshift(stack([sum, full([], examples, { dtype: sum.dtype, device: sum.device })]));
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

export function checkMetrics(operation: string, metrics: readonly { name: string }[]): void {
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, i) => name === 'loss' || names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`${operation}: there are two metrics called ${twice}; leave one out`);
}

/** Calls `fn` in evaluation mode; afterwards every module is in the mode it was in. */
export async function evaluating<T>(model: Module, fn: () => Promise<T>): Promise<T> {
  const restoreModes = model.rememberModes();
  model.eval();
  try {
    return await fn();
  } finally {
    restoreModes();
  }
}

/** Loss and metrics over all examples: `const { loss, accuracy } = await evaluate(model, { x, y, … })`. */
export async function evaluate<Output = Tensor, Target extends OneOrMore = Tensor>(
  model: Model<Output>,
  options: Examples<Target> & EvaluateOptions<Output, Target>,
): Promise<Logs> {
  const { loss, metrics = [], batchSize = 32 } = options;
  checkMetrics('evaluate', metrics);
  if (!loss && metrics.length === 0) throw new Error('evaluate: give a loss, metrics, or both');
  const totals = new Totals(metrics);
  let batches = 0;
  await evaluating(model, async () => {
    for await (const batch of batchesOf(options, { batchSize })) {
      const { inputs, target } = takeApart(batch, options);
      const prediction = noGrad(() => model.forward(...inputs));
      totals.add(loss ? noGrad(() => loss(prediction, target)) : null, prediction, target);
      batches++;
      await breathe();
    }
  });
  if (batches === 0) throw new Error('evaluate: the data held no batch');
  return totals.read(loss !== undefined);
}

/** The model's outputs for all examples, [N, …]; several as a list. Batches from a loader hold inputs only. */
export async function predict<Output extends OneOrMore>(
  model: Model<Output>,
  { batchSize = 32, ...source }: ({ x: OneOrMore } | { data: Batches }) & { batchSize?: number },
): Promise<Output extends Tensor ? Tensor : Tensor[]> {
  const batches =
    'data' in source ? source.data : new DataLoader(new TensorDataset(...listOf(source.x)), { batchSize });
  const outputs: OneOrMore[] = [];
  await evaluating(model, async () => {
    for await (const batch of batches) {
      outputs.push(noGrad(() => model.forward(...batch)));
      await breathe();
    }
  });
  if (outputs.length === 0) throw new Error('predict: the data held no batch');
  const whole = listOf(outputs[0]).map((_, i) => noGrad(() => concat(outputs.map((output) => listOf(output)[i]))));
  return (Array.isArray(outputs[0]) ? whole : whole[0]) as Output extends Tensor ? Tensor : Tensor[];
}
