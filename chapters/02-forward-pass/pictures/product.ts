/**
 * A batch times a matrix of weights, plus a bias: one row of the batch and one column of the weights make one number.
 */
import { drawing, type Figure, group, rect, type Shape, text, theme } from '../../../core/io/charts';
import { BOX, boxes, type Rows, tint } from './boxes';

const GAP = 44;

export function productDrawing(X: Rows, W: Rows, b: readonly number[], Z: Rows): Figure {
  const parts = [
    { name: `X [${X.length}, ${X[0].length}]`, rows: X, frame: frame(0, 0, X[0].length, 1) },
    { name: `W [${W.length}, ${W[0].length}]`, rows: W, frame: frame(0, 0, 1, W.length) },
    { name: `b [${b.length}]`, rows: [b], frame: frame(0, 0, 1, 1) },
    { name: `Z [${Z.length}, ${Z[0].length}]`, rows: Z, frame: frame(0, 0, 1, 1) },
  ];
  const widths = parts.map(({ rows }) => rows[0].length * BOX.width);
  const lefts = widths.map((_, k) => widths.slice(0, k).reduce((sum, width) => sum + width + GAP, 0));
  const height = X.length * BOX.height;
  const signs = ['@', '+', '='];
  return drawing(
    lefts[3] + widths[3],
    height + 30,
    [
      ...parts.map(({ name, rows, frame }, k) =>
        group([text(0, 12, name, { bold: true }), group([boxes(rows, { fill: () => tint(k) }), frame], { y: 22 })], {
          x: lefts[k],
        }),
      ),
      ...signs.map((sign, k) =>
        text(lefts[k + 1] - GAP / 2, 22 + 2 * BOX.height, sign, {
          size: theme.size.title,
          anchor: 'middle',
          middle: true,
        }),
      ),
    ],
    { title: 'A row of X and a column of W make one number of Z' },
  );
}

const frame = (x: number, y: number, columns: number, rows: number): Shape =>
  rect(x, y, columns * BOX.width, rows * BOX.height, { stroke: theme.ink, strokeWidth: 2.5 });
