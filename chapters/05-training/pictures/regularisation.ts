/**
 * The pictures of regularisation.ts: the plain network's curves, every remedy's curves, and what each network says
 * about the whole plane.
 */
import { noGrad, tensor } from '../../../core';
import { boundaryChart, type Figure, learningCurves, lineChart, panels } from '../../../core/io/charts';
import type { Arm } from '../regularisation';
import { bestEpoch, curveOf } from '../runs';

const CELLS = 60;
const X: [number, number] = [-2, 3];
const Y: [number, number] = [-1.6, 2.1];

export function overfittingFigure(plain: Arm, best: number): Promise<Figure> {
  const names = ['loss', 'valLoss', 'accuracy', 'valAccuracy'];
  return learningCurves({
    title: 'Learning by heart, median of the seeds',
    curves: Object.fromEntries(names.map((name) => [name, curveOf(plain.lives, name)])),
    mark: { x: best, label: 'lowest loss on validation' },
  });
}

/** Training and validation side by side, the same scale for all. */
export function armsFigure(arms: Arm[]): Promise<Figure> {
  return panels({
    title: 'What each remedy does to the two losses, median of the seeds',
    columns: 3,
    figures: arms.map((arm) => {
      const validation = curveOf(arm.lives, 'valLoss');
      return lineChart({
        title: arm.name,
        x: { label: 'epoch', domain: [0, arms[0].lives[0].curves.loss.length] },
        y: { label: 'loss', domain: [0, 1.5] },
        series: [
          { name: 'training', y: curveOf(arm.lives, 'loss') },
          { name: 'validation', y: validation, dashed: true },
        ],
        marks: [{ x: bestEpoch(validation), label: 'best' }],
        width: 190,
        height: 150,
      });
    }),
  });
}

/** The first seed's networks. */
export function bordersFigure(arms: Arm[]): Promise<Figure> {
  const along = ([low, high]: [number, number]) =>
    Array.from({ length: CELLS }, (_, i) => low + ((high - low) * i) / (CELLS - 1));
  const grid = tensor(along(Y).flatMap((y) => along(X).map((x) => [x, y]))); // [CELLS², 2]
  return panels({
    title: 'What the network of the first seed says, everywhere',
    columns: 3,
    figures: arms.map(async ({ name, lives: [{ model, learned }] }) => {
      const places = (await learned.x.array()) as number[][];
      const targets = await learned.y.data();
      const points = [0, 1].map((target) => {
        const own = places.filter((_, i) => targets[i] === target);
        return { name: ['upper', 'lower'][target], x: own.map(([x]) => x), y: own.map(([, y]) => y) };
      });
      return boundaryChart({
        title: name,
        probability: await noGrad(() => model.eval().forward(grid).sigmoid()).data(),
        columns: CELLS,
        rows: CELLS,
        x: { label: 'x1', domain: X },
        y: { label: 'x2', domain: Y },
        points,
        width: 230,
        height: 170,
      });
    }),
  });
}
