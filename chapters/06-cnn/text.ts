/**
 * A network that slides over words: film reviews, liked or not. Filters five words wide beside filters of one word,
 * which can only count.
 */
import { grad, manualSeed, nn, noGrad, ops, optim, type Tensor, train } from '../../core';
import { imdbOrReviews, type ReviewSets, type ReviewTexts, Vocabulary, words } from '../../datasets';
import { integer, script } from '../shared/script';
import { readingFigure } from './pictures/text';

export interface Sizes {
  vocabulary: number;
  length: number; //    words of a review that are read
  embedding: number; // numbers that stand for a word
  filters: number;
}

// #region network
export class TextCnn extends nn.Module {
  readonly embedding: nn.Embedding;
  readonly convolution: nn.Conv1d;
  readonly head: nn.Sequential;

  constructor(sizes: Sizes, width: number) {
    super();
    const { vocabulary, embedding, filters } = sizes;
    this.embedding = new nn.Embedding(vocabulary, embedding, { paddingIdx: 0 });
    this.convolution = new nn.Conv1d(embedding, filters, width);
    this.head = new nn.Sequential(
      ...[new nn.Linear(filters, filters), new nn.ReLU(), new nn.Dropout(0.5)],
      new nn.Linear(filters, 1), // a score; its sigmoid is the probability of "liked"
    );
  }

  /** What each filter answers at each place: [N, T] → [N, filters, T − width + 1]. */
  answers(tokens: Tensor): Tensor {
    const vectors = this.embedding.forward(tokens).transpose(1, 2); // [N, embedding, T]
    return this.convolution.forward(vectors).relu();
  }

  override forward(tokens: Tensor): Tensor {
    const strongest = this.answers(tokens).max(2); // global max pooling: [N, filters]
    return this.head.forward(strongest); // [N, 1]
  }
}
// #endregion

interface Heap {
  tokens: string[][];
  x: Tensor; // int32 [N, T]
  y: Tensor; // [N, 1]
}

export interface Heaps {
  training: Heap;
  test: Heap;
  vocabulary: Vocabulary;
}

// #region numbers
/** Words become numbers; the vocabulary is counted in the training heap alone. */
export function numbered(sets: ReviewSets, { vocabulary: size, length }: Sizes): Heaps {
  const tokensOf = ({ texts }: ReviewTexts) => texts.map((text) => words(text).slice(0, length));
  const [training, test] = [tokensOf(sets.train), tokensOf(sets.test)];
  const vocabulary = Vocabulary.of(training, { size });
  const heapOf = (tokens: string[][], { y }: ReviewTexts): Heap => {
    const { tokens: x } = train.padSequences(
      tokens.map((each) => vocabulary.encode(each)),
      { length },
    );
    return { tokens, x, y: y.to('float32').unsqueeze(1) };
  };
  return { training: heapOf(training, sets.train), test: heapOf(test, sets.test), vocabulary };
}
// #endregion

const accuracy = train.accuracy({ threshold: 0 }); // a score above 0 is a probability above ½

export interface Way {
  width: number;
  epochs: number;
}

/** One life: made, trained, examined. */
export async function live(seed: number, heaps: Heaps, sizes: Sizes, { width, epochs }: Way, tick?: () => unknown) {
  manualSeed(seed);
  const model = new TextCnn({ ...sizes, vocabulary: heaps.vocabulary.length }, width);
  const { curves } = await train.fit(model, {
    x: heaps.training.x,
    y: heaps.training.y,
    validationSplit: 0.1,
    batchSize: 32,
    epochs,
    loss: ops.bceWithLogitsLoss,
    optimizer: new optim.Adam(model.parameters(), { lr: 1e-3 }),
    metrics: [accuracy],
    callbacks: [{ batchEnd: () => tick?.() }],
    progress: false,
  });
  const { x, y } = heaps.test;
  const test = await train.evaluate(model, { x, y, batchSize: 100, metrics: [accuracy] });
  return { model, curves, test: test.accuracy };
}

// #region contributions
/** How much each word of a review moves the score: the window that won for a filter gets what the filter added. */
export async function contributions(model: TextCnn, tokens: Tensor, width: number): Promise<number[]> {
  const answers = model.answers(tokens.unsqueeze(0)).squeeze(0); // [filters, places]
  const strongest = answers.max(1).detach(); // [filters]
  strongest.requiresGrad = true;
  const [slope] = grad(model.head.forward(strongest.unsqueeze(0)), [strongest]);
  const [added, places] = await Promise.all([strongest.mul(slope).data(), answers.argmax(1).data()]);
  const perWord = new Array<number>(tokens.size).fill(0);
  added.forEach((share, filter) => {
    for (let k = 0; k < width; k++) perWord[places[filter] + k] += share / width;
  });
  return perWord;
}
// #endregion

