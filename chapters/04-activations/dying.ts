/**
 * Dying ReLUs, counted while a network learns with a rate that is too large: units that are off at every example, with
 * ReLU and with leaky ReLU. The first kind never comes back.
 */
import { full, manualSeed, nn, noGrad, ops, optim, type Tensor, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { LEAK } from './activations';
import { dyingFigure } from './pictures/dying';
import { precise, preciseMoons } from './precise';

export type Name = 'ReLU' | 'leaky ReLU';

class Network extends nn.Module {
  readonly hidden: nn.Linear;
  readonly output: nn.Linear;

  constructor(
    private readonly name: Name,
    units: number,
  ) {
    super();
    this.hidden = new nn.Linear(2, units);
    this.output = new nn.Linear(units, 1);
  }

  override forward(x: Tensor): Tensor {
    const z = this.hidden.forward(x); // [N, units]
    return this.output.forward(this.name === 'ReLU' ? z.relu() : z.leakyRelu(LEAK)); // [N, 1]
  }

  // #region off
  /** For each unit, whether it is off at every example: its highest score is not above 0. */
  async off(x: Tensor): Promise<boolean[]> {
    const highest = await noGrad(() => this.hidden.forward(x).max(0)).data(); // [units]
    return Array.from(highest, (z) => z <= 0);
  }
  // #endregion
}

export interface Settings {
  units: number;
  rate: number;
  epochs: number;
  seed: number;
}

/** How many units are off at the start and after each epoch; how many went off on the way, how many came back. */
export interface Life {
  name: Name;
  off: number[];
  died: number;
  revived: number;
  accuracy: number;
}

export async function live(name: Name, { units, rate, epochs, seed }: Settings): Promise<Life> {
  manualSeed(seed);
  const { x, target } = await preciseMoons(400);
  const network = await precise(new Network(name, units));
  const optimiser = new optim.SGD(network.parameters(), { lr: rate });
  const batches = new train.DataLoader(new train.TensorDataset(x, target), { batchSize: 32, shuffle: true });

  const history = [await network.off(x)];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for await (const [xs, targets] of batches) {
      const loss = ops.bceWithLogitsLoss(network.forward(xs), targets);
      optimiser.zeroGrad();
      loss.backward();
      optimiser.step();
    }
    history.push(await network.off(x));
  }
  const score = network.forward(x);
  const accuracy = await score.gt(0).eq(target.gt(0)).to('float64').mean().item();
  return { name, ...countLives(history), accuracy };
}

/** From who is off after each epoch: how many are, and how often one went off or came back. */
export function countLives(history: boolean[][]): { off: number[]; died: number; revived: number } {
  const turned = (to: boolean) =>
    history.slice(1).flatMap((now, epoch) => now.filter((off, unit) => off === to && history[epoch][unit] !== to));
  return {
    off: history.map((units) => units.filter((off) => off).length),
    died: turned(true).length,
    revived: turned(false).length,
  };
}

/** What a unit far below zero at every example gets to learn from: the norm of its weights' gradient. */
export async function gradientWhenOff(name: Name): Promise<number> {
  const { x, target } = await preciseMoons(400);
  const network = await precise(new Network(name, 1));
  network.hidden.bias!.become(full([1], -100, { dtype: 'float64', device: 'cpu' }));
  ops.bceWithLogitsLoss(network.forward(x), target).backward();
  return network.hidden.weight.grad!.norm().item();
}

const last = (counts: number[]): number => counts[counts.length - 1];

script({
  about: 'Dying ReLUs: how many units a large learning rate switches off for good, and what a leak changes.',
  options: {
    rate: number(6, { min: 0.01, max: 100, help: 'learning rate; 1 is a good one' }),
    units: integer(64, { min: 1, max: 512, help: 'hidden units' }),
    epochs: integer(30, { min: 1, max: 500, help: 'passes over the 400 points' }),
  },
  next: 'npm run exercises 04',
  async run({ options, section, table, figure }) {
    const { units } = options;
    const names: Name[] = ['ReLU', 'leaky ReLU'];

    section('gradient', 'A unit far below zero at every example: the gradient of its weights');
    const gradients: [string, string][] = [];
    for (const name of names) gradients.push([name, (await gradientWhenOff(name)).toExponential(1)]);
    table(['', 'norm'], gradients);

    section('count', `${units} units on two moons, rate ${options.rate}, ${options.epochs} epochs`);
    const lives: Life[] = [];
    for (const name of names) lives.push(await live(name, options));
    const between = [1, 5, 10].filter((epoch) => epoch < options.epochs);
    table(
      ['', 'off at first', ...between.map((epoch) => `epoch ${epoch}`), 'at the end', 'went off', 'came back'],
      lives.map(({ name, off, died, revived }) => {
        return [name, off[0], ...between.map((epoch) => off[epoch]), last(off), died, revived];
      }),
    );
    await figure('dying', await dyingFigure(lives, units));

    section('rates', 'The same with other rates');
    const rows: (string | number)[][] = [];
    for (const rate of [0.3, 1, 3, 6, 12]) {
      const [relu, leaky] = [await live('ReLU', { ...options, rate }), await live('leaky ReLU', { ...options, rate })];
      const show = ({ off, accuracy }: Life) => [last(off), accuracy.toFixed(3)];
      rows.push([rate, ...show(relu), ...show(leaky)]);
    }
    table(['rate', 'ReLU: off', 'accuracy', 'leaky ReLU: off', 'accuracy'], rows);
  },
});
