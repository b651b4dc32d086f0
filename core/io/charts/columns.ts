/** Names under columns of equal width: broken at their spaces, and slanted where even a single word is too wide. */

import { widest, wrap } from './measure';
import { type Shape, text } from './svg';
import { theme } from './theme';

export interface ColumnNames {
  /** Under y = 0, the first column beginning at x = 0. */
  shapes: Shape[];
  height: number;
  /** How far a slanted name reaches to the left of x = 0. */
  overhang: number;
}

const LINE = 1.3 * theme.size.tick; // as `text` sets its lines
const SLANT = (40 * Math.PI) / 180;

/** A name may take the width of `every` columns; the names between are empty. */
export function columnNames(names: readonly string[], width: number, every = 1): ColumnNames {
  const size = theme.size.tick;
  const room = width * every - 4;
  const middle = (column: number) => (column + 0.5) * width;
  const words = names.flatMap((name) => name.split(' '));
  if (widest(words, size) <= room) {
    const lines = names.map((name) => wrap(name, room, size));
    const shapes = lines.map((parts, column) => text(middle(column), 17, parts.join('\n'), { size, anchor: 'middle' }));
    return { shapes, height: 24 + LINE * (Math.max(...lines.map((parts) => parts.length)) - 1), overhang: 0 };
  }
  const lengths = names.map((name) => widest([name], size));
  return {
    shapes: names.map((name, column) => text(middle(column) + 4, 14, name, { size, anchor: 'end', rotate: -40 })),
    height: 18 + Math.max(...lengths) * Math.sin(SLANT),
    overhang: Math.max(0, ...lengths.map((length, column) => length * Math.cos(SLANT) - middle(column))),
  };
}
