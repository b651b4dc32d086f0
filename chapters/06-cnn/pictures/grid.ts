/**
 * A plane of numbers as squares, the lighter the larger, as a picture would show them.
 */
import { group, mix, rect, type Shape, text, theme } from '../../../core/io/charts';
import type { Plane } from '../convolution';

export interface GridStyle {
  cell: number;
  /** The values shown as dark and as light. */
  range: readonly [number, number];
  /** Squares that are still empty. */
  hidden?: (i: number, j: number) => boolean;
  /** Squares around the picture, drawn pale and dashed. */
  isPadding?: (i: number, j: number) => boolean;
}

const [DARK, LIGHT] = ['#2b3a4a', '#ffffff'];
const MINUS = '−';

export function numberGrid(plane: Plane, { cell, range: [low, high], hidden, isPadding }: GridStyle): Shape {
  const squares = plane.flatMap((row, i) =>
    row.map((value, j) => {
      const [x, y] = [j * cell, i * cell];
      if (hidden?.(i, j)) return rect(x, y, cell, cell, { fill: theme.card, stroke: theme.border });
      const outside = isPadding?.(i, j) ?? false;
      const light = (value - low) / (high - low || 1);
      const fill = outside ? theme.card : mix(DARK, LIGHT, light);
      const size = cell * (String(value).length > 3 ? 0.34 : 0.42);
      const label = { size, anchor: 'middle', middle: true } as const;
      const ink = outside ? theme.muted : light < 0.5 ? theme.card : theme.ink;
      return group([
        rect(x, y, cell, cell, { fill, stroke: theme.border, dashed: outside }),
        text(x + cell / 2, y + cell / 2, String(value).replace('-', MINUS), { ...label, fill: ink }),
      ]);
    }),
  );
  return group(squares);
}

/** The rim of a window of `size` squares whose first is (i, j). */
export const windowRim = (i: number, j: number, size: number, cell: number, colour: string = theme.series[1]): Shape =>
  rect(j * cell, i * cell, size * cell, size * cell, { stroke: colour, strokeWidth: 3 });
