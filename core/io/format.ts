/**
 * Numbers as text, the same in the terminal and in pictures: four significant digits, and one number of decimals
 * down a column, so that the points stand under each other.
 */

export type Cell = string | number;

/** `0.123456` → `0.1235`, `30` → `30`, `1.2e-7` → `1.20e-7`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(2);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

const decimals = (text: string): number => text.split('.')[1]?.length ?? 0;

function formatColumn(cells: readonly Cell[]): string[] {
  const numbers = cells.filter((cell) => typeof cell === 'number').map(formatNumber);
  const places = numbers.some((text) => text.includes('e')) ? null : Math.max(0, ...numbers.map(decimals));
  return cells.map((cell) => {
    if (typeof cell === 'string') return cell;
    return places === null || !Number.isFinite(cell) ? formatNumber(cell) : cell.toFixed(places);
  });
}

/** A cell that reads as a number, with or without a short unit: `0.98`, `-3`, `97 %`, `12 ms`. */
const NUMERIC = /^([-+−±]?[\d.,]+(e[-+]?\d+)?\s?[%×°]?[a-zA-Zµ]{0,3}|NaN|-?Infinity|[-–—]?)$/;

export interface FormattedTable {
  columns: readonly string[];
  rows: string[][];
  /** Whether a column holds numbers, and so belongs on the right. */
  numeric: boolean[];
}

/** Every cell as text, formatted column by column. `caller` is named when a row has the wrong number of cells. */
export function formatTable(
  caller: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): FormattedTable {
  if (columns.length === 0) throw new Error(`${caller}: there are no columns; give at least one heading`);
  rows.forEach((row, index) => {
    if (row.length === columns.length) return;
    throw new Error(`${caller}: row ${index} has ${row.length} cells, but there are ${columns.length} columns`);
  });
  const formatted = columns.map((_, column) => formatColumn(rows.map((row) => row[column])));
  return {
    columns,
    rows: rows.map((_, row) => formatted.map((cells) => cells[row])),
    numeric: formatted.map((cells) => cells.length > 0 && cells.every((cell) => NUMERIC.test(cell))),
  };
}
