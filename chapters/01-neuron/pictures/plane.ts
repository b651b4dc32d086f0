/**
 * The plane of two inputs: every pair of inputs is a point, and a neuron cuts the plane along a line. The side on
 * which it says yes is tinted; its weights are an arrow that points there.
 */
import {
  arrow,
  circle,
  clipped,
  drawing,
  type Figure,
  group,
  line,
  mix,
  path,
  rect,
  type Shape,
  seriesColour,
  text,
  theme,
} from '../../../core/io/charts';
import { type Neuron, score } from '../neuron';
import type { Example } from '../perceptron';

export type Point = [number, number];

export interface Plane {
  /** Pixels on each side. */
  size: number;
  /** The range of both inputs. */
  domain: [number, number];
}

export interface PlaneContent {
  /** Circles where the answer should be yes, squares where it should be no. */
  examples?: Example[];
  /** The one that was just corrected gets a ring. */
  corrected?: Example;
  /** Shows the weights as an arrow. */
  arrow?: boolean;
  /** Shows how sure the sigmoid is, not only where the step says yes. */
  shades?: boolean;
}

export function planeShape(plane: Plane, neuron: Neuron | null, content: PlaneContent = {}): Shape {
  const { examples = [], corrected } = content;
  const { size } = plane;
  return group([
    ...(neuron ? [regions(plane, neuron, content.shades), clipped(size, size, [boundary(plane, neuron)])] : []),
    axes(plane),
    rect(0, 0, size, size, { stroke: theme.border, strokeWidth: 1 }),
    ...(neuron && content.arrow ? [weightsArrow(plane, neuron)] : []),
    ...examples.map((example) => exampleShape(plane, example, example === corrected)),
  ]);
}

const YES = seriesColour(1);
const NO = seriesColour(0);

/** Where a point of the plane lies in the picture. */
export function placeIn({ size, domain: [low, high] }: Plane, [x1, x2]: Point): Point {
  return [((x1 - low) / (high - low)) * size, ((high - x2) / (high - low)) * size];
}

/** The point of the line that is nearest to another point. */
export function nearestOnLine(neuron: Neuron, from: Point): Point {
  const [w1, w2] = neuron.weights;
  const back = score(neuron, from) / (w1 * w1 + w2 * w2);
  return [from[0] - back * w1, from[1] - back * w2];
}

function axes(plane: Plane): Shape {
  const [x, y] = placeIn(plane, [0, 0]);
  const style = { stroke: theme.muted, strokeWidth: 0.7, opacity: 0.6 };
  return group([line(0, y, plane.size, y, style), line(x, 0, x, plane.size, style)]);
}

function regions(plane: Plane, neuron: Neuron, shades = false): Shape {
  if (!shades) return polygon(plane, scoresAbove(plane, neuron, 0), mix(theme.card, YES, 0.22));
  const tenths = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
  return group(
    tenths.map((p) => polygon(plane, scoresAbove(plane, neuron, Math.log(p / (1 - p))), mix(theme.card, YES, 0.5 * p))),
  );
}

/** The corners of the part of the square where the score lies above `threshold`; none where it never does. */
export function scoresAbove({ domain: [low, high] }: Plane, neuron: Neuron, threshold: number): Point[] {
  // biome-ignore format: four corners
  const square: Point[] = [[low, low], [high, low], [high, high], [low, high]];
  const above = (point: Point) => score(neuron, point) - threshold;
  return square.flatMap((from, i): Point[] => {
    const to = square[(i + 1) % 4];
    const [a, b] = [above(from), above(to)];
    const corner: Point[] = a > 0 ? [from] : [];
    if (a > 0 === b > 0) return corner;
    const part = a / (a - b); // of the way from this corner to the next, where the score crosses the threshold
    return [...corner, [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]];
  });
}

function polygon(plane: Plane, corners: Point[], fill: string): Shape {
  if (corners.length === 0) return group([]);
  return path(`M${corners.map((corner) => placeIn(plane, corner).join(',')).join('L')}Z`, { fill, stroke: 'none' });
}

/** The line on which the score is 0: at a right angle to the weights. */
function boundary(plane: Plane, neuron: Neuron): Shape {
  const [w1, w2] = neuron.weights;
  if (w1 === 0 && w2 === 0) return group([]); // the same answer everywhere
  const [x, y] = placeIn(plane, nearestOnLine(neuron, [0, 0]));
  const far = (3 * plane.size) / Math.hypot(w1, w2);
  return line(x - far * w2, y - far * w1, x + far * w2, y + far * w1, { strokeWidth: 2 });
}

/** From the line to the side of yes; its length says how large the weights are. */
function weightsArrow(plane: Plane, neuron: Neuron): Shape {
  const [w1, w2] = neuron.weights;
  const middle = (plane.domain[0] + plane.domain[1]) / 2;
  const start = nearestOnLine(neuron, [middle, middle]);
  const [x1, y1] = placeIn(plane, start);
  const [x2, y2] = placeIn(plane, [start[0] + w1, start[1] + w2]);
  return clipped(plane.size, plane.size, [arrow(x1, y1, x2, y2, { stroke: theme.series[7], strokeWidth: 2 })]);
}

function exampleShape(plane: Plane, { x, y: wanted }: Example, ring: boolean): Shape {
  const [left, top] = placeIn(plane, x as Point);
  const rim = { stroke: theme.card, strokeWidth: 1 };
  return group([
    ...(ring ? [circle(left, top, 11, { stroke: theme.ink, strokeWidth: 2 })] : []),
    wanted === 1
      ? circle(left, top, 6, { fill: YES, ...rim })
      : rect(left - 5.5, top - 5.5, 11, 11, { fill: NO, ...rim }),
  ]);
}

/** What circles and squares stand for, in one line. */
export function legendShape(): Shape {
  return group([
    circle(6, 0, 6, { fill: YES }),
    text(18, 0, 'should be yes', { middle: true }),
    rect(130, -5.5, 11, 11, { fill: NO }),
    text(148, 0, 'should be no', { middle: true }),
    rect(256, -7, 18, 14, { fill: mix(theme.card, YES, 0.22) }),
    text(281, 0, 'the neuron says yes', { middle: true }),
  ]);
}

/** Planes side by side, each with its caption; what the marks stand for is told above them. */
export function planesFigure(
  title: string,
  { size }: Plane,
  columns: number,
  planes: { content: Shape; caption: string }[],
): Figure {
  const lines = Math.max(...planes.map(({ caption }) => caption.split('\n').length));
  const [across, down] = [size + 14, size + 18 + 15 * lines];
  const shapes = planes.map(({ content, caption }, i) =>
    group([content, text(size / 2, size + 16, caption, CAPTION)], {
      x: (i % columns) * across,
      y: Math.floor(i / columns) * down + 34,
    }),
  );
  const rows = Math.ceil(planes.length / columns);
  return drawing(columns * across - 14, rows * down + 18, [group([legendShape()], { y: 8 }), ...shapes], { title });
}

/** How words under a plane are set. */
export const CAPTION = { anchor: 'middle', size: theme.size.tick, fill: theme.muted } as const;
