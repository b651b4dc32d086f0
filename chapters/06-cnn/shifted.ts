/**
 * Three networks learn digits that stand in the middle. Then the digits are moved.
 */
import { manualSeed, nn, type Tensor, tensor } from '../../core';
import { type DigitPictures, type DigitSets, mnistOrDigits } from '../../datasets';
import { network } from '../05-training/digits';
import { integer, script } from '../shared/script';
import { accuracyOn, learn } from './digits';
import { shiftedFigure } from './pictures/shifted';

const FRAME = 36; // pixels along a side: a digit of 28 × 28 with room to move

// #region global
/** What each filter has answered most strongly, wherever that was. */
export class GlobalMaxPool extends nn.Module {
  override forward(x: Tensor): Tensor {
    return x.max([2, 3]); // [N, C, H, W] → [N, C]
  }
}
// #endregion

const twoConvolutions = (): nn.Layer[] => [
  ...[new nn.Conv2d(1, 8, 3, { padding: 'same' }), new nn.ReLU(), new nn.MaxPool2d(2)], //  [N, 8, 18, 18]
  ...[new nn.Conv2d(8, 16, 3, { padding: 'same' }), new nn.ReLU(), new nn.MaxPool2d(2)], // [N, 16, 9, 9]
];

// #region networks
export const NETWORKS = {
  dense: () => network(FRAME * FRAME, 128, 10),
  'convolutions, then dense': () =>
    new nn.Sequential(
      ...twoConvolutions(), //                                                   [N, 16, 9, 9]
      ...[new nn.Flatten(), new nn.Linear(16 * 81, 64), new nn.ReLU()], //       [N, 64]
      new nn.Linear(64, 10),
    ),
  'convolutions, then global max': () =>
    new nn.Sequential(
      ...twoConvolutions(), //                                                   [N, 16, 9, 9]
      ...[new nn.Conv2d(16, 64, 3, { padding: 'same' }), new nn.ReLU()], //      [N, 64, 9, 9]
      ...[new GlobalMaxPool(), new nn.Linear(64, 10)], //                        [N, 64] → [N, 10]
    ),
};
// #endregion

type Name = keyof typeof NETWORKS;

// #region move
/** Every picture so many pixels to the right and down; zeros come in, and what leaves the frame is lost. */
export function moved(x: Tensor, right: number, down: number): Tensor {
  const [, , H, W] = x.shape;
  const room = Math.max(Math.abs(right), Math.abs(down));
  const rim = [room, room] as [number, number];
  const around = x.pad([[0, 0], [0, 0], rim, rim]);
  return around.slice(null, null, [room - down, room - down + H], [room - right, room - right + W]);
}
// #endregion

/** Each digit in a larger frame, the middle of its ink in the middle of the frame. */
export async function centred({ x, y }: DigitPictures): Promise<DigitPictures> {
  const [N, , H, W] = x.shape;
  const pixels = await x.data();
  const framed = new Float32Array(N * FRAME * FRAME);
  const middle = (FRAME - 1) / 2;
  for (let n = 0; n < N; n++) {
    const digit = pixels.subarray(n * H * W, (n + 1) * H * W);
    const [across, down] = centreOf(digit, W);
    const [left, top] = [Math.round(middle - across), Math.round(middle - down)];
    digit.forEach((light, i) => {
      const [row, column] = [top + Math.floor(i / W), left + (i % W)];
      const isInside = row >= 0 && row < FRAME && column >= 0 && column < FRAME;
      if (isInside) framed[(n * FRAME + row) * FRAME + column] = light;
    });
  }
  return { x: tensor(framed, { shape: [N, 1, FRAME, FRAME] }), y };
}

/** Where the ink has its middle: [across, down]. */
function centreOf(digit: ArrayLike<number>, width: number): [number, number] {
  let [ink, across, down] = [0, 0, 0];
  for (let i = 0; i < digit.length; i++) {
    ink += digit[i];
    across += digit[i] * (i % width);
    down += digit[i] * Math.floor(i / width);
  }
  return [across / ink, down / ink];
}

