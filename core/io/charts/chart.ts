/** Puts a plot area, its axis labels and its legend together into a figure. */

import { drawing, type Figure } from './figure';
import { type LegendItem, legend } from './legend';
import { textWidth } from './measure';
import type { PlotArea } from './plot';
import { group, type Shape, text } from './svg';
import { theme } from './theme';

export interface ChartParts {
  title: string;
  area: PlotArea;
  xLabel: string;
  yLabel: string;
  legend?: readonly LegendItem[];
  /** Drawn over the area, in its coordinates. */
  over?: readonly Shape[];
  /** Room used right of the area and under it (by default one line of tick labels). */
  right?: number;
  bottom?: number;
}

export function chart(parts: ChartParts): Figure {
  const { title, area, xLabel, yLabel, legend: items = [], over = [], right = 8, bottom = 24 } = parts;
  const room = area.left + area.width + right;
  const names = legend(items, room);
  const width = Math.max(room, names.width, textWidth(yLabel, theme.size.label));
  const top = names.height + (yLabel === '' ? 8 : 28);
  const under = top + area.height + bottom;
  const label = { size: theme.size.label, fill: theme.muted };
  return drawing(
    width,
    under + (xLabel === '' ? 0 : 16),
    [
      names.shape,
      text(0, top - 15, yLabel, label),
      group([area.shape, ...over], { x: area.left, y: top }),
      text(area.left + area.width / 2, under + 12, xLabel, { ...label, anchor: 'middle' }),
    ],
    { title },
  );
}
