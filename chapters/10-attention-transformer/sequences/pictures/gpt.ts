/**
 * The picture of gpt.ts: how surprised the network is by text it never saw, while it learns, beside counting.
 */
import { type Figure, lineChart } from '../../../../core/io/charts';
import type { Progress } from '../../gpt';

export const gptFigure = (
  { steps, perplexity }: Progress,
  counting: readonly { name: string; perplexity: number }[],
): Promise<Figure> =>
  lineChart({
    title: 'Text never seen: perplexity per character, while it learns',
    x: { label: 'steps', log: true },
    y: { label: '', log: true },
    series: [{ name: 'GPT', x: steps, y: perplexity, points: true }],
    marks: counting.map(({ name, perplexity }) => ({ y: perplexity, label: name })),
    width: 440,
    height: 280,
  });
