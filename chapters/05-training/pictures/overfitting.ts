/**
 * The picture of overfitting.ts: the losses that part, and the border before and after that.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Learned } from '../overfitting';
import { moonsChart } from './moons';

export function heartFigure(run: Learned, atBest: Learned, best: number): Promise<Figure> {
  const { curves, training } = run;
  const points = [training.x, training.y];
  const size = { width: 280, height: 220 };
  return panels({
    title: `${training.x.shape[0]} noisy points, learned by heart`,
    columns: 2,
    figures: [
      lineChart({
        title: 'Loss',
        x: { label: 'epoch' },
        y: { label: '' },
        series: [
          { name: 'training', y: curves.loss },
          { name: 'fresh points', y: curves.valLoss, dashed: true },
        ],
        marks: [{ x: best, label: `epoch ${best}` }],
        ...size,
      }),
      lineChart({
        title: 'Accuracy',
        x: { label: 'epoch' },
        y: { label: '', domain: [0, 1.02] },
        series: [
          { name: 'training', y: curves.accuracy },
          { name: 'fresh points', y: curves.valAccuracy, dashed: true },
        ],
        ...size,
      }),
      moonsChart(`After epoch ${best}`, atBest.model, points),
      moonsChart(`After epoch ${curves.loss.length}`, run.model, points),
    ],
  });
}
