/**
 * The pictures of seeing.ts: filters with what they make of a digit, the digit's way through the layers, and saliency.
 */
import { noGrad, type Tensor } from '../../../core';
import { drawing, type Figure, group, imageGrid, rect, type Shape, text, theme } from '../../../core/io/charts';
import { pixels } from './pixels';

/** Values from the smallest to the largest become 0 to 1. */
const stretched = (plane: Tensor): Tensor =>
  noGrad(() => {
    const low = plane.min();
    return plane.sub(low).div(plane.max().sub(low).add(1e-9));
  });

/** Negative weights dark, positive ones light, 0 a grey between. */
const asWeights = (plane: Tensor): Tensor => noGrad(() => plane.div(plane.abs().max().mul(2)).add(0.5));

async function framed(picture: Tensor, cell: number): Promise<Shape> {
  const [, height, width] = picture.shape;
  return group([await pixels(picture, cell), rect(0, 0, width * cell, height * cell, { stroke: theme.border })]);
}

/** Every filter of the first layer, and below it what it makes of the picture. */
export async function filtersFigure(weight: Tensor, picture: Tensor, maps: Tensor): Promise<Figure> {
  const count = weight.shape[0];
  const columns = 8;
  const [size, step, row] = [78, 92, 138];
  const left = 116;
  const pairs = Array.from({ length: count }, async (_, k) => {
    const at = { x: left + (k % columns) * step, y: Math.floor(k / columns) * row };
    return group(
      [
        group([await framed(asWeights(weight.detach().slice(k)), 12)], { x: (size - 36) / 2 }),
        group([await framed(stretched(maps.slice(0, [k, k + 1])), 3)], { y: 44 }),
      ],
      at,
    );
  });
  const digit = group([await framed(picture.slice(0), 3)], { y: 41 });
  return drawing(left + columns * step - 14, 2 * row - 14, [digit, ...(await Promise.all(pairs))], {
    title: 'Sixteen learned filters, and what each makes of the digit on the left',
  });
}

const SHOWN = 8; // maps of a layer

/** A row for each layer with some of its maps, evenly chosen. */
export async function mapsFigure(picture: Tensor, layers: Record<string, Tensor>): Promise<Figure> {
  const [left, size, step] = [170, 78, 90];
  const shapes: Shape[] = [group([await framed(picture.slice(0), 3)]), text(left, 46, 'the picture, 28 × 28')];
  let top = 100;
  for (const [name, signal] of Object.entries(layers)) {
    const [, channels, side] = signal.shape;
    const chosen = Array.from({ length: SHOWN }, (_, i) => (i * channels) / SHOWN);
    shapes.push(text(0, top + size / 2, `${name}\n${SHOWN} of ${channels} maps\n${side} × ${side}`, { middle: true }));
    for (const [place, k] of chosen.entries()) {
      const map = await framed(stretched(signal.slice(0, [k, k + 1])), size / side);
      shapes.push(group([map], { x: left + place * step, y: top }));
    }
    top += step + 6;
  }
  return drawing(left + SHOWN * step - 12, top - 14, shapes, { title: 'A digit on its way through the network' });
}

interface Salient {
  x: Tensor; // [10, 1, 28, 28]
  seen: Tensor;
  changed: Tensor;
  answers: { before: number[]; after: number[] };
  flips: number;
}

export async function saliencyFigure({ x, seen, changed, answers, flips }: Salient): Promise<Figure> {
  const places = [...answers.before.keys()];
  const read = async (picture: Tensor): Promise<number[]> => [...(await picture.data())];
  const rows = [
    places.map((n) => read(x.slice(n))),
    places.map((n) => read(stretched(seen.slice(n)))),
    places.map((n) => read(changed.slice(n))),
  ];
  return imageGrid({
    title: `Ten digits; the pixels their scores hang on; the ${flips} most harmful ones flipped`,
    images: await Promise.all(rows.flat()),
    captions: [
      ...answers.before.map((digit) => `read as ${digit}`),
      ...places.map(() => ''),
      ...answers.after.map((digit) => `read as ${digit}`),
    ],
    width: 28,
    height: 28,
    columns: places.length,
    range: [0, 1],
  });
}
