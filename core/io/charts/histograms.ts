/** How the values of several layers are spread, one histogram above the other over a common axis. */

import { countInBins } from './bins';
import { chart } from './chart';
import { checkDomain, checkFinite, checkSome, type Numbers } from './check';
import { airy } from './domain';
import type { Figure } from './figure';
import { widest } from './measure';
import { type Axis, plotArea } from './plot';
import { group, line, path, type Shape, text } from './svg';
import { mix, theme } from './theme';

export interface HistogramsOptions {
  title: string;
  /** From the top to the bottom. */
  layers: readonly { name: string; values: Numbers }[];
  x: Omit<Axis, 'log'>;
  width?: number;
}

const ROW = 40;
const TALLEST = 34; // each histogram's highest bin: shapes are compared, not counts
const BINS = 60;
const TINT = mix(theme.card, theme.series[0], 0.3);

export async function histograms({ title, layers, x, width = 460 }: HistogramsOptions): Promise<Figure> {
  checkSome('histograms', 'layers', layers);
  for (const { name, values } of layers) {
    checkSome('histograms', `"${name}"`, values);
    checkFinite('histograms', `"${name}"`, values);
  }
  const domain = x.domain ?? airy(layers.map((layer) => layer.values));
  checkDomain('histograms', 'x.domain', domain);
  const height = ROW * layers.length;
  const y = { label: '', domain: [0, 1] as const, ticks: false };
  const area = await plotArea({ x: { ...x, domain }, y, width, height });
  const rows = layers.map(({ name, values }, row) => {
    const floor = ROW * (row + 1);
    return group([
      silhouette(countInBins(values, BINS, domain).counts, floor, area.width),
      line(0, floor, area.width, floor, { stroke: theme.muted, strokeWidth: 0.8 }),
      text(-10, floor - 8, name, { anchor: 'end', middle: true }),
    ]);
  });
  const left =
    widest(
      layers.map((layer) => layer.name),
      theme.size.label,
    ) + 10;
  return chart({ title, area: { ...area, left }, xLabel: x.label, yLabel: '', over: rows });
}

/** The outline of the bins, filled. */
function silhouette(counts: readonly number[], floor: number, width: number): Shape {
  const step = width / counts.length;
  const most = Math.max(1, ...counts);
  const tops = counts.map((count, i) => `L${i * step},${floor - (TALLEST * count) / most}h${step}`);
  return path(`M0,${floor}${tops.join('')}L${width},${floor}Z`, {
    fill: TINT,
    stroke: theme.series[0],
    strokeWidth: 1,
  });
}
