/**
 * The picture of edges.ts: the scene, and what each filter makes of it. In those that can be negative, grey is 0.
 */
import { type Figure, imageGrid } from '../../../core/io/charts';

export function edgesFigure(scene: number[], names: string[], planes: number[][], side: number): Promise<Figure> {
  return imageGrid({
    title: 'One picture, five filters',
    images: [scene, ...planes.map(asGreys)],
    captions: ['the picture', ...names],
    width: side,
    height: side,
    columns: 3,
    range: [0, 1],
  });
}

/** Answers from −a to a as greys from black to white; those without a sign as they are. */
function asGreys(plane: number[]): number[] {
  const largest = Math.max(...plane.map(Math.abs));
  return Math.min(...plane) < -0.5 * largest ? plane.map((value) => 0.5 + value / (2 * largest)) : plane;
}
