/**
 * Getting data ready: apart into training and test, onto one scale, into one length. (oneHot is an operation.)
 */
import { noGrad } from '../autograd/modes';
import type { Generator } from '../tensor/random';
import { formatShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import '../ops/methods';
import { randperm, tensor } from '../tensor/create';

export interface SplitOptions {
  /** The share that is set aside for testing. */
  testSize?: number;
  /** Labels [N]: both parts get the same share of each class. */
  stratify?: Tensor;
  generator?: Generator;
}

/**
 * Shuffles tensors of equal length together and cuts them in two:
 * `const { train: [x, y], test: [xTest, yTest] } = await trainTestSplit([x, y])`.
 */
export async function trainTestSplit<Tensors extends readonly Tensor[]>(
  tensors: readonly [...Tensors],
  { testSize = 0.25, stratify, generator }: SplitOptions = {},
): Promise<{ train: { [I in keyof Tensors]: Tensor }; test: { [I in keyof Tensors]: Tensor } }> {
  const count = sharedLength('trainTestSplit', stratify ? [...tensors, stratify] : tensors);
  if (!(testSize > 0 && testSize < 1))
    throw new Error(`trainTestSplit: testSize is a share between 0 and 1, not ${testSize}`);
  const order = Array.from(await randperm(count, { generator }).data());
  const groups = stratify ? groupBy(order, await stratify.data()) : [order];
  const cuts = apportion(
    groups.map((group) => group.length),
    Math.round(testSize * count),
  );
  // Groups stand one after the other now; places in the first order mix them again.
  const rank = new Map(order.map((example, place) => [example, place]));
  const mixed = (parts: number[][]): number[] => parts.flat().sort((a, b) => rank.get(a)! - rank.get(b)!);
  const testing = mixed(groups.map((group, i) => group.slice(0, cuts[i])));
  const training = mixed(groups.map((group, i) => group.slice(cuts[i])));
  if (testing.length === 0 || training.length === 0)
    throw new Error(`trainTestSplit: a test share of ${testSize} of ${count} examples leaves one part empty`);
  const pick = (places: number[]) =>
    tensors.map((t) => t.indexSelect(0, tensor(places, { dtype: 'int32', device: t.device }))) as {
      [I in keyof Tensors]: Tensor;
    };
  return { train: pick(training), test: pick(testing) };
}

function groupBy(order: readonly number[], labels: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>();
  for (const example of order) {
    const group = groups.get(labels[example]);
    if (group) group.push(example);
    else groups.set(labels[example], [example]);
  }
  return [...groups.values()];
}

/** `seats` in proportion to sizes; what rounding down leaves goes to the largest remainders. */
function apportion(sizes: readonly number[], seats: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = sizes.map((size) => (size * seats) / total);
  const cuts = shares.map(Math.floor);
  const byRemainder = shares.map((_, i) => i).sort((a, b) => (shares[b] % 1) - (shares[a] % 1));
  const left = seats - cuts.reduce((sum, cut) => sum + cut, 0);
  for (const i of byRemainder.slice(0, left)) cuts[i]++;
  return cuts;
}

/** The number of examples, the same in all tensors. */
export function sharedLength(operation: string, tensors: readonly Tensor[]): number {
  if (tensors.length === 0) throw new Error(`${operation}: there are no tensors`);
  const shapes = tensors.map(({ shape }) => formatShape(shape)).join(', ');
  const [count] = tensors[0].shape;
  if (tensors.some(({ rank, shape }) => rank === 0 || shape[0] !== count))
    throw new Error(`${operation}: the tensors need the same number of examples along axis 0; they are ${shapes}`);
  if (count === 0) throw new Error(`${operation}: there are no examples: ${shapes}`);
  return count;
}

/** Brings data to mean 0 and deviation 1, and back. */
export interface Standardiser {
  mean: Tensor;
  std: Tensor;
  apply(x: Tensor): Tensor;
  invert(z: Tensor): Tensor;
}

/**
 * z = (x − mean) / std for each feature, measured over axis 0 of the training data; apply the same to the test data.
 * A feature that never changes is only moved.
 */
export function standardiser(training: Tensor): Standardiser {
  sharedLength('standardiser', [training]);
  const [mean, std] = noGrad(() => {
    const deviation = training.std(0, { unbiased: false });
    return [training.mean(0), deviation.where(deviation.gt(0), 1)];
  });
  return { mean, std, apply: (x) => x.sub(mean).div(std), invert: (z) => z.mul(std).add(mean) };
}

export interface PaddingOptions {
  /** Of the result; the longest sequence's unless given. Longer sequences are cut. */
  length?: number;
  value?: number;
  /** Where the filling stands, and where what is too long is cut. */
  side?: 'before' | 'after';
}

/** Sequences of whole numbers as one int32 tensor [N, T], and a mask [N, T]: 1 = takes part, 0 = filling. */
export function padSequences(
  sequences: readonly (readonly number[])[],
  { length = Math.max(0, ...sequences.map((s) => s.length)), value = 0, side = 'after' }: PaddingOptions = {},
): { tokens: Tensor; mask: Tensor } {
  if (!Number.isInteger(length) || length < 1)
    throw new Error(`padSequences: a length is a whole number from 1 up, not ${length}`);
  const shape = [sequences.length, length];
  const [tokens, mask] = [new Int32Array(sequences.length * length).fill(value), new Int32Array(shape[0] * length)];
  sequences.forEach((sequence, row) => {
    const wrong = sequence.find((token) => !Number.isInteger(token));
    if (wrong !== undefined) throw new Error(`padSequences: sequence ${row} holds ${wrong}, which is no whole number`);
    const kept = side === 'after' ? sequence.slice(0, length) : sequence.slice(-length);
    const start = row * length + (side === 'after' ? 0 : length - kept.length);
    tokens.set(kept, start);
    mask.fill(1, start, start + kept.length);
  });
  return { tokens: tensor(tokens, { shape }), mask: tensor(mask, { shape }) };
}
