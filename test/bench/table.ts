/** The figures as text: a table for each workload, and what they come to. */
import type { Result } from './match';

export interface Match {
  name: string;
  kind: 'operation' | 'step';
  flops?: number;
  results: Result[];
}

const WIDTH = 26;

/** Contestants one below the other: time, how many times ours it is, peak memory, and the rate where it is known. */
export function matchTable({ name, flops, results }: Match): string {
  const ours = results[0].time;
  const head = [
    name.padEnd(WIDTH),
    ...['ms'.padStart(10), '× ours'.padStart(9), 'peak MB'.padStart(9)],
    ...(flops ? ['GFLOP/s'.padStart(9)] : []),
  ].join('');
  const rows = results.map(({ title, time, rounds, peak, missing }) => {
    if (time === undefined) return `  ${title.padEnd(WIDTH - 2)}${'-'.padStart(10)}  ${missing}`;
    const ratio = ours ? (time / ours).toFixed(2) : '';
    const once = rounds.length === 1 ? '  once' : '';
    const columns = [
      ...[format(time).padStart(10), ratio.padStart(9), (peak ? (peak / 1e6).toFixed(0) : '-').padStart(9)],
      ...(flops ? [format(flops / time / 1e6).padStart(9)] : []),
    ];
    return `  ${title.padEnd(WIDTH - 2)}${columns.join('')}${once}`;
  });
  return [head, ...rows].join('\n');
}

/** Against the best of the others: how many times faster than JavaScript, how many times the native time. */
export function summaryTable(matches: Match[]): string {
  const head = [
    'ms'.padEnd(WIDTH),
    ...['ours', '1 thread', 'best JS', 'faster ×', 'PyTorch', 'within ×'].map((title) => title.padStart(10)),
  ].join('');
  const rows = matches.map(({ name, results }) => {
    const [ours, alone] = results.filter(({ kind }) => kind === 'ours').map(({ time }) => time);
    const javascript = best(results, 'javascript');
    const native = best(results, 'native');
    const columns = [
      ...[ours, alone, javascript].map(format),
      ratio(javascript, ours),
      format(native),
      ratio(ours, native),
    ];
    return name.padEnd(WIDTH) + columns.map((text) => text.padStart(10)).join('');
  });
  return [head, ...rows].join('\n');
}

function best(results: Result[], kind: Result['kind']): number | undefined {
  const times = results.filter((result) => result.kind === kind).flatMap(({ time }) => time ?? []);
  return times.length > 0 ? Math.min(...times) : undefined;
}

const format = (value: number | undefined): string =>
  value === undefined ? '-' : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

const ratio = (a: number | undefined, b: number | undefined): string =>
  a === undefined || b === undefined ? '-' : (a / b).toFixed(2);
