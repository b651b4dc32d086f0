/**
 * Numbers in boxes: how the figures of this chapter draw a tensor. The upper left corner of the first box is (0, 0).
 */
import { group, mix, rect, type Shape, seriesColour, text, theme } from '../../../core/io/charts';

export type Rows = readonly (readonly (number | string)[])[];

export interface BoxesOptions {
  width?: number;
  height?: number;
  /** The ground of a box; card white unless given. */
  fill?: (row: number, column: number) => string;
  /** Boxes that stand for no numbers of their own, such as the repetitions of broadcasting. */
  ghost?: (row: number, column: number) => boolean;
}

export const BOX = { width: 38, height: 28 };

export function boxes(rows: Rows, options: BoxesOptions = {}): Shape {
  const { width = BOX.width, height = BOX.height, fill = () => theme.card, ghost = () => false } = options;
  const drawOne = (value: number | string, row: number, column: number): Shape => {
    const empty = ghost(row, column);
    const style = empty
      ? { fill: theme.card, stroke: theme.border, dashed: true }
      : { fill: fill(row, column), stroke: theme.muted, strokeWidth: 1 };
    const ink = empty ? mix(theme.card, theme.muted, 0.6) : theme.ink;
    const label = text(width / 2, height / 2, written(value), { anchor: 'middle', middle: true, fill: ink });
    return group([rect(0, 0, width, height, style), label], { x: column * width, y: row * height });
  };
  const drawSome = (ghosts: boolean): Shape[] =>
    rows.flatMap((row, i) => row.flatMap((value, j) => (ghost(i, j) === ghosts ? [drawOne(value, i, j)] : [])));
  return group([...drawSome(true), ...drawSome(false)]); // the full frames over the dashed ones
}

/** The pale form of the n-th colour, for grounds on which dark numbers read well. */
export const tint = (index: number): string => mix(theme.card, seriesColour(index), 0.25);

/** At most two decimals, and a minus sign as wide as the digits. */
export const written = (value: number | string): string =>
  (typeof value === 'number' ? String(Math.round(value * 100) / 100) : value).replace('-', '−');
