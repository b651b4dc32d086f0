/**
 * The picture of words.ts: two reviews cut and filled to one length, a number for each word and a vector for each
 * number.
 */
import {
  drawing,
  type Figure,
  group,
  line,
  ramp,
  rect,
  type Shape,
  seriesColour,
  text,
  theme,
} from '../../../../core/io/charts';

/** A review: its tokens, their numbers, and the vectors of what is left after cutting and filling. */
export interface Line {
  tokens: string[];
  ids: number[];
  vectors: number[][]; // [length, width]
}

const [CELL, HEIGHT, SQUARE, GAP] = [62, 40, 12, 26];

export function wordsFigure(lines: readonly Line[], length: number): Figure {
  const cut = Math.max(...lines.map(({ tokens }) => tokens.length - length));
  const left = cut * CELL + (cut > 0 ? GAP : 0);
  const rowHeight = HEIGHT + lines[0].vectors[0].length * SQUARE + 40;
  const shapes = lines.flatMap((one, row) => drawLine(one, length, left, 24 + row * rowHeight));
  const height = 24 + lines.length * rowHeight - 20;
  const frame = line(left - GAP / 2, 0, left - GAP / 2, height, { stroke: theme.muted, dashed: true });
  const heading = (x: number, label: string) => text(x, 12, label, { fill: theme.muted });
  return drawing(
    left + length * CELL,
    height,
    [...(cut > 0 ? [frame, heading(0, 'cut off')] : []), heading(left, `the last ${length} words`), ...shapes],
    { title: 'One length for all: cut at the front, filled at the front' },
  );
}

function drawLine({ tokens, ids, vectors }: Line, length: number, left: number, top: number): Shape[] {
  const first = length - tokens.length; // the column of the first word, below 0 when words are cut
  const x = (column: number) => left + column * CELL - (column < 0 ? GAP : 0);
  const words = tokens.map((token, i) => cell(x(first + i), top, token, ids[i], first + i < 0 ? 'cut' : 'word'));
  const padding = Array.from({ length: Math.max(0, first) }, (_, i) => cell(x(i), top, '<pad>', 0, 'padding'));
  const columns = vectors.map((vector, i) => squares(x(i) + CELL / 2, top + HEIGHT + 8, vector));
  return [...words, ...padding, ...columns];
}

function cell(x: number, y: number, token: string, id: number, kind: 'word' | 'cut' | 'padding'): Shape {
  const pale = kind !== 'word';
  const fill = pale ? theme.muted : theme.ink;
  return group(
    [
      rect(2, 0, CELL - 4, HEIGHT, {
        fill: kind === 'padding' ? theme.grid : theme.card,
        stroke: pale ? theme.border : seriesColour(0),
        strokeWidth: pale ? 1 : 1.5,
        dashed: kind === 'cut',
        radius: 4,
      }),
      text(CELL / 2, 16, token, { fill, anchor: 'middle' }),
      text(CELL / 2, 33, String(id), { fill, anchor: 'middle', bold: !pale }),
    ],
    { x, y },
  );
}

/** A vector as a column of colours. */
const squares = (middle: number, top: number, vector: readonly number[]): Shape =>
  group(
    vector.map((value, i) =>
      rect(middle - SQUARE, top + i * SQUARE, 2 * SQUARE, SQUARE - 1, {
        fill: ramp(theme.diverging, value / 4 + 0.5),
        stroke: theme.border,
        strokeWidth: 0.5,
      }),
    ),
  );
