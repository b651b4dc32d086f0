/**
 * Maps of codes: digits as points in the colour of their names, and the pictures that a decoder draws all over a map.
 */
import type { Tensor } from '../../../core';
import { type Figure, imageGrid, scatterChart } from '../../../core/io/charts';
import { rowsOf } from '../heaps';

const SIDE = 28; // pixels
const MOST = 1500; // points that are drawn

export async function latentFigure(
  title: string,
  codes: Tensor,
  names: ArrayLike<number>,
  size: { width?: number; height?: number } = {},
): Promise<Figure> {
  const points = (await codes.array()) as number[][];
  const shown = points.slice(0, MOST);
  const groups = Array.from({ length: 10 }, (_, digit) => {
    const own = shown.filter((_, i) => names[i] === digit);
    return { name: String(digit), x: own.map(([x]) => x), y: own.map(([, y]) => y) };
  });
  return scatterChart({
    title,
    x: { label: 'first number' },
    y: { label: 'second number' },
    groups: groups.filter(({ x }) => x.length > 0),
    ...size,
  });
}

/** A square of pictures without gaps. */
export async function sheetFigure(title: string, pictures: Tensor): Promise<Figure> {
  const images = await rowsOf(pictures);
  const rows = Math.sqrt(images.length);
  const width = rows * SIDE;
  const joined = new Float32Array(width * width);
  images.forEach((image, i) => {
    const corner = Math.floor(i / rows) * SIDE * width + (i % rows) * SIDE;
    for (let y = 0; y < SIDE; y++) joined.set(image.subarray(y * SIDE, (y + 1) * SIDE), corner + y * width);
  });
  return imageGrid({ title, images: [joined], width, height: width, columns: 1, range: [0, 1] });
}
