/** What a classifier says for every point of the plane, with the data it learned from: the decision boundary. */

import { chart } from './chart';
import { checkDomain, checkPairs, checkSome } from './check';
import { extent } from './domain';
import type { Figure } from './figure';
import { checkGrid, type DecisionGrid } from './grid';
import { cellEdges, type FixedAxis, plotArea, type Size } from './plot';
import { groupLegend, type PointGroup, pointShapes } from './scatter';
import { mix, seriesColour, theme } from './theme';

export interface BoundaryChartOptions extends DecisionGrid, Size {
  title: string;
  x: FixedAxis;
  y: FixedAxis;
  points: readonly PointGroup[];
}

export async function boundaryChart(options: BoundaryChartOptions): Promise<Figure> {
  const { title, columns, rows, x, y, points, width = 440, height = 360 } = options;
  checkSome('boundaryChart', 'points', points);
  checkGrid('boundaryChart', options);
  checkDomain('boundaryChart', 'x.domain', x.domain);
  checkDomain('boundaryChart', 'y.domain', y.domain);
  for (const group of points) checkPairs('boundaryChart', group.name, group);

  const [x1, x2] = cellEdges(x.domain, columns);
  const [y1, y2] = cellEdges(y.domain, rows);
  const grid = { width: columns, height: rows, x1, x2, y1, y2, value: (value: number) => value, clip: true };
  const area = await plotArea({ x, y, width, height }, (Plot) => [
    ...regions(options).map(({ values, threshold, ...style }) =>
      Plot.contour(values, { ...grid, ...style, thresholds: [threshold], strokeWidth: 1.6 }),
    ),
    Plot.frame({ stroke: theme.border }),
  ]);
  const parts = { title, area, xLabel: x.label, yLabel: y.label };
  return chart({ ...parts, legend: groupLegend(points), over: pointShapes(points, area) });
}

interface Region {
  values: ArrayLike<number>;
  /** The region is where the values exceed this. */
  threshold: number;
  fill: string;
  stroke: string;
  blur?: number;
}

/** Regions to be painted one over the other, so that neighbours share an edge without a gap. */
function regions({ probability, classes }: DecisionGrid): Region[] {
  const tint = (index: number, strength: number) => mix(theme.card, seriesColour(index), strength);
  if (probability) {
    // Tenths of probability, the paler the less certain; -1 is everywhere exceeded.
    return [-1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((threshold, tenth) => ({
      values: probability,
      threshold,
      fill: tint(tenth < 5 ? 0 : 1, 0.06 + 0.07 * Math.abs(tenth - 4.5)),
      stroke: tenth === 5 ? theme.ink : 'none',
    }));
  }
  const indices = Array.from(classes as ArrayLike<number>);
  const count = extent([indices])[1] + 1;
  return Array.from({ length: count }, (_, k) => ({
    values: indices.map((index) => (index >= k ? 1 : 0)),
    threshold: 0.5,
    fill: tint(k, 0.28),
    stroke: theme.ink,
    blur: 0.4, // the steps of the grid become a line
  }));
}
