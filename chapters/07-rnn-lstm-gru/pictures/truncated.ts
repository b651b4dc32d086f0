/**
 * The picture of truncated.ts: the loss over the steps of time that were learned from, for windows of several lengths.
 */
import { type Figure, lineChart } from '../../../core/io/charts';
import type { Arm } from '../truncated';

const GROUPS = 60; // single losses jump; each point is a mean

export function truncatedFigure(arms: Arm[], delay: number): Promise<Figure> {
  return lineChart({
    title: `An echo after ${delay} steps, learned in windows`,
    x: { label: 'steps of time learned from' },
    y: { label: 'loss', domain: [0, 0.8] },
    series: arms.map(({ window, carry, losses }) => {
      const size = Math.max(1, Math.floor(losses.length / GROUPS));
      const count = Math.floor(losses.length / size);
      const means = Array.from({ length: count }, (_, i) => {
        const part = losses.slice(i * size, (i + 1) * size);
        return part.reduce((sum, loss) => sum + loss, 0) / size;
      });
      return {
        name: `window ${window}${carry ? '' : ', state from 0'}`,
        x: means.map((_, i) => (i + 1) * size * window),
        y: means,
        dashed: !carry,
      };
    }),
    height: 280,
  });
}
