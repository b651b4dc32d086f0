/** A function of two variables as a relief, with paths over it: how optimisers find their way down a valley. */

import { chart } from './chart';
import { checkDomain, checkPairs, type Numbers } from './check';
import { type Domain, extent } from './domain';
import type { Figure } from './figure';
import { lineSample } from './legend';
import { markers } from './marker';
import { avoidMarker, cornersAround, type Obstacles, placeNote, pointsAlong } from './notes';
import { cellEdges, type FixedAxis, inPixels, type PlotArea, plotArea, type Size, visible } from './plot';
import { type PointGroup, pathShapes } from './scatter';
import { group, type Shape } from './svg';
import { ramp, seriesColour, theme } from './theme';

export interface ContourChartOptions extends Size {
  title: string;
  f: (x: number, y: number) => number;
  x: FixedAxis;
  y: FixedAxis;
  /** Levels by factors instead of by steps, for a valley much deeper than its floor is uneven. */
  log?: boolean;
  paths: readonly PointGroup[];
  minimum?: readonly [number, number];
}

const COLUMNS = 161;
const ROWS = 121;
const LEVELS = 14;

export async function contourChart(options: ContourChartOptions): Promise<Figure> {
  const { title, f, x, y, log = false, paths, minimum, width = 480, height = 360 } = options;
  checkDomain('contourChart', 'x.domain', x.domain);
  checkDomain('contourChart', 'y.domain', y.domain);
  for (const path of paths) checkPairs('contourChart', path.name, path);

  const heights = sample(f, x.domain, y.domain);
  const relief = log ? logarithms(heights) : heights;
  const [low, high] = extent([relief]);
  const thresholds = Array.from({ length: LEVELS }, (_, level) => low + ((high - low) * level) / LEVELS);
  const range = thresholds.map((_, level) => ramp(theme.relief, level / (LEVELS - 1)));
  const [x1, x2] = cellEdges(x.domain, COLUMNS);
  const [y1, y2] = cellEdges(y.domain, ROWS);
  const lines = { stroke: '#a9b7c6', strokeWidth: 0.6, clip: true };
  const grid = { width: COLUMNS, height: ROWS, x1, x2, y1, y2, fill: (value: number) => value, thresholds, ...lines };
  const color = { type: 'threshold', domain: thresholds.slice(1), range } as const;
  const area = await plotArea({ x, y, color, width, height }, (Plot) => [
    Plot.contour(relief, grid),
    Plot.frame({ stroke: theme.border }),
  ]);
  const style = (index: number) => ({ stroke: seriesColour(index), strokeWidth: 2 });
  return chart({
    title,
    area,
    xLabel: x.label,
    yLabel: y.label,
    legend: paths.map(({ name }, index) => ({ name, sample: lineSample(style(index)) })),
    over: [pathShapes(paths, area, style), ...signs(paths, minimum, area)],
  });
}

/** f over a grid that begins and ends on the domains' ends, lowest row first. */
function sample(f: (x: number, y: number) => number, [x1, x2]: Domain, [y1, y2]: Domain): Float64Array {
  const values = new Float64Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const x = x1 + ((x2 - x1) * column) / (COLUMNS - 1);
      const y = y1 + ((y2 - y1) * row) / (ROWS - 1);
      const value = f(x, y);
      if (!Number.isFinite(value)) {
        throw new Error(`contourChart: f(${x}, ${y}) is ${value}; choose domains where f is finite`);
      }
      values[row * COLUMNS + column] = value;
    }
  }
  return values;
}

/** Logarithms of the height over the lowest sample; heights far below the typical one count as one floor. */
function logarithms(heights: Float64Array): Float64Array {
  const lowest = extent([heights])[0];
  const median = heights.slice().sort()[heights.length >> 1] - lowest;
  return heights.map((height) => Math.log10(height - lowest + (median / 300 || 1)));
}

const CIRCLE = 0;
const SQUARE = 1;
const DIAMOND = 3;

/** A circle where each path starts, a square where it ends, a diamond at the minimum, as far as they can be seen. */
function signs(paths: readonly PointGroup[], minimum: readonly [number, number] | undefined, area: PlotArea): Shape[] {
  const points = paths.flatMap((path) => pointsAlong(...inPixels(path, area)));
  const obstacles: Obstacles = { points, boxes: [] };
  const labelled = new Set<string>();
  const sign = (kind: number, [x, y]: readonly [number, number], fill: string, label?: string): Shape => {
    const [left, top] = [area.x(x), area.y(y)];
    if (visible({ x: [x], y: [y] }, area)[0].length === 0) return group([]);
    const mark = markers(kind, [left], [top], { fill, stroke: theme.ink, strokeWidth: 1.3, radius: 4.5 });
    avoidMarker(left, top, obstacles);
    if (label === undefined || labelled.has(`${label} ${left} ${top}`)) return mark;
    labelled.add(`${label} ${left} ${top}`);
    return group([mark, placeNote(label, cornersAround(left, top, label), area, obstacles)]);
  };
  const last = (values: Numbers) => values[values.length - 1];
  return [
    ...(minimum ? [sign(DIAMOND, minimum, theme.ink, 'minimum')] : []),
    ...paths.map((path) => sign(CIRCLE, [path.x[0], path.y[0]], theme.card, 'start')),
    ...paths.map((path, index) => sign(SQUARE, [last(path.x), last(path.y)], seriesColour(index))),
  ];
}
