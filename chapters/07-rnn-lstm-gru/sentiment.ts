/**
 * Did the writer like the film? An LSTM and a GRU read reviews word by word; beside them stands an honest baseline
 * that only counts words.
 */
import { manualSeed, nn, noGrad, ones, ops, optim, type Tensor, tensor, train, zeros } from '../../core';
import { imdbOrReviews, type ReviewSets, Vocabulary, words } from '../../datasets';
import { integer, number, phrase, script } from '../shared/script';
import { type Opinion, opinionFigure, sentimentFigure } from './language/pictures/sentiment';
import { toNumbers } from './words';

/** Reviews as numbers and their masks, int32 [N, T] both, and 1 for each that liked the film, [N]. */
export interface Heap {
  x: Tensor[];
  y: Tensor;
}

export interface Heaps {
  vocabulary: Vocabulary;
  training: Heap;
  validation: Heap;
  test: Heap;
  /** The reviews of the test heap as they were written. */
  texts: string[];
  source: string;
}

export interface Sizes {
  /** Numbers of the vocabulary, at most. */
  words: number;
  /** Words of a review, after cutting at the front. */
  length: number;
}

/** A tenth of the training reviews is set aside, to choose by. */
export async function readHeaps(data: ReviewSets, { words: size, length }: Sizes): Promise<Heaps> {
  const vocabulary = Vocabulary.of(data.train.texts.map(words), { size });
  const [whole, fresh] = [data.train, data.test].map(({ texts }) => toNumbers(texts, vocabulary, length));
  const parts = await train.trainTestSplit([whole.tokens, whole.mask, data.train.y], {
    testSize: 0.1,
    stratify: data.train.y,
  });
  const heap = ([tokens, mask, y]: Tensor[]): Heap => ({ x: [tokens, mask], y: y.to('float32') });
  return {
    vocabulary,
    training: heap(parts.train),
    validation: heap(parts.test),
    test: heap([fresh.tokens, fresh.mask, data.test.y]),
    texts: data.test.texts,
    source: data.source,
  };
}

// #region bag
/** Every word has one number, learned, and a review the sum of its words' numbers: logistic regression on counts. */
export class BagOfWords extends nn.Module {
  readonly weights: nn.Embedding; // [words, 1]
  readonly bias = new nn.Parameter(zeros([1]));

  constructor(words: number) {
    super();
    this.weights = new nn.Embedding(words, 1, { paddingIdx: 0 });
    this.weights.weight.become(zeros([words, 1]));
  }

  override forward(tokens: Tensor): Tensor {
    return this.weights.forward(tokens).sum([1, 2]).add(this.bias); // [N, T, 1] → [N]
  }
}
// #endregion

// #region reader
/** Reads word by word; what it remembers after the last one is judged by a dense layer and a single score. */
export class Reader extends nn.Module {
  readonly embedding: nn.Embedding;
  readonly dropout: nn.Dropout;
  readonly memory: nn.LSTM | nn.GRU;
  readonly dense: nn.Linear;
  readonly score: nn.Linear;

  constructor(cell: 'LSTM' | 'GRU', words: number, { width, units, dense, dropout }: Shape) {
    super();
    this.embedding = new nn.Embedding(words, width, { paddingIdx: 0 });
    this.embedding.weight.become(noGrad(() => this.embedding.weight.mul(0.1))); // rare words begin nearly silent
    this.dropout = new nn.Dropout(dropout);
    this.memory = new nn[cell](width, units, { recurrentDropout: dropout });
    this.dense = new nn.Linear(units, dense);
    this.score = new nn.Linear(dense, 1);
  }

  override forward(tokens: Tensor, mask: Tensor | null): Tensor {
    const states = this.read(tokens, mask); // [N, T, units]
    return this.judge(states.slice(null, -1)); // [N]
  }

  /** What it remembers after each word. */
  read(tokens: Tensor, mask: Tensor | null): Tensor {
    const x = this.embedding.forward(tokens); // [N, T, width]
    const kept = this.dropout.forward(ones([x.shape[0], 1, x.shape[2]])); // drawn once for a review
    const [states] = this.memory.forward(x.mul(kept), null, { mask });
    return states;
  }

  judge(state: Tensor): Tensor {
    return this.score.forward(this.dense.forward(state).relu()).squeeze(-1);
  }
}
// #endregion

export interface Shape {
  /** Of a word's vector. */
  width: number;
  /** Of the state. */
  units: number;
  /** Of the layer that judges it. */
  dense: number;
  /** The share of a word's vector, and of the state, that is silenced while it learns. */
  dropout: number;
}

const KINDS = ['bag of words', 'LSTM', 'GRU'] as const;
export type Kind = (typeof KINDS)[number];

