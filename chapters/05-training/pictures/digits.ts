/**
 * The pictures of digits.ts: digits with what the network took them for, and which was taken for which.
 */
import { confusionMatrix, type Figure, imageGrid } from '../../../core/io/charts';

/** What the network says to a picture of the test heap, how surely, and what it is. */
export interface Answer {
  place: number;
  said: number;
  certainty: number;
  actual: number;
}

export async function answersFigure(
  title: string,
  answers: Answer[],
  pixels: (answer: Answer) => Promise<number[]>,
): Promise<Figure> {
  const shown = answers.slice(0, 12);
  return imageGrid({
    title,
    images: await Promise.all(shown.map(pixels)),
    width: 28,
    height: 28,
    columns: 6,
    captions: shown.map(({ said, certainty, actual }) => {
      const answer = `${said}, ${Math.floor(100 * certainty)} %`;
      return said === actual ? answer : `${answer} (is ${actual})`;
    }),
  });
}

export const confusionFigure = (counts: number[][]): Promise<Figure> =>
  confusionMatrix({
    title: 'Which digit was taken for which',
    counts: counts.flat(),
    labels: counts.map((_, digit) => String(digit)),
  });
