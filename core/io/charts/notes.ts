/** Labels inside a chart, put where they cover least of what is drawn. */

import { textWidth } from './measure';
import { type Shape, text } from './svg';
import { theme } from './theme';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Obstacles {
  /** Points of what is drawn, in pixels. */
  points: [number, number][];
  /** Labels that are already placed. */
  boxes: Box[];
}

const HEIGHT = 16;
const COVERED_LABEL = 1000; // as bad as covering so many points

/** Points along a line, dense enough that no label fits between two of them. */
export function pointsAlong(x: ArrayLike<number>, y: ArrayLike<number>, step = 5): [number, number][] {
  const points: [number, number][] = [];
  for (let i = 1; i < x.length; i++) {
    const pieces = Math.min(Math.ceil(Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]) / step), 1000) || 1;
    for (let piece = 0; piece < pieces; piece++) {
      const part = piece / pieces;
      points.push([x[i - 1] + (x[i] - x[i - 1]) * part, y[i - 1] + (y[i] - y[i - 1]) * part]);
    }
  }
  if (x.length > 0) points.push([x[x.length - 1], y[x.length - 1]]);
  return points;
}

function cost(box: Box, { points, boxes }: Obstacles): number {
  const inside = points.filter(
    ([x, y]) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height,
  ).length;
  const overlapped = boxes.filter(
    (other) =>
      box.x < other.x + other.width &&
      other.x < box.x + box.width &&
      box.y < other.y + other.height &&
      other.y < box.y + box.height,
  ).length;
  return inside + COVERED_LABEL * overlapped;
}

/** Keeps labels off a marker at (x, y). */
export function avoidMarker(x: number, y: number, { boxes }: Obstacles): void {
  boxes.push({ x: x - 6, y: y - 6, width: 12, height: 12 });
}

/** Where a label may stand beside a marker at (x, y): right, left, above and below it. */
export function cornersAround(x: number, y: number, label: string): [number, number][] {
  const width = textWidth(label, theme.size.tick) + 4;
  const [right, left, above, below, middle] = [x + 7, x - width - 7, y - HEIGHT - 5, y + 5, y - HEIGHT / 2];
  return [
    [right, above],
    [right, below],
    [left, above],
    [left, below],
    [right + 2, middle],
    [left - 2, middle],
    [x - width / 2, above - 2],
    [x - width / 2, below + 2],
  ];
}

/** The label at the best of several upper left corners inside `area`; the place is then taken. */
export function placeNote(
  label: string,
  corners: readonly (readonly [number, number])[],
  area: { width: number; height: number },
  obstacles: Obstacles,
): Shape {
  const width = textWidth(label, theme.size.tick) + 4;
  const boxes = corners.map(([x, y]) => ({
    x: Math.max(2, Math.min(x, area.width - width - 2)),
    y: Math.max(2, Math.min(y, area.height - HEIGHT - 2)),
    width,
    height: HEIGHT,
  }));
  const costs = boxes.map((box) => cost(box, obstacles));
  const best = boxes[costs.indexOf(Math.min(...costs))];
  obstacles.boxes.push(best);
  const style = { size: theme.size.tick, fill: theme.ink, middle: true, halo: true };
  return text(best.x + 2, best.y + HEIGHT / 2, label, style);
}
