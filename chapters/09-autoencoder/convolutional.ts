/**
 * A convolutional autoencoder: windows that make a picture smaller, and the same windows turned round, which make it
 * larger again. And the chessboard that they may leave on it.
 */
import { manualSeed, nn, noGrad, ops, type Tensor, tensor, type train } from '../../core';
import { integer, number, script } from '../shared/script';
import { Autoencoder, learn, lossOn } from './autoencoder';
import { type Heaps, heapOptions, readHeaps, SIDE } from './heaps';
import { chessboardFigure, coverageFigure } from './pictures/convolutional';
import { rowsFigure } from './pictures/digits';

// #region lay-out
/** Each number times the kernel, laid down `stride` places after the one before; what overlaps is added. */
export function layOut(x: number[], kernel: number[], stride: number): number[] {
  const y = new Array<number>((x.length - 1) * stride + kernel.length).fill(0);
  x.forEach((value, i) => {
    kernel.forEach((weight, k) => {
      y[i * stride + k] += value * weight;
    });
  });
  return y;
}
// #endregion

// #region decoder
/** [N, 32] → [N, 784]; both `enlarge` layers double the sides of a picture. */
export class Decoder extends nn.Module {
  private readonly spread = new nn.Linear(32, 32 * 7 * 7);
  private readonly first: nn.Layer;
  private readonly second: nn.Layer;

  constructor(enlarge: (inChannels: number, outChannels: number) => nn.Layer) {
    super();
    this.first = enlarge(32, 16);
    this.second = enlarge(16, 1);
  }

  override forward(code: Tensor): Tensor {
    const small = this.spread.forward(code).relu().reshape(-1, 32, 7, 7); // [N, 32, 7, 7]
    const middle = this.first.forward(small).relu(); //                      [N, 16, 14, 14]
    return this.second.forward(middle).sigmoid().flatten(1); //              [N, 1, 28, 28] → [N, 784]
  }
}

/** Each pixel four times, then a convolution: no window is ever turned round. */
export class Resize extends nn.Module {
  private readonly smooth: nn.Conv2d;

  constructor(inChannels: number, outChannels: number) {
    super();
    this.smooth = new nn.Conv2d(inChannels, outChannels, 3, { padding: 1 });
  }

  override forward(x: Tensor): Tensor {
    const [N, C, H, W] = x.shape;
    const fourfold = x
      .reshape(N, C, H, 1, W, 1)
      .expand(N, C, H, 2, W, 2)
      .reshape(N, C, 2 * H, 2 * W);
    return this.smooth.forward(fourfold);
  }
}

export const ENLARGERS = {
  'kernel 3': (i: number, o: number) => new nn.ConvTranspose2d(i, o, 3, { stride: 2, padding: 1, outputPadding: 1 }),
  'kernel 4': (i: number, o: number) => new nn.ConvTranspose2d(i, o, 4, { stride: 2, padding: 1 }),
  resize: (i: number, o: number) => new Resize(i, o),
};
// #endregion

export type Enlarger = keyof typeof ENLARGERS;

// #region encoder
/** [N, 784] → [N, 32] */
export class Encoder extends nn.Module {
  private readonly first = new nn.Conv2d(1, 16, 3, { stride: 2, padding: 1 });
  private readonly second = new nn.Conv2d(16, 32, 3, { stride: 2, padding: 1 });
  private readonly gather = new nn.Linear(32 * 7 * 7, 32);

  override forward(x: Tensor): Tensor {
    const middle = this.first.forward(x.reshape(-1, 1, SIDE, SIDE)).relu(); // [N, 16, 14, 14]
    const small = this.second.forward(middle).relu(); //                       [N, 32, 7, 7]
    return this.gather.forward(small.flatten(1));
  }
}
// #endregion

export const convolutional = (enlarger: Enlarger): nn.Sequential =>
  new nn.Sequential(new Encoder(), new Decoder(ENLARGERS[enlarger]));

// #region chessboard
/**
 * Of all that varies in pictures, the share that a pixel's place on the chessboard explains: the variance of the means
 * of the four kinds of places (rows even or odd, columns even or odd), within each picture.
 */
export async function chessboard(pictures: Tensor): Promise<number> {
  const inner = pictures.reshape(-1, SIDE, SIDE).slice(null, [4, 24], [4, 24]); // [N, 20, 20]
  const kinds = inner.reshape(-1, 10, 2, 10, 2).mean([1, 3]).flatten(1); //        [N, 4]
  const between = kinds.var(1, { unbiased: false }).mean(); // over the kinds, then over the pictures
  const all = inner.flatten(1).var(1, { unbiased: false }).mean();
  return between.div(all).item();
}
// #endregion

