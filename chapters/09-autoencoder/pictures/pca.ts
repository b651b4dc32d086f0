/**
 * The pictures of pca.ts: the directions as pictures, and digits rebuilt from codes of several widths.
 */
import { noGrad, type Tensor } from '../../../core';
import { type Figure, imageGrid } from '../../../core/io/charts';
import { rowsOf, SIDE } from '../heaps';
import type { Comparison, Components } from '../pca';
import { type Row, rowsFigure } from './digits';

/** The mean, and the first directions: grey is 0, white adds ink, black takes it away. */
export async function componentsFigure({ mean, directions }: Components): Promise<Figure> {
  const shown = (await rowsOf(directions.transpose(0, 1))).slice(0, 11);
  const largest = Math.max(...shown.flatMap((direction) => [...direction].map(Math.abs)));
  const [middle] = await rowsOf(mean.unsqueeze(0));
  const highest = Math.max(...middle);
  return imageGrid({
    title: 'The mean digit, and the directions of most difference',
    images: [middle.map((value) => (value / highest) * 2 * largest - largest), ...shown],
    width: SIDE,
    height: SIDE,
    columns: 6,
    captions: ['the mean', ...shown.map((_, k) => `direction ${k + 1}`)],
    range: [-largest, largest],
  });
}

export function comparisonFigure(digits: Tensor, results: Comparison[]): Promise<Figure> {
  const rows: Row[] = results.flatMap(({ width, flat, deep }) => [
    { name: `PCA, ${width} numbers`, pictures: flat(digits) },
    { name: `Deep autoencoder, ${width} numbers`, pictures: noGrad(() => deep.forward(digits)) },
  ]);
  return rowsFigure('The same width, with and without bends', [
    { name: 'Digits of the test heap', pictures: digits },
    ...rows,
  ]);
}
