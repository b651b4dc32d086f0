/**
 * The picture of recipe.ts: accuracy by epoch, the second phase behind the first.
 */
import { type Figure, lineChart } from '../../../../core/io/charts';

interface Phase {
  name: string;
  own: number[];
  fresh: number[];
}

export function recipeFigure([first, second]: Phase[]): Promise<Figure> {
  return lineChart({
    title: 'A new head, then the top of the base too',
    x: { label: 'epoch' },
    y: { label: 'accuracy' },
    series: [
      { name: 'pictures learned from (with dropout)', y: [...first.own, ...second.own], dashed: true },
      { name: 'fresh pictures', y: [...first.fresh, ...second.fresh] },
    ],
    marks: [{ x: first.own.length + 0.5, label: 'the top of the base is unfrozen' }],
  });
}
