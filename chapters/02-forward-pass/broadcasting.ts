/**
 * Broadcasting: how tensors of different shapes meet, drawn; and how it turns a perfect model into a bad one when a
 * shape is wrong and nothing says so.
 */
import { full, type Tensor, tensor, zeros } from '../../core';
import { numbers, script } from '../shared/script';
import { written } from './pictures/boxes';
import { broadcastDrawing, differencesDrawing, type Meeting } from './pictures/broadcasting';

export function meetings(): Meeting[] {
  // #region meetings
  const x = tensor([
    [1, 2, 3, 4],
    [2, 4, 6, 8],
    [5, 5, 5, 5],
  ]); // [3, 4]
  const bias = tensor([10, 20, 30, 40]); // [4]
  const rowMean = x.mean(1, { keepdim: true }); // [3, 1]
  const column = tensor([[1], [2], [3]]); // [3, 1]
  const row = tensor([5, 6, 7, 8]); // [4]
  return [
    { name: '[3, 4] + [4]: a bias for each column', a: x, sign: '+', b: bias, result: x.add(bias) },
    { name: '[3, 4] − [3, 1]: each row without its mean', a: x, sign: '−', b: rowMean, result: x.sub(rowMean) },
    { name: '[3, 1] × [4]: every row with every column', a: column, sign: '×', b: row, result: column.mul(row) },
  ];
  // #endregion
}

/** The shape of the sum of two tensors, if they have one. */
export function meet(a: number[], b: number[]): string {
  try {
    return `[${zeros(a).add(zeros(b)).shape}]`;
  } catch {
    return 'an error';
  }
}

const pairs = [
  [[3, 4], [4]],
  [[3, 4], [3, 1]],
  [[3, 1], [4]],
  [[2, 3, 4], [3, 1]],
  [[3, 4], []],
  [[3, 4], [3]],
]; // biome-ignore format: a pair a line

// #region loss
/** How far predictions are from targets: the mean of the squared differences. */
export const loss = (predictions: Tensor, targets: Tensor): Tensor => predictions.sub(targets).pow(2).mean();
// #endregion

script({
  about: 'Broadcasting: tensors of different shapes in one operation, and the mistake it hides.',
  options: { targets: numbers([1, 2, 3, 6], { help: 'what the model should predict' }) },
  predict: {
    question:
      'A model predicts four targets exactly. Its predictions have shape [4, 1], the targets [4].\n' +
      'What is the mean of the squared differences, predictions.sub(targets).pow(2).mean()?',
    choices: ['0', 'more than 0', 'an error'],
  },
  next: 'npx ts-node chapters/02-forward-pass/batches.ts',
  async run({ options, section, table, figure, predict, verdict }) {
    const guess = await predict();

    section('rule', 'Which shapes meet');
    table(
      ['a', 'b', 'a + b'],
      pairs.map(([a, b]) => [`[${a}]`, `[${b}]`, meet(a, b)]),
    );
    await figure('broadcasting', await broadcastDrawing(meetings()));

    section('perfect', 'A perfect model with a wrong shape');
    // #region perfect
    const targets = tensor(options.targets); // [4]
    const mean = await targets.mean().item();
    const perfect = targets.reshape(4, 1); // [4, 1], as it comes out of a layer with one output
    const lazy = full([4, 1], mean); // says the same to everything
    // #endregion
    const lossOf = async (predictions: Tensor) => (await loss(predictions, targets).item()).toFixed(3);
    table(
      ['model', '[4] − [4]', '[4, 1] − [4]'],
      [
        ['perfect', await lossOf(perfect.reshape(4)), await lossOf(perfect)],
        [`always says ${written(mean)}`, await lossOf(lazy.reshape(4)), await lossOf(lazy)],
      ],
    );
    await figure('perfect-model', await differencesDrawing(options.targets, await perfect.sub(targets).pow(2).array()));

    section('verdict');
    const wrong = await lossOf(perfect);
    if (Number(wrong) === 0)
      return verdict(guess, '0', 'All targets are equal: no matter which is compared with which.');
    verdict(
      guess,
      'more than 0',
      `[4, 1] − [4] is [4, 4]: each prediction against every target. The mean is ${wrong}.\n` +
        `A model that always says ${written(mean)} has ${await lossOf(lazy)}: training would spoil the perfect one.`,
    );
  },
});
