/**
 * What is each part good for? A small transformer learns to sort digits; then four others learn it, each without one
 * part.
 */
import { manualSeed } from '../../core';
import { integer, number, script } from '../shared/script';
import { ablationsFigure } from './pictures/ablations';
import {
  accuracy,
  type Course,
  gradientByDepth,
  learn,
  Network,
  onDevice,
  type Parts,
  type Size,
  WHOLE,
} from './rearrange';

// #region arms
export const ARMS = {
  whole: WHOLE,
  'without residuals': { ...WHOLE, residuals: false },
  'without layer norm': { ...WHOLE, norm: 'none' },
  'without √d': { ...WHOLE, scale: false },
  'without positions': { ...WHOLE, positions: 'none' },
} satisfies Record<string, Parts>;
// #endregion

export type Arm = keyof typeof ARMS;

export interface Life {
  losses: number[];
  gradients: number[]; // by depth, before training
  right: number;
}

/** One network from its first weights to its end. */
export async function live(
  seed: number,
  parts: Parts,
  size: Size,
  course: Course,
  tick?: () => Promise<void>,
): Promise<Life> {
  manualSeed(seed);
  const model = await onDevice(new Network(size, parts));
  const gradients = await gradientByDepth(model, course.task, size.length);
  const losses = await learn(model, size.length, course, tick);
  return { losses, gradients, right: await accuracy(model, course.task, size.length) };
}

/** The mean of the last tenth of all steps. */
export function atTheEnd(losses: number[]): number {
  const last = losses.slice(-Math.ceil(losses.length / 10));
  return last.reduce((sum, loss) => sum + loss, 0) / last.length;
}

// #region counting
/**
 * Who knows which digits are there, and not where he stands, can do no better than to say at every place how often each
 * digit occurs. The mean loss of that, over all rows there can be: each count n of a digit in T places costs
 * −n/T·log(n/T), and n is binomial.
 */
export function lossByCounting(length: number, digits = 10): number {
  let loss = 0;
  let p = (1 - 1 / digits) ** length; // that a digit occurs n times, here 0
  for (let n = 1; n <= length; n++) {
    p *= ((length - n + 1) / n) * (1 / (digits - 1));
    loss -= digits * p * (n / length) * Math.log(n / length);
  }
  return loss;
}
// #endregion

const QUESTIONS = ['residuals', 'layer norm', '√d', 'positions'] as const;

script({
  about: 'A small transformer sorts digits, whole and with one part left out.',
  options: {
    length: integer(8, { min: 2, max: 16, help: 'digits in a row' }),
    depth: integer(4, { min: 1, max: 24, help: 'blocks' }),
    steps: integer(200, { min: 1, help: 'steps of training' }),
    batch: integer(64, { min: 1, max: 512, help: 'rows in a step' }),
    rate: number(0.003, { min: 0, max: 1, help: 'learning rate' }),
  },
  settings: { quick: { length: 5, batch: 32, steps: 90 }, full: { length: 10, steps: 600 } },
  predict: {
    question: 'A transformer of four blocks learns to sort eight digits. Without which part does it end worst?',
    choices: QUESTIONS,
  },
  next: 'npx ts-node chapters/10-attention-transformer/depth.ts',
  async run({ options, section, say, table, figure, progress, predict, verdict }) {
    const guess = await predict();
    const { length, depth, steps } = options;
    const size: Size = { length, depth, width: 32, heads: 4 };
    const course: Course = { task: 'sort', ...options };
    const bar = progress(Object.keys(ARMS).length * steps, 'training');
    const lives: (Life & { name: string })[] = [];
    for (const [name, parts] of Object.entries(ARMS))
      lives.push({ name, ...(await live(options.seed, parts, size, course, () => bar.tick(name))) });
    bar.done();

    section('ablations', `Sorting ${length} digits, ${depth} blocks, ${steps} steps`);
    table(
      ['network', 'gradient, first block', 'last block', 'loss at the end', 'digits right'],
      lives.map(({ name, gradients, losses, right }) => {
        const ends = [gradients[0], gradients[depth - 1]].map((norm) => norm.toFixed(3));
        return [name, ...ends, atTheEnd(losses).toFixed(2), right.toFixed(2)];
      }),
    );
    section('verdict');
    const without = lives.slice(1);
    const worst = without.reduce((a, b) => (atTheEnd(b.losses) > atTheEnd(a.losses) ? b : a));
    const truth = QUESTIONS[without.indexOf(worst)];
    say();
    verdict(guess, truth, `Its loss at the end is ${atTheEnd(worst.losses).toFixed(2)}.`);
    section('counting', 'Without positions');
    say(`loss by counting: ${lossByCounting(length).toFixed(2)}; seen: ${atTheEnd(lives[4].losses).toFixed(2)}`);
    await figure('ablations', await ablationsFigure('Sorting digits with one part left out', lives));
  },
});
