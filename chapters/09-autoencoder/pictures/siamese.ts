/**
 * The picture of siamese.ts: fresh points as they are, and on the map before and after training.
 */
import type { Tensor } from '../../../core';
import { type Figure, lineChart, panels, scatterChart } from '../../../core/io/charts';
import type { Life } from '../siamese';

export async function mapsFigure({ x, y, losses, maps: [before, after] }: Life): Promise<Figure> {
  const labels = await y.data();
  const chart = async (title: string, places: Tensor): Promise<Figure> => {
    const points = (await places.array()) as number[][];
    return scatterChart({
      title,
      x: { label: '' },
      y: { label: '' },
      groups: ['upper moon', 'lower moon'].map((name, label) => {
        const own = points.filter((_, i) => labels[i] === label);
        return { name, x: own.map(([x1]) => x1), y: own.map(([, x2]) => x2) };
      }),
      width: 290,
      height: 220,
    });
  };
  return panels({
    title: 'Fresh points, and where the network puts them',
    columns: 2,
    figures: [
      chart('The points', x),
      chart('The map before training', before),
      chart('The map after training', after),
      lineChart({
        title: 'Contrastive loss',
        x: { label: 'step' },
        y: { label: '' },
        series: [{ y: losses }],
        width: 290,
        height: 220,
      }),
    ],
  });
}
