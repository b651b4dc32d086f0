/**
 * ResNet-18 learns cats and dogs with three heads: one layer, or a hidden one of 256 or 512 units with dropout between.
 * Without a file of weights it is a narrow ResNet-18 that first learns eight other classes.
 */
import { manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { UsageError } from '../shared/options';
import { integer, number, path, script } from '../shared/script';
import { PYTORCH } from './conv-norm';
import { catsAndDogs, enlarge, type Task } from './pets';
import { headsFigure } from './pretrained/pictures/resnet-heads';
import { loadNetwork } from './recognise';
import { ResNet18 } from './resnet';
import { OLD, picturesOf } from './small';

// #region heads
export const HEADS: Record<string, (features: number, classes: number) => nn.Sequential> = {
  'one layer': (features, classes) => new nn.Sequential(new nn.Linear(features, classes)),
  '256 units, dropout 0.5': (features, classes) => withHidden(features, 256, classes),
  '512 units, dropout 0.5': (features, classes) => withHidden(features, 512, classes),
};

const withHidden = (features: number, units: number, classes: number): nn.Sequential =>
  new nn.Sequential(new nn.Linear(features, units), new nn.ReLU(), new nn.Dropout(0.5), new nn.Linear(units, classes));
// #endregion

/** A narrow ResNet-18 that has learned the eight classes which are not cats and dogs. */
export async function pretrain(seed: number, count: number, epochs: number, tick?: () => unknown): Promise<ResNet18> {
  manualSeed(seed);
  const network = new ResNet18({ channels: 8, classes: OLD.length });
  const { x, y } = picturesOf(OLD, count, 300 + seed);
  await train.fit(network, {
    x: PYTORCH.prepare(x),
    y,
    epochs,
    loss: ops.crossEntropy,
    optimizer: new optim.Adam(network.parameters(), { lr: 2e-3 }),
    callbacks: [{ batchEnd: () => tick?.() }],
    progress: false,
  });
  return network;
}

export interface Life {
  name: string;
  learned: number;
  own: number[]; // accuracy by epoch
  fresh: number[];
}

/** The whole network learns, its batch norms frozen; pictures of 0 to 1 go in. */
export async function tune(
  seed: number,
  network: ResNet18,
  head: string,
  task: Task,
  { epochs, rate }: { epochs: number; rate: number },
  tick?: () => unknown,
): Promise<Life> {
  manualSeed(seed);
  // #region tune
  for (const module of network.modules()) if (module instanceof nn.BatchNorm2d) module.freeze();
  const features = network.features;
  const model = new nn.Sequential(
    ...network.parts,
    new nn.AdaptiveAvgPool2d(1),
    new nn.Flatten(),
    HEADS[head](features, task.names.length),
  );
  const learning = model.parameters().filter(({ requiresGrad }) => requiresGrad);
  const optimizer = new optim.SGD(learning, { lr: rate, momentum: 0.9 });
  // #endregion
  const { curves } = await train.fit(model, {
    x: PYTORCH.prepare(task.train.x),
    y: task.train.y,
    validation: { x: PYTORCH.prepare(task.test.x), y: task.test.y },
    epochs,
    loss: ops.crossEntropy,
    optimizer,
    metrics: [train.accuracy()],
    callbacks: [{ epochEnd: () => tick?.() }],
    progress: false,
  });
  const learned = learning.reduce((sum, { size }) => sum + size, 0);
  return { name: head, learned, own: curves.accuracy, fresh: curves.valAccuracy };
}

/** Always the same weights to start from: every head gets a network of its own. */
export function copyOf(network: ResNet18): ResNet18 {
  const { channels, classes } = network;
  const copy = new ResNet18({ channels, classes });
  copy.loadStateDict(network.stateDict());
  return copy;
}

script({
  about: 'ResNet-18 with three heads learns cats and dogs: SGD 0.001, momentum 0.9.',
  options: {
    weights: path(undefined, { help: "a safetensors file of ResNet-18 with PyTorch's names" }),
    side: integer(128, { min: 32, max: 512, help: 'with --weights, pictures are brought to this size' }),
    old: integer(1600, { min: 64, help: 'without --weights: pictures of other classes to learn first' }),
    oldEpochs: integer(10, { min: 1, help: 'epochs for these' }),
    perClass: integer(200, { min: 8, help: 'cats and dogs to learn from, of each' }),
    testing: integer(200, { min: 8, help: 'of each to be judged by' }),
    epochs: integer(10, { min: 1 }),
    rate: number(0.001, { min: 0 }),
  },
  settings: {
    quick: { old: 256, oldEpochs: 4, perClass: 40, testing: 50, epochs: 5 },
    full: { side: 224, old: 8000, oldEpochs: 16 },
  },
  next: 'npm run exercises 08',
  async run({ options, say, section, table, figure, progress }) {
    const { seed, weights, side, old, oldEpochs, perClass, testing, epochs, rate } = options;
    const network = weights === undefined ? await narrow() : await fromFile(weights);
    const task = await catsAndDogs(seed, perClass, testing);
    const sized = (x: Tensor) => (weights === undefined ? x : enlarge(x, side));
    task.train.x = sized(task.train.x);
    task.test.x = sized(task.test.x);

    section('heads', `Three heads, ${epochs} epochs, SGD ${rate}, momentum 0.9`);
    say(`pictures: ${task.source}\n`);
    const bar = progress(epochs * Object.keys(HEADS).length, 'epochs');
    const lives = [];
    for (const head of Object.keys(HEADS))
      lives.push(await tune(seed, copyOf(network), head, task, { epochs, rate }, bar.tick));
    bar.done();
    table(
      ['head', 'numbers that learn', 'learning pictures', 'fresh pictures'],
      lives.map(({ name, learned, own, fresh }) => [
        name,
        learned,
        own[epochs - 1].toFixed(3),
        fresh[epochs - 1].toFixed(3),
      ]),
    );
    await figure('resnet-heads', await headsFigure(lives));

    async function narrow(): Promise<ResNet18> {
      const bar = progress(oldEpochs * Math.ceil(old / 32), 'other classes');
      const made = await pretrain(seed, old, oldEpochs, bar.tick);
      bar.done();
      say(`base: a ResNet-18 of 8 channels, which has learned ${old} pictures of ${OLD.length} other classes`);
      return made;
    }
  },
});

async function fromFile(weights: string): Promise<ResNet18> {
  const { network } = await loadNetwork(weights);
  if (network instanceof ResNet18) return network;
  throw new UsageError(`${weights} is no ResNet-18; recipe.ts takes any of the networks`);
}
