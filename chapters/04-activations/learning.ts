/**
 * Does a network of twenty layers learn two moons? Three activations, two initialisations, two optimisers.
 */
import { manualSeed, type nn, ops, optim } from '../../core';
import { integer, script } from '../shared/script';
import { Deep, FUNCTIONS, GAINS, type Name, sizesOf } from './deep';
import { precise, preciseMoons } from './precise';

const OPTIMISERS = {
  SGD: (parameters: nn.Parameter[]) => new optim.SGD(parameters, { lr: 0.04 }),
  Adam: (parameters: nn.Parameter[]) => new optim.Adam(parameters, { lr: 0.003 }),
};

export interface Kind {
  initialisation: keyof typeof GAINS;
  optimiser: keyof typeof OPTIMISERS;
}

export interface Length {
  depth: number;
  steps: number;
  tick?(): Promise<void>;
}

/** The loss after some steps; whoever says ½ to everything has 0.693. */
export async function lossAfter(name: Name, { initialisation, optimiser }: Kind, { depth, steps, tick }: Length) {
  const { x, target } = await preciseMoons(64);
  const network = await precise(new Deep(name, sizesOf(2, depth, 16, 1), GAINS[initialisation]));
  const stepper = OPTIMISERS[optimiser](network.parameters());
  const lossNow = () => ops.bceWithLogitsLoss(network.forward(x), target);
  for (let step = 0; step < steps; step++) {
    const loss = lossNow();
    stepper.zeroGrad();
    loss.backward();
    stepper.step();
    await tick?.();
  }
  return lossNow().item();
}

const KINDS: Kind[] = [
  { initialisation: 'Xavier', optimiser: 'SGD' },
  { initialisation: 'Xavier', optimiser: 'Adam' },
  { initialisation: 'He', optimiser: 'SGD' },
  { initialisation: 'He', optimiser: 'Adam' },
];

script({
  about: 'Does a network of twenty layers learn two moons? Three activations, two initialisations, two optimisers.',
  options: {
    depth: integer(20, { min: 1, max: 50, help: 'hidden layers of 16 neurons' }),
    steps: integer(100, { min: 1, max: 2000, help: 'steps of training' }),
  },
  next: 'npx ts-node chapters/04-activations/dying.ts',
  async run({ options: { depth, steps, seed }, section, table, progress }) {
    const names = Object.keys(FUNCTIONS) as Name[];
    section('losses', `Two moons with ${depth} layers of 16 neurons: the loss after ${steps} steps`);
    const bar = progress(KINDS.length * names.length * steps, 'training');
    const rows: string[][] = [];
    for (const kind of KINDS) {
      const losses: string[] = [];
      for (const name of names) {
        manualSeed(seed);
        const tick = () => bar.tick(`${name}, ${kind.initialisation}, ${kind.optimiser}`);
        losses.push((await lossAfter(name, kind, { depth, steps, tick })).toFixed(3));
      }
      rows.push([kind.initialisation, kind.optimiser, ...losses]);
    }
    bar.done();
    table(['weights', 'optimiser', ...names], rows);
  },
});
