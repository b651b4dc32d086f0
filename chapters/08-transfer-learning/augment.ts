/**
 * Augmentation: the same few pictures, mirrored, turned, cut and coloured anew in every epoch. What it is worth, and
 * what a flip does to sixes and nines.
 */
import { concat, Generator, manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { digits, pictures } from '../../datasets';
import { integer, script } from '../shared/script';
import {
  AUGMENTATIONS,
  augmented,
  type Chance,
  chances,
  changed,
  mirror,
  type Picture,
  rotation,
  upsideDown,
} from './augmentations';
import { augmentFigure } from './pictures/augment';
import { accuracyOn, type Examples, newBase, newHead, prepare } from './strategies';
import { NEW } from './transfer';

// #region learn
/** `anew` says what becomes of the pictures; it is asked before every epoch. */
export async function learn(
  model: nn.Sequential,
  { x, y }: Examples,
  anew: (x: Tensor) => Promise<Tensor>,
  { epochs, tick }: { epochs: number; tick?: () => unknown },
): Promise<nn.Sequential> {
  const optimizer = new optim.Adam(model.parameters(), { lr: 2e-3 });
  for (let epoch = 0; epoch < epochs; epoch++) {
    await train.fit(model, {
      x: prepare(await anew(x)),
      y,
      batchSize: 32,
      loss: ops.crossEntropy,
      optimizer,
      progress: false,
    });
    await tick?.();
  }
  return model;
}
// #endregion

const asItIs = async (x: Tensor): Promise<Tensor> => x;

/** From scratch, with and without augmentation: accuracy on fresh pictures. */
export async function worth(seed: number, perClass: number, epochs: number, tick?: () => unknown) {
  const of = (count: number, start: number) =>
    pictures(count, { classes: NEW, generator: new Generator(seed + start) });
  const [seen, fresh] = [of(perClass * NEW.length, 4000), of(400, 3000)];
  const accuracies: number[] = [];
  for (const anew of [asItIs, (x: Tensor) => changed(x, augmented)]) {
    manualSeed(seed);
    const model = new nn.Sequential(newBase(), newHead(NEW.length));
    await learn(model, seen, anew, { epochs, tick });
    accuracies.push(await accuracyOn(model, { ...fresh, x: prepare(fresh.x) }));
  }
  return { without: accuracies[0], augmented: accuracies[1] };
}

// #region meaning
/** Mirrored or not, upside down or not: a 6 with both is a 9, and is still called a 6. */
const anyFlip = (picture: Picture, chance: Chance): Picture => {
  const first = chance() < 0.5 ? mirror(picture) : picture;
  return chance() < 0.5 ? upsideDown(first) : first;
};
// #endregion

/** Ten digits: how many sixes and nines are read rightly after learning with turns, and with flips. */
export async function meaning(seed: number, perClass: number, epochs: number, tick?: () => unknown) {
  const [seen, all] = [5000, 6000].map((start, i) =>
    digits(10 * (i === 0 ? perClass : 100), { generator: new Generator(seed + start) }),
  );
  const labels = await all.y.data();
  const which = [...labels.keys()].filter((n) => labels[n] === 6 || labels[n] === 9);
  const fresh = {
    x: prepare(concat(which.map((n) => all.x.narrow(0, n, 1)))),
    y: concat(which.map((n) => all.y.narrow(0, n, 1))),
  };
  const shares: number[] = [];
  for (const augment of [rotation, anyFlip]) {
    manualSeed(seed);
    const chance = chances();
    const model = await learn(reader(), seen, (x) => changed(x, augment, chance), { epochs, tick });
    shares.push(await accuracyOn(model, fresh));
  }
  return { turned: shares[0], flipped: shares[1] };
}

const reader = (): nn.Sequential =>
  new nn.Sequential(
    ...[new nn.Conv2d(1, 8, 3, { padding: 'same' }), new nn.ReLU(), new nn.MaxPool2d(2)], //  [N, 8, 14, 14]
    ...[new nn.Conv2d(8, 16, 3, { padding: 'same' }), new nn.ReLU(), new nn.MaxPool2d(2)], // [N, 16, 7, 7]
    ...[new nn.Flatten(), new nn.Linear(784, 10)],
  );

script({
  about: 'Augmentation: pictures changed anew in every epoch, what that is worth, and when it hurts.',
  options: {
    perClass: integer(20, { min: 1, help: 'pictures of each class' }),
    epochs: integer(60, { min: 1, help: 'for the pictures; half as many for the digits' }),
  },
  settings: { quick: { epochs: 20 }, full: { epochs: 200 } },
  next: 'npx ts-node chapters/08-transfer-learning/cases.ts',
  async run({ options: { seed, perClass, epochs }, section, table, figure, progress }) {
    const one = pictures(10, { generator: new Generator(seed) });
    const rows = [];
    for (const [i, [name, augment]] of Object.entries(AUGMENTATIONS).entries()) {
      const before = one.x.narrow(0, i + 1, 1);
      const after = await changed(concat([before, before, before, before]), augment);
      rows.push({ name, pictures: concat([before, after]) });
    }
    await figure('augment', await augmentFigure(rows));

    const few = Math.ceil(epochs / 2);
    const bar = progress(2 * (epochs + few), 'epochs');
    const helped = await worth(seed, perClass, epochs, bar.tick);
    const hurt = await meaning(seed, perClass, few, bar.tick);
    bar.done();
    section('worth', `From scratch, ${perClass} pictures of each of four classes, ${epochs} epochs`);
    table(
      ['pictures', 'fresh ones named rightly'],
      [
        ['as they are', helped.without.toFixed(3)],
        ['changed anew in every epoch', helped.augmented.toFixed(3)],
      ],
    );
    section('meaning', `Digits, ${perClass} of each, ${few} epochs: sixes and nines read rightly`);
    table(
      ['augmentation', 'fresh sixes and nines'],
      [
        ['turned by up to 15 degrees', hurt.turned.toFixed(3)],
        ['flipped either way, or both', hurt.flipped.toFixed(3)],
      ],
    );
  },
});
