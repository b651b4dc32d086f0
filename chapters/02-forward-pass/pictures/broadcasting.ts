/**
 * Broadcasting drawn: two tensors, the smaller one repeated in pale boxes until it fits, and the result.
 */
import type { NestedNumbers, Tensor } from '../../../core';
import { drawing, type Figure, group, rect, type Shape, text, theme } from '../../../core/io/charts';
import { BOX, boxes, tint, written } from './boxes';

export interface Meeting {
  name: string;
  a: Tensor;
  sign: string;
  b: Tensor;
  result: Tensor; // a matrix
}

const GAP = 40;

export async function broadcastDrawing(meetings: readonly Meeting[]): Promise<Figure> {
  const [rows, columns] = meetings[0].result.shape;
  const width = columns * BOX.width;
  const height = rows * BOX.height;
  const drawn = meetings.map(async ({ name, a, sign, b, result }, k) => {
    const parts = [
      await stretched(a, result, tint(0)),
      await stretched(b, result, tint(1)),
      await stretched(result, result, tint(2)),
    ];
    const between = [sign, '='].map((symbol, i) =>
      text((i + 1) * (width + GAP) - GAP / 2, height / 2, symbol, {
        size: theme.size.title,
        anchor: 'middle',
        middle: true,
      }),
    );
    return group(
      [
        text(0, 12, name, { bold: true }),
        group([...parts.map((part, i) => group([part], { x: i * (width + GAP) })), ...between], { y: 22 }),
      ],
      { y: k * (height + 54) },
    );
  });
  const total = meetings.length * (height + 54) - 32;
  return drawing(3 * width + 2 * GAP, total, await Promise.all(drawn), {
    title: 'Pale numbers are not there: they are read again',
  });
}

/** The tensor as large as the result; what it only repeats is pale. */
async function stretched(t: Tensor, result: Tensor, colour: string): Promise<Shape> {
  const [rows, columns] = result.shape;
  const [ownRows, ownColumns] = [1, 1, ...t.shape].slice(-2);
  const values = (await t.expand(rows, columns).array()) as number[][];
  return boxes(values, { fill: () => colour, ghost: (row, column) => row >= ownRows || column >= ownColumns });
}

/** Every prediction against every target; the comparisons that were meant lie on the diagonal. */
export async function differencesDrawing(targets: readonly number[], squares: NestedNumbers): Promise<Figure> {
  const rows = squares as number[][];
  const width = targets.length * BOX.width;
  const mean = rows.flat().reduce((sum, square) => sum + square, 0) / rows.length ** 2;
  const column = targets.map((target) => [target]);
  const left = 150;
  const meant = rows.map((_, i) =>
    rect(i * BOX.width, i * BOX.height, BOX.width, BOX.height, { stroke: theme.ink, strokeWidth: 2.5 }),
  );
  return drawing(
    left + width + 260,
    60 + targets.length * BOX.height + 4,
    [
      text(left, 12, 'targets [4]', { bold: true }),
      group([boxes([targets], { fill: () => tint(1) })], { x: left, y: 20 }),
      text(0, 76, 'predictions\n[4, 1]', { bold: true }),
      group([boxes(column, { fill: () => tint(0) })], { x: left - BOX.width - 10, y: 60 }),
      group([boxes(rows, { fill: (i, j) => (rows[i][j] === 0 ? theme.card : tint(2)) }), ...meant], { x: left, y: 60 }),
      text(left + width + 20, 76, note(written(mean))),
    ],
    { title: 'A perfect model, and what its loss is made of' },
  );
}

const note = (mean: string): string =>
  ['The squares of all differences.', 'Four comparisons were meant,', 'the framed ones, and all are 0.']
    .concat(`The mean of all sixteen is ${mean}.`)
    .join('\n');
