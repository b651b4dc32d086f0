/** Points in groups, with lines drawn over them where a decision or a fit is to be shown. */

import { chart } from './chart';
import { checkDomain, checkPairs, checkPositive, checkSome, type Numbers } from './check';
import { airy } from './domain';
import type { Figure } from './figure';
import { type LegendItem, lineSample, markerSample } from './legend';
import { markers, radiusFor } from './marker';
import { type Axis, inPixels, type PlotArea, plotArea, type Size, visible } from './plot';
import { clipped, polyline, type Shape, type Style } from './svg';
import { seriesColour, theme } from './theme';

/** Points that belong together: a class, a cluster. */
export interface PointGroup {
  name: string;
  x: Numbers;
  y: Numbers;
}

export interface ScatterLine extends PointGroup {
  dashed?: boolean;
}

export interface ScatterChartOptions extends Size {
  title: string;
  x: Axis;
  y: Axis;
  groups: readonly PointGroup[];
  lines?: readonly ScatterLine[];
}

/** The first line is dark, to stand out from every group; further ones take the colours that groups take last. */
const lineColour = (index: number): string => seriesColour(2 * theme.series.length - 2 - index);

export async function scatterChart({ title, x, y, groups, lines = [], ...size }: ScatterChartOptions): Promise<Figure> {
  checkSome('scatterChart', 'groups', groups);
  for (const group of [...groups, ...lines]) {
    checkPairs('scatterChart', group.name, group);
    if (x.log) checkPositive('scatterChart', `x of "${group.name}"`, group.x);
    if (y.log) checkPositive('scatterChart', `y of "${group.name}"`, group.y);
  }
  // Lines may run out of the picture; the points decide what is seen.
  const [xs, ys] = [groups.map((group) => group.x), groups.map((group) => group.y)];
  const xDomain = x.domain ?? airy(xs, x.log);
  const yDomain = y.domain ?? airy(ys, y.log);
  checkDomain('scatterChart', 'x.domain', xDomain, x.log);
  checkDomain('scatterChart', 'y.domain', yDomain, y.log);

  const area = await plotArea({ ...size, x: { ...x, domain: xDomain }, y: { ...y, domain: yDomain } });
  const style = (index: number) => ({ stroke: lineColour(index), strokeWidth: 2, dashed: lines[index].dashed });
  return chart({
    title,
    area,
    xLabel: x.label,
    yLabel: y.label,
    legend: [...groupLegend(groups), ...lines.map(({ name }, index) => ({ name, sample: lineSample(style(index)) }))],
    over: [...pointShapes(groups, area), pathShapes(lines, area, style)],
  });
}

/** Lines in the area's coordinates, cut off at its edges. */
export function pathShapes(lines: readonly PointGroup[], area: PlotArea, style: (index: number) => Style): Shape {
  const paths = lines.map((line, index) => polyline(...inPixels(line, area), style(index)));
  return clipped(area.width, area.height, paths);
}

/** The groups' points in their colours and shapes; those outside the area are left out. */
export function pointShapes(groups: readonly PointGroup[], area: PlotArea): Shape[] {
  const radius = radiusFor(groups.reduce((count, group) => count + group.x.length, 0));
  return groups.map((group, index) => markers(index, ...visible(group, area), { fill: seriesColour(index), radius }));
}

export function groupLegend(groups: readonly PointGroup[]): LegendItem[] {
  return groups.map(({ name }, index) => ({ name, sample: markerSample(index, seriesColour(index)) }));
}
