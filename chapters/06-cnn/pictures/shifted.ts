/**
 * The picture of shifted.ts: a digit on its way to the right, and how many are still read right.
 */
import { type Figure, imageGrid, lineChart, panels } from '../../../core/io/charts';

export function shiftedFigure(
  shifts: number[],
  accuracies: Record<string, number[]>,
  examples: number[][],
  side: number,
): Promise<Figure> {
  return panels({
    title: 'Learned in the middle, asked beside it',
    columns: 1,
    figures: [
      imageGrid({
        title: 'A digit moved to the right',
        images: examples,
        captions: shifts.map((shift) => `by ${shift}`),
        width: side,
        height: side,
        columns: shifts.length,
        range: [0, 1],
      }),
      lineChart({
        title: 'Read right, of digits moved in four directions',
        x: { label: 'pixels moved' },
        y: { label: 'accuracy', domain: [0, 1] },
        series: Object.entries(accuracies).map(([name, y]) => ({ name, x: shifts, y, points: true })),
        height: 260,
      }),
    ],
  });
}
