/**
 * Filters that people have thought out: edges, blur, sharpness. Each is nine weights, and what it answers to can be
 * read from them.
 */
import { concat, conv2d, type Tensor, tensor } from '../../core';
import { integer, script } from '../shared/script';
import type { Plane } from './convolution';
import { edgesFigure } from './pictures/edges';

// #region filters
export const FILTERS: Record<string, Plane> = {
  'right less left': [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ],
  'below less above': [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ],
  'middle less around': [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  blur: [
    [1 / 9, 1 / 9, 1 / 9],
    [1 / 9, 1 / 9, 1 / 9],
    [1 / 9, 1 / 9, 1 / 9],
  ],
  sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
};
// #endregion

/** A picture to look at: a disc, a tilted square and bars before a ground that grows lighter; values from 0 to 1. */
export function scene(side: number): Tensor {
  const shade = (x: number, y: number): number => {
    if (Math.hypot(x + 0.4, y + 0.35) < 0.42) return 0.9; // the disc
    if (Math.abs(x - 0.45) + Math.abs(y + 0.4) < 0.42) return 0.1; // the square on its tip
    if (y > 0.3 && y < 0.8 && x > -0.8 && x < 0.8) return Math.floor((x + 0.8) * 7.5) % 2 === 0 ? 0.75 : 0.25; // bars
    return 0.4 + 0.15 * x;
  };
  const at = (place: number) => (2 * (place + 0.5)) / side - 1;
  const pixels = Array.from({ length: side * side }, (_, i) => shade(at(i % side), at(Math.floor(i / side))));
  return tensor(pixels, { shape: [1, 1, side, side] });
}

// #region layer
/** All filters as one layer: a plane comes in, and a plane for each filter comes out. */
export function look(picture: Tensor): Tensor {
  const filters = concat(Object.values(FILTERS).map((filter) => tensor([[filter]]))); // [5, 1, 3, 3]
  return conv2d(picture, filters); // [1, 1, H, W] → [1, 5, H − 2, W − 2]
}
// #endregion

/** Nine pixels, and what each filter answers. */
const NEIGHBOURHOODS: Record<string, Plane> = {
  'flat 1': Array(3).fill([1, 1, 1]),
  '0 | 1': Array(3).fill([0, 0, 1]),
  '1 | 0': Array(3).fill([1, 0, 0]),
  '0 over 1': [
    [0, 0, 0],
    [0, 0, 0],
    [1, 1, 1],
  ],
  dot: [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ],
};

/** [filter][neighbourhood] */
export async function answers(): Promise<Plane> {
  const batch = concat(Object.values(NEIGHBOURHOODS).map((plane) => tensor([[plane]]))); // [5, 1, 3, 3]
  return (await look(batch).reshape(-1, Object.keys(FILTERS).length).transpose().array()) as Plane;
}

script({
  about: 'Edge filters, blur and sharpen on a picture, with the core.',
  options: { side: integer(96, { min: 8, max: 512, help: 'pixels along each side of the picture' }) },
  next: 'npx ts-node chapters/06-cnn/pooling.ts',
  async run({ options: { side }, section, table, figure }) {
    section('answers', 'What each filter answers to nine pixels');
    const values = await answers();
    table(
      ['filter', ...Object.keys(NEIGHBOURHOODS)],
      Object.keys(FILTERS).map((name, k) => [name, ...values[k].map((value) => value.toFixed(2))]),
    );
    const picture = scene(side);
    const seen = look(picture);
    const planes = await Promise.all(Object.keys(FILTERS).map(async (_, k) => [...(await seen.slice(0, k).data())]));
    const cropped = await picture.slice(0, 0, [1, -1], [1, -1]).data();
    await figure('edges', await edgesFigure([...cropped], Object.keys(FILTERS), planes, side - 2));
  },
});