export const build = (kind: Kind, words: number, shape: Shape): BagOfWords | Reader =>
  kind === 'bag of words' ? new BagOfWords(words) : new Reader(kind, words, shape);

export interface Plan {
  epochs: number;
  batch: number;
  rate: number;
}

const metrics = [train.accuracy({ threshold: 0 })];
const loss = ops.bceWithLogitsLoss;

/** Learns, and ends with the weights of the epoch whose loss on the validation heap was lowest. */
export async function learn(
  model: BagOfWords | Reader,
  { training, validation }: Heaps,
  { epochs, batch, rate }: Plan,
  tick = () => {},
) {
  return train.fit(model, {
    ...training,
    validation,
    batchSize: batch,
    epochs,
    loss,
    optimizer: new optim.Adam(model.parameters(), { lr: rate }),
    metrics,
    callbacks: [train.earlyStopping({ patience: epochs }), { batchEnd: () => tick() }],
    progress: false,
  });
}

/** The baseline takes the same plan, but learns at a rate of its own. */
export const planFor = (kind: Kind, plan: Plan): Plan => (kind === 'bag of words' ? { ...plan, rate: 0.01 } : plan);

/** One life of one of the three. */
export async function live(seed: number, kind: Kind, heaps: Heaps, shape: Shape, plan: Plan, tick = () => {}) {
  manualSeed(seed);
  const model = build(kind, heaps.vocabulary.length, shape);
  const start = performance.now();
  const { curves } = await learn(model, heaps, planFor(kind, plan), tick);
  const seconds = (performance.now() - start) / 1000;
  const { x, y } = heaps.test;
  const liked = await train.predict(model, { x, batchSize: 200 }); // scores
  return { kind, model, curves, seconds, liked: await liked.sigmoid().data(), accuracy: await metrics[0].of(liked, y) };
}

export type Life = Awaited<ReturnType<typeof live>>;

type Judged = Pick<Life, 'curves' | 'seconds' | 'accuracy'> & { model: nn.Module };

/** A life as a row of a table: its shares are those of the epoch whose weights it kept. */
export const LIFE_COLUMNS = ['', 'parameters', 'learned from', 'set aside', 'test', 'time'];

export function lifeRow(name: string, { model, curves, accuracy, seconds }: Judged) {
  const best = curves.valLoss.indexOf(Math.min(...curves.valLoss));
  const shares = [curves.accuracy[best], curves.valAccuracy[best], accuracy].map((share) => share.toFixed(3));
  return [name, model.parameterCount(), ...shares, `${seconds.toFixed(1)} s`];
}

/** Reviews of the test heap about which `a` is right and `b` wrong, the surest first. */
export async function differences({ texts, test }: Heaps, a: Life, b: Life) {
  const liked = await test.y.data();
  const trust = (life: Life, i: number) => (liked[i] === 1 ? life.liked[i] : 1 - life.liked[i]); // in what is so
  return texts
    .map((text, i) => ({
      text,
      liked: liked[i] === 1,
      places: [a.liked[i], b.liked[i]],
      gap: trust(a, i) - trust(b, i),
      right: trust(a, i) > 0.5 && trust(b, i) < 0.5,
    }))
    .filter(({ right }) => right)
    .sort((one, other) => other.gap - one.gap);
}

/** What a model thinks after each word of a text: a bag of words judges the words so far, a reader its state. */
export async function opinions({ kind, model }: Life, text: string, vocabulary: Vocabulary): Promise<Opinion> {
  const ids = vocabulary.encode(words(text));
  const whole = tensor(Int32Array.from(ids), { shape: [1, ids.length] });
  const scores = noGrad(() => {
    model.eval();
    if (model instanceof Reader) return model.judge(model.read(whole, null)).squeeze(0);
    return ops.concat(ids.map((_, i) => model.forward(whole.slice(null, [0, i + 1]))));
  });
  return { name: kind, liked: [...(await scores.sigmoid().data())] };
}

/** The flags of a program that learns from reviews. */
export const WHAT_TO_READ = {
  reviews: integer(4000, { min: 0, help: 'to learn from; 0 takes all there are' }),
  test: integer(2000, { min: 0, help: 'to test on; 0 takes all there are' }),
  words: integer(10_000, { min: 10, help: 'numbers of the vocabulary, at most' }),
  length: integer(60, { min: 1, max: 1000, help: 'words of a review, cut and filled at the front' }),
};

/** IMDB where it is, and generated reviews otherwise, as the flags say. */
export async function heapsFor({ reviews, test, ...sizes }: Sizes & { reviews: number; test: number }): Promise<Heaps> {
  return readHeaps(await imdbOrReviews({ train: reviews || undefined, test: test || undefined }), sizes);
}

const LONGEST = 76; // letters of a review in the table

