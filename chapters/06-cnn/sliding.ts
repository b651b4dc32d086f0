/**
 * One filter over one picture, window by window: what stride and padding do, and how large the result is.
 */

import { integer, script } from '../shared/script';
import { outputSize, type Plane, type Sides, samePadding, slide } from './convolution';
import { paddingFigure, slidingFigure } from './pictures/sliding';

// #region picture
/** Dark on the left, light on the right; the edge runs down and then to the left. */
export const PICTURE: Plane = [
  [0, 0, 0, 5, 5],
  [0, 0, 0, 5, 5],
  [0, 0, 0, 5, 5],
  [0, 0, 5, 5, 5],
  [0, 5, 5, 5, 5],
];

/** What is on the right, less what is on the left. */
export const FILTER: Plane = [
  [-1, 0, 1],
  [-1, 0, 1],
  [-1, 0, 1],
];
// #endregion

const lines = (plane: Plane): string =>
  plane.map((row) => row.map((value) => String(value).padStart(4)).join('')).join('\n');

/** The sum under one window, written out: the column on the right, less the one on the left. */
function written(i: number, j: number): string {
  const column = (v: number) => FILTER.map((_, u) => PICTURE[i + u][j + v]).join(' + ');
  return `(${column(2)}) − (${column(0)})`;
}

/** The ways to slide that the lesson shows, by name. */
export const WAYS: { name: string; stride: number; padding: (n: number, k: number) => Sides }[] = [
  { name: 'valid', stride: 1, padding: () => [0, 0] },
  { name: 'same', stride: 1, padding: (n, k) => samePadding(n, k, 1) },
  { name: 'valid, stride 2', stride: 2, padding: () => [0, 0] },
  { name: 'same, stride 2', stride: 2, padding: (n, k) => samePadding(n, k, 2) },
];

script({
  about: 'One filter over one picture, by hand: windows, stride, padding and the size of the result.',
  options: {
    size: integer(32, { min: 1, max: 1000, help: 'places along one side of a picture' }),
    kernel: integer(3, { min: 1, max: 100, help: 'places along one side of a filter' }),
  },
  next: 'npx ts-node chapters/06-cnn/readings.ts',
  async run({ options: { size, kernel }, say, section, table, figure }) {
    section('windows', 'One filter over one picture');
    const y = slide(PICTURE, FILTER);
    table(
      ['row', 'column', 'right, less left', 'sum'],
      y.flatMap((row, i) => row.map((sum, j) => [i, j, written(i, j), sum])),
    );
    await figure('sliding', slidingFigure(PICTURE, FILTER, y));

    section('ways', 'The same filter, four ways to slide');
    const planes = WAYS.map(({ name, stride, padding }) => {
      const sides = padding(PICTURE.length, FILTER.length);
      return { name, stride, padding: sides, y: slide(PICTURE, FILTER, { stride, padding: sides }) };
    });
    for (const { name, padding, y } of planes)
      say(`${name} (zeros before ${padding[0]}, after ${padding[1]}): ${y.length} × ${y[0].length}\n${lines(y)}`);
    await figure('padding', paddingFigure(PICTURE, FILTER.length, planes));

    section('sizes', `How many windows of ${kernel} fit on ${size}?`);
    table(
      ['way', 'stride', 'zeros', 'output size'],
      WAYS.map(({ name, stride, padding }) => {
        const sides = padding(size, kernel);
        return [name, stride, `${sides[0]} + ${sides[1]}`, Math.max(0, outputSize(size, kernel, stride, sides))];
      }),
    );
  },
});
