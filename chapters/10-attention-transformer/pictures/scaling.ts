/**
 * The picture of scaling.ts: how one-sided attention is, and what gets back through its softmax, over the width.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Measured } from '../scaling';

export function scalingFigure(rows: Measured[]): Promise<Figure> {
  const x = rows.map(({ d }) => d);
  const size = { width: 270, height: 200 };
  const both = (key: 'largest' | 'back') => [
    { name: 'as they are', x, y: rows.map(({ raw }) => raw[key]), points: true },
    { name: 'divided by √d', x, y: rows.map(({ scaled }) => scaled[key]), points: true },
  ];
  return panels({
    title: 'Scores as they are, and divided by √d',
    columns: 2,
    figures: [
      lineChart({
        title: 'The largest weight',
        x: { label: 'd, numbers in a query', log: true },
        y: { label: '', domain: [0, 1] },
        series: both('largest'),
        ...size,
      }),
      lineChart({
        title: 'Gradient that gets back',
        x: { label: 'd, numbers in a query', log: true },
        y: { label: '', log: true },
        series: both('back'),
        ...size,
      }),
    ],
  });
}
