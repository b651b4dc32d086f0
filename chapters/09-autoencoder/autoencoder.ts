/**
 * The autoencoder: a network that is asked for what it was given, and has only a narrow place to carry it through.
 */
import { manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { type Heaps, heapOptions, readHeaps } from './heaps';
import { pairsFigure } from './pictures/digits';

// #region model
/** Autoencoder(784, 128, 32) is 784-128-32-128-784: down to the code, and the same way up again. */
export class Autoencoder extends nn.Module {
  readonly encoder: nn.Sequential;
  readonly decoder: nn.Sequential;

  constructor(...sizes: number[]) {
    super();
    this.encoder = stack(sizes); //                                            [N, 784] → [N, 32]
    this.decoder = new nn.Sequential(stack([...sizes].reverse()), new nn.Sigmoid()); // [N, 32] → [N, 784]
  }

  override forward(x: Tensor): Tensor {
    return this.decoder.forward(this.encoder.forward(x));
  }
}

/** Linear layers from each size to the next, ReLU between them. */
export function stack(sizes: number[]): nn.Sequential {
  const layers = sizes.slice(1).flatMap((size, k) => [new nn.Linear(sizes[k], size), new nn.ReLU()]);
  return new nn.Sequential(...layers.slice(0, -1));
}
// #endregion

export interface Schooling {
  epochs: number;
  batch: number;
  rate?: number;
  loss?: train.FitOptions['loss'];
  callbacks?: train.Callback[];
}

// #region learn
/** The question is the picture, and so is the answer. */
export const learn = (model: nn.Layer, x: Tensor, { epochs, batch, rate = 1e-3, loss, callbacks }: Schooling) =>
  train.fit(model, {
    x,
    y: x,
    epochs,
    batchSize: batch,
    loss: loss ?? ops.bceLoss,
    optimizer: new optim.Adam(model.parameters(), { lr: rate }),
    callbacks,
    progress: false,
  });
// #endregion

/** The loss on pictures, the mean over all their pixels. */
export const lossOn = async (model: nn.Layer, x: Tensor, loss = ops.bceLoss): Promise<number> =>
  (await train.evaluate(model, { x, y: x, batchSize: 500, loss })).loss;

/** One life of an autoencoder of these sizes. */
export async function live(seed: number, sizes: number[], { training, test }: Heaps, schooling: Schooling) {
  manualSeed(seed);
  const model = new Autoencoder(...sizes);
  const { curves } = await learn(model, training, schooling);
  return { model, losses: curves.loss, test: await lossOn(model, test) };
}

/** What somebody pays who answers every test picture with the same one, or with the picture itself. */
async function bounds({ training, test }: Heaps): Promise<Record<'grey' | 'mean' | 'copy', number>> {
  const cost = (answer: Tensor): Promise<number> => ops.bceLoss(answer, test).item();
  return {
    grey: await cost(test.mul(0).add(0.5)),
    mean: await cost(training.mean(0).expand(...test.shape)),
    copy: await cost(test),
  };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

script({
  about: 'A dense autoencoder: 784 pixels through 32 numbers and back.',
  options: {
    ...heapOptions,
    training: integer(12_000, { min: 256, max: 60_000, help: 'pictures to learn from' }),
    epochs: integer(20, { min: 1, help: 'passes over the pictures' }),
    batch: integer(256, { min: 1, max: 10_000, help: 'pictures in a step' }),
    rate: number(0.001, { min: 0, help: 'learning rate of Adam' }),
    width: integer(32, { min: 1, max: 128, help: 'how many numbers the code has' }),
  },
  settings: {
    quick: { training: 2000, test: 500, epochs: 8, batch: 32, rate: 0.003 },
    full: { training: 60_000, test: 10_000 },
  },
  next: 'npx ts-node chapters/09-autoencoder/pca.ts',
  async run({ options: { seed, training, test, width, ...schooling }, say, section, table, figure, progress }) {
    const heaps = await readHeaps(training, test);
    section('model', 'The network');
    say(`${heaps.source}\n`);
    const bar = progress(schooling.epochs, 'training');
    const callbacks = [{ epochEnd: (_: train.Run, { loss }: train.Logs) => bar.tick(`loss ${loss.toFixed(3)}`) }];
    const life = await live(seed, [784, 128, width], heaps, { ...schooling, callbacks });
    bar.done();
    const { model } = life;
    say(String(nn.summary(model, [1, 784])));

    section('loss', `Test loss after ${schooling.epochs} epochs`);
    const { grey, mean, copy } = await bounds(heaps);
    const row = (name: string, loss: number) => [name, loss.toFixed(4), percent((mean - loss) / (mean - copy))];
    table(
      ['', 'loss', 'of the way'],
      [
        ['½ for every pixel', grey.toFixed(4), ''],
        ['the mean of all digits, always', mean.toFixed(4), '0 %'],
        row('the autoencoder', life.test),
        ['the picture itself', copy.toFixed(4), '100 %'],
      ],
    );

    section('code', 'The first test digit, as the decoder gets it');
    const code = await model.encoder.forward(heaps.test.narrow(0, 0, 1)).data();
    for (let i = 0; i < code.length; i += 8)
      say(Array.from(code.subarray(i, i + 8), (value) => value.toFixed(1).padStart(6)).join(''));
    await figure('reconstructions', await pairsFigure(model, heaps.test, width));
  },
});
