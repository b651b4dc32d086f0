/**
 * The picture of bend.ts: the same hidden neurons without and with a bend, over the curve they should follow.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';

interface Curve {
  name: string;
  y: number[];
}

interface Bend {
  x: number[];
  target: Curve;
  arms: (Curve & { title: string })[];
}

export const bendFigure = ({ x, target, arms }: Bend): Promise<Figure> =>
  panels({
    title: 'What one bend in each neuron buys',
    columns: 2,
    figures: arms.map(({ title, name, y }) =>
      lineChart({
        title,
        x: { label: 'x' },
        y: { label: 'y', domain: [-1.4, 2.6] },
        series: [
          { name, x, y },
          { ...target, x, dashed: true },
        ],
        width: 290,
        height: 210,
      }),
    ),
  });
