/**
 * The picture of saturation.ts: what three neurons answer, step by step, under two losses.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';

interface Arm {
  name: string;
  paths: number[][];
}

export const saturationFigure = (arms: Arm[]): Promise<Figure> =>
  panels({
    title: 'Three neurons that should say 0',
    columns: 2,
    figures: arms.map(({ name, paths }) =>
      lineChart({
        title: name,
        x: { label: 'step', log: true, domain: [1, 1000] },
        y: { label: 'answer', domain: [0, 1] },
        series: paths.map((y) => ({ name: `from ${y[0].toFixed(4)}`, y })),
        width: 280,
        height: 210,
      }),
    ),
  });