const shorten = (text: string): string => {
  const plain = text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  return plain.length <= LONGEST ? plain : `… ${plain.slice(-LONGEST)}`;
};

script({
  about: 'Sentiment: LSTM and GRU read film reviews; beside them a logistic regression on word counts.',
  options: {
    ...WHAT_TO_READ,
    width: integer(32, { min: 1, help: "of a word's vector" }),
    units: integer(32, { min: 1, help: 'of the state' }),
    dense: integer(16, { min: 1, help: 'units of the layer behind it' }),
    dropout: number(0.2, { min: 0, max: 0.9, help: 'of what comes in, and of the state' }),
    epochs: integer(10, { min: 1, max: 1000, help: 'passes over the reviews' }),
    batch: integer(32, { min: 1, help: 'reviews for a step' }),
    rate: number(0.01, { min: 1e-6, max: 1, help: 'learning rate of LSTM and GRU' }),
    review: phrase('The plot was dull, but on the whole the film was superb.', { help: 'to be judged word by word' }),
  },
  settings: {
    quick: { reviews: 2000, test: 500, length: 40, width: 16, units: 24, epochs: 8, rate: 0.02, dropout: 0 },
    full: { reviews: 0, test: 0, length: 200, width: 128, units: 128, dense: 64, epochs: 5, batch: 128, rate: 0.001 },
  },
  predict: {
    question: 'An LSTM that reads, and a logistic regression that counts words. Which is right about more reviews?',
    choices: ['the LSTM, clearly', 'about equal', 'counting words, clearly'],
  },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/translation.ts',
  async run({ options, say, section, table, figure, progress, predict, verdict }) {
    const { seed, review, ...plan } = options;
    const guess = await predict();
    const heaps = await heapsFor(options);
    section('data');
    say(heaps.source);

    const reviews = heaps.training.y.shape[0];
    const steps = KINDS.map((kind) => planFor(kind, plan).epochs * Math.ceil(reviews / plan.batch));
    const bar = progress(
      steps.reduce((sum, count) => sum + count),
      'training',
    );
    const lives: Life[] = [];
    for (const kind of KINDS) lives.push(await live(seed, kind, heaps, plan, plan, bar.tick));
    bar.done();
    section('table', `${reviews} reviews to learn from, ${heaps.texts.length} to test on`);
    table(
      LIFE_COLUMNS,
      lives.map((life) => lifeRow(life.kind, life)),
    );
    await figure('sentiment', await sentimentFigure(lives));

    section('verdict');
    const [bag, lstm] = lives;
    const gap = lstm.accuracy - bag.accuracy;
    const truth = gap > 0.03 ? 'the LSTM, clearly' : gap < -0.03 ? 'counting words, clearly' : 'about equal';
    say();
    verdict(
      guess,
      truth,
      `${lstm.accuracy.toFixed(3)} of the test reviews, and ${bag.accuracy.toFixed(3)} by counting.`,
    );

    section('differences', 'How likely the writer liked the film, where the two differ');
    const [reader, counter] = [await differences(heaps, lstm, bag), await differences(heaps, bag, lstm)];
    say(`LSTM right, counting wrong: ${reader.length}; the other way round: ${counter.length}\n`);
    const row = (counted: number, read: number, { liked, text }: { liked: boolean; text: string }) => [
      counted.toFixed(2),
      read.toFixed(2),
      liked ? 'liked' : 'not',
      shorten(text),
    ];
    table(
      ['counting', 'LSTM', 'so it is', 'review'],
      [
        ...reader.slice(0, 4).map(({ places: [read, counted], ...review }) => row(counted, read, review)),
        ...counter.slice(0, 2).map(({ places: [counted, read], ...review }) => row(counted, read, review)),
      ],
    );

    section('opinions', `"${review}"`);
    const thoughts: Opinion[] = [];
    for (const life of lives) thoughts.push(await opinions(life, review, heaps.vocabulary));
    table(
      ['after', ...thoughts.map(({ name }) => name)],
      words(review).map((word, i) => [word, ...thoughts.map(({ liked }) => liked[i].toFixed(2))]),
    );
    await figure('sentiment-opinions', await opinionFigure(words(review), thoughts));

    section('weights', 'The words that count most in the bag');
    const weights = await (bag.model as BagOfWords).weights.weight.data();
    const order = Array.from(weights, (weight, id) => ({ weight, id })).sort((a, b) => b.weight - a.weight);
    const names = (part: typeof order) =>
      part.map(({ weight, id }) => `${heaps.vocabulary.token(id)} ${weight.toFixed(2)}`).join(', ');
    say(`for:      ${names(order.slice(0, 6))}`);
    say(`against:  ${names(order.slice(-6).reverse())}`);
  },
});
