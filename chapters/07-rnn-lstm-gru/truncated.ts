/**
 * Truncated backpropagation through time: an endless stream is learned from in windows. The state goes on from window
 * to window, the gradient does not; so what can be learned depends on the window.
 */
import { manualSeed, nn, ops, optim, randint, stack, type Tensor, zeros } from '../../core';
import { integer, number, script } from '../shared/script';
import { truncatedFigure } from './pictures/truncated';

const [STREAMS, UNITS] = [16, 16];

/** Endless streams of random bits, a window at a time: x [N, k, 1] as −1 and 1, and y [N, k, 1], each bit d later. */
export function echo(delay: number): (window: number) => { x: Tensor; y: Tensor } {
  let last = zeros([STREAMS, delay]); // the bits that are still to be echoed
  return (window) => {
    const bits = ops.concat([last, randint(0, 2, [STREAMS, window]).to('float32')], 1); // [N, d + k]
    last = bits.narrow(1, window, delay);
    return { x: bits.narrow(1, delay, window).mul(2).sub(1).unsqueeze(2), y: bits.narrow(1, 0, window).unsqueeze(2) };
  };
}

export interface Settings {
  window: number;
  delay: number;
  /** Steps of time in all, however long the windows. */
  total: number;
  rate: number;
  /** Whether a window begins with the state the last one ended with. */
  carry: boolean;
}

export async function learn(seed: number, { window, delay, total, rate, carry }: Settings, tick = async () => {}) {
  manualSeed(seed);
  const layer = new nn.GRU(1, UNITS);
  const head = new nn.Linear(UNITS, 1);
  const optimizer = new optim.Adam([...layer.parameters(), ...head.parameters()], { lr: rate });
  const next = echo(delay);
  const losses: Tensor[] = [];
  // #region loop
  let state: Tensor | null = null;
  for (let step = 0; step < total / window; step++) {
    const { x, y } = next(window);
    const [states, last] = layer.forward(x, state);
    const loss = ops.bceWithLogitsLoss(head.forward(states), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    state = carry ? last.detach() : null; // the numbers go on, the tape ends here
    losses.push(loss);
    await tick();
  }
  // #endregion
  return [...(await stack(losses).data())];
}

/** The mean over the last tenth of a run. */
export function ending(losses: number[]): number {
  const last = losses.slice(-Math.ceil(losses.length / 10));
  return last.reduce((sum, loss) => sum + loss, 0) / last.length;
}

export interface Arm {
  window: number;
  carry: boolean;
  losses: number[];
}

/** Windows around the delay, and one of them once more without the state of the one before. */
const kindsOf = (delay: number) => [
  ...[delay - 3, delay - 1, delay, delay + 1, 2 * delay, 4 * delay].map((window) => ({ window, carry: true })),
  { window: delay + 1, carry: false },
];

script({
  about: 'Truncated backpropagation: how long must a window be to learn an echo?',
  options: {
    delay: integer(5, { min: 4, max: 20, help: 'steps after which a bit is to be repeated' }),
    total: integer(6000, { min: 200, help: 'steps of time to learn from' }),
    rate: number(0.01, { min: 0, max: 1, help: 'learning rate of Adam' }),
  },
  settings: { quick: { total: 4000 }, full: { total: 20_000 } },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/words.ts',
  async run({ options, section, table, figure, progress }) {
    const kinds = kindsOf(options.delay);
    const updates = kinds.map(({ window }) => Math.ceil(options.total / window));
    const bar = progress(
      updates.reduce((sum, count) => sum + count, 0),
      'training',
    );
    const arms: Arm[] = [];
    for (const kind of kinds) {
      arms.push({ ...kind, losses: await learn(options.seed, { ...options, ...kind }, () => bar.tick()) });
    }
    bar.done();

    section('windows', `Repeat the bit of ${options.delay} steps ago; guessing has a loss of 0.693`);
    table(
      ['window', 'state', 'updates', 'loss at the end'],
      arms.map(({ window, carry, losses }) => [
        window,
        carry ? 'goes on' : 'from 0 each time',
        losses.length,
        ending(losses).toFixed(3),
      ]),
    );
    await figure('truncated', await truncatedFigure(arms, options.delay));
  },
});
