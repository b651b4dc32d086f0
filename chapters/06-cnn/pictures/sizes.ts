/**
 * The picture of sizes.ts: what one number of each layer has seen of a picture.
 */
import { drawing, type Figure, rect, seriesColour, text, theme } from '../../../core/io/charts';
import { pictures } from '../../../datasets';
import type { Measures } from '../sizes';
import { pixels } from './pixels';

const [SIDE, CELL] = [32, 10];

export async function fieldsFigure(layers: Measures[]): Promise<Figure> {
  const width = SIDE * CELL;
  const squares = layers.map(({ field }, i) => {
    const start = Math.floor((SIDE - field) / 2) * CELL;
    return rect(start, start, field * CELL, field * CELL, { stroke: seriesColour(i), strokeWidth: 3 });
  });
  const legend = layers.map(({ name, size, field }, i) =>
    text(width + 24, 30 + i * 44, `after ${name} (${size} × ${size}):\none number has seen ${field} × ${field}`, {
      fill: seriesColour(i),
      bold: true,
    }),
  );
  const picture = await pixels(pictures(1).x.slice(0), CELL);
  const frame = rect(0, 0, width, width, { stroke: theme.border });
  return drawing(width + 260, width, [picture, frame, ...squares.reverse(), ...legend], {
    title: 'How much of the picture one number has seen',
  });
}
