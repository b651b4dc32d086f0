/** Several figures side by side in one picture. Charts for it are best made smaller than usual (width, height). */

import { checkCounts, checkSome } from './check';
import { drawing, type Figure } from './figure';
import { group, line, type Shape } from './svg';
import { theme } from './theme';

export interface PanelsOptions {
  title: string;
  /** Promises too, so that charts can be written in place. */
  figures: readonly (Figure | Promise<Figure>)[];
  columns: number;
}

const GAP = 28;
const TOP = 16;

export async function panels({ title, figures, columns }: PanelsOptions): Promise<Figure> {
  checkSome('panels', 'figures', figures);
  checkCounts('panels', { columns });
  const parts = (await Promise.all(figures)).map(({ width, height, content }) => ({
    width: width - 2 * theme.margin,
    height: height - 2 * theme.margin,
    content,
  }));
  const inColumn = (column: number) => parts.filter((_, index) => index % columns === column);
  const inRow = (row: number) => parts.slice(row * columns, (row + 1) * columns);
  const widths = Array.from({ length: Math.min(columns, parts.length) }, (_, column) =>
    Math.max(...inColumn(column).map((part) => part.width)),
  );
  const heights = Array.from({ length: Math.ceil(parts.length / columns) }, (_, row) =>
    Math.max(...inRow(row).map((part) => part.height)),
  );
  const shapes = parts.map(({ content }, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    return group([ownIds(content, index)], { x: start(widths, column), y: TOP + start(heights, row) });
  });
  const [width, height] = [start(widths, widths.length) - GAP, TOP + start(heights, heights.length) - GAP];
  const rule = line(0, 0, width, 0, { stroke: theme.border, strokeWidth: 1 });
  return drawing(width, height, [rule, ...shapes], { title });
}

const start = (sizes: readonly number[], count: number): number =>
  sizes.slice(0, count).reduce((sum, size) => sum + size + GAP, 0);

/** Every chart counts its clip paths from 1; in one picture they need different names. */
function ownIds({ markup }: Shape, index: number): Shape {
  return { markup: markup.replace(/( id="|url\(#)/g, `$1panel-${index + 1}-`) };
}
