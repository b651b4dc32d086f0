/**
 * A batch is a matrix with an input in each row. One product serves them all: the same answers, and measured, how
 * much sooner.
 */
import { nn, noGrad, randn, type Tensor, tensor } from '../../core';
import { lineChart } from '../../core/io/charts';
import { script } from '../shared/script';
import { b1, layer, ourNetwork, relu, W1 } from './by-hand';
import { productDrawing } from './pictures/product';
import { sizes } from './sizes';

export const X = [
  [2, 1, -1, 3],
  [2, 1, -1, -3],
  [0, 0, 0, 0],
  [1, 1, 1, 1],
  [-1, 2, 0, 1],
];

// #region network
/** A multilayer perceptron: a Linear from each size to the next, ReLU between them. */
export function network(sizes: number[]): nn.Sequential {
  const layers = sizes.slice(1).flatMap((size, k) => [new nn.Linear(sizes[k], size), new nn.ReLU()]);
  return new nn.Sequential(...layers.slice(0, -1)); // no ReLU after the last
}
// #endregion

/** Three ways to send a batch through a network. */
async function waysThrough(model: nn.Sequential, plain: (x: number[]) => number[], batch: Tensor) {
  const rows = batch.split(1); // each [1, inputs]
  const lists = (await batch.array()) as number[][];
  const ways: Record<string, () => unknown> = {
    // #region ways
    'plain numbers, one by one': () => lists.map((x) => plain(x)),
    'tensors, one by one': () => rows.map((x) => model.forward(x)),
    'tensors, as a batch': () => model.forward(batch),
    // #endregion
  };
  return ways;
}

/** The same network without tensors, as in by-hand.ts. */
async function onPlainNumbers(model: nn.Sequential): Promise<(x: number[]) => number[]> {
  const linear = model.layers.filter((part) => part instanceof nn.Linear);
  const weights = await Promise.all(
    linear.map(async ({ weight, bias }) => ({
      W: (await weight.transpose().array()) as number[][],
      b: (await (bias as Tensor).array()) as number[],
    })),
  );
  return (x) => weights.reduce((h, { W, b }, k) => layer(k === 0 ? h : relu(h), W, b), x);
}

/** Microseconds for one call: the best of many short tries, because other programs disturb only some of them. */
export function timeOf(run: () => void): number {
  const timed = (times: number): number => {
    const start = performance.now();
    for (let i = 0; i < times; i++) run();
    return (1000 * (performance.now() - start)) / times;
  };
  let times = 1;
  while (times * timed(times) < 1000) times *= 2; // until a try takes a millisecond
  const end = performance.now() + 150;
  let best = timed(times);
  while (performance.now() < end) best = Math.min(best, timed(times));
  return best;
}

script({
  about: 'Batches: many inputs in one matrix, and what that saves.',
  options: {
    sizes: sizes([4, 3, 2], { least: 2, help: 'neurons of each layer' }),
    batches: sizes([1, 4, 16, 64, 256, 1024], { least: 2, help: 'how many inputs at once' }),
  },
  settings: { quick: { batches: [1, 16, 256] } },
  next: 'npx ts-node chapters/02-forward-pass/layers.ts --predict',
  async run({ options, say, section, table, figure, progress }) {
    section('matrix', 'Five inputs at once');
    const model = await ourNetwork();
    say(model.forward(tensor(X)).softmax()); // [5, 4] → [5, 2]
    say(model.forward(tensor(X[0])).softmax()); // [4] → [2]
    const z = tensor(X).matmul(tensor(W1)).add(tensor(b1)); // [5, 4] @ [4, 3] + [3] → [5, 3]
    await figure('batch', productDrawing(X, W1, b1, (await z.array()) as number[][]));

    const title = `Time for one input, layers ${options.sizes.join('-')}`;
    section('time', title);
    const timed = await network(options.sizes).to(options.device);
    const plain = await onPlainNumbers(timed);
    const bar = progress(2 * options.batches.length, 'measuring');
    const measure = async (count: number): Promise<Record<string, number>> => {
      const ways = await waysThrough(timed, plain, randn([count, options.sizes[0]]));
      const measured = Object.entries(ways).map(([name, run]) => [name, timeOf(() => noGrad(run)) / count]);
      await bar.tick();
      return Object.fromEntries(measured);
    };
    for (const count of options.batches) await measure(count); // for practice: code is slow at first
    const times: Record<string, number>[] = [];
    for (const count of options.batches) times.push(await measure(count));
    bar.done();
    const names = Object.keys(times[0]);
    table(
      ['batch', ...names],
      options.batches.map((count, i) => [count, ...names.map((name) => `${times[i][name].toFixed(2)} µs`)]),
    );
    await figure(
      'loop-or-batch',
      await lineChart({
        title,
        x: { label: 'inputs in the batch', log: true },
        y: { label: 'microseconds per input', log: true },
        series: names.map((name) => ({ name, x: options.batches, y: times.map((row) => row[name]), points: true })),
      }),
    );
  },
});
