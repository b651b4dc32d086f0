/**
 * The picture of schedules.ts: the rate by step, and below it the loss.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';
import { medianCurve } from '../runs';
import type { Arm } from '../schedules';

const SIZE = { width: 460, height: 200 };

export function schedulesFigure(arms: Arm[], stepsAnEpoch: number): Promise<Figure> {
  const epochs = arms[0].runs[0].losses.length;
  const x = { label: 'epoch', domain: [0, epochs] } as const;
  return panels({
    title: 'Four schedules, and two rates that stay',
    columns: 1,
    figures: [
      lineChart({
        title: 'Learning rate',
        x,
        y: { label: 'rate of the first seed', domain: [0, 1.05 * Math.max(...arms[0].runs[0].rates)] },
        series: arms.map(({ name, runs: [{ rates }] }) => ({
          name,
          x: rates.map((_, i) => i / stepsAnEpoch),
          y: rates,
        })),
        ...SIZE,
      }),
      lineChart({
        title: 'Loss',
        x,
        y: { label: 'training loss, median of the seeds', domain: [0.1, 0.3] },
        series: arms.map(({ name, runs }) => ({ name, y: medianCurve(runs.map(({ losses }) => losses)) })),
        ...SIZE,
      }),
    ],
  });
}
