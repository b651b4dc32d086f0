/**
 * The pictures of ablations.ts and depth.ts: the loss of each network step by step, and the gradient that arrives at
 * each block before training.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';

interface Life {
  name: string;
  losses: number[];
  gradients: number[];
}

const size = { width: 290, height: 230 };
const CHANCE = Math.log(10);

export function ablationsFigure(title: string, lives: Life[]): Promise<Figure> {
  return panels({
    title,
    columns: 2,
    figures: [
      lineChart({
        title: 'Loss, mean of ten steps',
        x: { label: 'step' },
        y: { label: '', domain: [0, 1.2 * CHANCE] },
        series: lives.map(({ name, losses }) => ({ name, ...smooth(losses) })),
        marks: [{ y: CHANCE, label: 'chance' }],
        ...size,
      }),
      lineChart({
        title: 'Gradient at each block, before training',
        x: { label: 'block' },
        y: { label: '', log: true },
        series: lives.map(({ name, gradients }) => ({ name, y: gradients })),
        ...size,
      }),
    ],
  });
}

/** The mean of each ten steps, at their middle. */
function smooth(losses: number[], window = 10) {
  const groups = Array.from({ length: Math.ceil(losses.length / window) }, (_, i) =>
    losses.slice(i * window, (i + 1) * window),
  );
  return {
    x: groups.map((group, i) => i * window + (group.length + 1) / 2),
    y: groups.map((group) => group.reduce((sum, loss) => sum + loss, 0) / group.length),
  };
}
