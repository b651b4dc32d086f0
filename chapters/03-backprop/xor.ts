/**
 * XOR with a small network, a hundred times from different random weights: how many learn it, why the others do
 * not, and what more units or a leaky ReLU change.
 */
import { currentDevice, manualSeed, nn, ops, optim, type Tensor, tensor } from '../../core';
import { integer, number, script } from '../shared/script';
import { fatesFigure, livesFigure, successesFigure } from './pictures/xor';

const POINTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const TARGETS = [0, 1, 1, 0];

// #region network
type Activation = (z: Tensor) => Tensor;

export const relu: Activation = (z) => z.relu();
const leakyRelu: Activation = (z) => z.leakyRelu(0.1);

export class Network extends nn.Module {
  readonly hidden: nn.Linear;
  readonly output: nn.Linear;

  constructor(
    units: number,
    private readonly activation: Activation,
  ) {
    super();
    this.hidden = new nn.Linear(2, units);
    this.output = new nn.Linear(units, 1);
  }

  /** The score of "yes"; its sigmoid is the probability. */
  override forward(x: Tensor): Tensor {
    return this.output.forward(this.activation(this.hidden.forward(x))); // [N, 2] → [N, 1]
  }
}
// #endregion

// #region train
export async function train(network: Network, { rate, steps }: { rate: number; steps: number }): Promise<number[]> {
  const x = tensor(POINTS); // [4, 2]
  const target = tensor(TARGETS).reshape(4, 1);
  const optimiser = new optim.Adam(network.parameters(), { lr: rate });
  const losses: Tensor[] = [];
  for (let step = 0; step < steps; step++) {
    const loss = ops.bceWithLogitsLoss(network.forward(x), target);
    optimiser.zeroGrad();
    loss.backward();
    optimiser.step();
    losses.push(loss);
  }
  return [...(await ops.stack(losses).data())]; // read once, at the end: a GPU need not stop for each
}
// #endregion

/** What the hidden units are before their activation, at each of the four points. */
const hiddenScores = async (network: Network): Promise<number[][]> =>
  (await network.hidden.forward(tensor(POINTS)).array()) as number[][];

/** The score of the highest unit at each point; where it is below zero, no ReLU is on. */
const highestUnits = async (network: Network): Promise<number[]> =>
  (await hiddenScores(network)).map((scores) => Math.max(...scores));

const answers = async (network: Network): Promise<number[]> => [
  ...(await network.forward(tensor(POINTS)).sigmoid().data()),
];

// #region counting
/** The lowest loss of a network that cannot tell these points, given by their targets, apart; it is right elsewhere. */
export function lossByCounting(targets: number[]): number {
  const yes = targets.filter((target) => target === 1).length;
  const p = yes / targets.length; // the best single answer to many questions is the share of yes
  const each = -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
  return (each * targets.length) / TARGETS.length;
}
// #endregion

/** What is wrong with a network that failed, and the targets of the points that it cannot tell apart. */
async function diagnose(network: Network): Promise<{ fate: string; alike: number[] }> {
  const highest = await highestUnits(network);
  const blind = TARGETS.filter((_, i) => highest[i] <= 0);
  if (blind.length > 0) return { fate: `no unit is on at ${blind.length} points`, alike: blind };
  const on = (await hiddenScores(network)).map((scores) => scores.map((score) => score > 0)); // [4, units]
  const bends = on[0].some((_, unit) => on.some((row) => row[unit] !== on[0][unit]));
  if (bends) return { fate: 'none of these', alike: [] };
  return { fate: 'each unit is on at all points or none', alike: TARGETS };
}

type Kind = { name: string; units: number; activation: Activation };
type Settings = { starts: number; seed: number; rate: number; steps: number };

/** One life: from random weights to its end. */
export async function live(seed: number, { units, activation }: Kind, settings: Settings) {
  manualSeed(seed);
  const network = await new Network(units, activation).to(currentDevice());
  const start = await highestUnits(network);
  const losses = await train(network, settings);
  const learned = (await answers(network)).every((p, i) => p > 0.5 === (TARGETS[i] === 1));
  const loss = losses[losses.length - 1];
  return { seed, network, start, losses, loss, learned, ...(await diagnose(network)) };
}

export type Life = Awaited<ReturnType<typeof live>>;

