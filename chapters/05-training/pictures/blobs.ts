/**
 * The picture of blobs.ts: the whole plane divided among four classes, near the points and far from them.
 */
import { noGrad, tensor } from '../../../core';
import { boundaryChart, type Figure, panels } from '../../../core/io/charts';
import type { Life } from '../blobs';

const CELLS = 90;

export async function blobsFigure({ model, training: [x, y] }: Life): Promise<Figure> {
  const [places, labels] = [(await x.array()) as number[][], await y.data()];
  const points = [0, 1, 2, 3].map((label) => {
    const own = places.filter((_, i) => labels[i] === label);
    return { name: `class ${label}`, x: own.map(([x1]) => x1), y: own.map(([, x2]) => x2) };
  });
  const chart = async (title: string, reach: number): Promise<Figure> => {
    const steps = Array.from({ length: CELLS }, (_, i) => reach * ((2 * i) / (CELLS - 1) - 1));
    const grid = tensor(steps.flatMap((x2) => steps.map((x1) => [x1, x2]))); // [CELLS², 2]
    const domain: [number, number] = [-reach, reach];
    return boundaryChart({
      title,
      classes: await noGrad(() => model.forward(grid).argmax(1)).data(),
      columns: CELLS,
      rows: CELLS,
      x: { label: 'x1', domain },
      y: { label: 'x2', domain },
      points,
      width: 280,
      height: 280,
    });
  };
  return panels({
    title: 'Every place belongs to some class',
    columns: 2,
    figures: [chart('Near the points', 14), chart('From far away', 70)],
  });
}
