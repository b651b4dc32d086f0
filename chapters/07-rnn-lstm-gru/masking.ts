/**
 * Padding and its mask: a network that is told which words are none answers as if they were not there; one that is not
 * told goes on reading, and its answer wanders.
 */
import { manualSeed, noGrad, onesLike, type Tensor, tensor } from '../../core';
import { reviews, words } from '../../datasets';
import { integer, number, script } from '../shared/script';
import { type Line, maskingFigure } from './language/pictures/masking';
import { build, type Heaps, learn, type Plan, type Reader, readHeaps, type Shape } from './sentiment';

const SHAPE: Shape = { width: 16, units: 24, dense: 16, dropout: 0 };
const SIZES = { words: 2000, length: 40 };
const TRIED = 100; // reviews
const ZEROS = [0, 1, 2, 5, 10, 20, 50, 100, 200];

/** A GRU that has learned to judge reviews, padded and masked; and the reviews it is to judge. */
export async function live(seed: number, count: number, plan: Plan, tick = () => {}) {
  manualSeed(seed);
  const sets = { train: reviews(count), test: reviews(TRIED) };
  const heaps = await readHeaps({ ...sets, source: `${count} generated reviews` }, SIZES);
  const model = build('GRU', heaps.vocabulary.length, SHAPE) as Reader;
  await learn(model, heaps, plan, tick);
  return { model: model.eval(), heaps };
}

interface Padding {
  before?: number;
  after?: number;
  masked: boolean;
}

// #region surround
/** How likely the writer liked the film [1, T], with zeros put around the review, and a mask or none. */
export function judge(model: Reader, review: Tensor, { before = 0, after = 0, masked }: Padding): Promise<number> {
  const zeros = [
    [0, 0],
    [before, after],
  ] as const; // none along N, some along T
  const mask = masked ? onesLike(review).pad(zeros) : null;
  return noGrad(() => model.forward(review.pad(zeros), mask).sigmoid()).item();
}
// #endregion

/** The reviews of the test heap one by one, whole: all of their words and nothing else, [1, T] each. */
export const rowsOf = ({ texts, vocabulary }: Heaps): Tensor[] =>
  texts.map((text) => tensor([vocabulary.encode(words(text))], { dtype: 'int32' }));

/** The answers to reviews that stand alone, or among zeros. */
export async function judgeAll(model: Reader, tried: readonly Tensor[], padding: Padding): Promise<number[]> {
  const answers: number[] = [];
  for (const review of tried) answers.push(await judge(model, review, padding));
  return answers;
}

/** How far answers are from others, and how many turn into their contrary. */
export function changes(alone: readonly number[], padded: readonly number[]) {
  const by = alone.map((answer, i) => Math.abs(answer - padded[i]));
  const turned = alone.filter((answer, i) => answer > 0.5 !== padded[i] > 0.5).length;
  return { by, mean: by.reduce((sum, change) => sum + change) / by.length, largest: Math.max(...by), turned };
}

script({
  about: 'Padding and masking: with the mask added zeros change nothing, without it they do.',
  options: {
    reviews: integer(4000, { min: 100, help: 'to learn from' }),
    epochs: integer(8, { min: 1, max: 1000, help: 'passes over the reviews' }),
    batch: integer(32, { min: 1, help: 'reviews for a step' }),
    rate: number(0.02, { min: 1e-6, max: 1, help: 'learning rate' }),
  },
  settings: { quick: { reviews: 1500, epochs: 5 }, full: { reviews: 5000, epochs: 20 } },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/sentiment.ts --predict',
  async run({ options: { seed, reviews: count, ...plan }, say, section, table, figure, progress }) {
    const bar = progress(plan.epochs * Math.ceil((0.9 * count) / plan.batch), 'training');
    const { model, heaps } = await live(seed, count, plan, bar.tick);
    bar.done();
    section('proof', `Zeros put around ${TRIED} reviews`);
    say(`${heaps.source}\n`);
    const tried = rowsOf(heaps);
    const alone = await judgeAll(model, tried, { masked: false });
    const rows: (string | number)[][] = [];
    for (const padding of [{ before: 30 }, { after: 30 }, { after: 200 }]) {
      const [[place, zeros]] = Object.entries(padding);
      for (const masked of [true, false]) {
        const padded = await judgeAll(model, tried, { ...padding, masked });
        const { mean, largest, turned } = changes(alone, padded);
        rows.push([`${zeros} ${place}`, masked ? 'yes' : 'no', mean.toFixed(4), largest.toFixed(4), turned]);
      }
    }
    table(['zeros', 'mask', 'mean change', 'largest change', 'answers turned'], rows);

    const { by } = changes(alone, await judgeAll(model, tried, { after: 200, masked: false }));
    const mostMoved = by.map((_, i) => i).sort((a, b) => by[b] - by[a]);
    const lines: Line[] = [];
    for (const masked of [true, false])
      for (const i of mostMoved.slice(0, masked ? 1 : 5)) {
        const liked: number[] = [];
        for (const after of ZEROS) liked.push(await judge(model, tried[i], { after, masked }));
        lines.push({ name: `review ${i + 1}${masked ? ', masked' : ''}`, liked, masked });
      }
    await figure('masking', await maskingFigure(ZEROS, lines));
  },
});
