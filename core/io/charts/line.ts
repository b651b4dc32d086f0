/** Lines over a common axis: losses by epoch, functions, series in time. Each is named at its end. */

import { chart } from './chart';
import { checkDomain, checkFinite, checkPairs, checkPositive, checkSome, type Numbers } from './check';
import { airy, extent } from './domain';
import type { Figure } from './figure';
import { lineSample } from './legend';
import { markers } from './marker';
import { widest } from './measure';
import { avoidMarker, cornersAround, type Obstacles, placeNote, pointsAlong } from './notes';
import { type Axis, inPixels, type PlotArea, plotArea, type Size, visible } from './plot';
import { spreadWithin } from './spread';
import { group, line, type Shape, text } from './svg';
import { seriesColour, theme } from './theme';

export interface Series {
  /** Stands at the end of the line; a line that is alone needs none. */
  name?: string;
  /** Without it: 1, 2, 3 and so on. */
  x?: Numbers;
  y: Numbers;
  dashed?: boolean;
  /** Marks every point. */
  points?: boolean;
}

/** A labelled line at x or at y, or with both a labelled point. */
export interface Mark {
  x?: number;
  y?: number;
  label: string;
}

export interface LineChartOptions extends Size {
  title: string;
  x: Axis;
  y: Axis;
  series: readonly Series[];
  marks?: readonly Mark[];
}

type Line = Required<Series> & { colour: string };

export async function lineChart({ title, x, y, series, marks = [], width, height }: LineChartOptions): Promise<Figure> {
  checkSome('lineChart', 'series', series);
  const lines = series.map(completeSeries);
  for (const one of lines) checkLine(one, x, y);
  for (const mark of marks) checkMark(mark, x, y);
  const xDomain = x.domain ?? xExtent(lines, x.log);
  const yDomain = y.domain ?? airy([...lines.map((one) => one.y), marks.flatMap((mark) => mark.y ?? [])], y.log);
  checkDomain('lineChart', 'x.domain', xDomain, x.log);
  checkDomain('lineChart', 'y.domain', yDomain, y.log);

  const size = { width, height };
  const whole = series.every((one) => one.x === undefined);
  const axes = { x: { ...x, domain: xDomain, whole }, y: { ...y, domain: yDomain }, ...size };
  const area = await plotArea(axes, (Plot) => [
    Plot.ruleY([yDomain[0]], { stroke: theme.muted, strokeOpacity: 0.6 }),
    lines.map((one) =>
      Plot.lineY(one.y, {
        x: Array.from(one.x),
        stroke: one.colour,
        strokeWidth: 2,
        strokeDasharray: one.dashed ? '6 4' : undefined,
        clip: true,
      }),
    ),
  ]);
  const dotted = lines.filter((one) => one.points);
  const ends = endLabels(lines, area);
  return chart({
    title,
    area,
    xLabel: x.label,
    yLabel: y.label,
    over: [
      ...dotted.map((one) => markers(0, ...visible(one, area), { fill: one.colour })),
      ...ends.shapes,
      ...notes(marks, lines, area),
    ],
    right: ends.width,
  });
}

function completeSeries(one: Series, index: number): Line {
  const { x = Array.from(one.y, (_, i) => i + 1), points = one.y.length === 1 } = one;
  const again = index >= theme.series.length; // the colours are used a second time, now dashed
  return { name: '', ...one, x, points, dashed: one.dashed ?? again, colour: seriesColour(index) };
}

function checkLine(one: Line, x: Axis, y: Axis): void {
  const name = one.name || 'the line';
  checkPairs('lineChart', name, one);
  if (x.log) checkPositive('lineChart', `x of "${name}"`, one.x);
  if (y.log) checkPositive('lineChart', `y of "${name}"`, one.y);
}

