/**
 * Why scores are divided by √d. A score is a sum of d products; the longer the vectors, the further apart the scores,
 * until softmax looks at one word only, and no gradient comes back.
 */
import { manualSeed, randn, type Tensor } from '../../core';
import { integer, numbers, script } from '../shared/script';
import { scalingFigure } from './pictures/scaling';

/** Random queries look at random keys: how far scores are apart, how one-sided the look is, what gets back. */
export async function measure(d: number, { queries, keys }: { queries: number; keys: number }, scale: number) {
  const [q, k] = [randn([queries, 1, d]), randn([queries, keys, d])]; // each query has keys of its own
  const scores = q.matmul(k.transpose()).squeeze(1).mul(scale); // [queries, keys]
  scores.requiresGrad = true;
  const weights = scores.softmax();
  const g = randn([queries, keys]); // what the loss sends back to the weights
  weights.backward(g);
  const [spread, largest, back] = [scores.std(), weights.max(-1).mean(), lengths(scores.grad!).div(lengths(g)).mean()];
  return { spread: await spread.item(), largest: await largest.item(), back: await back.item() };
}

const lengths = (x: Tensor): Tensor => x.norm(-1);

export type Measured = { d: number; raw: Values; scaled: Values };
type Values = Awaited<ReturnType<typeof measure>>;

export async function measureAll(widths: number[], size: { queries: number; keys: number }, seed: number) {
  const rows: Measured[] = [];
  for (const d of widths) {
    manualSeed(seed); // both see the same queries and keys
    const raw = await measure(d, size, 1);
    manualSeed(seed);
    rows.push({ d, raw, scaled: await measure(d, size, 1 / Math.sqrt(d)) });
  }
  return rows;
}

script({
  about: 'Why the scores of attention are divided by the square root of their width.',
  options: {
    widths: numbers([1, 4, 16, 64, 256, 1024], { length: 'any', help: 'lengths of queries and keys' }),
    keys: integer(16, { min: 2, max: 1000, help: 'words to look at' }),
    queries: integer(500, { min: 10, max: 5000, help: 'words that look' }),
  },
  predict: {
    question:
      'A query of 64 random numbers looks at 16 random keys. Nothing is divided. How much of its attention does the\n' +
      'luckiest key get, on average? (One sixteenth would be 6 %.)',
    choices: ['about 10 %', 'about 30 %', 'about 60 %', 'more than 80 %'],
  },
  next: 'npx ts-node chapters/10-attention-transformer/heads.ts',
  async run({ options, section, say, table, figure, predict, verdict }) {
    const guess = await predict();
    const rows = await measureAll(options.widths, options, options.seed);
    const three = ({ spread, largest, back }: Values) => [spread.toFixed(2), largest.toFixed(2), back.toFixed(3)];
    for (const kind of ['raw', 'scaled'] as const) {
      section(kind, `${kind === 'raw' ? 'Scores as they are' : 'Scores divided by √d'}, ${options.keys} keys`);
      table(
        ['d', 'scores, std', 'largest weight', 'gradient that gets back'],
        rows.map((row) => [String(row.d), ...three(row[kind])]),
      );
    }
    section('verdict');
    manualSeed(options.seed);
    const { largest } = await measure(64, { queries: 500, keys: 16 }, 1);
    const truth =
      largest < 0.2 ? 'about 10 %' : largest < 0.45 ? 'about 30 %' : largest < 0.8 ? 'about 60 %' : 'more than 80 %';
    say();
    verdict(guess, truth, `It is ${(100 * largest).toFixed(0)} %: one key takes nearly all, whichever it is.`);
    await figure('scaling', await scalingFigure(rows));
  },
});
