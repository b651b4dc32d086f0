/** Small pictures in rows and columns, with a line under each: digits and what the network took them for, filters. */

import { checkCounts, checkDomain, checkFinite, checkLength, checkSome, type Numbers } from './check';
import { type Domain, extent } from './domain';
import { drawing, type Figure } from './figure';
import { widest } from './measure';
import { type Pixels, pixelImage } from './pixels';
import { group, rect, type Shape, text } from './svg';
import { theme } from './theme';

export interface ImageGridOptions {
  title: string;
  /** Pixels channel by channel (all red, all green, all blue), each row by row from the top. */
  images: readonly Numbers[];
  width: number;
  height: number;
  channels?: 1 | 3;
  columns: number;
  captions?: readonly string[];
  /** The values shown as black and as full light; by default the smallest and largest of all the pictures. */
  range?: Domain;
}

const SHOWN = 80; // pixels that a small picture is enlarged to, about
const GAP = 14;
const CAPTION = 20;

export async function imageGrid(options: ImageGridOptions): Promise<Figure> {
  const { title, images, width, height, channels = 1, columns, captions } = options;
  checkSome('imageGrid', 'images', images);
  checkCounts('imageGrid', { width, height, columns });
  images.forEach((image, index) => {
    const size = `images[${index}] (${channels} × ${height} × ${width})`;
    checkLength('imageGrid', size, image, channels * height * width);
    checkFinite('imageGrid', `images[${index}]`, image);
  });
  if (captions) checkLength('imageGrid', 'captions', captions, images.length);
  const range = options.range ?? wide(extent(images));
  checkDomain('imageGrid', 'range', range);

  // A whole number of screen pixels for each of the picture's keeps them all of one size.
  const scale = Math.max(1, Math.round(SHOWN / Math.max(width, height)));
  const [shownWidth, shownHeight] = [width * scale, height * scale];
  const cell = Math.max(shownWidth, widest(captions ?? [], theme.size.label)) + GAP;
  const row = shownHeight + (captions ? CAPTION : 0) + GAP;
  const cells = images.map(async (image, index): Promise<Shape> => {
    const picture = [
      await pixelImage(toPixels(image, { width, height, channels, range }), [scale, scale]),
      rect(-0.5, -0.5, shownWidth + 1, shownHeight + 1, { stroke: theme.border }),
      text(shownWidth / 2, shownHeight + 16, captions?.[index] ?? '', { anchor: 'middle' }),
    ];
    const [x, y] = [(index % columns) * cell + (cell - GAP - shownWidth) / 2, Math.floor(index / columns) * row];
    return group(picture, { x, y });
  });
  const shownColumns = Math.min(columns, images.length);
  const rows = Math.ceil(images.length / columns);
  return drawing(shownColumns * cell - GAP, rows * row - GAP, await Promise.all(cells), { title });
}

/** A range that is not empty, for pictures of one value. */
const wide = ([low, high]: Domain): Domain => (low < high ? [low, high] : [low, low + 1]);

interface PixelFormat {
  width: number;
  height: number;
  channels: 1 | 3;
  range: Domain;
}

function toPixels(image: Numbers, { width, height, channels, range: [low, high] }: PixelFormat): Pixels {
  const area = width * height;
  const rgb = new Uint8Array(3 * area);
  for (let pixel = 0; pixel < area; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = image[channels === 1 ? pixel : channel * area + pixel];
      const light = (value - low) / (high - low);
      rgb[3 * pixel + channel] = Math.round(255 * Math.min(Math.max(light, 0), 1));
    }
  }
  return { width, height, rgb };
}
