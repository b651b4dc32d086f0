/**
 * Where the norm stands decides how deep a transformer may be: behind the sum, as in 2017, or before what it is added
 * to. Twelve blocks, and no warm-up.
 */
import { integer, number, script } from '../shared/script';
import { atTheEnd, type Life, live } from './ablations';
import { ablationsFigure } from './pictures/ablations';
import { type Course, type Parts, type Size, WHOLE } from './rearrange';

export const ARMS = {
  'norm first': { parts: WHOLE, warmup: false },
  'norm last': { parts: { ...WHOLE, norm: 'last' }, warmup: false },
  'norm last, warm-up': { parts: { ...WHOLE, norm: 'last' }, warmup: true },
  'no norm': { parts: { ...WHOLE, norm: 'none' }, warmup: false },
} satisfies Record<string, { parts: Parts; warmup: boolean }>;

export type DeepArm = keyof typeof ARMS;

script({
  about: 'Norm first, norm last, no norm: twelve blocks learn to sort digits.',
  options: {
    length: integer(6, { min: 2, max: 16, help: 'digits in a row' }),
    depth: integer(12, { min: 1, max: 24, help: 'blocks' }),
    steps: integer(150, { min: 1, help: 'steps of training' }),
    batch: integer(32, { min: 1, max: 512, help: 'rows in a step' }),
    rate: number(0.003, { min: 0, max: 1, help: 'learning rate' }),
  },
  settings: { quick: { length: 4, batch: 16, steps: 50 }, full: { steps: 600, batch: 64 } },
  next: 'npm run exercises 10',
  async run({ options, section, table, figure, progress }) {
    const { length, depth, steps } = options;
    const size: Size = { length, depth, width: 32, heads: 4 };
    const bar = progress(Object.keys(ARMS).length * steps, 'training');
    const lives: (Life & { name: string })[] = [];
    for (const [name, { parts, warmup }] of Object.entries(ARMS)) {
      const course: Course = { task: 'sort', ...options, warmup: warmup ? Math.round(steps / 2) : 0 };
      lives.push({ name, ...(await live(options.seed, parts, size, course, () => bar.tick(name))) });
    }
    bar.done();
    section('depth', `Sorting ${length} digits, ${depth} blocks, ${steps} steps`);
    table(
      ['network', 'gradient, first block', 'last block', 'first loss', 'loss at the end', 'digits right'],
      lives.map(({ name, gradients, losses, right }) => {
        const numbers = [gradients[0], gradients[depth - 1], losses[0], atTheEnd(losses), right];
        return [name, ...numbers.map((value) => value.toFixed(value < 0.1 ? 3 : 2))];
      }),
    );
    await figure('depth', await ablationsFigure(`${depth} blocks that learn to sort digits`, lives));
  },
});
