/**
 * MNIST: 70,000 handwritten digits, 28 × 28 grey pixels each (LeCun, Cortes and Burges, 1998), from the folder mnist/
 * below DATASETS_DIR: its four original files, packed by gzip or not.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Generator, type Tensor, tensor } from '../core';
import { damaged } from '../core/io/files';
import { readIdx } from '../core/io/idx';
import { digits } from './digits';
import { checkCount, findReal, notThere } from './labelled';

export interface DigitPictures {
  /** Values from 0 to 1: [N, 1, 28, 28]. */
  x: Tensor;
  /** What they show, 0 to 9: int32 [N]. */
  y: Tensor;
}

export interface DigitSets {
  train: DigitPictures;
  test: DigitPictures;
  /** Which data this is, in one line. */
  source: string;
}

export interface MnistOptions {
  /** How many pictures of each set, counted from its first: at most 60,000 and 10,000. */
  train?: number;
  test?: number;
}

const SIDE = 28; // pixels

export async function mnist({ train = 60_000, test = 10_000 }: MnistOptions = {}): Promise<DigitSets> {
  checkCount('mnist: train', train);
  checkCount('mnist: test', test);
  const folder = findReal('mnist');
  if (!folder) throw notThere('mnist');
  return {
    train: await readPictures(folder, 'train', train),
    test: await readPictures(folder, 't10k', test),
    source: `MNIST: ${train} handwritten digits to learn from, ${test} to test on`,
  };
}

/** MNIST where DATASETS_DIR has it; elsewhere generated digits, as many of them and in the same form. */
export async function mnistOrDigits({
  train = 60_000,
  test = 10_000,
  generator,
}: MnistOptions & { generator?: Generator } = {}): Promise<DigitSets> {
  if (findReal('mnist')) return mnist({ train, test });
  return {
    train: digits(train, { generator }),
    test: digits(test, { generator }),
    source: `generated digits: ${train} to learn from, ${test} to test on (DATASETS_DIR has no MNIST)`,
  };
}

async function readPictures(folder: string, name: string, count: number): Promise<DigitPictures> {
  const imagesPath = findFile(folder, `${name}-images-idx3-ubyte`);
  const labelsPath = findFile(folder, `${name}-labels-idx1-ubyte`);
  const [images, labels] = [await readIdx(imagesPath), await readIdx(labelsPath)];
  const [total, height, width] = images.shape;
  if (images.shape.length !== 3 || height !== SIDE || width !== SIDE || !(images.values instanceof Uint8Array))
    throw damaged(imagesPath, `it holds numbers of shape [${images.shape}] instead of pictures of 28 × 28 bytes`);
  if (labels.shape.length !== 1 || labels.values.some((label: number) => !(label >= 0 && label <= 9)))
    throw damaged(labelsPath, 'it holds something else than a list of labels from 0 to 9');
  if (labels.shape[0] !== total) throw damaged(labelsPath, `it has ${labels.shape[0]} labels for ${total} pictures`);
  if (count > total) throw new Error(`mnist: ${imagesPath} has ${total} pictures, fewer than the ${count} asked for`);
  const pixels = images.values.subarray(0, count * SIDE * SIDE);
  return {
    x: tensor(pixels, { dtype: 'float32', shape: [count, 1, SIDE, SIDE] }).div(255),
    y: tensor(Int32Array.from(labels.values.subarray(0, count))),
  };
}

/** The file itself, or the one packed by gzip. */
function findFile(folder: string, name: string): string {
  const path = [join(folder, name), join(folder, `${name}.gz`)].find(existsSync);
  if (!path) throw new Error(`mnist: ${folder} has neither ${name} nor ${name}.gz; put one of them there`);
  return path;
}
