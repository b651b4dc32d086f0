/** A table as a picture, for results that belong beside the charts. */

import { type Cell, formatTable } from '../format';
import { checkLength, checkSome } from './check';
import { drawing, type Figure } from './figure';
import { widest } from './measure';
import { line, rect, type Shape, text } from './svg';
import { theme } from './theme';

export interface TableFigureOptions {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** For each column; by default numbers stand at the right, everything else at the left. */
  align?: readonly ('left' | 'right')[];
  /** Indices of rows to be set in bold on a tinted ground. */
  emphasise?: readonly number[];
}

const ROW = 26;
const GAP = 28;
const PADDING = 10;
const TINT = '#e8f1f8';

export function tableFigure({ title, columns, rows, align, emphasise = [] }: TableFigureOptions): Figure {
  checkSome('tableFigure', 'rows', rows);
  if (align) checkLength('tableFigure', 'align', align, columns.length);
  const missing = emphasise.find((row) => rows[row] === undefined);
  if (missing !== undefined) {
    throw new Error(`tableFigure: emphasise names row ${missing}, but there are ${rows.length} rows`);
  }
  const table = formatTable('tableFigure', columns, rows);
  const cells = table.rows.map((row) => row.map((cell) => cell.replace(/^-(?=[\d.])/, '−')));
  const places = columnPlaces([columns, ...cells], align?.map((side) => side === 'right') ?? table.numeric);
  const width = places[places.length - 1].end + PADDING;
  const height = (cells.length + 1) * ROW;

  const ground = (row: number) => rect(0, (row + 1) * ROW, width, ROW, { fill: TINT });
  const rule = (y: number, stroke: string, strokeWidth: number) => line(0, y, width, y, { stroke, strokeWidth });
  const shapes = [
    ...emphasise.map(ground),
    ...cells.slice(1).map((_, row) => rule((row + 2) * ROW, theme.grid, 1)),
    rule(0, theme.ink, 1.5),
    rule(ROW, theme.ink, 0.8),
    rule(height, theme.ink, 1.5),
    ...printRow(columns, places, 0, true),
    ...cells.flatMap((row, index) => printRow(row, places, (index + 1) * ROW, emphasise.includes(index))),
  ];
  return drawing(width, height, shapes, { title });
}

interface ColumnPlace {
  start: number;
  end: number;
  right: boolean;
}

/** Where each column begins and ends: wide enough for its texts in bold. */
function columnPlaces(rows: readonly (readonly string[])[], right: readonly boolean[]): ColumnPlace[] {
  let start = PADDING;
  return right.map((atRight, column) => {
    const texts = rows.map((row) => row[column]);
    const place = { start, end: start + widest(texts, theme.size.label, true), right: atRight };
    start = place.end + GAP;
    return place;
  });
}

function printRow(cells: readonly string[], places: readonly ColumnPlace[], y: number, bold: boolean): Shape[] {
  return cells.map((cell, column) => {
    const { start, end, right } = places[column];
    return text(right ? end : start, y + ROW / 2, cell, { bold, anchor: right ? 'end' : 'start', middle: true });
  });
}
