/**
 * A cell with one unit, unrolled over four steps: the way forward, the way back, and the sum of what every step says
 * about the same two weights.
 */
import { ops, type Tensor, tensor } from '../../core';
import { number, numbers, script } from '../shared/script';
import { rnnStep } from './cells';
import { unrollingFigure } from './pictures/unrolling';

interface Weights {
  w: number;
  u: number;
}

// #region forward
/** hₜ = tanh(w·xₜ + u·hₜ₋₁): the same w and u at every step. */
export function forward({ w, u }: Weights, xs: number[]) {
  let h = 0;
  return xs.map((x) => {
    const before = h;
    h = Math.tanh(w * x + u * before);
    return { x, before, h };
  });
}
// #endregion

type Steps = ReturnType<typeof forward>;

/** Only the last state is judged. */
const lossOf = (steps: Steps, target: number): number => (steps[steps.length - 1].h - target) ** 2 / 2;

// #region backward
/** From the last step to the first: the gradient of each state, and what each step adds to those of w and u. */
export function backward({ u }: Weights, steps: Steps, target: number) {
  let gh = steps[steps.length - 1].h - target; // the loss is ½·(h − target)²
  const shares = [];
  for (const { x, before, h } of [...steps].reverse()) {
    const ga = gh * (1 - h * h); //                 through tanh
    shares.unshift({ gh, w: ga * x, u: ga * before }); // every step has a say
    gh = u * ga; //                                 through u, one step back in time
  }
  return shares;
}
// #endregion

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** The gradients of w and u in three ways: summed over the steps, by the core, and by differences. */
export async function threeWays(weights: Weights, xs: number[], target: number) {
  const shares = backward(weights, forward(weights, xs), target);
  const lossAt = (w: number, u: number) => lossOf(forward({ w, u }, xs), target);
  const { w, u } = weights;
  const e = 1e-5;
  return {
    'sum over the steps': [sum(shares.map((share) => share.w)), sum(shares.map((share) => share.u))],
    'the core': await byCore(weights, xs, target),
    differences: [(lossAt(w + e, u) - lossAt(w - e, u)) / (2 * e), (lossAt(w, u + e) - lossAt(w, u - e)) / (2 * e)],
  };
}

async function byCore({ w, u }: Weights, xs: number[], target: number): Promise<number[]> {
  const one = (value: number): Tensor => tensor([[value]], { dtype: 'float64', device: 'cpu' });
  const none = tensor([0], { dtype: 'float64', device: 'cpu' });
  const [W, U] = [one(w), one(u)];
  W.requiresGrad = true;
  U.requiresGrad = true;
  let state = { h: one(0) };
  for (const x of xs) state = rnnStep(one(x), state, { n: { W, U, b: none, d: none } });
  ops.mseLoss(state.h, one(target)).div(2).backward();
  return Promise.all([W, U].map((t) => t.grad!.item()));
}

script({
  about: 'A cell with one unit over four steps of time: forward, and back through time.',
  options: {
    x: numbers([1, 0, 0, 0], { length: 'any', help: 'the sequence; as many steps as numbers' }),
    w: number(0.8, { help: 'weight of the input' }),
    u: number(0.9, { help: 'weight of the last state' }),
    target: number(1, { help: 'what the last state should be' }),
  },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/sine.ts',
  async run({ options, section, table, figure }) {
    const { x, target } = options;
    if (x.length === 0 || x.length > 8) throw new Error(`--x needs one to eight numbers; it has ${x.length}`);
    const steps = forward(options, x);
    const shares = backward(options, steps, target);

    section('steps', 'Forward, and back again');
    table(
      ['step', 'x', 'h', 'gradient of h', 'says about w', 'says about u'],
      steps.map(({ h }, t) => [
        t + 1,
        String(x[t]),
        ...[h, shares[t].gh, shares[t].w, shares[t].u].map((value) => value.toFixed(4)),
      ]),
    );

    section('sums', 'The gradients, in three ways');
    const ways = await threeWays(options, x, target);
    table(
      ['', 'w', 'u'],
      Object.entries(ways).map(([name, values]) => [name, ...values.map((value) => value.toFixed(6))]),
    );
    await figure('unrolling', unrollingFigure(steps, shares, { ...options, loss: lossOf(steps, target) }));
  },
});
