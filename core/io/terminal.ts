/**
 * Pictures made of letters: tables, bars, curves and a decision boundary in the terminal. Everything returns text for
 * the caller to print; colours are used only where a terminal shows them.
 */

import { checkDomain, checkFinite, checkPairs, checkSome, type Numbers } from './charts/check';
import { type Domain, extent } from './charts/domain';
import { checkGrid, type DecisionGrid } from './charts/grid';
import { type Cell, formatNumber, formatTable } from './format';

/** Aligned columns under their headings, numbers at the right. */
export function terminalTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const table = formatTable('terminalTable', columns, rows);
  const widths = columns.map((name, column) =>
    Math.max(...[name, ...table.rows.map((row) => row[column])].map(length)),
  );
  const print = (cells: readonly string[]) =>
    cells
      .map((cell, column) => pad(cell, widths[column], table.numeric[column]))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [print(columns), rule, ...table.rows.map(print)].join('\n');
}

const length = (text: string): number => [...text].length;

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - length(text));
  return right ? space + text : text + space;
}

const BAR_WIDTH = 40;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar for each value, from zero; where some are negative, zero stands in the middle of the line. */
export function terminalBars(rows: readonly { name: string; value: number }[]): string {
  checkSome('terminalBars', 'rows', rows);
  const values = rows.map((row) => row.value);
  checkFinite('terminalBars', 'the values of rows', values);
  const [low, high] = extent([values, [0]]);
  const perUnit = BAR_WIDTH / (high - low || 1);
  const left = Math.round(-low * perUnit);
  const names = Math.max(...rows.map((row) => length(row.name)));
  return rows
    .map(({ name, value }) => {
      const eighths = Math.round(Math.abs(value) * perUnit * 8);
      // A partial block is filled from its left, so that only bars to the right can end in one.
      const bar = value < 0 ? '█'.repeat(Math.round(eighths / 8)) : '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
      const before = value < 0 ? pad(bar, left, true) : ' '.repeat(left);
      return `${pad(name, names, false)}  ${before}${value < 0 ? '' : bar} ${formatNumber(value)}`;
    })
    .join('\n');
}

const HEIGHTS = [...'▁▂▃▄▅▆▇█'];
const SPARKS = 60;

/** A curve in one line, from its lowest to its highest value; more than 60 values are averaged down to 60. */
export function sparkline(values: Numbers): string {
  checkSome('sparkline', 'values', values);
  checkFinite('sparkline', 'values', values);
  const count = Math.min(values.length, SPARKS);
  const means = Array.from({ length: count }, (_, spark) => {
    const start = Math.floor((spark * values.length) / count);
    const end = Math.floor(((spark + 1) * values.length) / count);
    let sum = 0;
    for (let i = start; i < end; i++) sum += values[i];
    return sum / (end - start);
  });
  const [low, high] = extent([means]);
  const step = (value: number) => (high > low ? Math.round(((value - low) / (high - low)) * 7) : 0);
  return means.map((value) => HEIGHTS[step(value)]).join('');
}

export interface TerminalBoundaryOptions extends DecisionGrid {
  /** Drawn over the regions; they need the domains of the grid. */
  points?: readonly { name: string; x: Numbers; y: Numbers }[];
  x?: { domain: Domain };
  y?: { domain: Domain };
}

/** Of 256 colours, for each class a pale and a middle tone for its region and a strong one for its points. */
const TONES = [
  [153, 110, 25], // blue
  [223, 216, 166], // orange
  [158, 115, 29], // green
  [225, 182, 133], // purple
  [229, 222, 136], // yellow
  [195, 159, 44], // sky
];
const PLAIN_REGIONS = 'abcdefghij';
const WIDEST = 64;

/**
 * The decision boundary in colours, two rows of pixels to a line. Without colours each region is filled with its
 * letter, a for the first class, b for the second; capitals are the points. It takes what `boundaryChart` takes.
 */
export function terminalBoundary(options: TerminalBoundaryOptions): string {
  checkGrid('terminalBoundary', options);
  const picture = paint(options);
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return (colours ? halfBlocks(picture) : letters(picture)).join('\n');
}

/** What a pixel shows: the class of its region or of a point, and how sure the region is. */
interface Pixel {
  index: number;
  point: boolean;
  sure: boolean;
}

/** The grid at most 64 columns wide, its top row first, with an even number of rows. */
function paint({ columns, rows, probability, classes, ...rest }: TerminalBoundaryOptions): Pixel[][] {
  const width = Math.min(columns, WIDEST);
  const height = 2 * Math.max(1, Math.round((rows * width) / columns / 2));
  const nearest = (place: number, count: number, size: number) =>
    Math.round((place * (size - 1)) / Math.max(1, count - 1));
  const picture = Array.from({ length: height }, (_, top) =>
    Array.from({ length: width }, (_, left): Pixel => {
      const cell = nearest(height - 1 - top, height, rows) * columns + nearest(left, width, columns);
      if (classes) return { index: classes[cell], point: false, sure: true };
      const p = (probability as Numbers)[cell];
      return { index: p < 0.5 ? 0 : 1, point: false, sure: Math.abs(p - 0.5) > 0.3 };
    }),
  );
  markPoints(picture, rest);
  return picture;
}

function markPoints(
  picture: Pixel[][],
  { points = [], x, y }: Pick<TerminalBoundaryOptions, 'points' | 'x' | 'y'>,
): void {
  if (points.length === 0) return;
  if (!x || !y) throw new Error('terminalBoundary: points need the range of the grid; give x.domain and y.domain');
  checkDomain('terminalBoundary', 'x.domain', x.domain);
  checkDomain('terminalBoundary', 'y.domain', y.domain);
  const place = (value: number, [low, high]: Domain, size: number) =>
    Math.round(((value - low) / (high - low)) * (size - 1));
  points.forEach((group, index) => {
    checkPairs('terminalBoundary', group.name, group);
    for (let i = 0; i < group.x.length; i++) {
      const row = picture[picture.length - 1 - place(group.y[i], y.domain, picture.length)];
      const pixel = row?.[place(group.x[i], x.domain, row.length)];
      if (pixel) Object.assign(pixel, { index, point: true });
    }
  });
}

function halfBlocks(picture: readonly Pixel[][]): string[] {
  const tone = ({ index, point, sure }: Pixel) => TONES[index % TONES.length][point ? 2 : sure ? 1 : 0];
  return pairs(picture).map(([upper, lower]) => {
    const cells = upper.map((pixel, i) => `\x1b[38;5;${tone(pixel)};48;5;${tone(lower[i])}m▀`);
    return `${cells.join('')}\x1b[0m`;
  });
}

/** One letter for two pixels; a point in either of them is shown. */
function letters(picture: readonly Pixel[][]): string[] {
  return pairs(picture).map(([upper, lower]) =>
    upper
      .map((pixel, i) => {
        const shown = lower[i].point ? lower[i] : pixel;
        const letter = PLAIN_REGIONS[shown.index % PLAIN_REGIONS.length];
        return shown.point ? letter.toUpperCase() : letter;
      })
      .join(''),
  );
}

const pairs = (picture: readonly Pixel[][]) =>
  picture.flatMap((row, i) => (i % 2 === 0 ? [[row, picture[i + 1]]] : []));
