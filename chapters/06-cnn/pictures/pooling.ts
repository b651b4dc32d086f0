/**
 * The picture of pooling.ts: windows of 2 × 2, and what becomes of each.
 */
import { arrow, drawing, type Figure, group, text, theme } from '../../../core/io/charts';
import type { Plane } from '../convolution';
import { numberGrid, windowRim } from './grid';

const CELL = 34;
const TOP = 24;

export function poolingFigure(x: Plane, [largest, mean]: Plane[]): Figure {
  const range = [0, Math.max(...x.flat())] as const;
  const places = largest.flatMap((row, i) => row.map((_, j) => [i, j]));
  const height = x.length * CELL;
  const pooled = (plane: Plane, name: string, left: number, colour: string) =>
    group(
      [
        text(0, 12, name, { bold: true, fill: colour }),
        group([numberGrid(plane, { cell: CELL, range }), ...places.map(([i, j]) => windowRim(i, j, 1, CELL, colour))], {
          y: TOP + (height - plane.length * CELL) / 2,
        }),
      ],
      { x: left },
    );
  const first = height + 60;
  const second = first + largest.length * CELL + 36;
  return drawing(
    second + largest.length * CELL,
    TOP + height,
    [
      text(0, 12, 'what a filter answered', { bold: true }),
      group(
        [
          numberGrid(x, { cell: CELL, range }),
          ...places.map(([i, j]) => windowRim(2 * i, 2 * j, 2, CELL, theme.series[2])),
        ],
        { y: TOP },
      ),
      arrow(height + 14, TOP + height / 2, first - 14, TOP + height / 2, { stroke: theme.muted }),
      pooled(largest, 'the largest', first, theme.series[1]),
      pooled(mean, 'the mean', second, theme.series[0]),
    ],
    { title: 'Four numbers become one' },
  );
}
