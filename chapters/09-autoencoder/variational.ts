/**
 * The variational autoencoder: each picture's code is a little cloud instead of a point, and all clouds together are
 * held near one that can be drawn from. Then a number drawn by lot is a code, and the decoder makes a digit of it.
 */
import { Generator, linspace, manualSeed, nn, noGrad, ops, optim, randn, type Tensor, tensor, train } from '../../core';
import { integer, number, script } from '../shared/script';
import { live as liveAsPoints, stack } from './autoencoder';
import { type Heaps, heapOptions, readHeaps } from './heaps';
import { sheet, spanOf } from './latent';
import { rowsFigure } from './pictures/digits';
import { sheetFigure } from './pictures/latent';
import { mapsFigure } from './pictures/variational';

const HIDDEN = 256;
const LATENT = 2;

// #region sample
/** A draw from each cloud, made so that the mean and the deviation can be learned: the chance comes from outside. */
export const sample = (mean: Tensor, logVariance: Tensor, chance = randn(mean.shape)): Tensor =>
  mean.add(logVariance.mul(0.5).exp().mul(chance)); // z = μ + σ·ε
// #endregion

// #region kl
/** For each picture, how far its cloud is from the standard normal one: ½ Σ (μ² + σ² − 1 − log σ²). */
export const divergence = (mean: Tensor, logVariance: Tensor): Tensor =>
  mean.pow(2).add(logVariance.exp()).sub(1).sub(logVariance).sum(1).div(2); // [N, K] → [N]
// #endregion

// #region model
export class VariationalAutoencoder extends nn.Module {
  readonly encoder = new nn.Sequential(stack([784, HIDDEN]), new nn.ReLU());
  readonly toMean = new nn.Linear(HIDDEN, LATENT);
  readonly toLogVariance = new nn.Linear(HIDDEN, LATENT);
  readonly decoder = new nn.Sequential(stack([LATENT, HIDDEN, 784]), new nn.Sigmoid());

  override forward(x: Tensor): Tensor[] {
    const h = this.encoder.forward(x); //                                    [N, 256]
    const mean = this.toMean.forward(h); //                                  [N, 2]
    const logVariance = this.toLogVariance.forward(h); //                    [N, 2]
    const z = this.training ? sample(mean, logVariance) : mean; //           [N, 2]
    return [this.decoder.forward(z), mean, logVariance];
  }
}
// #endregion

// #region loss
/** What a picture costs: its copy, added up over the pixels, and its cloud. */
export const costs = ([copy, mean, logVariance]: readonly Tensor[], x: Tensor): { copy: Tensor; cloud: Tensor } => ({
  copy: ops.bceLoss(copy, x, { reduction: 'none' }).sum(1).mean(),
  cloud: divergence(mean, logVariance).mean(),
});

export const learn = (
  model: VariationalAutoencoder,
  x: Tensor,
  { epochs, batch, rate, weight, callbacks }: Schooling,
) =>
  train.fit(model, {
    x,
    y: x,
    epochs,
    batchSize: batch,
    loss: (outputs, target) => {
      const { copy, cloud } = costs(outputs, target);
      return copy.add(cloud.mul(weight));
    },
    optimizer: new optim.Adam(model.parameters(), { lr: rate }),
    callbacks,
    progress: false,
  });
// #endregion

interface Schooling {
  epochs: number;
  batch: number;
  rate: number;
  weight: number;
  callbacks?: train.Callback[];
}

export async function live(seed: number, { training, test }: Heaps, schooling: Schooling) {
  manualSeed(seed);
  const model = new VariationalAutoencoder();
  await learn(model, training, schooling);
  const outputs = await train.predict(model, { x: test, batchSize: 500 });
  const { copy, cloud } = noGrad(() => costs(outputs, test));
  return { model, codes: outputs[1], copy: await copy.item(), cloud: await cloud.item() };
}

export type Life = Awaited<ReturnType<typeof live>>;

// #region check
/** The mean of log q(z) − log p(z) over draws z from q: what the divergence is, by its definition. */
export function divergenceBySampling(
  mean: number,
  deviation: number,
  draws: number,
  generator: Generator,
): Promise<number> {
  const chance = randn([draws], { generator });
  const z = chance.mul(deviation).add(mean);
  const logQ = chance.pow(2).div(-2).sub(Math.log(deviation)); // the 2π of both cancels
  const logP = z.pow(2).div(-2);
  return logQ.sub(logP).mean().item();
}
// #endregion

// #region slopes
/** How the mean of z² changes with μ and with σ, by backward through the draws. It is μ² + σ², so: 2μ and 2σ. */
export async function slopesThroughChance(mean: number, deviation: number, draws: number): Promise<number[]> {
  const mu = tensor([mean], { requiresGrad: true });
  const sigma = tensor([deviation], { requiresGrad: true });
  const z = mu.add(sigma.mul(randn([draws])));
  z.pow(2).mean().backward();
  return Promise.all([mu.grad!.item(), sigma.grad!.item()]);
}
// #endregion

