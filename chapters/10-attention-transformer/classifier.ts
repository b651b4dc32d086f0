/**
 * Did the writer like the film? One encoder block reads the whole review at once; beside it the bag of words of
 * chapter 07.
 */
import { manualSeed, nn, noGrad, ops, optim, type Tensor, train } from '../../core';
import { words } from '../../datasets';
import {
  type Heaps,
  heapsFor,
  LIFE_COLUMNS,
  lifeRow,
  live as liveOfBag,
  WHAT_TO_READ,
} from '../07-rnn-lstm-gru/sentiment';
import { integer, number, phrase, script } from '../shared/script';
import { classifierFigure } from './sequences/pictures/classifier';

export interface Shape {
  width: number;
  heads: number;
  /** Numbers in a head; width / heads, or with Keras's example as many as the width. */
  headDim: number;
  /** Inside the small network. */
  wide: number;
  dropout: number;
}

export class Classifier extends nn.Module {
  readonly words: nn.Embedding;
  readonly places: nn.SinusoidalPositions;
  readonly block: nn.TransformerEncoderLayer;
  readonly dropout: nn.Dropout;
  readonly score: nn.Linear;

  constructor(words: number, { width: D, heads, headDim, wide, dropout }: Shape) {
    super();
    this.words = new nn.Embedding(words, D);
    this.words.weight.become(noGrad(() => this.words.weight.mul(0.1))); // as in chapter 07
    this.places = new nn.SinusoidalPositions(D);
    this.block = new nn.TransformerEncoderLayer(D, heads, { headDim, dimFeedforward: wide, dropout });
    this.dropout = new nn.Dropout(dropout);
    this.score = new nn.Linear(D, 1);
  }

  // #region forward
  /** tokens, mask: [N, T]; one score a review, [N]: above 0 it is rather liked. */
  override forward(tokens: Tensor, mask: Tensor): Tensor {
    const x = this.places.forward(this.words.forward(tokens)); // [N, T, D]
    const y = this.block.forward(x, { mask: mask.unsqueeze(1) }); // [N, T, D]
    const real = mask.unsqueeze(2).to('float32'); // [N, T, 1]
    const mean = y.mul(real).sum(1).div(real.sum(1)); // [N, D], the mean of the real words
    return this.score.forward(this.dropout.forward(mean)).squeeze(-1); // [N]
  }
  // #endregion
}

export interface Plan {
  epochs: number;
  batch: number;
  rate: number;
}

const metrics = [train.accuracy({ threshold: 0 })];

/** Learns, and ends with the weights of the epoch whose loss on the validation heap was lowest. */
export async function live(seed: number, heaps: Heaps, shape: Shape, plan: Plan, tick = () => {}) {
  manualSeed(seed);
  const model = new Classifier(heaps.vocabulary.length, shape);
  const start = performance.now();
  const { curves } = await train.fit(model, {
    ...heaps.training,
    validation: heaps.validation,
    batchSize: plan.batch,
    epochs: plan.epochs,
    loss: ops.bceWithLogitsLoss,
    optimizer: new optim.Adam(model.parameters(), { lr: plan.rate }),
    metrics,
    callbacks: [train.earlyStopping({ patience: plan.epochs }), { batchEnd: () => tick() }],
    progress: false,
  });
  const seconds = (performance.now() - start) / 1000;
  const scores = await train.predict(model, { x: heaps.test.x, batchSize: 200 });
  return { model, curves, seconds, accuracy: await metrics[0].of(scores, heaps.test.y) };
}

/** How likely the writer of a text liked the film. */
export async function opinion({ model }: { model: nn.Module }, { vocabulary }: Heaps, text: string): Promise<number> {
  const { tokens, mask } = train.padSequences([vocabulary.encode(words(text))]);
  const judge = model.eval() as nn.Module & { forward(tokens: Tensor, mask: Tensor): Tensor };
  return noGrad(() => judge.forward(tokens, mask).sigmoid()).item();
}

script({
  about: 'A transformer block as a classifier of film reviews; beside it the bag of words of chapter 07.',
  options: {
    ...WHAT_TO_READ,
    width: integer(32, { min: 1, help: "of a word's vector" }),
    heads: integer(2, { min: 1, max: 32, help: 'of the attention' }),
    wide: integer(128, { min: 1, help: 'inside the small network' }),
    dropout: number(0.1, { min: 0, max: 0.9, help: 'of what is silenced while it learns' }),
    epochs: integer(8, { min: 1, max: 1000, help: 'passes over the reviews' }),
    batch: integer(32, { min: 1, help: 'reviews for a step' }),
    rate: number(0.005, { min: 1e-6, max: 1, help: 'learning rate' }),
    review: phrase('The plot was dull, but on the whole the film was superb.', { help: 'to be judged by all' }),
  },
  settings: {
    quick: { reviews: 1800, test: 400, length: 32, width: 16, wide: 32, epochs: 4, rate: 0.01 },
    full: { reviews: 0, test: 0, words: 20_000, length: 200, width: 64, wide: 256, epochs: 4, rate: 0.001 },
  },
  next: 'npx ts-node chapters/10-attention-transformer/seq2seq.ts',
  async run({ options, section, say, table, figure, progress }) {
    const { seed, epochs, batch, width, heads, review } = options;
    const heaps = await heapsFor(options);
    section('data');
    say(heaps.source);

    const reviews = heaps.training.y.shape[0];
    const bar = progress(4 * epochs * Math.ceil(reviews / batch), 'training');
    const tick = () => bar.tick();
    const none = { width: 1, units: 1, dense: 1, dropout: 0 }; // a bag has none of these
    const lives = [
      { name: 'bag of words', ...(await liveOfBag(seed, 'bag of words', heaps, none, options, tick)) },
      {
        name: `${heads} heads of ${width / heads}`,
        ...(await live(seed, heaps, { ...options, headDim: width / heads }, options, tick)),
      },
      {
        name: `${heads} heads of ${width}`,
        ...(await live(seed, heaps, { ...options, headDim: width }, options, tick)),
      },
    ];
    bar.done();
    section('table', `${reviews} reviews to learn from, ${heaps.texts.length} to test on`);
    table(
      LIFE_COLUMNS,
      lives.map((life) => lifeRow(life.name, life)),
    );
    await figure('classifier', await classifierFigure(lives));

    section('opinion', `"${review}"`);
    const opinions = await Promise.all(lives.map((life) => opinion(life, heaps, review)));
    table(
      ['', 'liked it, probably'],
      lives.map(({ name }, i) => [name, opinions[i].toFixed(2)]),
    );
  },
});
