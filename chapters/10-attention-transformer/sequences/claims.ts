/**
 * What the second page states about chance: what the three kinds of transformers reach, and beside what.
 */
import { manualSeed } from '../../../core';
import { findReal, imdb, prose, reviews } from '../../../datasets';
import { readHeaps } from '../../07-rnn-lstm-gru/sentiment';
import type { Bound, Claim } from '../../shared/claims';
import { type Found, meanLength, meanLogP, searchAll, shareRight } from '../beam';
import { timed } from '../cache';
import { live as classify } from '../classifier';
import { live as learnToWrite } from '../gpt';
import { GPT } from '../gpt-model';
import { NGrams } from '../ngrams';
import { readBook, type Task } from '../tasks';
import { partsOf, perCharacter, readParts } from '../text';
import { live as learnToTranslate } from '../translator';

type Measured = ReturnType<Claim['run']>;

/** The default setting of seq2seq.ts. */
const exactly = (task: Task): Claim => ({
  script: 'seq2seq.ts',
  figure: `exact match, ${task}`,
  bound: { atLeast: 0.99 },
  async run(seed): Measured {
    manualSeed(seed);
    const book = readBook(task, { train: 16_000, test: 500 }, { shortest: 3, longest: 6 });
    const shape = { width: 32, heads: 4, layers: 2 };
    const { exact } = await learnToTranslate(seed, book, shape, { epochs: 2, batch: 64, rate: 0.006 });
    return { value: exact, data: task === 'dates' ? 'dates (generated)' : 'digits (generated)' };
  },
});

/** The default setting of beam.ts, where the translator has not learned enough. */
const searching = (figure: string, bound: Bound, measure: (greedy: Found[], beam: Found[]) => number): Claim => ({
  script: 'beam.ts',
  figure: `beam of 4 and greedy, half taught: ${figure}`,
  bound,
  async run(seed): Measured {
    manualSeed(seed);
    const book = readBook('sort', { train: 4000, test: 300 }, { shortest: 6, longest: 9 });
    const shape = { width: 32, heads: 4, layers: 1 };
    const { model } = await learnToTranslate(seed, book, shape, { epochs: 1, batch: 32, rate: 0.005 });
    const value = measure(await searchAll(model, book, 1), await searchAll(model, book, 4));
    return { value, data: 'digits to be sorted (generated)' };
  },
});

/** The default setting of classifier.ts. */
const classifying: Claim = {
  script: 'classifier.ts',
  figure: 'test accuracy on generated reviews, 2 heads of 16',
  bound: { atLeast: 0.8 },
  async run(seed): Measured {
    manualSeed(seed);
    const heaps = await readHeaps(
      { train: reviews(4000), test: reviews(2000), source: '' },
      { words: 10_000, length: 60 },
    );
    const shape = { width: 32, heads: 2, headDim: 16, wide: 128, dropout: 0.1 };
    const { accuracy } = await classify(seed, heaps, shape, { epochs: 8, batch: 32, rate: 0.005 });
    return { value: accuracy, data: '4000 reviews (generated)' };
  },
};

/** The curriculum's setting. */
const onImdb = (headDim: number, bound: Bound): Claim => ({
  script: 'classifier.ts',
  figure: `test accuracy on IMDB, full setting, 2 heads of ${headDim}`,
  bound,
  seeds: 1,
  async run(seed): Measured {
    manualSeed(seed);
    const sets = await imdb();
    const heaps = await readHeaps(sets, { words: 20_000, length: 200 });
    const shape = { width: 64, heads: 2, headDim, wide: 256, dropout: 0.1 };
    const { accuracy } = await classify(seed, heaps, shape, { epochs: 4, batch: 32, rate: 0.001 });
    return { value: accuracy, data: `IMDB (real), ${sets.train.texts.length} to learn from` };
  },
});

/** gpt.ts beside counting, where both have learned from the same text. */
interface Writing {
  /** Generated tales unless given. */
  file?: string;
  letters: number;
  pairs: number;
  steps: number;
  /** Characters the counting looks back on. */
  back: number;
  /** 5 unless given. */
  seeds?: number;
}

const writing = ({ file, letters, pairs, steps, back, seeds }: Writing, bound: Bound): Claim => ({
  script: 'gpt.ts',
  figure: `perplexity, GPT of ${pairs ? `${pairs} byte pairs` : 'characters'}, ${steps} steps / ${back + 1}-gram`,
  bound,
  seeds,
  async run(seed): Measured {
    manualSeed(seed);
    const parts = file === undefined ? partsOf(prose(letters), '') : await readParts(file, letters);
    const shape = { context: 64, width: 64, heads: 4, layers: 2 };
    const { perplexity } = await learnToWrite(parts, shape, { steps, batch: 16, rate: 0.01 }, pairs);
    const counted = new NGrams(parts.training, back, parts.alphabet).surprise(parts.test);
    const data = file === undefined ? 'tales (generated)' : 'Shakespeare (real)';
    return { value: perplexity / perCharacter(counted, parts.test), data };
  },
});

/** The default setting. */
const TALES = { letters: 200_000, steps: 400, back: 4 };
const SHAKESPEARE = { file: 'text/tinyshakespeare.txt', letters: 0, pairs: 0, back: 2 };

/** Times of one machine: the bound is far below what any has shown. */
const caching: Claim = {
  script: 'cache.ts',
  figure: 'how many times faster 512 tokens are written with a cache',
  bound: { atLeast: 2 },
  seeds: 3,
  async run(seed): Measured {
    manualSeed(seed);
    const model = new GPT({ tokens: 64, context: 512, width: 64, heads: 4, layers: 2 }).eval();
    await timed(model, 32, true); // warm up
    await timed(model, 32, false);
    const [plain, cached] = [await timed(model, 512, false), await timed(model, 512, true)];
    return { value: plain.seconds / cached.seconds, data: 'random weights' };
  },
};

export const sequenceClaims: Claim[] = [
  classifying,
  ...(findReal('imdb') ? [onImdb(32, { atLeast: 0.8 }), onImdb(64, { atLeast: 0.8 })] : []),
  exactly('reverse'),
  exactly('sort'),
  exactly('dates'),
  searching('mean ln p gained', { atLeast: 0.02 }, (greedy, beam) => meanLogP(beam) - meanLogP(greedy)),
  searching('mean length', { atMost: 0 }, (greedy, beam) => meanLength(beam) - meanLength(greedy)),
  searching('share right gained', { atMost: 0.03 }, (greedy, beam) => shareRight(beam) - shareRight(greedy)),
  writing({ ...TALES, pairs: 0 }, { atMost: 0.95 }),
  writing({ ...TALES, pairs: 400 }, { atMost: 0.9 }),
  ...(findReal(SHAKESPEARE.file) ? [writing({ ...SHAKESPEARE, steps: 1200, seeds: 1 }, { atMost: 1 })] : []),
  caching,
];
