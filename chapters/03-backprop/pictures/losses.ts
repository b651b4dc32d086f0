/**
 * The losses as curves: over the error of a predicted number, and over a predicted probability.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';

type Loss = (prediction: number, target: number) => number;

export function lossFigure(losses: Record<'squared' | 'absolute' | 'huber' | 'binary', Loss>): Promise<Figure> {
  const errors = Array.from({ length: 121 }, (_, i) => (i - 60) / 20); // −3 to 3
  const probabilities = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);
  const size = { width: 280, height: 240 };
  return panels({
    title: 'What a prediction costs',
    columns: 2,
    figures: [
      lineChart({
        title: 'A number',
        x: { label: 'prediction − target' },
        y: { label: 'loss', domain: [0, 4] },
        series: (['squared', 'absolute', 'huber'] as const).map((name) => ({
          name: name === 'huber' ? 'Huber' : name,
          x: errors,
          y: errors.map((error) => losses[name](error, 0)),
        })),
        ...size,
      }),
      lineChart({
        title: 'A probability',
        x: { label: 'predicted probability of yes', domain: [0, 1] },
        y: { label: 'loss', domain: [0, 4] },
        series: [1, 0].map((target) => ({
          name: target === 1 ? 'it was yes' : 'it was no',
          x: probabilities,
          y: probabilities.map((p) => losses.binary(p, target)),
        })),
        ...size,
      }),
    ],
  });
}