/** Many lives of each kind of network. */
async function liveAll(kinds: Kind[], settings: Settings, tick: (name: string) => Promise<void>) {
  const arms: { name: string; lives: Life[] }[] = [];
  for (const kind of kinds) {
    const lives: Life[] = [];
    for (let i = 0; i < settings.starts; i++) {
      lives.push(await live(settings.seed + i, kind, settings));
      await tick(kind.name);
    }
    arms.push({ name: kind.name, lives });
  }
  return arms;
}

/** The networks that failed, grouped by what is wrong with them: how many, what counting says, what was seen. */
function failureRows(failed: Life[]): string[][] {
  const fates = [...new Set(failed.map(({ fate }) => fate))].sort();
  return fates.map((fate) => {
    const group = failed.filter((life) => life.fate === fate);
    const losses = group.map(({ loss }) => loss);
    const counted = group[0].alike.length > 0 ? lossByCounting(group[0].alike).toFixed(3) : '';
    const seen = `${Math.min(...losses).toFixed(3)} to ${Math.max(...losses).toFixed(3)}`;
    return [fate, String(group.length), counted, seen];
  });
}

/** Point by point: what is wanted, whether any unit is on, and what is answered. */
async function lifeRows({ network, start }: Life): Promise<string[][]> {
  const end = await highestUnits(network);
  return (await answers(network)).map((p, i) => {
    const numbers = [start[i], end[i], p].map((value) => value.toFixed(2));
    return [POINTS[i].join(','), String(TARGETS[i]), ...numbers];
  });
}

script({
  about: 'XOR with a 2-4-1 network from a hundred random starts: who learns it, who does not, and why.',
  options: {
    units: integer(4, { min: 2, max: 64, help: 'hidden units' }),
    starts: integer(100, { min: 10, max: 1000, help: 'how many random starts, from --seed on' }),
    steps: integer(200, { min: 1, help: 'steps of Adam' }),
    rate: number(0.1, { min: 0, max: 1, help: 'learning rate' }),
  },
  settings: { quick: { steps: 120 }, full: { steps: 1000 } },
  predict: {
    question: 'Of 100 random starts, how many learn XOR with hidden ReLU units (four, unless --units says otherwise)?',
    choices: ['fewer than 40', '40 to 69', '70 to 99', 'all 100'],
  },
  next: 'npm run exercises 03',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { units, starts } = options;
    const guess = await predict();
    const kinds = [
      { name: `${units} ReLU`, units, activation: relu },
      { name: `${units} leaky ReLU`, units, activation: leakyRelu },
      { name: `${2 * units} ReLU`, units: 2 * units, activation: relu },
    ];
    const bar = progress(kinds.length * starts, 'training');
    const arms = await liveAll(kinds, options, (name) => bar.tick(name));
    bar.done();
    const [{ lives }] = arms;
    const learned = lives.filter((life) => life.learned);
    const failed = lives.filter((life) => !life.learned);

    section('successes', `Learned, of ${starts} starts`);
    table(
      ['hidden units', 'parameters', 'learned', 'failed'],
      arms.map(({ name, lives }) => {
        const count = lives.filter((life) => life.learned).length;
        return [name, String(lives[0].network.parameterCount()), String(count), String(starts - count)];
      }),
    );

    section('verdict');
    const share = (100 * learned.length) / starts;
    const truth = share < 40 ? 'fewer than 40' : share < 70 ? '40 to 69' : share < 100 ? '70 to 99' : 'all 100';
    say();
    verdict(guess, truth, `It was ${learned.length} of ${starts}.`);

    section('failures', `How the others with ${units} ReLU units ended`);
    if (failed.length === 0) say('There are no others.');
    else table(['what is wrong', 'starts', 'loss by counting', 'losses seen'], failureRows(failed));

    section('two-lives', 'One that learned, one that did not');
    const blindOne = failed.find(({ alike }) => alike.length < TARGETS.length);
    const examples = [learned[0], blindOne].filter((life) => life !== undefined);
    for (const life of examples) {
      say(`\nseed ${life.seed}: ${life.learned ? 'learned' : 'failed'}, loss ${life.loss.toFixed(3)}`);
      table(['point', 'target', 'highest unit at the start', 'at the end', 'answer'], await lifeRows(life));
    }

    await figure('xor-successes', await successesFigure(arms, starts));
    if (examples.length > 0) await figure('xor-lives', await livesFigure(examples, POINTS, TARGETS));
    const firstOfEach = failed.filter(({ fate }, i) => failed.findIndex((other) => other.fate === fate) === i);
    await figure('xor-fates', await fatesFigure([...learned.slice(0, 1), ...firstOfEach]));
  },
});
