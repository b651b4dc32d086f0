/**
 * The picture of dying.ts: how many units are off at every example, epoch by epoch.
 */
import { type Figure, lineChart } from '../../../core/io/charts';
import type { Life } from '../dying';

export const dyingFigure = (lives: Life[], units: number): Promise<Figure> =>
  lineChart({
    title: `Of ${units} units, how many are off at every example`,
    x: { label: 'epoch' },
    y: { label: 'units', domain: [0, units] },
    series: lives.map(({ name, off }) => ({ name, x: off.map((_, epoch) => epoch), y: off })),
    height: 230,
  });
