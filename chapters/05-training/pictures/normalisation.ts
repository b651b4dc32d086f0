/**
 * The pictures of normalisation.ts: the loss at the end over the rate, and how it got there at four rates.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Trial } from '../normalisation';

const LOSS = { label: 'training loss', domain: [0, 1.3] } as const;

/** One line for each kind. */
export function ratesFigure(kinds: Trial[][]): Promise<Figure> {
  return lineChart({
    title: 'At which rates a deep network learns',
    x: { label: 'learning rate', log: true },
    y: { ...LOSS, label: 'training loss at the end, median of the seeds' },
    series: kinds.map((trials) => ({
      name: trials[0].name,
      x: trials.map(({ rate }) => rate),
      y: trials.map(({ end }) => end),
      points: true,
    })),
    height: 280,
  });
}

/** One chart for each rate. */
export function curvesFigure(rates: Trial[][]): Promise<Figure> {
  return panels({
    title: 'How the loss falls, median of the seeds',
    columns: 2,
    figures: rates.map((trials) =>
      lineChart({
        title: `Rate ${trials[0].rate}`,
        x: { label: 'epoch' },
        y: LOSS,
        series: trials.map(({ name, losses }) => ({ name, y: losses })),
        width: 280,
        height: 180,
      }),
    ),
  });
}
