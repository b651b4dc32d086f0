/**
 * The pictures of characters.ts: perplexity by epoch beside those of counting, and what temperature does to the
 * probabilities of the next letter.
 */
import { barChart, type Figure, lineChart } from '../../../../core/io/charts';

export interface Baseline {
  name: string;
  perplexity: number;
}

export const perplexityFigure = (curves: Record<string, number[]>, baselines: readonly Baseline[]): Promise<Figure> =>
  lineChart({
    title: 'Among how many letters it hesitates',
    x: { label: 'epoch' },
    y: { label: 'perplexity', domain: [0, 1.1 * Math.max(...baselines.map(({ perplexity }) => perplexity))] },
    series: [
      { name: 'learned from', y: curves.perplexity },
      { name: 'never seen', y: curves.valPerplexity, dashed: true },
    ],
    marks: baselines.map(({ name, perplexity }) => ({ y: perplexity, label: name })),
    width: 420,
    height: 280,
  });

/** The probabilities of the letters that could come next, at several temperatures. */
export const nextLetterFigure = (
  after: string,
  letters: readonly string[],
  temperatures: readonly { temperature: number; p: number[] }[],
): Promise<Figure> =>
  barChart({
    title: `What comes after "${after}"? The likeliest letters at several temperatures`,
    y: { label: 'probability' },
    bars: temperatures.flatMap(({ temperature, p }) =>
      letters.map((name, i) => ({ name, value: p[i], group: `temperature ${temperature}` })),
    ),
    width: 640,
    height: 240,
  });
