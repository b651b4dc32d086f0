/**
 * The picture of classifier.ts: how often each is right about reviews set aside, epoch by epoch.
 */
import { type Figure, lineChart } from '../../../../core/io/charts';

interface Life {
  name: string;
  curves: Record<string, number[]>;
}

export const classifierFigure = (lives: readonly Life[]): Promise<Figure> =>
  lineChart({
    title: 'Reviews set aside',
    x: { label: 'epoch' },
    y: { label: 'accuracy', domain: [0.45, 1.01] },
    series: lives.map(({ name, curves }) => ({ name, y: curves.valAccuracy })),
    width: 420,
    height: 250,
  });
