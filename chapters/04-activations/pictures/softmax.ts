/**
 * The picture of softmax.ts: the probability of each class over the temperature.
 */
import { type Figure, lineChart } from '../../../core/io/charts';

const TEMPERATURES = Array.from({ length: 91 }, (_, i) => 10 ** (-1 + i / 30)); // 0.1 to 100

export function temperatureFigure(
  scores: number[],
  softmax: (scores: number[], temperature: number) => number[],
): Promise<Figure> {
  const probabilities = TEMPERATURES.map((temperature) => softmax(scores, temperature));
  return lineChart({
    title: 'Cold decides, hot does not care',
    x: { label: 'temperature', log: true, domain: [0.1, 100] },
    y: { label: 'probability', domain: [0, 1] },
    series: scores.map((score, i) => ({
      name: `score ${score}`,
      x: TEMPERATURES,
      y: probabilities.map((p) => p[i]),
    })),
    marks: [{ x: 1, label: 'softmax as it is' }],
    height: 230,
  });
}
