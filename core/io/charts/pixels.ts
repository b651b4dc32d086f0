/** Pictures inside a figure: one image element for each, enlarged without smoothing, so that every pixel is seen. */

import { element, type Shape } from './svg';

/** Bytes of red, green and blue for every pixel, row by row. */
export interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** The picture with its upper left corner at (0, 0), each of its pixels as large as `scale` says. */
export async function pixelImage({ width, height, rgb }: Pixels, scale: readonly [number, number]): Promise<Shape> {
  const { default: sharp } = await import('sharp');
  const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  return element('image', {
    width: width * scale[0],
    height: height * scale[1],
    preserveAspectRatio: 'none',
    'image-rendering': 'pixelated',
    href: `data:image/png;base64,${png.toString('base64')}`,
  });
}
