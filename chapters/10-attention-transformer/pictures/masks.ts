/**
 * The picture of masks.ts: the same five words looking at each other under each mask.
 */
import { type Figure, heatmap, panels } from '../../../core/io/charts';

export function masksFigure(maps: { name: string; weights: number[] }[], length: number): Promise<Figure> {
  const labels = Array.from({ length }, (_, t) => String(t + 1));
  return panels({
    title: 'Under each mask: rows look, columns are seen',
    columns: 2,
    figures: maps.map(({ name, weights }) =>
      heatmap({
        title: name,
        values: weights,
        rows: length,
        columns: length,
        rowLabels: labels,
        columnLabels: labels,
        range: [0, 1],
      }),
    ),
  });
}
