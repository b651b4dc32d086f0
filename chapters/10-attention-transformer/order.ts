/**
 * Attention sees a set. Shuffle the words, and the answers are shuffled, nothing else; so where a word stands is added
 * to it, as waves or as numbers that are learned.
 */
import { manualSeed, nn, noGrad, randn, type Tensor, tensor } from '../../core';
import { integer, script } from '../shared/script';
import { dot } from './four-words';
import { learnedFigure, positionsFigure, wavesFigure } from './pictures/order';
import { accuracy, deal, learn, Network, onDevice, type Parts, type Size, WHOLE } from './rearrange';
import { sinusoids } from './transformer';

const ORDER = [3, 0, 4, 1, 2]; // which word stands where after shuffling

type Positions = nn.SinusoidalPositions | nn.LearnedPositions | null;

/** Are the answers to shuffled words the shuffled answers? By how much they miss it. */
export async function missesShuffle(encoder: nn.TransformerEncoder, x: Tensor, positions: Positions, causal: boolean) {
  const placed = (words: Tensor): Tensor => (positions ? positions.forward(words) : words);
  const read = (words: Tensor): Tensor => encoder.forward(placed(words), { causal }); // [N, T, D]
  const order = tensor(ORDER, { dtype: 'int32' });
  const shuffledAnswers = read(x).indexSelect(1, order);
  const answersToShuffled = read(x.indexSelect(1, order));
  return answersToShuffled.sub(shuffledAnswers).abs().max().item();
}

export async function shuffleAll() {
  const width = 16;
  const options = { dimFeedforward: 32, dropout: 0 };
  const encoder = new nn.TransformerEncoder(() => new nn.TransformerEncoderLayer(width, 2, options), 2);
  const x = randn([4, ORDER.length, width]);
  const learned = new nn.LearnedPositions(ORDER.length, width);
  learned.weight.become(randn(learned.weight.shape));
  const arms: [string, Positions, boolean][] = [
    ['no positions', null, false],
    ['sinusoidal positions', new nn.SinusoidalPositions(width), false],
    ['learned positions', learned, false],
    ['no positions, causal mask', null, true],
  ];
  const misses: { name: string; miss: number }[] = [];
  for (const [name, positions, causal] of arms)
    misses.push({ name, miss: await missesShuffle(encoder, x, positions, causal) });
  return misses;
}

/** A network that reverses rows: how it went, who looks at whom, and how alike its positions are. */
export async function reverse(seed: number, size: Size, parts: Parts, steps: number, tick?: () => Promise<void>) {
  manualSeed(seed);
  const model = await onDevice(new Network(size, parts));
  const course = { task: 'reverse', batch: 32, steps, rate: 3e-3 } as const;
  const losses = await learn(model, size.length, course, tick);
  const right = await accuracy(model, 'reverse', size.length);
  const weights = noGrad(() => {
    model.forward(deal('reverse', 200, size.length)[0]);
    return model.blocks[0].weights!.mean([0, 1]); // of all rows and heads: [T, T]
  });
  const { positions } = model;
  const rows = positions instanceof nn.LearnedPositions ? ((await positions.weight.array()) as number[][]) : [];
  return { losses, right, weights: [...(await weights.data())], likeness: likeness(rows) };
}

/** Of every two rows the cosine of the angle between them. */
const likeness = (rows: number[][]): number[] =>
  rows.flatMap((a) => rows.map((b) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))));

script({
  about: 'Order: attention without positions, waves, and positions that are learned.',
  options: {
    length: integer(8, { min: 2, max: 16, help: 'digits in a row to be reversed' }),
    steps: integer(300, { min: 1, help: 'steps of training' }),
    width: integer(64, { min: 2, max: 512, help: 'numbers in the positions that are drawn' }),
  },
  settings: { quick: { length: 5, steps: 160 } },
  next: 'npx ts-node chapters/10-attention-transformer/equal.ts',
  async run({ options, section, table, figure, progress }) {
    section('shuffle', 'Shuffled words: how far the answers are from the shuffled answers');
    const misses = await shuffleAll();
    table(
      ['two encoder blocks with', 'largest difference', 'shuffling shows'],
      misses.map(({ name, miss }) => [name, miss < 1e-5 ? 'below 1e-5' : miss.toFixed(2), miss < 1e-5 ? 'no' : 'yes']),
    );

    section('waves', `Positions of ${options.width} numbers: how alike are two of them?`);
    const rows = sinusoids(128, options.width);
    const offsets = [0, 1, 2, 4, 8, 16, 32];
    table(
      ['place', ...offsets.map((offset) => `${offset} on`)],
      [0, 7, 60].map((t) => [String(t), ...offsets.map((offset) => dot(rows[t], rows[t + offset]).toFixed(2))]),
    );
    await figure('positions', await positionsFigure(rows.slice(0, 64)));
    await figure('waves', await wavesFigure(rows.slice(0, 64)));

    const size: Size = { length: options.length, depth: 1, width: 32, heads: 2 };
    const kinds = ['none', 'sinusoidal', 'learned'] as const;
    const bar = progress(kinds.length * options.steps, 'training');
    const runs: { kind: string; run: Awaited<ReturnType<typeof reverse>> }[] = [];
    for (const kind of kinds) {
      const parts = { ...WHOLE, positions: kind };
      runs.push({ kind, run: await reverse(options.seed, size, parts, options.steps, () => bar.tick(kind)) });
    }
    bar.done();
    section('reverse', `Reversing ${options.length} digits, one block, ${options.steps} steps`);
    table(
      ['positions', 'loss at the end', 'digits right'],
      runs.map(({ kind, run }) => [
        kind,
        run.losses
          .slice(-10)
          .reduce((a, b) => a + b / 10, 0)
          .toFixed(2),
        run.right.toFixed(2),
      ]),
    );
    await figure('reverse', await learnedFigure(options.length, runs[2].run));
  },
});
