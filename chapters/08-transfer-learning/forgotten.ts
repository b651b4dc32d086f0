/**
 * Predict, then run: a base whose weights are frozen but whose batch norms go on learning. New pictures are taken by
 * night; what becomes of the old answers?
 */
import { manualSeed, nn, noGrad, ops, optim, type Tensor, train } from '../../core';
import { integer, script } from '../shared/script';
import { KERAS } from './conv-norm';
import type { MobileNetV2 } from './mobilenet-v2';
import { forgottenFigure } from './pretrained/pictures/forgotten';
import { loadSmall, NEW, OLD, picturesOf } from './small';

/** By night all values are a third of what they are by day. */
const byNight = (x: Tensor): Tensor => x.mul(0.3);

// #region two-ways
/** The same task twice; the only difference is what batch norm does meanwhile. */
const WAYS = {
  frozen: (base: nn.Module) => base.freeze(),
  forgotten(base: nn.Module) {
    for (const weight of base.parameters()) weight.requiresGrad = false; // and that is all
  },
};
// #endregion

export type Way = keyof typeof WAYS;

/** So much less on the old classes counts as worse. */
const LITTLE = 0.05;

interface Task {
  count: number;
  epochs: number;
}

export interface Lesson {
  /** Shares of fresh pictures named rightly, after each epoch; at first before any. */
  old: number[];
  fresh: number[];
  /** The same network, after learning, on the new pictures as it is while learning: batch by batch. */
  whileLearning: number;
  /** Has any weight of the base changed? */
  weightsChanged: boolean;
}

/** Teaches a new head cats and dogs by night, and watches what the base, with its old head, says by day. */
export async function teach(seed: number, way: Way, { count, epochs }: Task): Promise<Lesson> {
  manualSeed(seed);
  const network = await loadSmall();
  const before = copyOfWeights(network);
  const old = picturesOf(OLD, 2 * count, 2000 + seed);
  const [learn, test] = [picturesOf(NEW, count, 3000 + seed), picturesOf(NEW, count, 4000 + seed)];
  const base = new nn.Sequential(...network.parts, new nn.AdaptiveAvgPool2d(1), new nn.Flatten());
  const head = new nn.Linear(128, NEW.length);
  WAYS[way](base);
  const model = new nn.Sequential(base, head);
  const night = (x: Tensor) => KERAS.prepare(byNight(x));

  const judge = async (judged: train.Model, x: Tensor, y: Tensor) =>
    (await train.evaluate(judged, { x, y, metrics: [train.accuracy()], batchSize: 64 })).accuracy;
  const lesson: Lesson = { old: [], fresh: [], whileLearning: 0, weightsChanged: false };
  const watch = async () => {
    lesson.old.push(await judge(network, KERAS.prepare(old.x), old.y));
    lesson.fresh.push(await judge(model, night(test.x), test.y));
  };
  await watch();
  await train.fit(model, {
    x: night(learn.x),
    y: learn.y,
    epochs,
    batchSize: 16,
    loss: ops.crossEntropy,
    optimizer: new optim.Adam(head.parameters(), { lr: 3e-3 }),
    callbacks: [{ epochEnd: watch }],
    progress: false,
  });
  model.train();
  const answers = noGrad(() => model.forward(night(test.x)).argmax(1).eq(test.y).to('float32').mean());
  lesson.whileLearning = await answers.item();
  lesson.weightsChanged = await differ(before, network);
  return lesson;
}

const copyOfWeights = (network: MobileNetV2): Tensor[] =>
  network.parameters().map((weight) => noGrad(() => weight.clone()).keep());

async function differ(before: Tensor[], network: MobileNetV2): Promise<boolean> {
  const changes = network.parameters().map((weight, i) => noGrad(() => weight.sub(before[i]).abs().max()).item());
  return Math.max(...(await Promise.all(changes))) > 0;
}

script({
  about: 'Frozen weights, but batch norm in training mode: what becomes of what the network knew?',
  options: {
    count: integer(200, { min: 32, help: 'new pictures to learn from, and as many to be judged by' }),
    epochs: integer(8, { min: 1 }),
    seeds: integer(3, { min: 1, help: 'lives of each' }),
  },
  settings: { quick: { count: 64, epochs: 6, seeds: 1 }, full: { count: 400, epochs: 12, seeds: 5 } },
  predict: {
    question: 'Every weight of the base is frozen. After learning two new classes, how does it do on its old ones?',
    choices: ['as before', 'a little worse', 'at most half as well'],
  },
  next: 'npx ts-node chapters/08-transfer-learning/recipe.ts',
  async run({ options: { seed, count, epochs, seeds }, say, section, table, figure, progress, predict, verdict }) {
    const guess = await predict();
    section('forgotten', `${count} cats and dogs by night, ${epochs} epochs; the old classes by day`);
    const bar = progress(2 * seeds, 'lives');
    const lives: Record<Way, Lesson[]> = { frozen: [], forgotten: [] };
    for (let s = seed; s < seed + seeds; s++) {
      for (const way of ['frozen', 'forgotten'] as const) {
        lives[way].push(await teach(s, way, { count, epochs }));
        await bar.tick();
      }
    }
    bar.done();
    const middle = (way: Way, of: (lesson: Lesson) => number): number =>
      lives[way].map(of).sort((a, b) => a - b)[Math.floor(seeds / 2)];
    const last = (curve: number[]) => curve[curve.length - 1];
    table(
      ['base', 'old classes before', 'after', 'new classes', 'new, batch by batch', 'weights changed'],
      (['frozen', 'forgotten'] as const).map((way) => [
        way === 'frozen' ? 'freeze()' : 'weights only',
        middle(way, ({ old }) => old[0]).toFixed(3),
        middle(way, ({ old }) => last(old)).toFixed(3),
        middle(way, ({ fresh }) => last(fresh)).toFixed(3),
        middle(way, ({ whileLearning }) => whileLearning).toFixed(3),
        lives[way].some(({ weightsChanged }) => weightsChanged) ? 'yes' : 'no',
      ]),
    );
    await figure('forgotten', await forgottenFigure(lives.frozen[0], lives.forgotten[0]));
    const [start, end] = [middle('forgotten', ({ old }) => old[0]), middle('forgotten', ({ old }) => last(old))];
    const truth = end <= start / 2 ? 'at most half as well' : end < start - LITTLE ? 'a little worse' : 'as before';
    say('');
    verdict(guess, truth, 'No weight has changed; what batch norm measures has.');
  },
});
