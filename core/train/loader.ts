/**
 * From examples to batches. A dataset knows how many examples there are and gives one by its place; a loader decides
 * on the order, puts examples together, and keeps a few batches ahead where reading takes time.
 */
import { breathe } from '../memory/breathe';
import { stack } from '../ops/shape';
import { randperm, tensor } from '../tensor/create';
import type { Generator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { sharedLength } from './data';
import '../ops/methods';

/** Tensors that belong together, the examples along axis 0; for fit, inputs first and the target last. */
export type Batch = readonly Tensor[];

export interface Dataset<Example> {
  readonly length: number;
  get(place: number): Example | Promise<Example>;
}

/** Examples that lie in memory: rows of tensors. */
export class TensorDataset implements Dataset<Batch> {
  readonly tensors: readonly Tensor[];
  readonly length: number;

  constructor(...tensors: Tensor[]) {
    this.length = sharedLength('TensorDataset', tensors);
    this.tensors = tensors;
  }

  get(place: number): Batch {
    return this.tensors.map((t) => t.slice(place));
  }

  /** Many examples at once, without taking them apart first. */
  batch(places: Int32Array): Batch {
    return this.tensors.map((t) => t.indexSelect(0, tensor(places, { device: t.device })));
  }
}

export interface LoaderOptions<Example> {
  batchSize?: number;
  /** In a new order each time, drawn from `generator` or the common one. */
  shuffle?: boolean;
  generator?: Generator;
  /** Leaves out a last batch that is not full. */
  dropLast?: boolean;
  /** Puts examples together; unless given, lists of tensors are stacked field by field. */
  collate?: (examples: Example[]) => Batch | Promise<Batch>;
  /** How many batches are read ahead while the model learns from one. */
  prefetch?: number;
}

/** Batches, again and again: `for await (const [x, y] of loader)`. */
export class DataLoader<Example = Batch> implements AsyncIterable<Batch> {
  private readonly options: Required<Omit<LoaderOptions<Example>, 'generator' | 'collate'>> & LoaderOptions<Example>;

  constructor(
    readonly dataset: Dataset<Example>,
    { batchSize = 32, shuffle = false, dropLast = false, prefetch = 0, ...options }: LoaderOptions<Example> = {},
  ) {
    if (!Number.isInteger(batchSize) || batchSize < 1)
      throw new Error(`DataLoader: a batch size is a whole number from 1 up, not ${batchSize}`);
    if (!Number.isInteger(prefetch) || prefetch < 0)
      throw new Error(`DataLoader: prefetch is a whole number from 0 up, not ${prefetch}`);
    this.options = { batchSize, shuffle, dropLast, prefetch, ...options };
    if (this.length === 0)
      throw new Error(`DataLoader: ${dataset.length} examples make no batch of ${batchSize}; lower the batch size`);
  }

  /** The number of batches. */
  get length(): number {
    const { batchSize, dropLast } = this.options;
    const batches = this.dataset.length / batchSize;
    return dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, undefined> {
    const { batchSize, prefetch } = this.options;
    const order = await this.order();
    const coming: Promise<Batch>[] = [];
    for (let next = 0, given = 0; given < this.length; given++) {
      for (; next < this.length && next <= given + prefetch; next++) {
        const batch = this.read(order.slice(next * batchSize, (next + 1) * batchSize));
        batch.catch(() => {}); // whoever takes it hears of the error; one that nobody takes is no concern
        coming.push(batch);
      }
      await breathe();
      yield (await coming.shift()) as Batch;
    }
  }

  private async order(): Promise<Int32Array> {
    const { length } = this.dataset;
    const { shuffle, generator } = this.options;
    if (!shuffle) return Int32Array.from({ length }, (_, i) => i);
    return (await randperm(length, { generator, device: 'cpu' }).data()) as Int32Array;
  }

  private async read(places: Int32Array): Promise<Batch> {
    const { collate } = this.options;
    if (!collate && this.dataset instanceof TensorDataset) return this.dataset.batch(places);
    const examples = await Promise.all(Array.from(places, (place) => this.dataset.get(place)));
    return collate ? collate(examples) : stacked(examples);
  }
}

/** Lists of tensors, field by field. */
function stacked(examples: readonly unknown[]): Batch {
  const [first] = examples;
  if (!Array.isArray(first))
    throw new Error('DataLoader: an example is a list of tensors; for any other give collate(examples)');
  return first.map((_, field) => stack(examples.map((example) => (example as Tensor[])[field])));
}
