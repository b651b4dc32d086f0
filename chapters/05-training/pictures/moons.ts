/**
 * The pictures of moons.ts: what networks trained at different rates say about the plane, and how their losses fell.
 */
import { type nn, noGrad, type Tensor, tensor } from '../../../core';
import { boundaryChart, type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Life } from '../moons';

const CELLS = 70;

export function boundariesFigure(lives: Life[]): Promise<Figure> {
  return panels({
    title: 'The border after training, with the points of the test heap',
    columns: Math.min(2, lives.length),
    figures: lives.map(({ rate, test, model, heaps }) =>
      moonsChart(`Rate ${rate}: ${(100 * test).toFixed(1)} % right`, model, heaps.test),
    ),
  });
}

/** What a network says everywhere on the plane, over points and what they are. */
export async function moonsChart(title: string, model: nn.Sequential, [x, y]: readonly Tensor[]): Promise<Figure> {
  const [points, labels] = [(await x.array()) as number[][], await y.data()];
  const [xDomain, yDomain] = [0, 1].map((axis) => domainOf(points.map((point) => point[axis])));
  const [xs, ys] = [xDomain, yDomain].map(([low, high]) =>
    Array.from({ length: CELLS }, (_, i) => low + ((high - low) * i) / (CELLS - 1)),
  );
  const grid = tensor(ys.flatMap((y) => xs.map((x) => [x, y]))); // [CELLS², 2]
  return boundaryChart({
    title,
    probability: await noGrad(() => model.forward(grid).sigmoid()).data(),
    columns: CELLS,
    rows: CELLS,
    x: { label: 'x1', domain: xDomain },
    y: { label: 'x2', domain: yDomain },
    points: ['upper moon', 'lower moon'].map((name, label) => {
      const own = points.filter((_, i) => labels[i] === label);
      return { name, x: own.map(([x1]) => x1), y: own.map(([, x2]) => x2) };
    }),
    width: 290,
    height: 220,
  });
}

function domainOf(values: number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = 0.06 * (high - low);
  return [low - air, high + air];
}

export function curvesFigure(lives: Life[]): Promise<Figure> {
  const chart = (title: string, training: string, validation: string): Promise<Figure> =>
    lineChart({
      title,
      x: { label: 'epoch' },
      y: { label: '' },
      series: lives.flatMap(({ rate, curves }) => [
        { name: `${rate}, training`, y: curves[training] },
        { name: `${rate}, validation`, y: curves[validation], dashed: true },
      ]),
      width: 260,
      height: 200,
    });
  return panels({
    title: 'Loss and accuracy by epoch',
    columns: 2,
    figures: [chart('Loss', 'loss', 'valLoss'), chart('Accuracy', 'accuracy', 'valAccuracy')],
  });
}
