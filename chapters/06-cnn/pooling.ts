/**
 * Pooling: each window becomes one number, its largest or its mean. And what is left of a shift by a pixel.
 */
import { avgPool2d, maxPool2d, type Tensor, tensor } from '../../core';
import { script } from '../shared/script';
import { type Plane, pool } from './convolution';
import { poolingFigure } from './pictures/pooling';

/** What a filter has answered at 36 places. */
export const ANSWERS: Plane = [
  [0, 1, 0, 2, 0, 0],
  [1, 9, 3, 0, 1, 0],
  [0, 2, 8, 1, 0, 0],
  [0, 0, 1, 7, 2, 0],
  [0, 1, 0, 2, 6, 1],
  [0, 0, 0, 0, 1, 0],
];

// #region shift
/** The same, a pixel further right; a column of zeros comes in. */
export const shifted = (plane: Plane): Plane => plane.map((row) => [0, ...row.slice(0, -1)]);
// #endregion

const lines = (plane: Plane): string =>
  plane.map((row) => row.map((value) => String(Number(value.toFixed(2))).padStart(6)).join('')).join('\n');

/** How much becomes different, as a share of all there was. */
export function change(before: Plane, after: Plane): number {
  const sum = (values: number[]) => values.reduce((total, value) => total + Math.abs(value), 0);
  return sum(before.flat().map((value, i) => value - after.flat()[i])) / sum(before.flat());
}

script({
  about: 'Max pooling and average pooling by hand and with the core, and what a shift leaves of them.',
  next: 'npx ts-node chapters/06-cnn/sizes.ts',
  async run({ say, section, table, figure }) {
    section('pools', 'Windows of 2 × 2, side by side');
    const [largest, mean] = [pool(ANSWERS, 2, 'max'), pool(ANSWERS, 2, 'average')];
    say(`max\n${lines(largest)}\naverage\n${lines(mean)}`);
    await figure('pooling', poolingFigure(ANSWERS, [largest, mean]));

    section('core', 'The same from the core');
    const x = tensor([[ANSWERS]]); // [1, 1, 6, 6]
    const read = async (y: Tensor) => (await y.slice(0, 0).array()) as Plane;
    table(
      ['operation', 'difference'],
      [
        ['maxPool2d(x, 2)', change(largest, await read(maxPool2d(x, 2)))],
        ['avgPool2d(x, 2)', change(mean, await read(avgPool2d(x, 2)))],
      ],
    );

    section('shift', 'How much changes when everything moves by one pixel');
    const moved = shifted(ANSWERS);
    const percent = (share: number) => `${Math.round(100 * share)} %`;
    const both = (size: number, kind: 'max' | 'average') =>
      percent(change(pool(ANSWERS, size, kind), pool(moved, size, kind)));
    table(
      ['window', 'numbers left', 'the largest', 'the mean'],
      [1, 2, 3, 6].map((size) => [`${size} × ${size}`, (6 / size) ** 2, both(size, 'max'), both(size, 'average')]),
    );
  },
});
