/**
 * A noisy sine wave, foretold one step ahead from the ten values before: RNN, LSTM and GRU, and how well it can be done
 * at all.
 */
import { manualSeed, nn, ops, optim, type Tensor, tensor, train } from '../../core';
import { sine } from '../../datasets';
import { integer, script } from '../shared/script';
import { sineFigure } from './pictures/sine';

const [POINTS, LOOK_BACK, NOISE] = [1000, 10, 0.1];

type Pairs = { x: Tensor; y: Tensor };

/** Ten values [N, 10, 1] and the one after them [N, 1]; the first 70 % to learn from, the rest to be judged by. */
export async function windows(): Promise<{ training: Pairs; test: Pairs }> {
  const values = [...(await sine(POINTS, { noise: NOISE }).y.data())];
  const starts = values.slice(LOOK_BACK).map((_, start) => start);
  const x = starts.map((start) => values.slice(start, start + LOOK_BACK).map((value) => [value]));
  const y = starts.map((start) => [values[start + LOOK_BACK]]);
  const cut = Math.round(0.7 * starts.length); // in time: never learn from what comes later
  return {
    training: { x: tensor(x.slice(0, cut)), y: tensor(y.slice(0, cut)) },
    test: { x: tensor(x.slice(cut)), y: tensor(y.slice(cut)) },
  };
}

export const CELLS = ['RNN', 'LSTM', 'GRU'] as const;
export type Cell = (typeof CELLS)[number];
const UNITS = 50;

export class Forecast extends nn.Module {
  readonly layer: nn.RNN | nn.LSTM | nn.GRU;
  readonly head = new nn.Linear(UNITS, 1);

  constructor(cell: Cell) {
    super();
    this.layer = cell === 'RNN' ? new nn.RNN(1, UNITS, { nonlinearity: 'relu' }) : new nn[cell](1, UNITS);
  }

  // #region forward
  override forward(x: Tensor): Tensor {
    const [states] = this.layer.forward(x) as [Tensor, unknown]; // [N, 10, 1] → [N, 10, 50]
    return this.head.forward(states.slice(null, -1)); // the state after the tenth value: [N, 50] → [N, 1]
  }
  // #endregion
}

export async function live(seed: number, cell: Cell, epochs: number, callbacks: train.Callback[] = []) {
  manualSeed(seed);
  const { training, test } = await windows();
  const model = new Forecast(cell);
  const optimizer = new optim.Adam(model.parameters(), { lr: 1e-3 });
  const loss = ops.mseLoss;
  await train.fit(model, { ...training, epochs, batchSize: 32, optimizer, loss, callbacks, progress: false });
  const foretold = await train.predict(model, { x: test.x, batchSize: 500 });
  return { cell, model, test, foretold, error: await loss(foretold, test.y).item() };
}

export type Life = Awaited<ReturnType<typeof live>>;

/**
 * The mean squared error of the best straight-line forecast Σ wᵢ·yᵢ. Only products of two values matter to it, and
 * for a sine wave with noise their means are known: E[yᵢ·yⱼ] = ½·cos(0.1·(i − j)), plus the noise's variance if i = j.
 */
export function floor(): number {
  const mean = (distance: number) => Math.cos(0.1 * distance) / 2 + (distance === 0 ? NOISE ** 2 : 0);
  const places = Array.from({ length: LOOK_BACK }, (_, i) => i);
  const products = places.map((i) => places.map((j) => mean(i - j)));
  const target = places.map((i) => mean(LOOK_BACK - i));
  const w = solve(products, target);
  return mean(0) - w.reduce((sum, wi, i) => sum + wi * target[i], 0);
}

/** A·w = b, by elimination. */
function solve(A: number[][], b: number[]): number[] {
  const rows = A.map((row, i) => [...row, b[i]]);
  rows.forEach((pivot, k) => {
    rows.forEach((row, i) => {
      if (i === k) return;
      const factor = row[k] / pivot[k];
      pivot.forEach((value, j) => {
        row[j] -= factor * value;
      });
    });
  });
  return rows.map((row, k) => row[b.length] / row[k]);
}

/** Tomorrow will be like today. */
const sayingTheLast = ({ x, y }: Pairs): Promise<number> => ops.mseLoss(x.slice(null, -1), y).item();

script({
  about: 'A noisy sine wave foretold from its last ten values by an RNN, an LSTM and a GRU.',
  options: { epochs: integer(20, { min: 1, max: 1000, help: 'passes over the 693 windows' }) },
  settings: { quick: { epochs: 10 }, full: { epochs: 20 } },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/recall.ts --predict',
  async run({ options: { seed, epochs }, section, table, figure, progress }) {
    const bar = progress(CELLS.length * epochs, 'training');
    const lives: Life[] = [];
    for (const cell of CELLS) lives.push(await live(seed, cell, epochs, [{ epochEnd: () => bar.tick(cell) }]));
    bar.done();
    section('errors', `Mean squared error on the last 30 %, after ${epochs} epochs`);
    table(
      ['', 'parameters', 'error'],
      [
        ['the last value again', '0', (await sayingTheLast(lives[0].test)).toFixed(4)],
        ...lives.map(({ cell, model, error }) => [cell, String(model.parameterCount()), error.toFixed(4)]),
        ['the best straight line, on paper', '10', floor().toFixed(4)],
      ],
    );
    await figure('sine', await sineFigure(lives));
  },
});
