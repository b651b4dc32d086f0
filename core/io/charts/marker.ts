/** Markers for points. Groups differ in shape as well as in colour, for readers who see few colours. */

import type { Numbers } from './check';
import { element, type Shape } from './svg';
import { theme } from './theme';

/** Outlines around (0, 0), each of about the same area as a circle of radius 1. */
const OUTLINES: readonly (readonly (readonly [number, number])[])[] = [
  [
    [-0.89, -0.89],
    [0.89, -0.89],
    [0.89, 0.89],
    [-0.89, 0.89],
  ], // square
  [
    [0, -1.45],
    [1.25, 0.75],
    [-1.25, 0.75],
  ], // triangle
  [
    [0, -1.35],
    [1.2, 0],
    [0, 1.35],
    [-1.2, 0],
  ], // diamond
  [
    [0, 1.45],
    [1.25, -0.75],
    [-1.25, -0.75],
  ], // triangle, point down
];

interface MarkerStyle {
  fill: string;
  radius?: number;
  stroke?: string;
  strokeWidth?: number;
}

/** The larger the fewer: four points of a truth table want to be seen, a thousand want room. */
export const radiusFor = (count: number): number => (count <= 30 ? 6 : count <= 300 ? 4.2 : 3.4);

/** Markers of one kind at many points (pixels): circles for kind 0, then squares, triangles, diamonds, triangles. */
export function markers(kind: number, x: Numbers, y: Numbers, style: MarkerStyle): Shape {
  const { fill, radius = 3.6, stroke = theme.card, strokeWidth = 0.8 } = style;
  // Where the colours begin again, the shapes are shifted by one.
  const shape = (kind + Math.floor(kind / theme.series.length)) % (OUTLINES.length + 1);
  const outline = OUTLINES[shape - 1];
  const shapes = Array.from(x, (cx, i) => {
    if (outline === undefined) return element('circle', { cx, cy: y[i], r: radius });
    const corners = outline.map(([dx, dy]) => `${(cx + dx * radius).toFixed(2)},${(y[i] + dy * radius).toFixed(2)}`);
    return element('path', { d: `M${corners.join('L')}Z` });
  });
  return element('g', { fill, stroke, 'stroke-width': strokeWidth }, shapes);
}
