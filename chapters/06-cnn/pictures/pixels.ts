/**
 * Pictures inside a drawing: grey or coloured tensors, every pixel a square.
 */
import type { Tensor } from '../../../core';
import { pixelImage, type Shape } from '../../../core/io/charts';

/** A picture [1, H, W] or [3, H, W] of values from 0 to 1, each of its pixels `cell` wide. */
export async function pixels(picture: Tensor, cell: number): Promise<Shape> {
  const [channels, height, width] = picture.shape;
  const values = await picture.data();
  const area = width * height;
  const byte = (light: number) => Math.round(255 * Math.min(1, Math.max(0, light)));
  const rgb = Uint8Array.from({ length: 3 * area }, (_, i) =>
    byte(values[(channels === 1 ? 0 : i % 3) * area + Math.floor(i / 3)]),
  );
  return pixelImage({ width, height, rgb }, [cell, cell]);
}
