/**
 * What a model that writes need not compute again: keys and values of all tokens so far. With and without a cache the
 * same tokens are written; only the time differs.
 */
import { manualSeed, nn, noGrad, randint, type Tensor } from '../../core';
import { integer, script } from '../shared/script';
import { GPT, type Shape, write } from './gpt-model';
import { cacheFigure } from './sequences/pictures/cache';

/** The largest difference between the scores of a text read at once and those of the same text read in pieces. */
export async function differenceInPieces(model: GPT, ids: Tensor, sizes: readonly number[]): Promise<number> {
  const whole = noGrad(() => model.forward(ids)); // [1, T, tokens]
  const caches = model.blocks.layers.map(() => new nn.KeyValueCache());
  const pieces = noGrad(() => {
    const [first, ...others] = ids.split([...sizes], 1).map((piece) => model.forward(piece, caches));
    return first.concat(others, 1);
  });
  return whole.sub(pieces).abs().max().item();
}

/** The likeliest token, so that both ways can be compared. */
const likeliest = (scores: ArrayLike<number>): number => {
  let best = 0;
  for (let id = 1; id < scores.length; id++) if (scores[id] > scores[best]) best = id;
  return best;
};

export interface Timed {
  tokens: number[];
  seconds: number;
}

/** Writes `length` tokens after a first one. */
export async function timed(model: GPT, length: number, cached: boolean): Promise<Timed> {
  const tokens: number[] = [];
  const start = performance.now();
  for await (const token of write(model, [1], likeliest, { cached })) {
    tokens.push(token);
    if (tokens.length === length) break;
  }
  return { tokens, seconds: (performance.now() - start) / 1000 };
}

// #region count
/** Multiply-adds of writing `length` tokens after a first one: each step reads what is new, and looks at all. */
export function multiplyAdds({ width: D, layers, tokens }: Shape, length: number, cached: boolean): number {
  let sum = 0;
  for (let seen = 1; seen <= length; seen++) {
    const read = cached ? 1 : seen;
    const blocks = layers * read * (12 * D * D + 2 * seen * D); // projections and feed-forward; looking
    sum += blocks + read * D * tokens; // and the scores
  }
  return sum;
}
// #endregion

const CHOICES = ['less than 3 times', '3 to 15 times', 'more than 15 times'] as const;

script({
  about: 'The key-value cache: the same scores, and how much time it saves.',
  options: {
    longest: integer(512, { min: 16, max: 4096, help: 'tokens to be written' }),
    width: integer(64, { min: 4, max: 1024, help: 'of a vector' }),
    heads: integer(4, { min: 1, max: 32, help: 'of each attention' }),
    layers: integer(2, { min: 1, max: 24, help: 'blocks' }),
  },
  settings: { quick: { longest: 128 }, full: { longest: 1024, width: 128, layers: 4 } },
  predict: {
    question:
      'Writing 512 tokens with a cache takes about a 250th of the multiply-adds. How much less time, on this machine?',
    choices: CHOICES,
  },
  next: 'npm run exercises 10',
  async run({ options, section, say, table, figure, progress, predict, verdict }) {
    const guess = await predict();
    const { longest, seed } = options;
    manualSeed(seed);
    const shape = { ...options, tokens: 64, context: longest };
    const model = new GPT(shape).eval();

    section('equal', 'Scores of a text read in pieces, against the same text read at once');
    const ids = randint(0, shape.tokens, [1, 16]);
    const cuts = [new Array<number>(16).fill(1), [5, 1, 1, 9], [10, 6]];
    const differences = await Promise.all(cuts.map((sizes) => differenceInPieces(model, ids, sizes)));
    table(
      ['pieces', 'largest difference'],
      cuts.map((sizes, i) => [sizes.join(' '), differences[i].toExponential(1)]),
    );

    section('speed', 'Writing, without a cache and with one');
    const lengths = Array.from({ length: Math.floor(Math.log2(longest)) - 3 }, (_, i) => 16 * 2 ** i);
    const bar = progress(2 * lengths.length, 'writing');
    await timed(model, 64, true); // warm up
    await timed(model, 64, false);
    const rows: { length: number; plain: Timed; cached: Timed }[] = [];
    for (const length of lengths) {
      const plain = await timed(model, length, false);
      await bar.tick();
      const cached = await timed(model, length, true);
      await bar.tick();
      rows.push({ length, plain, cached });
    }
    bar.done();
    table(
      ['tokens', 'multiply-adds, without / with', 'without', 'with', 'pace, without', 'with', 'same text'],
      rows.map(({ length, plain, cached }) => [
        length,
        (multiplyAdds(shape, length, false) / multiplyAdds(shape, length, true)).toFixed(1),
        `${plain.seconds.toFixed(2)} s`,
        `${cached.seconds.toFixed(2)} s`,
        `${Math.round(length / plain.seconds)}/s`,
        `${Math.round(length / cached.seconds)}/s`,
        `${plain.tokens}` === `${cached.tokens}` ? 'yes' : 'no',
      ]),
    );
    await figure('cache', await cacheFigure(rows));

    section('verdict');
    const last = rows[rows.length - 1];
    const ratio = last.plain.seconds / last.cached.seconds;
    const truth = ratio < 3 ? CHOICES[0] : ratio <= 15 ? CHOICES[1] : CHOICES[2];
    say();
    verdict(guess, truth, `${last.length} tokens: ${ratio.toFixed(1)} times.`);
  },
});
