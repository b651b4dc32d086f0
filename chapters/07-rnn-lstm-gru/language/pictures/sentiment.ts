/**
 * The pictures of sentiment.ts: how the three learned, and what each thinks after every word of a review.
 */
import { type Figure, heatmap, lineChart, panels } from '../../../../core/io/charts';
import type { Life } from '../../sentiment';

/** A model's opinion after each word: how likely the writer liked the film. */
export interface Opinion {
  name: string;
  liked: number[];
}

export function opinionFigure(words: readonly string[], opinions: readonly Opinion[]): Promise<Figure> {
  return heatmap({
    title: 'What each thinks after every word: 1 is surely liked, −1 surely not',
    values: opinions.flatMap(({ liked }) => liked.map((p) => 2 * p - 1)),
    rows: opinions.length,
    columns: words.length,
    rowLabels: opinions.map(({ name }) => name),
    columnLabels: words,
    range: [-1, 1],
    format: (value) => (Math.round(10 * value) / 10 || 0).toFixed(1), // no −0.0
  });
}

export function sentimentFigure(lives: readonly Life[]): Promise<Figure> {
  const chart = (title: string, key: 'accuracy' | 'valAccuracy') =>
    lineChart({
      title,
      x: { label: 'epoch' },
      y: { label: 'accuracy', domain: [0.45, 1.01] },
      series: lives.map(({ kind, curves }) => ({ name: kind, y: curves[key] })),
      width: 270,
      height: 220,
    });
  return panels({
    title: 'How each learns',
    columns: 2,
    figures: [chart('Reviews it learns from', 'accuracy'), chart('Reviews set aside', 'valAccuracy')],
  });
}
