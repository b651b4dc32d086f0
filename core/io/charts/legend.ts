/** The row of names above a chart, each with a sample of what it stands for; it breaks into lines where it must. */

import { markers } from './marker';
import { textWidth } from './measure';
import { group, line, rect, type Shape, type Style, text } from './svg';
import { theme } from './theme';

const SAMPLE = 18;
const LINE = 20;
const BETWEEN = 20;

export interface LegendItem {
  name: string;
  /** Drawn around (0, 0), at most 18 pixels wide and 14 high. */
  sample: Shape;
}

export const lineSample = (style: Style): Shape => line(-SAMPLE / 2, 0, SAMPLE / 2, 0, { strokeWidth: 2, ...style });

export const markerSample = (kind: number, fill: string): Shape => markers(kind, [0], [0], { fill, radius: 4.6 });

export const boxSample = (fill: string, stroke?: string): Shape => rect(-7, -6, 14, 12, { fill, stroke, radius: 3 });

export function legend(items: readonly LegendItem[], room: number): { shape: Shape; width: number; height: number } {
  let [x, y, width] = [0, 0, 0];
  const shapes = items.map(({ name, sample }) => {
    const needed = SAMPLE + 7 + textWidth(name, theme.size.label);
    if (x > 0 && x + needed > room) [x, y] = [0, y + LINE];
    const item = group([group([sample], { x: SAMPLE / 2 }), text(SAMPLE + 7, 0, name, { middle: true })], { x, y });
    width = Math.max(width, x + needed);
    x += needed + BETWEEN;
    return item;
  });
  return { shape: group(shapes, { y: LINE / 2 - 2 }), width, height: items.length === 0 ? 0 : y + LINE + 2 };
}
