/**
 * The table of claims, printed row by row while they run: its columns are as wide as what is known beforehand, and
 * leave room for what is not.
 */
import { formatNumber } from '../../core/io/format';
import { boundText, median, type Place, seedsOf } from './claims';
import type { Report } from './run-claim';

export type Verdict = 'yes' | 'NO' | 'FAILED';

const columns: readonly { head: string; least: number; right?: boolean }[] = [
  { head: 'chapter', least: 0 },
  { head: 'script', least: 0 },
  { head: 'figure', least: 0 },
  { head: 'bound', least: 0 },
  { head: 'seeds', least: 0, right: true },
  { head: 'median', least: 8, right: true },
  { head: 'spread', least: 16 },
  { head: 'seconds', least: 8, right: true },
  { head: 'memory', least: 9, right: true },
  { head: 'held', least: 6 },
  { head: 'data', least: 24 },
];

/** Prints the heading. Returns what prints a claim's row, from what its seeds have reported. */
export function startTable(places: readonly Place[]): (place: Place, reports: Report[], verdict: Verdict) => void {
  const widths = columns.map(({ head, least }, column) =>
    Math.max(head.length, least, ...places.map((place) => known(place)[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number): string =>
    columns[column].right ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  const print = (cells: readonly string[]): void => console.log(cells.map(pad).join('  ').trimEnd());
  print(columns.map(({ head }) => head));
  print(widths.map((width) => '─'.repeat(width)));
  return (place, reports, verdict) => print([...known(place), ...measured(reports), verdict, reports[0]?.data ?? '']);
}

const known = ({ chapter, claim }: Place): string[] => [
  chapter,
  claim.script,
  claim.figure,
  boundText(claim.bound),
  String(seedsOf(claim)),
];

function measured(reports: readonly Report[]): string[] {
  const last = reports[reports.length - 1];
  if (!last) return ['', '', '', ''];
  const values = reports.map(({ value }) => value);
  const spread = [Math.min(...values), Math.max(...values)].map(formatNumber).join(' to ');
  return [formatNumber(median(values)), spread, last.seconds.toFixed(1), `${Math.round(last.peak / 2 ** 20)} MiB`];
}
