/**
 * The picture of iris.ts: the flowers by their petals, and how the losses fell.
 */
import { type Figure, lineChart, panels, scatterChart } from '../../../core/io/charts';
import type { Iris } from '../../../datasets';
import type { Life } from '../iris';

export async function irisFigure({ x, y, species }: Iris, lives: Life[]): Promise<Figure> {
  const [flowers, labels] = [(await x.array()) as number[][], await y.data()];
  const size = { width: 270, height: 220 };
  return panels({
    title: 'Iris: three species, and how three optimisers learn them',
    columns: 2,
    figures: [
      scatterChart({
        title: 'Petals',
        x: { label: 'petal length, cm' },
        y: { label: 'petal width, cm' },
        groups: species.map((name, label) => {
          const own = flowers.filter((_, i) => labels[i] === label);
          return { name, x: own.map((flower) => flower[2]), y: own.map((flower) => flower[3]) };
        }),
        ...size,
      }),
      lineChart({
        title: 'Training loss',
        x: { label: 'step' },
        y: { label: '' },
        series: lives.map(({ way, losses }) => ({ name: way, y: losses })),
        ...size,
      }),
    ],
  });
}
