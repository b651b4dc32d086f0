/**
 * The picture of resnet-heads.ts: accuracy on fresh pictures by epoch, a line for each head.
 */
import { type Figure, lineChart } from '../../../../core/io/charts';

export function headsFigure(lives: { name: string; fresh: number[] }[]): Promise<Figure> {
  return lineChart({
    title: 'ResNet-18 learns cats and dogs with three heads',
    x: { label: 'epoch' },
    y: { label: 'accuracy on fresh pictures', domain: [0.5, 1] },
    series: lives.map(({ name, fresh }) => ({ name, y: fresh, points: true })),
  });
}
