/**
 * The digits of this chapter, each a row of 784 numbers, with their names kept apart: nothing here learns from names.
 */
import { type Tensor, tensor } from '../../core';
import { mnistOrDigits } from '../../datasets';
import { integer } from '../shared/script';

export const SIDE = 28; // pixels

export interface Heaps {
  training: Tensor; // [N, 784]
  test: Tensor; // [M, 784]
  /** What the pictures show, for judging and colouring only. */
  names: { training: Tensor; test: Tensor };
  source: string;
}

export async function readHeaps(train: number, test: number): Promise<Heaps> {
  const sets = await mnistOrDigits({ train, test });
  return {
    training: await centred(sets.train.x),
    test: await centred(sets.test.x),
    names: { training: sets.train.y, test: sets.test.y },
    source: sets.source,
  };
}

/**
 * Moves each picture so that its ink is in the middle, [N, 1, 28, 28] → [N, 784]. The makers of MNIST have done so
 * already; a generated digit moves by a pixel or two. Where a digit stands is then no news that a code has to carry.
 */
export async function centred(x: Tensor): Promise<Tensor> {
  const pictures = await rowsOf(x);
  const moved = new Float32Array(x.size);
  pictures.forEach((picture, i) => {
    const [right, down] = [
      shiftOf(picture, (place) => place % SIDE),
      shiftOf(picture, (place) => Math.floor(place / SIDE)),
    ];
    for (let y = Math.max(0, -down); y < Math.min(SIDE, SIDE - down); y++)
      for (let x = Math.max(0, -right); x < Math.min(SIDE, SIDE - right); x++)
        moved[i * SIDE * SIDE + (y + down) * SIDE + x + right] = picture[y * SIDE + x];
  });
  return tensor(moved, { shape: [pictures.length, SIDE * SIDE] });
}

/** How many pixels the ink has to move along an axis. */
function shiftOf(picture: Float32Array, along: (place: number) => number): number {
  const ink = picture.reduce((sum, value) => sum + value, 0);
  const moment = picture.reduce((sum, value, place) => sum + value * along(place), 0);
  return ink > 0 ? Math.round((SIDE - 1) / 2 - moment / ink) : 0;
}

/** The flags of every script that learns digits. */
export const heapOptions = {
  training: integer(6000, { min: 256, max: 60_000, help: 'pictures to learn from' }),
  test: integer(1000, { min: 100, max: 10_000, help: 'pictures to be judged by' }),
};

/** Row by row as lists of numbers, to be drawn. */
export async function rowsOf(x: Tensor): Promise<Float32Array[]> {
  const [count, length] = [x.shape[0], x.size / x.shape[0]];
  const values = (await x.data()) as Float32Array;
  return Array.from({ length: count }, (_, i) => values.slice(i * length, (i + 1) * length));
}
