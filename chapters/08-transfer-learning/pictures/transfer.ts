/**
 * The picture of transfer.ts: how well three strategies do with few labelled pictures and with many.
 */
import { type Figure, lineChart } from '../../../core/io/charts';

export function transferFigure(counts: readonly number[], accuracies: Record<string, number[]>): Promise<Figure> {
  return lineChart({
    title: 'What labelled pictures are worth',
    x: { label: 'labelled pictures of each new class', log: true },
    y: { label: 'accuracy on fresh pictures', domain: [0, 1] },
    series: Object.entries(accuracies).map(([name, y]) => ({ name, x: counts, y, points: true })),
    marks: [{ y: 0.25, label: 'guessing' }],
  });
}
