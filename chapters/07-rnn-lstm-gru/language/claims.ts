/**
 * What the page about language states about chance: who is right more often, about reviews, translations and names.
 */
import { manualSeed } from '../../../core';
import { findReal, imdb, namesOrGenerated, reviews } from '../../../datasets';
import type { Bound, Claim } from '../../shared/claims';
import * as characters from '../characters';
import * as masking from '../masking';
import * as sentiment from '../sentiment';
import * as translation from '../translation';

type Measured = ReturnType<Claim['run']>;

/** The default setting of sentiment.ts. */
const READER = { width: 32, units: 32, dense: 16, dropout: 0.2 };
const READING = { epochs: 10, batch: 32, rate: 0.01 };

const onGenerated = (kind: sentiment.Kind, bound: Bound): Claim => ({
  script: 'sentiment.ts',
  figure: `test accuracy on generated reviews, ${kind}`,
  bound,
  async run(seed): Measured {
    manualSeed(seed);
    const sets = { train: reviews(4000), test: reviews(2000), source: '' };
    const heaps = await sentiment.readHeaps(sets, { words: 10_000, length: 60 });
    const { accuracy } = await sentiment.live(seed, kind, heaps, READER, READING);
    return { value: accuracy, data: '4000 reviews (generated)' };
  },
});

/** `--reviews 0 --test 0 --length 100 --epochs 5 --rate 0.002` on the real reviews. */
const onImdb = (kind: sentiment.Kind, bound: Bound): Claim => ({
  script: 'sentiment.ts',
  figure: `test accuracy on IMDB, 100 words, 5 epochs, ${kind}`,
  bound,
  seeds: 3,
  async run(seed): Measured {
    manualSeed(seed);
    const sets = await imdb();
    const heaps = await sentiment.readHeaps(sets, { words: 10_000, length: 100 });
    const { accuracy } = await sentiment.live(seed, kind, heaps, READER, { epochs: 5, batch: 32, rate: 0.002 });
    return { value: accuracy, data: `IMDB (real), ${sets.train.texts.length} to learn from` };
  },
});

const withoutMask: Claim = {
  script: 'masking.ts',
  figure: 'largest change of 100 answers by 200 zeros after, no mask',
  bound: { atLeast: 0.3 },
  async run(seed): Measured {
    const { model, heaps } = await masking.live(seed, 1500, { epochs: 5, batch: 32, rate: 0.02 });
    const tried = masking.rowsOf(heaps);
    const alone = await masking.judgeAll(model, tried, { masked: false });
    const padded = await masking.judgeAll(model, tried, { after: 200, masked: false });
    return { value: masking.changes(alone, padded).largest, data: '1500 reviews (generated)' };
  },
};

/** The default setting of translation.ts; `measure` looks at the share that is right among some of the sentences. */
const translating = (attention: boolean, figure: string, bound: Bound, words: (count: number) => boolean): Claim => ({
  script: 'translation.ts',
  figure: `sentences right ${attention ? 'with' : 'without'} attention, ${figure}`,
  bound,
  async run(seed): Measured {
    manualSeed(seed);
    const book = translation.readBook({ train: 4000, test: 500 });
    const shape = { width: 32, units: 64, attention };
    const { right } = await translation.live(seed, book, shape, { epochs: 10, batch: 32, rate: 0.005 });
    const chosen = right.filter((_, i) => words(translation.lengthOf(book.test.pairs[i])));
    return { value: translation.shareOf(chosen), data: '4000 pairs (generated)' };
  },
});

const writing = (figure: string, bound: Bound, measure: (network: number, two: number) => number): Claim => ({
  script: 'characters.ts',
  figure,
  bound,
  async run(seed): Measured {
    manualSeed(seed);
    const source = findReal('text/names.txt') ? '4000 names (real)' : '4000 names (generated)';
    const book = await characters.readNames(await namesOrGenerated({ count: 4000 }));
    const plan = { epochs: 12, batch: 32, rate: 0.005 };
    const { perplexity } = await characters.live(seed, book, { width: 16, units: 64 }, plan);
    return { value: measure(perplexity, await characters.perplexityOfCounts(book, 2)), data: source };
  },
});

export const languageClaims: Claim[] = [
  withoutMask,
  onGenerated('bag of words', { atMost: 0.75 }),
  onGenerated('LSTM', { atLeast: 0.97 }),
  onGenerated('GRU', { atLeast: 0.97 }),
  ...(findReal('imdb')
    ? [onImdb('bag of words', { atLeast: 0.79 }), onImdb('LSTM', { atMost: 0.79 }), onImdb('GRU', { atMost: 0.79 })]
    : []),
  translating(true, '3 to 8 words', { atLeast: 0.95 }, () => true),
  translating(false, '7 and 8 words', { atMost: 0.33 }, (count) => count >= 7),
  writing('perplexity of fresh names, the network / counts after two letters', { atMost: 0.95 }, (a, b) => a / b),
];
