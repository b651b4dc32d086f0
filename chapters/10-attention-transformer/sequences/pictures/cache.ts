/**
 * The picture of cache.ts: how long writing takes, with and without a cache, over the length of the text.
 */
import { type Figure, lineChart } from '../../../../core/io/charts';
import type { Timed } from '../../cache';

export const cacheFigure = (rows: readonly { length: number; plain: Timed; cached: Timed }[]): Promise<Figure> => {
  const x = rows.map(({ length }) => length);
  const series = (name: string, way: 'plain' | 'cached') => ({
    name,
    x,
    y: rows.map((row) => row[way].seconds),
    points: true,
  });
  return lineChart({
    title: 'How long it takes to write',
    x: { label: 'tokens written', log: true },
    y: { label: 'seconds', log: true },
    series: [series('everything read again', 'plain'), series('with a cache', 'cached')],
    width: 420,
    height: 250,
  });
};