// #region examine
/** The share read right after a move by so many pixels: the mean of right, left, down and up. */
export async function accuracyAfter(model: nn.Sequential, { x, y }: DigitPictures, shift: number): Promise<number> {
  if (shift === 0) return accuracyOn(model, { x, y });
  let sum = 0;
  for (const [right, down] of [
    [shift, 0],
    [-shift, 0],
    [0, shift],
    [0, -shift],
  ])
    sum += await accuracyOn(model, { x: moved(x, right, down), y });
  return sum / 4;
}
// #endregion

export const SHIFTS = [0, 1, 2, 3, 4, 5, 6];

/** One of the networks, trained on centred digits and asked about moved ones. */
export async function live(
  seed: number,
  make: () => nn.Sequential,
  sets: DigitSets,
  epochs: number,
  tick?: () => unknown,
) {
  manualSeed(seed);
  const model = await learn(make(), sets.train, { epochs, rate: 3e-3, tick });
  const accuracies: number[] = [];
  for (const shift of SHIFTS) accuracies.push(await accuracyAfter(model, sets.test, shift));
  return { model, accuracies };
}

export async function centredSets(training: number, test: number): Promise<DigitSets> {
  const sets = await mnistOrDigits({ train: training, test });
  return { train: await centred(sets.train), test: await centred(sets.test), source: sets.source };
}

const ASKED = 4; // pixels, in the prediction
const CHOICES = ['all three', 'both with convolutions', 'only the one with the global max', 'none'] as const;

/** Who still reads more than half. */
function readers(accuracies: Record<Name, number[]>): (typeof CHOICES)[number] {
  const [dense, flat, global] = Object.values(accuracies).map((each) => each[SHIFTS.indexOf(ASKED)] > 0.5);
  if (dense && flat && global) return 'all three';
  if (flat && global) return 'both with convolutions';
  return global ? 'only the one with the global max' : 'none';
}

script({
  about: 'A dense network and two with convolutions learn centred digits, and are asked about moved ones.',
  options: {
    training: integer(4000, { min: 128, max: 60_000, help: 'digits to learn from' }),
    test: integer(500, { min: 50, max: 10_000, help: 'digits to be judged by' }),
    epochs: integer(3, { min: 1 }),
  },
  settings: { quick: { training: 1000, test: 100 }, full: { training: 60_000, test: 2000 } },
  predict: {
    question:
      'All three read centred digits. Now every digit moves by 4 pixels. Who still reads more than half of them?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/06-cnn/classifier.ts',
  async run({ options: { seed, training, test, epochs }, say, section, table, figure, progress, predict, verdict }) {
    const guess = await predict();
    section('shifts', `Trained on ${training} centred digits, asked about moved ones`);
    const sets = await centredSets(training, test);
    say(`${sets.source}\n`);
    const bar = progress(3 * epochs * Math.ceil(training / 32), 'training');
    const accuracies: Partial<Record<Name, number[]>> = {};
    for (const name of Object.keys(NETWORKS) as Name[])
      accuracies[name] = (await live(seed, NETWORKS[name], sets, epochs, bar.tick)).accuracies;
    bar.done();
    const all = accuracies as Record<Name, number[]>;
    table(
      ['pixels moved', ...Object.keys(all)],
      SHIFTS.map((shift, i) => [shift, ...Object.values(all).map((each) => each[i].toFixed(3))]),
    );
    const at = (name: Name) => all[name][SHIFTS.indexOf(ASKED)].toFixed(2);
    say();
    const [flat, global] = [at('convolutions, then dense'), at('convolutions, then global max')];
    verdict(
      guess,
      readers(all),
      `After ${ASKED} pixels: dense ${at('dense')}, the convolutions ${flat} and ${global}.`,
    );
    const examples = await Promise.all(
      SHIFTS.map(async (shift) => [...(await moved(sets.test.x.narrow(0, 4, 1), shift, 0).data())]),
    );
    await figure('shifted', await shiftedFigure(SHIFTS, all, examples, FRAME));
  },
});
