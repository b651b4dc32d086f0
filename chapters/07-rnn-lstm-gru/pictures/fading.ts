/**
 * The picture of fading.ts: what is left of a gradient over the distance in time, all cells in one.
 */
import { type Figure, lineChart } from '../../../core/io/charts';
import type { Curve } from '../fading';
import { nameOf } from '../keeping';

const FLOOR = 1e-20;

export function fadingFigure(curves: Curve[]): Promise<Figure> {
  return lineChart({
    title: 'What is left of a gradient on its way back in time',
    x: { label: 'steps back' },
    y: { label: 'part of the gradient', log: true, domain: [FLOOR, 10] },
    series: curves.map(({ arm, curve }) => ({
      name: nameOf(arm),
      x: curve.map((_, distance) => distance),
      y: curve.map((part) => Math.max(part, Number.MIN_VALUE)),
      dashed: arm.bias !== null,
    })),
    height: 300,
  });
}
