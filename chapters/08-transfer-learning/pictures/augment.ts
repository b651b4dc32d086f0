/**
 * The picture of augment.ts: each augmentation with the picture as it was and four ways it may come out.
 */
import type { Tensor } from '../../../core';
import { type Figure, imageGrid } from '../../../core/io/charts';

export interface Row {
  name: string;
  pictures: Tensor; // [5, 3, 32, 32]: before, and four times after
}

export async function augmentFigure(rows: Row[]): Promise<Figure> {
  const images: number[][] = [];
  const captions: string[] = [];
  for (const { name, pictures } of rows) {
    const [count] = pictures.shape;
    for (let n = 0; n < count; n++) images.push([...(await pictures.slice(n).data())]);
    captions.push('before', name, ...Array.from({ length: count - 2 }, () => ''));
  }
  return imageGrid({
    title: 'Before, and four times after',
    images,
    captions,
    width: 32,
    height: 32,
    channels: 3,
    columns: 5,
    range: [0, 1],
  });
}