/** After how many steps the chessboard is looked at. */
export const LOOKS = [0, 1, 3, 10, 30, 100, 300];

/** One life; the share of the chessboard in the copies of a hundred test digits, by steps. */
export async function live(seed: number, enlarger: Enlarger, { training, test }: Heaps, schooling: Schooling) {
  manualSeed(seed);
  const model = convolutional(enlarger);
  const hundred = test.narrow(0, 0, 100);
  const copies = () => noGrad(() => model.forward(hundred));
  const untrained = copies();
  const shares = [await chessboard(untrained)];
  const look: train.Callback = {
    async batchEnd({ step }) {
      if (LOOKS.includes(step)) shares.push(await chessboard(copies()));
    },
  };
  await learn(model, training, { ...schooling, callbacks: [look, ...(schooling.callbacks ?? [])] });
  return { enlarger, model, untrained, shares, test: await lossOn(model, test) };
}

type Schooling = Parameters<typeof learn>[2];
export type Life = Awaited<ReturnType<typeof live>>;

script({
  about: 'A convolutional autoencoder: transposed convolution, by hand and in a network, and its chessboards.',
  options: {
    ...heapOptions,
    epochs: integer(5, { min: 1, help: 'passes over the pictures' }),
    batch: integer(64, { min: 1, max: 10_000, help: 'pictures in a step' }),
    rate: number(0.003, { min: 0, help: 'learning rate of Adam' }),
  },
  settings: {
    quick: { training: 320, test: 100, epochs: 4, batch: 32 },
    full: { training: 60_000, test: 10_000, epochs: 10 },
  },
  next: 'npx ts-node chapters/09-autoencoder/variational.ts',
  async run({ options: { seed, training, test, ...schooling }, say, section, table, figure, progress }) {
    section('by-hand', 'Transposed convolution by hand: 2, 3, 1 laid out by the kernel 1, 10, 100');
    const [x, kernel] = [
      [2, 3, 1],
      [1, 10, 100],
    ];
    const byCore = ops.convTranspose1d(tensor([[x]]), tensor([[kernel]]), null, { stride: 2 });
    table(
      ['', 'result'],
      [
        ['by hand, stride 2', layOut(x, kernel, 2).join(' ')],
        ['core', [...(await byCore.data())].join(' ')],
      ],
    );

    section('coverage', 'How many numbers of the input reach each place of the output, stride 2');
    const counts = (size: number) => layOut(Array(6).fill(1), Array(size).fill(1), 2).join(' ');
    table(
      ['kernel', 'counts'],
      [2, 3, 4].map((size) => [size, counts(size)]),
    );
    await figure('coverage', await coverageFigure(layOut));

    const heaps = await readHeaps(training, test);
    const bar = progress(4 * schooling.epochs, 'training');
    const callbacks = [{ epochEnd: () => bar.tick() }];
    section('chessboard', 'The share of a chessboard in all that varies, by steps of training');
    const lives: Life[] = [];
    for (const enlarger of Object.keys(ENLARGERS) as Enlarger[])
      lives.push(await live(seed, enlarger, heaps, { ...schooling, callbacks }));
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    const looks = LOOKS.slice(0, lives[0].shares.length);
    table(
      ['steps', ...lives.map(({ enlarger }) => enlarger)],
      looks.map((step, i) => [step, ...lives.map(({ shares }) => percent(shares[i]))]),
    );
    say(`\nin the digits themselves: ${percent(await chessboard(heaps.test))}`);
    await figure('chessboard', await chessboardFigure(lives, heaps.test));

    manualSeed(seed);
    const dense = new Autoencoder(784, 128, 32);
    await learn(dense, heaps.training, { ...schooling, callbacks });
    bar.done();
    section('beside', `Beside the dense one, after ${schooling.epochs} epochs`);
    say(`${heaps.source}\n`);
    const row = (name: string, model: nn.Layer, loss: number) => {
      const { multiplyAdds, parameters } = nn.summary(model, [1, 784]);
      return [name, parameters, multiplyAdds, loss.toFixed(4)];
    };
    table(
      ['', 'parameters', 'multiply-adds', 'test loss'],
      [
        row('dense', dense, await lossOn(dense, heaps.test)),
        ...lives.map(({ enlarger, model, test }) => row(`convolutional, ${enlarger}`, model, test)),
      ],
    );
    const ten = heaps.test.narrow(0, 0, 10);
    await figure(
      'convolutional',
      await rowsFigure('32 numbers each', [
        { name: 'Digits of the test heap', pictures: ten },
        { name: 'Dense', pictures: noGrad(() => dense.forward(ten)) },
        { name: 'Convolutional, kernel 4', pictures: noGrad(() => lives[1].model.forward(ten)) },
      ]),
    );
  },
});
