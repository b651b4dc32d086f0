/**
 * The picture of cost.ts: multiply-adds of one block over the length of the text.
 */
import { type Figure, lineChart } from '../../../core/io/charts';

type Count = (T: number, D: number, F: number) => { projections: number; looking: number; feedForward: number };

export function costFigure({ D, F }: { D: number; F: number }, count: Count, even: number): Promise<Figure> {
  const lengths = Array.from({ length: 41 }, (_, i) => Math.round(10 ** (1 + i / 10)));
  const counts = lengths.map((T) => count(T, D, F));
  return lineChart({
    title: `One block of width ${D}: what a text of T words costs`,
    x: { label: 'words', log: true },
    y: { label: 'multiply-adds', log: true },
    series: [
      {
        name: 'projections, feed-forward',
        x: lengths,
        y: counts.map(({ projections, feedForward }) => projections + feedForward),
      },
      { name: 'looking', x: lengths, y: counts.map(({ looking }) => looking) },
    ],
    marks: [{ x: even, label: `2D + F = ${even}` }],
    height: 260,
  });
}