/** Between two pictures: ten mixtures of their pixels, and what the decoder makes of ten mixtures of their codes. */
function between({ model }: Life, a: Tensor, b: Tensor): Record<'pixels' | 'codes', Tensor> {
  const share = linspace(0, 1, 10).unsqueeze(1); // [10, 1]
  const mix = (from: Tensor, to: Tensor) => from.add(to.sub(from).mul(share));
  const [, codeA] = model.forward(a);
  const [, codeB] = model.forward(b);
  return { pixels: mix(a, b), codes: model.decoder.forward(mix(codeA, codeB)) };
}

script({
  about: 'A variational autoencoder with a code of two numbers: clouds, the price of a cloud, and new digits.',
  options: {
    ...heapOptions,
    epochs: integer(20, { min: 1, help: 'passes over the pictures' }),
    batch: integer(64, { min: 1, max: 10_000, help: 'pictures in a step' }),
    rate: number(0.003, { min: 0, help: 'learning rate of Adam' }),
    weight: number(1, { min: 0, help: 'how much the clouds count in the loss' }),
  },
  settings: {
    quick: { training: 1500, test: 500, epochs: 9, batch: 32 },
    full: { training: 60_000, test: 10_000, epochs: 30 },
  },
  next: 'npx ts-node chapters/09-autoencoder/siamese.ts',
  async run({ options: { seed, training, test, ...schooling }, say, section, table, figure, progress }) {
    section('divergence', 'The price of a cloud, μ = 1.5 and σ = 0.5');
    const formula = await divergence(tensor([[1.5]]), tensor([[2 * Math.log(0.5)]])).item();
    const generator = new Generator(seed);
    const byDraws: (string | number)[][] = [];
    for (const draws of [100, 10_000, 1_000_000])
      byDraws.push([
        `${draws.toLocaleString('en')} draws`,
        (await divergenceBySampling(1.5, 0.5, draws, generator)).toFixed(3),
      ]);
    table(['', 'divergence'], [...byDraws, ['the formula', formula.toFixed(3)]]);

    section('slopes', 'Slopes of the mean of z², through 1,000,000 draws');
    const [alongMean, alongDeviation] = await slopesThroughChance(1.5, 0.5, 1_000_000);
    table(
      ['', 'by backward', 'exact'],
      [
        ['along μ', alongMean.toFixed(2), '2μ = 3'],
        ['along σ', alongDeviation.toFixed(2), '2σ = 1'],
      ],
    );

    const heaps = await readHeaps(training, test);
    const bar = progress(2 * schooling.epochs, 'training');
    const callbacks = [{ epochEnd: () => bar.tick() }];
    const life = await live(seed, heaps, { ...schooling, callbacks });
    const points = await liveAsPoints(seed, [784, HIDDEN, LATENT], heaps, { ...schooling, callbacks });
    bar.done();
    section('clouds', 'Points and clouds, judged on the test digits');
    say(`${heaps.source}\n`);
    const codes = await train.predict(points.model.encoder, { x: heaps.test, batchSize: 500 });
    const spread = async (x: Tensor) =>
      `${((await x.std(0).array()) as number[]).map((value) => value.toFixed(1)).join(', ')}`;
    table(
      ['', 'cost of a copy', 'cost of its cloud', 'spread of the codes'],
      [
        ['autoencoder', (784 * points.test).toFixed(1), '', await spread(codes)],
        ['variational', life.copy.toFixed(1), life.cloud.toFixed(1), await spread(life.codes)],
      ],
    );

    const names = await heaps.names.test.data();
    await figure('variational-maps', await mapsFigure(codes, life.codes, names));
    await figure(
      'variational-sheet',
      await sheetFigure('Digits that nobody wrote', sheet(life.model.decoder, 16, [-2, 2], [-2, 2])),
    );
    const lots = randn([10, LATENT]);
    const [across, up] = [await spanOf(codes, 0), await spanOf(codes, 1)];
    const [low, high] = [tensor([across[0], up[0]]), tensor([across[1], up[1]])];
    const anywhere = low.add(high.sub(low).mul(ops.sigmoid(lots.mul(1.7)))); // the same lots, spread over the other map
    const [a, b] = [heaps.test.narrow(0, 0, 1), heaps.test.narrow(0, 7, 1)];
    const mixtures = noGrad(() => between(life, a, b));
    await figure(
      'variational',
      await rowsFigure('Codes drawn by lot, and the way between two digits', [
        {
          name: 'Autoencoder: decoded from codes drawn by lot',
          pictures: noGrad(() => points.model.decoder.forward(anywhere)),
        },
        {
          name: 'Variational: decoded from codes drawn by lot',
          pictures: noGrad(() => life.model.decoder.forward(lots)),
        },
        { name: 'From one test digit to another: pixels mixed', pictures: mixtures.pixels },
        { name: 'Codes mixed, then decoded', pictures: mixtures.codes },
      ]),
    );
  },
});
