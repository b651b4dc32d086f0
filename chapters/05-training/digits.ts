/**
 * Handwritten digits: what to check before training, two networks, and their mistakes looked at one by one.
 */
import { manualSeed, nn, ops, optim, type Tensor, train, zeros } from '../../core';
import { type DigitPictures, type DigitSets, mnistOrDigits } from '../../datasets';
import { integer, script } from '../shared/script';
import { type Answer, answersFigure, confusionFigure } from './pictures/digits';

const CLASSES = 10;

// #region network
/** Linear layers from each size to the next, ReLU between them: network(784, 128, 10). */
export function network(...sizes: number[]): nn.Sequential {
  const layers = sizes.slice(1).flatMap((size, k) => [glorot(new nn.Linear(sizes[k], size)), new nn.ReLU()]);
  return new nn.Sequential(new nn.Flatten(), ...layers.slice(0, -1)); // [N, 1, 28, 28] → [N, 784] → … → [N, 10]
}

function glorot(layer: nn.Linear): nn.Linear {
  layer.weight.become(nn.init.xavierUniform(layer.weight.shape));
  layer.bias?.become(zeros(layer.bias.shape));
  return layer;
}
// #endregion

export const NETWORKS = [
  { sizes: [784, 128, 10], epochs: 3 },
  { sizes: [784, 128, 64, 10], epochs: 5 },
];

// #region learn
const learn = (model: nn.Sequential, { x, y }: DigitPictures, epochs: number, callbacks: train.Callback[]) =>
  train.fit(model, {
    x,
    y,
    batchSize: 128,
    epochs,
    loss: ops.crossEntropy,
    optimizer: new optim.Adam(model.parameters(), { lr: 1e-3 }),
    metrics: [train.accuracy()],
    callbacks,
    progress: false,
  });
// #endregion

const judge = (model: nn.Sequential, { x, y }: DigitPictures) =>
  train.evaluate(model, { x, y, batchSize: 500, loss: ops.crossEntropy, metrics: [train.accuracy()] });

/** One life of one of the networks. */
export async function live(
  seed: number,
  { sizes, epochs }: (typeof NETWORKS)[number],
  sets: DigitSets,
  tick = () => {},
) {
  manualSeed(seed);
  const model = network(...sizes);
  const { curves } = await learn(model, sets.train, epochs, [{ batchEnd: () => tick() }]);
  return { name: sizes.join('-'), model, curves, test: await judge(model, sets.test) };
}

// #region overfit
/** Learns the same few digits again and again: the loss after each step. */
export async function overfit(model: nn.Sequential, { x, y }: DigitPictures, steps: number): Promise<number[]> {
  const optimizer = new optim.Adam(model.parameters(), { lr: 1e-3 });
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const loss = ops.crossEntropy(model.forward(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(await loss.item());
  }
  return losses;
}
// #endregion

const firstOf = ({ x, y }: DigitPictures, count: number): DigitPictures => ({
  x: x.narrow(0, 0, count),
  y: y.narrow(0, 0, count),
});

/** What the network says to every picture, how surely, and what it is. */
async function answersOf(model: nn.Sequential, { x, y }: DigitPictures): Promise<Answer[]> {
  const scores = await train.predict(model, { x, batchSize: 500 });
  const [said, certainty, actual] = await Promise.all(
    [scores.argmax(1), scores.softmax(1).max(1), y].map((t: Tensor) => t.data()),
  );
  return Array.from(said, (digit, i) => ({ place: i, said: digit, certainty: certainty[i], actual: actual[i] }));
}

script({
  about: 'Handwritten digits: checks before training, two networks, and their mistakes.',
  options: {
    training: integer(12_000, { min: 128, max: 60_000, help: 'pictures to learn from' }),
    test: integer(2000, { min: 100, max: 10_000, help: 'pictures to be judged by' }),
  },
  settings: { quick: { training: 1280, test: 500 }, full: { training: 60_000, test: 10_000 } },
  next: 'npx ts-node chapters/05-training/metrics.ts',
  async run({ options: { seed, training, test }, say, section, table, figure, progress }) {
    const sets = await mnistOrDigits({ train: training, test });
    section('before', 'Before training');
    say(`${sets.source}\n`);
    const model = network(784, 128, 10);
    const untrained = await judge(model, sets.test);
    const losses = await overfit(model, firstOf(sets.train, 32), 50);
    table(
      ['check', 'expected', 'seen'],
      [
        ['loss of an untrained network', `about ${Math.log(CLASSES).toFixed(2)}`, untrained.loss.toFixed(2)],
        ['its accuracy', 'about 0.10', untrained.accuracy.toFixed(2)],
        ['32 digits, after 50 steps', 'near 0', losses[49].toFixed(3)],
      ],
    );

    const steps = NETWORKS.map(({ epochs }) => epochs * Math.ceil(training / 128));
    const bar = progress(steps[0] + steps[1], 'training');
    const lives = [];
    for (const kind of NETWORKS) lives.push(await live(seed, kind, sets, bar.tick));
    bar.done();
    section('networks', `Trained on ${training} digits`);
    table(
      ['network', 'parameters', 'epochs', 'training accuracy', 'test accuracy'],
      lives.map(({ name, model, curves, test }) => [
        name,
        model.parameterCount(),
        curves.accuracy.length,
        curves.accuracy[curves.accuracy.length - 1].toFixed(3),
        test.accuracy.toFixed(3),
      ]),
    );

    const answers = await answersOf(lives[1].model, sets.test);
    const wrong = answers.filter(({ said, actual }) => said !== actual);
    const surely = wrong.filter(({ certainty }) => certainty > 0.9);
    section('mistakes', `The mistakes of ${lives[1].name}`);
    say(`${wrong.length} of ${test} wrong, ${surely.length} of them with a certainty above 90 %`);
    const { x, y } = sets.test;
    const pixels = async ({ place }: Answer) => [...(await x.slice(place).data())];
    const mostCertain = [...wrong].sort((a, b) => b.certainty - a.certainty);
    await figure('digits', await answersFigure('The first twelve digits of the test heap', answers, pixels));
    await figure('digits-wrong', await answersFigure('The mistakes it was surest of', mostCertain, pixels));
    const counts = await train.confusionMatrix(await train.predict(lives[1].model, { x, batchSize: 500 }), y);
    await figure('digits-confusion', await confusionFigure(counts));
  },
});
