/**
 * A matrix beside the row of memory it stands for, and several views of one and the same row. The colours are those
 * of the rows of the matrix that made the memory, so that one sees where its numbers turn up again.
 */
import type { Tensor } from '../../../core';
import { arrow, drawing, type Figure, group, rect, type Shape, text, theme } from '../../../core/io/charts';
import { BOX, boxes, tint } from './boxes';

type Numbers = ArrayLike<number>;

const LEFT = 60;
const TOP = 50;
const small = { size: theme.size.tick, fill: theme.muted };

/** The matrix above, its memory below, one element marked in both. */
export function memoryDrawing(x: Tensor, memory: Numbers, row: number, column: number): Figure {
  const [rows, columns] = x.shape;
  const [down, right] = x.strides;
  const place = x.offset + row * down + column * right;
  const under = TOP + rows * BOX.height + 54;
  const grid = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => memory[i * down + j * right]),
  );
  const sum = `${x.offset} + ${row}·${down} + ${column}·${right} = ${place}`;
  return drawing(
    LEFT + memory.length * BOX.width,
    under + BOX.height + 36,
    [
      text(0, 12, 'The tensor', { bold: true }),
      ...indices(columns, LEFT),
      ...grid.map((_, i) =>
        text(LEFT - 10, TOP + (i + 0.5) * BOX.height, `${i}`, { ...small, anchor: 'end', middle: true }),
      ),
      group([boxes(grid, { fill: tint }), mark(row, column)], { x: LEFT, y: TOP }),
      group(walks(down, right), { x: LEFT + columns * BOX.width + 40, y: TOP }),
      group(
        [
          text(0, -30, 'Its memory', { bold: true }),
          ...indices(memory.length, LEFT, -8),
          text(0, -8, 'place', small),
          group([boxes([Array.from(memory)], { fill: (_, k) => tint(Math.floor(k / columns)) }), mark(0, place)], {
            x: LEFT,
          }),
          text(
            LEFT,
            BOX.height + 28,
            `Element (${row}, ${column}) lies at offset + row·${down} + column·${right} = ${sum}.`,
          ),
        ],
        { y: under },
      ),
    ],
    { title: 'A matrix is a row of numbers and two strides' },
  );
}

const indices = (count: number, left: number, y = TOP - 8): Shape[] =>
  Array.from({ length: count }, (_, k) =>
    text(left + (k + 0.5) * BOX.width, y, `${k}`, { ...small, anchor: 'middle' }),
  );

const mark = (row: number, column: number): Shape =>
  rect(column * BOX.width, row * BOX.height, BOX.width, BOX.height, { stroke: theme.ink, strokeWidth: 2.5 });

/** What the strides say, beside an arrow in each direction. */
function walks(down: number, right: number): Shape[] {
  const say = (y: number, where: string, stride: number) =>
    text(50, y, `${where}: ${stride} ${stride === 1 ? 'place' : 'places'} on`, { middle: true });
  return [
    arrow(0, 14, 36, 14),
    say(14, 'one column to the right', right),
    arrow(18, 40, 18, 74),
    say(57, 'one row down', down),
  ];
}

const SMALL_BOX = { width: 30, height: 22 };
const GAP = 44;

/** A view: what it is called, how it walks, the memory with the places it visits, the numbers it shows. */
export function viewsDrawing(views: Record<string, Tensor>, memory: Numbers, columns: number): Figure {
  const panels = Object.entries(views).map(([name, view]) => viewPanel(name, view, memory, columns));
  const width = memory.length * SMALL_BOX.width;
  const rows = Array.from({ length: Math.ceil(panels.length / 2) }, (_, row) => panels.slice(2 * row, 2 * row + 2));
  const heights = rows.map((row) => Math.max(...row.map((panel) => panel.height)) + GAP);
  const tops = heights.map((_, row) => heights.slice(0, row).reduce((sum, height) => sum + height, 0));
  return drawing(
    2 * width + GAP,
    tops[tops.length - 1] + heights[heights.length - 1] - GAP,
    rows.flatMap((row, i) => row.map(({ shape }, j) => group([shape], { x: j * (width + GAP), y: tops[i] }))),
    { title: 'Six views of one memory' },
  );
}

function viewPanel(name: string, view: Tensor, memory: Numbers, columns: number): { shape: Shape; height: number } {
  const places = view.rank === 1 ? [placesAlong(view, 0, view.offset)] : placesOfRows(view);
  const visited = new Set(places.flat());
  const colour = (place: number): string => tint(Math.floor(place / columns));
  const facts = `shape [${view.shape}], strides [${view.strides}], offset ${view.offset}`;
  const shape = group([
    text(0, 12, name, { bold: true }),
    text(0, 30, facts, small),
    group(
      [boxes([Array.from(memory)], { ...SMALL_BOX, fill: (_, k) => colour(k), ghost: (_, k) => !visited.has(k) })],
      { y: 40 },
    ),
    group(
      [
        boxes(
          places.map((row) => row.map((place) => memory[place])),
          { ...SMALL_BOX, fill: (i, j) => colour(places[i][j]) },
        ),
      ],
      { y: 80 },
    ),
  ]);
  return { shape, height: 80 + places.length * SMALL_BOX.height };
}

const placesAlong = (view: Tensor, axis: number, first: number): number[] =>
  Array.from({ length: view.shape[axis] }, (_, i) => first + i * view.strides[axis]);

const placesOfRows = (view: Tensor): number[][] =>
  placesAlong(view, 0, view.offset).map((first) => placesAlong(view, 1, first));
