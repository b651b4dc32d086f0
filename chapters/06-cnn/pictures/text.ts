/**
 * The picture of text.ts: reviews in which each word is coloured by what it adds to the score.
 */
import { drawing, type Figure, group, ramp, rect, type Shape, text, textWidth, theme } from '../../../core/io/charts';

interface Read {
  words: string[];
  added: number[];
  score: number;
  liked: boolean;
}

const [WIDTH, LINE, SIZE] = [720, 22, 13];

export function readingFigure(reviews: Read[]): Figure {
  const largest = Math.max(...reviews.flatMap(({ added }) => added.map(Math.abs)));
  const shapes: Shape[] = [];
  let top = 0;
  for (const { words, added, score, liked } of reviews) {
    const probability = 1 / (1 + Math.exp(-score));
    const heading = `${liked ? 'liked' : 'not liked'}; the network: ${Math.round(100 * probability)} % for "liked"`;
    shapes.push(text(0, top + 12, heading, { bold: true }));
    const { lines, height } = paragraph(words, added, largest);
    shapes.push(group(lines, { y: top + 22 }));
    top += height + 44;
  }
  const legend = text(0, top, 'blue speaks for "liked", brown against it', { fill: theme.muted });
  return drawing(WIDTH, top + 6, [...shapes, legend], { title: 'What two reviews were judged by' });
}

/** The words in lines, each on a ground of its colour. */
function paragraph(words: string[], added: number[], largest: number): { lines: Shape[]; height: number } {
  let [x, y] = [0, 0];
  const lines = words.map((word, i) => {
    const width = textWidth(word, SIZE) + 6;
    if (x + width > WIDTH) [x, y] = [0, y + LINE];
    const ground = ramp(theme.diverging.slice(1, 4), (added[i] / largest + 1) / 2);
    const shape = group([rect(x, y, width, LINE - 2, { fill: ground }), text(x + 3, y + 15, word, { size: SIZE })]);
    x += width;
    return shape;
  });
  return { lines, height: y + LINE };
}