function checkMark(mark: Mark, x: Axis, y: Axis): void {
  const name = `mark "${mark.label}"`;
  if (mark.x === undefined && mark.y === undefined) throw new Error(`lineChart: ${name} needs x, y or both`);
  const places = [
    { value: mark.x, log: x.log },
    { value: mark.y, log: y.log },
  ];
  for (const { value, log } of places) {
    if (value === undefined) continue;
    checkFinite('lineChart', name, [value]);
    if (log) checkPositive('lineChart', name, [value]);
  }
}

function xExtent(lines: readonly Line[], log?: boolean): [number, number] {
  const [low, high] = extent(lines.map((one) => one.x));
  if (low < high) return [low, high];
  return log ? [low / 2, low * 2] : [low - 0.5, low + 0.5];
}

const LABEL = 17; // the height of a name

/** Names at the right, each as near as possible to the height at which its line ends. */
function endLabels(lines: readonly Line[], area: PlotArea): { shapes: Shape[]; width: number } {
  const named = lines.filter(({ name }) => name !== '');
  if (named.length === 0) return { shapes: [], width: 0 };
  const ends = named.map((one) => {
    const [x, y] = inPixels(one, area);
    const last = x.length - 1;
    return {
      one,
      x: x[last],
      y: Math.max(0, Math.min(y[last], area.height)),
      inside: y[last] >= 0 && y[last] <= area.height,
    };
  });
  ends.sort((a, b) => a.y - b.y);
  const wishes = ends.map((end) => end.y);
  const heights = spreadWithin(wishes, LABEL, 6, area.height - 6);
  const shapes = ends.map(({ one, x, y, inside }, i) => {
    const moved = Math.abs(y - heights[i]) > 5 && inside && Math.abs(x - area.width) < 1;
    const style = { stroke: one.colour, dashed: one.dashed };
    return group([
      ...(moved ? [line(x + 2, y, area.width + 12, heights[i], { stroke: one.colour, strokeWidth: 0.8 })] : []),
      group([lineSample(style)], { x: area.width + 21, y: heights[i] }),
      text(area.width + 35, heights[i], one.name, { middle: true }),
    ]);
  });
  const names = named.map((one) => one.name);
  return { shapes, width: 35 + widest(names, theme.size.label) };
}

function notes(marks: readonly Mark[], lines: readonly Line[], area: PlotArea): Shape[] {
  if (marks.length === 0) return [];
  const points = lines.flatMap((one) => pointsAlong(...inPixels(one, area)));
  const obstacles: Obstacles = { points, boxes: [] };
  return marks.map((mark) => note(mark, area, obstacles));
}

const RULE = { stroke: theme.muted, strokeWidth: 1, dashed: true };
const PLACES = [0, 0.2, 0.4, 0.6, 0.8, 1]; // along a rule

function note({ x, y, label }: Mark, area: PlotArea, obstacles: Obstacles): Shape {
  const { width, height } = area;
  if (x !== undefined && y !== undefined) {
    const [left, top] = [area.x(x), area.y(y)];
    avoidMarker(left, top, obstacles);
    const point = markers(0, [left], [top], { fill: theme.card, stroke: theme.ink, radius: 4.5, strokeWidth: 1.5 });
    return group([point, placeNote(label, cornersAround(left, top, label), area, obstacles)]);
  }
  if (x !== undefined) {
    const left = area.x(x);
    const corners = PLACES.map((part) => [left + 4, part * height] as const);
    return ruled([left, left], [0, height], label, corners, area, obstacles);
  }
  const top = area.y(y as number);
  const corners = PLACES.flatMap((part) => [-18, 2].map((dy) => [part * width, top + dy] as const));
  return ruled([0, width], [top, top], label, corners, area, obstacles);
}

type Pair = readonly [number, number];

function ruled(x: Pair, y: Pair, label: string, corners: Pair[], area: PlotArea, obstacles: Obstacles): Shape {
  obstacles.points.push(...pointsAlong(x, y));
  return group([line(x[0], y[0], x[1], y[1], RULE), placeNote(label, corners, area, obstacles)]);
}
