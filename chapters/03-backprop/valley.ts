/**
 * Four optimisers go down a narrow valley, each with the rate that suits it best; then the valley is turned, and
 * they go again with the same settings. Two of them do not notice.
 */
import { optim, type Tensor, tensor } from '../../core';
import { integer, number, script } from '../shared/script';
import { valleyFigure } from './pictures/valley';

const STEEPNESS = 30; // across the valley, where along it is 1
const START = [-8, 2]; // along and across
const STEPS = 60;

// #region optimisers
type Maker = (place: Tensor[], lr: number) => optim.Optimizer<{ lr: number }>;

export const OPTIMISERS: Record<string, Maker> = {
  SGD: (place, lr) => new optim.SGD(place, { lr }),
  momentum: (place, lr) => new optim.SGD(place, { lr, momentum: 0.9 }),
  RMSprop: (place, lr) => new optim.RMSprop(place, { lr, alpha: 0.9 }),
  Adam: (place, lr) => new optim.Adam(place, { lr }),
};
// #endregion

export class Valley {
  private readonly turn: Tensor; // from the map's directions to those along and across the valley
  private readonly steepness = tensor([1, STEEPNESS]);
  readonly start: number[];

  constructor(degrees: number) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    this.turn = tensor([
      [cos, sin],
      [-sin, cos],
    ]);
    this.start = [cos * START[0] - sin * START[1], sin * START[0] + cos * START[1]];
  }

  /** ½·(along² + 30·across²) */
  height(place: Tensor): Tensor {
    const alongAndAcross = this.turn.matmul(place); // [2]
    return alongAndAcross.pow(2).mul(this.steepness).sum().div(2); // []
  }

  // #region descend
  /** The places on the way down, and the height of the last. */
  async descend(make: Maker, rate: number, steps: number) {
    const place = tensor(this.start, { requiresGrad: true });
    const optimiser = make([place], rate);
    const path = [[...this.start]];
    for (let step = 0; step < steps; step++) {
      const height = this.height(place);
      optimiser.zeroGrad();
      height.backward();
      optimiser.step();
      path.push([...(await place.data())]);
    }
    return { path, height: await this.height(place).item() };
  }
  // #endregion

  /** The best of these rates for an optimiser: the one that ends lowest. */
  async bestRate(make: Maker): Promise<number> {
    const rates = [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5];
    const heights: number[] = [];
    for (const rate of rates) heights.push((await this.descend(make, rate, STEPS)).height);
    const lowest = Math.min(...heights.filter(Number.isFinite));
    return rates[heights.indexOf(lowest)];
  }
}

script({
  about: 'SGD, momentum, RMSprop and Adam in a narrow valley, and in the same valley turned.',
  options: {
    angle: number(45, { min: -180, max: 180, help: 'degrees by which the valley is turned' }),
    steps: integer(STEPS, { min: 1, max: 1000, help: 'how many steps each may take' }),
  },
  predict: {
    question: 'The valley is turned, all settings stay. Who will end at another height than before?',
    choices: ['SGD and momentum', 'RMSprop and Adam', 'all four', 'none of them'],
  },
  next: 'npx ts-node chapters/03-backprop/xor.ts --predict',
  async run({ options: { angle, steps }, say, section, table, figure, predict, verdict }) {
    const guess = await predict();
    const valleys = [new Valley(0), new Valley(angle)];
    const runs = [];
    for (const [name, make] of Object.entries(OPTIMISERS)) {
      const rate = await valleys[0].bestRate(make);
      const [straight, turned] = await Promise.all(valleys.map((valley) => valley.descend(make, rate, steps)));
      runs.push({ name, rate, straight, turned });
    }

    const start = await valleys[0].height(tensor(START)).item();
    section('heights', `Heights after ${steps} steps; all start at ${start}`);
    table(
      ['optimiser', 'rate', 'valley along x', `turned by ${angle}°`],
      runs.map(({ name, rate, straight, turned }) => {
        return [name, String(rate), straight.height.toExponential(2), turned.height.toExponential(2)];
      }),
    );

    section('verdict');
    const changed = runs.filter(({ straight, turned }) => !alike(straight.height, turned.height));
    const names = changed.map(({ name }) => name).join(' and ');
    const truth = changed.length === 0 ? 'none of them' : changed.length === runs.length ? 'all four' : names;
    say();
    const why =
      changed.length > 0
        ? 'Scaling each coordinate by itself helps only while the valley lies along one.'
        : 'After this turn the valley lies along an axis, as it did before.';
    verdict(guess, truth as 'RMSprop and Adam', why);

    const drawn = [
      { degrees: 0, paths: runs.map(({ name, straight: { path } }) => ({ name, path })) },
      { degrees: angle, paths: runs.map(({ name, turned: { path } }) => ({ name, path })) },
    ];
    await figure('valley', await valleyFigure(drawn, STEEPNESS));
  },
});

/** The same up to the rounding of float32 numbers. */
const alike = (a: number, b: number): boolean => Math.abs(a - b) <= 0.01 * Math.max(a, b) + 1e-6;