// #region detectors
/** The windows to which a filter answers most, over many reviews. */
async function windowsOf(model: TextCnn, { tokens, x }: Heap, filter: number, width: number): Promise<string[]> {
  const answers = noGrad(() => model.answers(x).slice(null, filter)); // [N, places]
  const [strongest, places] = await Promise.all([answers.max(1).data(), answers.argmax(1).data()]);
  const order = [...strongest.keys()].sort((a, b) => strongest[b] - strongest[a]);
  const windows = order.map((n) => tokens[n].slice(places[n], places[n] + width).join(' '));
  return [...new Set(windows)].slice(0, 3);
}
// #endregion

/** The filters that raise the score most in liked reviews, and those that lower it most. */
async function tellingFilters(model: TextCnn, { x }: Heap): Promise<{ liked: number[]; disliked: number[] }> {
  const strongest = noGrad(() => model.answers(x).max(2)); // [N, filters]
  strongest.requiresGrad = true;
  const [slopes] = grad(model.head.forward(strongest).sum(), [strongest]);
  const added = await strongest.sub(strongest.mean(0)).abs().mean(0).mul(slopes.mean(0)).data();
  const order = [...added.keys()].sort((a, b) => added[b] - added[a]);
  return { liked: order.slice(0, 3), disliked: order.slice(-3).reverse() };
}

script({
  about: 'Film reviews read by filters that slide over words, five at a time or one.',
  options: {
    reviews: integer(2000, { min: 100, help: 'reviews to learn from' }),
    test: integer(500, { min: 50, help: 'reviews to be judged by' }),
    vocabulary: integer(2000, { min: 10, help: 'words that have a number of their own' }),
    length: integer(160, { min: 10, help: 'words of a review that are read' }),
    embedding: integer(32, { min: 1, help: 'numbers that stand for a word' }),
    filters: integer(64, { min: 6, help: 'filters, and units of the dense layer' }),
    width: integer(5, { min: 1, max: 10, help: 'words that a filter sees at once' }),
    epochs: integer(8, { min: 1 }),
  },
  settings: {
    quick: { reviews: 800, test: 300, embedding: 16, filters: 32, length: 100, epochs: 8 },
    full: { reviews: 5000, test: 2000, vocabulary: 5000, length: 400, embedding: 128, filters: 128, epochs: 4 },
  },
  next: 'npm run exercises 06',
  async run({ options, say, section, table, figure, progress }) {
    const { seed, reviews, test, width, epochs, ...sizes } = options;
    section('widths', `Reviews learned by filters of one word, and of ${width}`);
    const sets = await imdbOrReviews({ train: reviews, test });
    const heaps = numbered(sets, sizes);
    say(`${sets.source}; ${heaps.vocabulary.length} words have a number\n`);
    const bar = progress(2 * epochs * Math.ceil((0.9 * reviews) / 32), 'training');
    const [counting, reading] = [
      await live(seed, heaps, sizes, { width: 1, epochs }, bar.tick),
      await live(seed, heaps, sizes, { width, epochs }, bar.tick),
    ];
    bar.done();
    const last = (curve: number[]) => curve[curve.length - 1].toFixed(3);
    table(
      ['filters', 'parameters', 'training accuracy', 'validation', 'test'],
      [counting, reading].map(({ model, curves, test }, i) => [
        i === 0 ? 'one word wide' : `${width} words wide`,
        model.parameterCount(),
        last(curves.accuracy),
        last(curves.valAccuracy),
        test.toFixed(3),
      ]),
    );

    section('detectors', 'What filters wait for');
    const { liked, disliked } = await tellingFilters(reading.model, heaps.test);
    const rows: string[][] = [];
    for (const [says, filters] of [
      ['liked', liked],
      ['not liked', disliked],
    ] as const)
      for (const filter of filters)
        for (const window of await windowsOf(reading.model, heaps.test, filter, width))
          rows.push([says, String(filter), window]);
    table(['speaks for', 'filter', 'answers most to'], rows);

    const shown = await Promise.all([0, 1].map((n) => reviewShown(reading.model, heaps.test, n, width)));
    await figure('reading', readingFigure(shown));
  },
});

/** A review of the test heap with what each word adds to its score. */
async function reviewShown(model: TextCnn, { tokens, x, y }: Heap, n: number, width: number) {
  const score = await model.forward(x.narrow(0, n, 1)).item();
  const added = await contributions(model, x.slice(n), width);
  return { words: tokens[n], added, score, liked: (await y.slice(n).item()) === 1 };
}
