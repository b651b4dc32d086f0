/**
 * Gradients that explode: what fifty equal factors do, and an RNN that learns to add up fifty numbers if its gradients
 * are cut to length, and does not if they are not.
 */
import { eye, manualSeed, nn, ops, optim, rand, stack, type Tensor } from '../../core';
import { median } from '../shared/claims';
import { integer, number, numbers, script } from '../shared/script';
import { clippingFigure } from './pictures/clipping';

/** The smallest recurrent network: h = w·h fifty times, from 1; the last state should be ½. */
export function wall(w: number, steps = 50): { h: number; loss: number; gradient: number } {
  const h = w ** steps;
  return { h, loss: (h - 0.5) ** 2 / 2, gradient: (h - 0.5) * steps * w ** (steps - 1) };
}

const [STEPS_OF_TIME, UNITS, BATCH] = [50, 16, 32];

/** Adds up, if it learns to. It starts with each unit remembering itself: U is the identity. */
class Adder extends nn.Module {
  readonly layer = new nn.RNN(1, UNITS, { nonlinearity: 'relu' });
  readonly head = new nn.Linear(UNITS, 1);

  constructor() {
    super();
    this.layer.weights[0][0].weightHh.become(eye(UNITS));
  }

  override forward(x: Tensor): Tensor {
    return this.head.forward(this.layer.forward(x)[0].slice(null, -1)); // [N, T, 1] → [N, 1]
  }
}

/** Numbers from 0 to 1, and their sum, brought to mean 0 and deviation 1: who always says 0 has a loss of 1. */
function examples(): [x: Tensor, y: Tensor] {
  const x = rand([BATCH, STEPS_OF_TIME, 1]);
  const sum = x.sum(1); // [N, 1]; its mean is T/2, its variance T/12
  return [x, sum.sub(STEPS_OF_TIME / 2).div(Math.sqrt(STEPS_OF_TIME / 12))];
}

export interface Way {
  rate: number;
  /** The longest gradient allowed; null: any. */
  clip: number | null;
}

export async function learn(seed: number, { rate, clip }: Way, steps: number, tick = async () => {}) {
  manualSeed(seed);
  const model = new Adder();
  const optimizer = new optim.SGD(model.parameters(), { lr: rate });
  const [losses, lengths]: Tensor[][] = [[], []];
  for (let step = 0; step < steps; step++) {
    const [x, y] = examples();
    // #region step
    const loss = ops.mseLoss(model.forward(x), y);
    optimizer.zeroGrad();
    loss.backward();
    lengths.push(optim.clipGradNorm(model.parameters(), clip ?? Number.MAX_VALUE)); // tells the length before
    optimizer.step();
    // #endregion
    losses.push(loss);
    await tick();
  }
  return { losses: [...(await stack(losses).data())], lengths: [...(await stack(lengths).data())] };
}

const FLOWN = 10; // a loss beyond which nothing is learned any more

/** The mean of the last twenty losses: one batch alone may be an easy one. */
export function ending({ losses }: { losses: number[] }): number {
  const last = losses.slice(-20);
  const mean = last.reduce((sum, loss) => sum + loss, 0) / last.length;
  return mean < FLOWN ? mean : Infinity; // NaN, too
}

const inWords = (loss: number): string => (loss === Infinity ? 'flown away' : loss.toFixed(2));

script({
  about: 'Why gradients are clipped: fifty equal factors, and an RNN that adds up fifty numbers.',
  options: {
    rates: numbers([0.0001, 0.0003, 0.001, 0.003, 0.01], { length: 'any', help: 'learning rates to compare' }),
    clip: number(1, { min: 1e-6, help: 'the longest gradient allowed' }),
    steps: integer(600, { min: 20, help: 'steps of SGD' }),
    seeds: integer(3, { min: 1, max: 20, help: 'runs of each kind, from --seed on' }),
  },
  settings: { quick: { steps: 150, seeds: 1, rates: [0.0001, 0.001, 0.01] }, full: { steps: 2000, seeds: 5 } },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/truncated.ts',
  async run({ options: { seed, rates, clip, steps, seeds }, section, table, figure, progress }) {
    section('wall', 'h = w·h fifty times, from 1; the last should be 0.5');
    table(
      ['w', 'last h', 'loss', 'gradient of w'],
      [0.9, 0.95, 0.98, 1, 1.02, 1.05, 1.1].map((w) => {
        const { h, loss, gradient } = wall(w);
        return [String(w), ...[h, loss, gradient].map((value) => value.toFixed(3))];
      }),
    );

    const bar = progress(2 * rates.length * seeds * steps, 'training');
    const arms: { rate: number; plain: number; clipped: number; longest: number; usual: number }[] = [];
    for (const rate of rates) {
      const run = async (limit: number | null) => {
        const runs = [];
        for (let i = 0; i < seeds; i++)
          runs.push(await learn(seed + i, { rate, clip: limit }, steps, () => bar.tick()));
        return runs;
      };
      const [plain, clipped] = [await run(null), await run(clip)];
      const lengths = clipped.flatMap((one) => one.lengths);
      arms.push({
        rate,
        plain: median(plain.map(ending)),
        clipped: median(clipped.map(ending)),
        usual: median(lengths),
        longest: Math.max(...lengths),
      });
    }
    bar.done();
    section('rates', `Adding up ${STEPS_OF_TIME} numbers: the loss after ${steps} steps; always 0 gives 1.00`);
    table(
      ['rate', 'as they come', `cut to ${clip}`, 'gradient before the cut: median', 'longest'],
      arms.map(({ rate, plain, clipped, usual, longest }) => [
        String(rate),
        inWords(plain),
        inWords(clipped),
        usual.toFixed(0),
        longest.toFixed(0),
      ]),
    );
    await figure('clipping', await clippingFigure(arms, clip, wall));
  },
});
