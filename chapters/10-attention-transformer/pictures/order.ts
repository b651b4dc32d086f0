/**
 * The pictures of order.ts: the table of waves, some of its columns as curves and the likeness of two places, and what
 * a network that reverses rows has learned.
 */
import { type Figure, heatmap, lineChart, panels } from '../../../core/io/charts';
import { dot } from '../four-words';

export function positionsFigure(rows: number[][]): Promise<Figure> {
  return heatmap({
    title: 'What is added to each word',
    values: rows.flat(),
    rows: rows.length,
    columns: rows[0].length,
    range: [-1, 1],
    x: { label: 'number' },
    y: { label: 'place' },
  });
}

const size = { width: 270, height: 200 };

export function wavesFigure(rows: number[][]): Promise<Figure> {
  const width = rows[0].length;
  const columns = [0, 1, 2, 3].map((part) => 2 * Math.floor((part * width) / 12));
  const places = rows.map((_, t) => t);
  return panels({
    title: 'Four of its columns, and how alike two places are',
    columns: 2,
    figures: [
      lineChart({
        title: 'Columns',
        x: { label: 'place' },
        y: { label: '', domain: [-1.1, 1.1] },
        series: columns.map((i) => ({ name: `number ${i}`, x: places, y: rows.map((row) => row[i]) })),
        ...size,
      }),
      lineChart({
        title: 'Product of two rows',
        x: { label: 'place' },
        y: { label: '' },
        series: [0, 20, 40].map((t) => ({
          name: `with place ${t}`,
          x: places,
          y: rows.map((row) => dot(row, rows[t])),
        })),
        ...size,
      }),
    ],
  });
}

export function learnedFigure(length: number, { weights, likeness }: { weights: number[]; likeness: number[] }) {
  const labels = Array.from({ length }, (_, t) => String(t + 1));
  const square = { rows: length, columns: length, rowLabels: labels, columnLabels: labels };
  return panels({
    title: 'What a network that reverses has learned',
    columns: 2,
    figures: [
      heatmap({
        title: 'Which place looks at which',
        values: weights,
        range: [0, 1],
        x: { label: 'is looked at' },
        y: { label: 'looks' },
        ...square,
      }),
      heatmap({
        title: 'How alike the learned positions are',
        values: likeness,
        range: [-1, 1],
        x: { label: 'place' },
        y: { label: 'place' },
        ...square,
      }),
    ],
  });
}
