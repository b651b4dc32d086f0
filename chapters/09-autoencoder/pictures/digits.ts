/**
 * Digits in rows, one row for each thing that was done to them.
 */
import { type nn, noGrad, type Tensor } from '../../../core';
import { type Figure, imageGrid, panels } from '../../../core/io/charts';
import { rowsOf } from '../heaps';

const SIDE = 28; // pixels

export interface Row {
  name: string;
  /** [N, 784] */
  pictures: Tensor;
}

/** One row below the other, each under its name. */
export async function rowsFigure(title: string, rows: Row[], columns = 10): Promise<Figure> {
  const grids = rows.map(async ({ name, pictures }) => digitGrid(name, await rowsOf(pictures), columns));
  return panels({ title, columns: 1, figures: grids });
}

export const digitGrid = (title: string, images: ArrayLike<number>[], columns: number, captions?: string[]) =>
  imageGrid({ title, images, width: SIDE, height: SIDE, columns, captions, range: [0, 1] });

/** Ten digits, and what an autoencoder makes of them. */
export function pairsFigure(model: nn.Layer, test: Tensor, width: number): Promise<Figure> {
  const ten = test.narrow(0, 0, 10);
  return rowsFigure('In and out of the autoencoder', [
    { name: 'The first ten test digits: 784 numbers each', pictures: ten },
    { name: `What the decoder makes of ${width} numbers each`, pictures: noGrad(() => model.forward(ten)) },
  ]);
}
