/**
 * The pictures of descent.ts: the path over the parabola at three rates, and what a gradient that is never cleared
 * does.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';

export function descentFigure(runs: { rate: number; path: number[] }[]): Promise<Figure> {
  return panels({
    title: 'Eight steps down y = x², from x = 8',
    columns: runs.length,
    figures: runs.map(({ rate, path }) => {
      const reach = Math.max(...path.map(Math.abs)) * 1.08;
      const xs = Array.from({ length: 101 }, (_, i) => reach * (i / 50 - 1));
      return lineChart({
        title: `Rate ${rate}`,
        x: { label: 'x', domain: [-reach, reach] },
        y: { label: 'y', domain: [0, reach ** 2] },
        series: [
          { name: 'x²', x: xs, y: xs.map((x) => x * x) },
          { name: 'path', x: path, y: path.map((x) => x * x), points: true },
        ],
        width: 210,
        height: 200,
      });
    }),
  });
}

export function forgottenFigure(cleared: number[], forgotten: number[]): Promise<Figure> {
  const steps = cleared.map((_, step) => step);
  return lineChart({
    title: 'Gradients add up until somebody clears them',
    x: { label: 'step' },
    y: { label: 'x' },
    series: [
      { name: 'cleared before each step', x: steps, y: cleared },
      { name: 'never cleared', x: steps, y: forgotten },
    ],
    height: 240,
  });
}
