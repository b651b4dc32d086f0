/**
 * The pictures of optimizers.ts: how the losses fall, and how much it matters to hit the right rate.
 */
import { type Figure, lineChart } from '../../../core/io/charts';
import type { Arm } from '../optimizers';
import { medianCurve } from '../runs';

export function curvesFigure(arms: Arm[]): Promise<Figure> {
  return lineChart({
    title: 'Six optimisers, each at its best rate',
    x: { label: 'epoch' },
    y: { label: 'training loss, median of the seeds', log: true },
    series: arms.map(({ name, rate, runs }) => ({
      name: `${name}, ${rate}`,
      y: medianCurve(runs.map(({ losses }) => losses)),
    })),
  });
}

export function forgivingFigure(arms: Arm[]): Promise<Figure> {
  return lineChart({
    title: 'How forgiving they are',
    x: { label: 'learning rate', log: true },
    y: { label: 'training loss at the end', log: true },
    series: arms.map(({ name, tried }) => ({
      name,
      x: tried.map(({ rate }) => rate),
      y: tried.map(({ loss }) => loss),
      points: true,
    })),
  });
}
