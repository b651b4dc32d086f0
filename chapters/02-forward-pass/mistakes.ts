/**
 * What usually goes wrong with shapes: mistakes that are answered with an error, and mistakes that are not.
 */
import { nn, type Tensor, tensor, zeros } from '../../core';
import { script } from '../shared/script';

export function answered(): (() => unknown)[] {
  // #region answered
  const x = tensor([2, 1, -1, 3]); // [4]
  const X = zeros([2, 4]); // a batch of two
  const W = zeros([4, 3]);
  const b = zeros([3]);
  const layer = new nn.Linear(3, 4); // from 3 to 4
  const labels = tensor([0, 2], { dtype: 'int32' });
  const precise = tensor([1, 2, 3, 4], { dtype: 'float64', device: 'cpu' });
  return [
    () => W.matmul(x), // the input stands on the left
    () => X.add(b), // a bias belongs to the outputs
    () => layer.forward(X), // Linear(inputs, outputs), not the other way round
    () => X.reshape(3, 3), // eight numbers stay eight
    () => X.sum(2), // axes are counted from 0
    () => labels.softmax(), // whole numbers are no probabilities
    () => x.add(precise), // two precisions
    () => X.item(), // eight numbers are not one
  ];
  // #endregion
}

interface Slip {
  written: () => Tensor;
  meant: () => Tensor;
}

export function unanswered(): Slip[] {
  // #region unanswered
  const scores = tensor([
    [1, 3],
    [2, 2],
  ]); // [examples, classes]
  const square = tensor([
    [1, 2],
    [3, 4],
  ]); // [out, in], as a Linear keeps it
  const long = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  return [
    { written: () => scores.softmax(0), meant: () => scores.softmax(1) }, // over the examples, not the classes
    { written: () => scores.softmax().softmax(), meant: () => scores.softmax() }, // once too often
    { written: () => scores.matmul(square), meant: () => scores.matmul(square.transpose()) },
    { written: () => long.reshape(3, 2), meant: () => long.transpose() }, // another order
  ];
  // #endregion
}

/** "() => X.sum(2)" without its arrow: nothing is written twice. */
const codeOf = (run: () => unknown): string => run.toString().replace('() => ', '');

script({
  about: 'Mistakes with shapes, those that are answered and those that are not.',
  next: 'npm run exercises 02',
  async run({ say, section, table }) {
    section('answered', 'Answered');
    for (const run of answered()) say(`${codeOf(run)}\n${indented(await complaint(run))}`);

    section('unanswered', 'Not answered: the shapes fit, the numbers are wrong');
    const rows = unanswered().map(async ({ written, meant }) => [
      [codeOf(written), await shown(written())],
      [`  meant: ${codeOf(meant)}`, await shown(meant())],
    ]);
    table(['', 'numbers'], (await Promise.all(rows)).flat());
  },
});

async function complaint(run: () => unknown): Promise<string> {
  try {
    await run();
    return 'no complaint';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Lines of at most 96 characters, two spaces from the margin. */
const indented = (message: string): string => message.replace(/(.{1,96})(?: |$)/g, '  $1\n').trimEnd();

/** Rows on one line, three decimals. */
async function shown(t: Tensor): Promise<string> {
  const rows = (await t.array()) as number[][];
  return rows.map((row) => row.map((value) => Number(value.toFixed(3))).join(', ')).join(' | ');
}
