/**
 * The picture of classify.ts: what was looked at, and beside it the answers as bars.
 */
import type { Tensor } from '../../../../core';
import {
  drawing,
  type Figure,
  group,
  pixelImage,
  rect,
  type Shape,
  text,
  textWidth,
  theme,
} from '../../../../core/io/charts';

export interface Answered {
  picture: Tensor; // [3, side, side]
  about: string;
  guesses: readonly { name: string; probability: number }[];
}

const SIDE = 224;
const BAR = 260;
const ROW = 34;

export async function answersFigure(answered: readonly Answered[]): Promise<Figure> {
  const names = answered.flatMap(({ guesses }) => guesses.map(({ name }) => name));
  const room = Math.max(...names.map((name) => textWidth(name, theme.size.label)));
  const most = Math.max(...answered.map(({ guesses }) => guesses.length));
  const height = Math.max(SIDE, most * ROW) + 56;
  const rows = answered.map(async ({ picture, about, guesses }, i) => {
    const bars = guesses.map(({ name, probability }, j) => bar(name, probability, room, j * ROW + 8));
    return group(
      [
        await photo(picture),
        text(SIDE / 2, SIDE + 20, about, { anchor: 'middle', fill: theme.muted }),
        group(bars, { x: SIDE + 28 }),
      ],
      { y: i * height },
    );
  });
  const width = SIDE + 28 + room + 12 + BAR + 56;
  return drawing(width, answered.length * height - 24, await Promise.all(rows), { title: 'The likeliest answers' });
}

async function photo(picture: Tensor): Promise<Shape> {
  const [, height, width] = picture.shape;
  const values = await picture.data();
  const rgb = Uint8Array.from({ length: values.length }, (_, i) =>
    Math.round(255 * Math.min(1, Math.max(0, values[(i % 3) * height * width + Math.floor(i / 3)]))),
  );
  const image = await pixelImage({ width, height, rgb }, [SIDE / width, SIDE / height]);
  return group([image, rect(0, 0, SIDE, SIDE, { stroke: theme.border })]);
}

function bar(name: string, probability: number, room: number, y: number): Shape {
  const length = Math.max(1, probability * BAR);
  return group([
    text(room, y + 15, name, { anchor: 'end' }),
    rect(room + 12, y, length, 22, { fill: theme.series[0] }),
    text(room + 18 + length, y + 15, probability.toFixed(3), { size: theme.size.tick }),
  ]);
}
