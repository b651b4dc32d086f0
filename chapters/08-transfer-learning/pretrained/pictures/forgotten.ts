/**
 * The picture of forgotten.ts: what the old and the new head get right, epoch by epoch, in the two ways.
 */
import { type Figure, lineChart, panels } from '../../../../core/io/charts';

interface Curves {
  old: number[];
  fresh: number[];
}

export function forgottenFigure(frozen: Curves, forgotten: Curves): Promise<Figure> {
  const chart = (title: string, key: keyof Curves) =>
    lineChart({
      title,
      x: { label: 'epoch' },
      y: { label: 'accuracy on fresh pictures', domain: [0, 1] },
      series: [
        { name: 'freeze()', x: [...frozen[key].keys()], y: frozen[key] },
        { name: 'batch norm forgotten', x: [...forgotten[key].keys()], y: forgotten[key], dashed: true },
      ],
      width: 280,
      height: 230,
    });
  return panels({
    title: 'All weights of the base stay; its batch norms do not',
    columns: 2,
    figures: [chart('The eight old classes, by day', 'old'), chart('Cats and dogs, by night', 'fresh')],
  });
}
