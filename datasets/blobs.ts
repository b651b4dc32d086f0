/**
 * Gaussian blobs: round clouds of points, a class each. The easiest of all classifications, and what k-means looks for.
 */
import { type Generator, placed, randn, tensor } from '../core';
import { checkCount, inTurns, type Labelled } from './labelled';

export interface BlobsOptions {
  /** Where the clouds lie, each in as many dimensions as you like. */
  centers?: number[][];
  /** The standard deviation of each cloud in every direction. */
  std?: number;
  generator?: Generator;
}

const FOUR = [
  [-2.51, 9.01],
  [4.64, 1.97],
  [-6.88, -6.88],
  [-8.84, 7.32],
];

/** `count` points x [N, D] and their labels y [N], the centres in turns. */
export function blobs(count: number, { centers = FOUR, std = 1, generator }: BlobsOptions = {}): Labelled {
  checkCount('blobs', count);
  const y = tensor(inTurns(count, centers.length), { device: 'cpu' }); // [N]
  const middle = tensor(centers, { device: 'cpu' }).indexSelect(0, y); // [N, D]
  const x = middle.add(randn(middle.shape, { generator, device: 'cpu' }).mul(std));
  return {
    x: placed(x),
    y: placed(y),
    source: `${count} generated points in ${centers.length} Gaussian blobs, deviation ${std}`,
  };
}
