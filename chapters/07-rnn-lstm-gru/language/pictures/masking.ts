/**
 * The picture of masking.ts: answers to several reviews, and what zeros that are read as words make of them.
 */
import { type Figure, lineChart } from '../../../../core/io/charts';

/** How likely the writer of a review liked the film, by the number of zeros. */
export interface Line {
  name: string;
  liked: number[];
  masked: boolean;
}

export const maskingFigure = (zeros: readonly number[], lines: readonly Line[]): Promise<Figure> =>
  lineChart({
    title: 'Zeros after a review: the five answers that moved most, and one with its mask',
    x: { label: 'zeros' },
    y: { label: 'how likely the writer liked it', domain: [0, 1.02] },
    series: lines.map(({ name, liked, masked }) => ({ name, x: [...zeros], y: liked, dashed: masked })),
    width: 420,
    height: 260,
  });
