/**
 * The small network that comes with this page, for whoever has no weights: inverted residuals for pictures of 32 × 32,
 * trained on eight of the ten classes of generated pictures. This script trains it.
 */
import { join } from 'node:path';
import { Generator, manualSeed, ops, optim, train } from '../../core';
import { loadSafetensors, saveSafetensors } from '../../core/io';
import { type Pictures, pictureNames, pictures } from '../../datasets';
import { integer, path, script } from '../shared/script';
import { KERAS } from './conv-norm';
import { MobileNetV2 } from './mobilenet-v2';

/** Cats and dogs are kept back: they are to be something new. */
export const NEW = ['cat', 'dog'];
export const OLD = pictureNames.filter((name) => !NEW.includes(name));

const labelsOf = (names: readonly string[]): number[] => names.map((name) => pictureNames.indexOf(name));

export const picturesOf = (names: readonly string[], count: number, seed: number): Pictures =>
  pictures(count, { classes: labelsOf(names), generator: new Generator(seed) });

// #region small
export const smallNetwork = (conventions = KERAS): MobileNetV2 =>
  new MobileNetV2({
    classes: OLD.length,
    conventions,
    first: 16, //        [N, 16, 16, 16]
    table: [
      [1, 16, 1, 1], //  [N, 16, 16, 16]
      [4, 24, 2, 2], //  [N, 24, 8, 8]
      [4, 32, 2, 2], //  [N, 32, 4, 4]
    ],
    last: 128, //        [N, 128, 4, 4]
  });
// #endregion

const WEIGHTS = join(__dirname, 'pretrained/small.safetensors');

/** The small network as it comes with this page. */
export async function loadSmall(conventions = KERAS): Promise<MobileNetV2> {
  const { tensors } = await loadSafetensors(WEIGHTS);
  const network = smallNetwork(conventions);
  network.loadStateDict(tensors);
  return network.eval();
}

export async function pretrain(
  seed: number,
  { count, epochs }: { count: number; epochs: number },
  tick?: () => unknown,
) {
  manualSeed(seed);
  const network = smallNetwork();
  const optimizer = new optim.Adam(network.parameters(), { lr: 5e-3 });
  const steps = epochs * Math.ceil(count / 64);
  const { x, y } = picturesOf(OLD, count, seed + 1000);
  await train.fit(network, {
    x: KERAS.prepare(x),
    y,
    epochs,
    batchSize: 64,
    loss: ops.crossEntropy,
    optimizer,
    callbacks: [
      train.followSchedule(new optim.CosineAnnealingLR(optimizer, { tMax: steps }), { every: 'batch' }),
      { batchEnd: () => tick?.() },
    ],
    progress: false,
  });
  return network.eval();
}

/** The share of fresh pictures of the eight classes that a network names rightly. */
export async function accuracyOnOld(network: MobileNetV2, count: number, seed = 7): Promise<number> {
  const { y, ...fresh } = picturesOf(OLD, count, seed);
  const x = KERAS.prepare(fresh.x);
  const { accuracy } = await train.evaluate(network, { x, y, metrics: [train.accuracy()], batchSize: 100 });
  return accuracy;
}

script({
  about: 'Trains the small network for readers without weights: eight of the ten classes of generated pictures.',
  options: {
    count: integer(2000, { min: 64, help: 'pictures to learn from' }),
    epochs: integer(8, { min: 1 }),
    test: integer(400, { min: 8, help: 'fresh pictures to be judged by' }),
    save: path(undefined, { help: 'a file for the weights, as pretrained/small.safetensors' }),
  },
  settings: { quick: { count: 256, epochs: 2, test: 80 }, full: { count: 6000, epochs: 16, test: 1000 } },
  next: 'npx ts-node chapters/08-transfer-learning/recipe.ts',
  async run({ options: { seed, count, epochs, test, save }, say, section, progress }) {
    section('small', `${count} pictures of ${OLD.length} classes, ${epochs} epochs`);
    const bar = progress(epochs * Math.ceil(count / 64), 'training');
    const network = await pretrain(seed, { count, epochs }, bar.tick);
    bar.done();
    say(`parameters: ${network.parameterCount()}`);
    say(`of ${test} fresh pictures named rightly: ${(await accuracyOnOld(network, test)).toFixed(3)}`);
    if (save === undefined) return;
    await saveSafetensors(save, network.stateDict(), { classes: OLD.join(' '), seed: String(seed) });
    say(`weights saved in ${save}`);
  },
});
