/** A matrix in colours: confusion, attention, weights. The values stand in the cells when there are few of them. */

import { formatNumber } from '../format';
import { checkCounts, checkDomain, checkFinite, checkLength, type Numbers } from './check';
import { columnNames } from './columns';
import { type Domain, extent } from './domain';
import { drawing, type Figure } from './figure';
import { widest } from './measure';
import { pixelImage } from './pixels';
import { group, rect, type Shape, text } from './svg';
import { isDark, ramp, rgb, theme } from './theme';

export interface HeatmapOptions {
  title: string;
  /** Row by row, from the top. */
  values: Numbers;
  rows: number;
  columns: number;
  rowLabels?: readonly string[];
  columnLabels?: readonly string[];
  /** The values at the ends of the colours; by default from the smallest to the largest, zero included. */
  range?: Domain;
  format?: (value: number) => string;
  x?: { label: string };
  y?: { label: string };
}

const FEW = 16; // rows and columns of which the values are shown
const SMALL = { size: theme.size.tick };

export async function heatmap(options: HeatmapOptions): Promise<Figure> {
  const { title, values, rows, columns, x, y } = options;
  checkMatrix(options);
  const range = options.range ?? naturalRange(values);
  const colour = colourScale(range);
  const written = options.format ?? naturalFormat(values);
  const format = (value: number) => written(value).replace('-', '−');
  const printed = rows <= FEW && columns <= FEW ? Array.from(values, format) : [];
  const cell = printed.length > 0 ? roomFor(printed) : pixelSize(rows, columns);
  const [width, height] = [columns * cell.width, rows * cell.height];

  const colours = Array.from(values, (value) => rgb(colour(value)));
  const rowNames = axisNames(options.rowLabels, rows, labelStep(cell.height, options.rowLabels !== undefined));
  const step = labelStep(cell.width, options.columnLabels !== undefined);
  const names = columnNames(axisNames(options.columnLabels, columns, step), cell.width, step);
  const under = height + names.height;
  const matrix = [
    await pixelImage({ width: columns, height: rows, rgb: Uint8Array.from(colours.flat()) }, [cell.width, cell.height]),
    rect(0, 0, width, height, { stroke: theme.border }),
    ...printed.map((label, index) => cellValue(label, index, columns, cell, colour(values[index]))),
    ...rowNames.map((name, row) =>
      text(-8, (row + 0.5) * cell.height, name, { ...SMALL, anchor: 'end', middle: true }),
    ),
    group(names.shapes, { y: height }),
    text(width / 2, under + 12, x?.label ?? '', { fill: theme.muted, anchor: 'middle' }),
    group(colourBar(range, colour, Math.min(height, 180), format), { x: width + 16 }),
  ];
  const left = Math.max(widest(rowNames, theme.size.tick) + 8, names.overhang);
  const top = y ? 26 : 4;
  const right = 16 + BAR_WIDTH + 8 + widest(range.map(format), theme.size.tick);
  return drawing(
    left + width + right,
    top + under + (x ? 16 : 0),
    [text(0, 12, y?.label ?? '', { fill: theme.muted }), group(matrix, { x: left, y: top })],
    { title },
  );
}

function checkMatrix({ values, rows, columns, rowLabels, columnLabels, range }: HeatmapOptions): void {
  checkCounts('heatmap', { rows, columns });
  checkLength('heatmap', `values (${rows} rows × ${columns} columns)`, values, rows * columns);
  checkFinite('heatmap', 'values', values);
  if (rowLabels) checkLength('heatmap', 'rowLabels', rowLabels, rows);
  if (columnLabels) checkLength('heatmap', 'columnLabels', columnLabels, columns);
  if (range) checkDomain('heatmap', 'range', range);
}

/** From the smallest to the largest value and in any case to zero, so that pale means little. */
function naturalRange(values: Numbers): Domain {
  const [low, high] = extent([values, [0]]);
  if (low < 0 && high > 0) return [-Math.max(-low, high), Math.max(-low, high)];
  return low < high ? [low, high] : [0, 1];
}

/** Whole numbers as they are, others with two decimals, unless all are smaller than that shows. */
function naturalFormat(values: Numbers): (value: number) => string {
  const list = Array.from(values);
  if (list.every(Number.isInteger) || list.every((value) => Math.abs(value) < 0.1)) return formatNumber;
  return (value) => (value === 0 ? '0' : value.toFixed(2));
}

/** Two colours that meet at zero where there are negative values, otherwise one. */
function colourScale([low, high]: Domain): (value: number) => string {
  const largest = Math.max(-low, high);
  if (low < 0) return (value) => ramp(theme.diverging, (value / largest + 1) / 2);
  return (value) => ramp(theme.sequential, (value - low) / (high - low));
}

interface Cell {
  width: number;
  height: number;
}

const roomFor = (printed: readonly string[]): Cell => ({
  width: Math.ceil(Math.max(38, widest(printed, theme.size.tick) + 14)),
  height: 32,
});

/** Whole pixels for a large matrix; its cells are square unless it is far from square itself. */
function pixelSize(rows: number, columns: number): Cell {
  const fit = (room: number, count: number) => Math.max(1, Math.min(24, Math.floor(room / count)));
  const [width, height] = [fit(520, columns), fit(400, rows)];
  const smaller = Math.min(width, height);
  return Math.max(width, height) > 3 * smaller ? { width, height } : { width: smaller, height: smaller };
}

function cellValue(label: string, index: number, columns: number, cell: Cell, colour: string): Shape {
  const x = ((index % columns) + 0.5) * cell.width;
  const y = (Math.floor(index / columns) + 0.5) * cell.height;
  const fill = isDark(colour) ? theme.card : theme.ink;
  return text(x, y, label, { ...SMALL, fill, anchor: 'middle', middle: true });
}

/** Of how many rows or columns of this size one gets a label. */
function labelStep(size: number, named: boolean): number {
  const room = named ? 14 : 26;
  return [1, 2, 5, 10, 20, 50].find((step) => step * size >= room) ?? 100;
}

/** The labels given, or numbers from 0; those left out are empty. */
function axisNames(labels: readonly string[] | undefined, count: number, step: number): string[] {
  return Array.from({ length: count }, (_, i) => (i % step === 0 ? (labels?.[i] ?? String(i)) : ''));
}

const BAR_WIDTH = 12;

function colourBar(
  [low, high]: Domain,
  colour: (value: number) => string,
  height: number,
  format: (value: number) => string,
) {
  const steps = 40;
  const step = height / steps;
  const place = (value: number) => height * (1 - (value - low) / (high - low));
  const colours = Array.from({ length: steps }, (_, i) => {
    const fill = colour(high - ((high - low) * (i + 0.5)) / steps);
    return rect(0, i * step, BAR_WIDTH, step + 0.5, { fill });
  });
  const ends = low < 0 && high > 0 ? [low, 0, high] : [low, high];
  const labels = ends.map((value) => {
    const y = Math.max(6, Math.min(place(value), height - 6));
    return text(BAR_WIDTH + 6, y, format(value), { ...SMALL, fill: theme.muted, middle: true });
  });
  return [...colours, ...labels];
}
