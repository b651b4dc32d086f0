/**
 * The pictures of sliding.ts: the window at each of its places with what has come out so far, and the windows of four
 * ways to slide.
 */
import { arrow, drawing, type Figure, group, type Shape, text, theme } from '../../../core/io/charts';
import type { Plane, Sides } from '../convolution';
import { numberGrid, windowRim } from './grid';

const CELL = 22;
const GAP = 34;

const extremes = (plane: Plane): [number, number] => [Math.min(...plane.flat()), Math.max(...plane.flat())];

/** A panel for each place of the window. */
export function slidingFigure(x: Plane, w: Plane, y: Plane): Figure {
  const [k, columns] = [w.length, y[0].length];
  const places = y.flatMap((row, i) => row.map((_, j) => ({ i, j })));
  const panel = { width: (x.length + columns) * CELL + GAP, height: x.length * CELL };
  const [across, down] = [panel.width + 44, panel.height + 30];
  const top = k * CELL + 52;

  const step = ({ i, j }: { i: number; j: number }, index: number): Shape => {
    const middle = panel.height / 2;
    const output = { x: x[0].length * CELL + GAP, y: middle - (y.length * CELL) / 2 };
    const isComing = (row: number, column: number) => row * columns + column > index;
    return group(
      [
        numberGrid(x, { cell: CELL, range: extremes(x) }),
        windowRim(i, j, k, CELL),
        arrow(x[0].length * CELL + 8, middle, output.x - 8, middle, { stroke: theme.muted }),
        group([numberGrid(y, { cell: CELL, range: extremes(y), hidden: isComing }), windowRim(i, j, 1, CELL)], output),
      ],
      { x: (index % columns) * across, y: top + Math.floor(index / columns) * down },
    );
  };
  const filter = [
    text(0, 12, 'the filter', { fill: theme.muted }),
    group([numberGrid(w, { cell: CELL, range: extremes(w) })], { y: 20 }),
    text(
      k * CELL + 20,
      20 + (k * CELL) / 2,
      "At each place: every number under the window\ntimes the filter's weight there, all added up.",
      { middle: true },
    ),
  ];
  const rows = Math.ceil(places.length / columns);
  return drawing(columns * across - 44, top + rows * down - 30, [...filter, ...places.map(step)], {
    title: 'Nine places for the window, nine numbers',
  });
}

interface Slid {
  name: string;
  stride: number;
  padding: Sides;
  y: Plane;
}

/** The picture with its zeros, the middles of the windows marked, and the result. */
export function paddingFigure(x: Plane, k: number, ways: readonly Slid[]): Figure {
  const range = extremes(ways.flatMap(({ y }) => y));
  const most = x.length + Math.max(...ways.map(({ padding: [before, after] }) => before + after));
  const row = most * CELL + 44;
  const [column, output] = [(2 * most + 2) * CELL, most * CELL + GAP];

  const panel = ({ name, stride, padding: [before, after], y }: Slid, index: number): Shape => {
    const length = x.length + before + after;
    const at = (i: number) => (i >= before && i < before + x.length ? i - before : -1);
    const padded = Array.from({ length }, (_, i) =>
      Array.from({ length }, (_, j) => (at(i) < 0 || at(j) < 0 ? 0 : x[at(i)][at(j)])),
    );
    const isPadding = (i: number, j: number) => at(i) < 0 || at(j) < 0;
    const last = (y.length - 1) * stride;
    const inset = ((most - length) * CELL) / 2;
    return group(
      [
        text(0, 12, `${name}: ${x.length} × ${x.length} becomes ${y.length} × ${y.length}`, { bold: true }),
        group([numberGrid(padded, { cell: CELL, range: extremes(x), isPadding })], { x: inset, y: 22 + inset }),
        group([windowRim(0, 0, k, CELL), windowRim(last, last, k, CELL, theme.series[0])], { x: inset, y: 22 + inset }),
        arrow(output - 26, 22 + (most * CELL) / 2, output - 6, 22 + (most * CELL) / 2, { stroke: theme.muted }),
        group(
          [
            numberGrid(y, { cell: CELL, range }),
            windowRim(0, 0, 1, CELL),
            windowRim(y.length - 1, y.length - 1, 1, CELL, theme.series[0]),
          ],
          { x: output, y: 22 + ((most - y.length) * CELL) / 2 },
        ),
      ],
      { x: (index % 2) * column, y: Math.floor(index / 2) * row },
    );
  };
  return drawing(2 * column - GAP, 2 * row - 22, ways.map(panel), {
    title: 'The first window and the last, in four ways to slide',
  });
}
