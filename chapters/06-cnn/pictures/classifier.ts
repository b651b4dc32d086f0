/**
 * The pictures of classifier.ts: how the networks learn, and pictures with the answers and what they hang on.
 */
import type { Tensor } from '../../../core';
import { type Figure, imageGrid, lineChart, panels } from '../../../core/io/charts';

interface Life {
  name: string;
  curves: Record<string, number[]>;
}

export function curvesFigure(lives: Life[]): Promise<Figure> {
  return panels({
    title: 'Learning colour pictures',
    columns: lives.length,
    figures: lives.map(({ name, curves }) =>
      lineChart({
        title: name[0].toUpperCase() + name.slice(1),
        x: { label: 'epoch' },
        y: { label: 'accuracy', domain: [0, 1] },
        series: [
          { name: 'training', y: curves.accuracy },
          { name: 'validation', y: curves.valAccuracy },
        ],
        width: 190,
        height: 220,
      }),
    ),
  });
}

interface Answered {
  x: Tensor; // [20, 3, 32, 32]
  y: Tensor;
  said: ArrayLike<number>;
  seen: Tensor;
  names: string[];
}

const COLUMNS = 10;

/** Two rows of pictures, each with the saliency of its pixels below. */
export async function picturesFigure({ x, y, said, seen, names }: Answered): Promise<Figure> {
  const actual = await y.data();
  const light = seen.max(1); // [20, 32, 32]: the colour that counts most
  const strongest = light.max([1, 2], { keepdim: true });
  const grey = light.div(strongest).unsqueeze(1).expand(-1, 3, -1, -1);
  const images: number[][] = [];
  const captions: string[] = [];
  for (let first = 0; first < actual.length; first += COLUMNS) {
    for (const rows of [x, grey]) {
      for (let n = first; n < first + COLUMNS; n++) {
        images.push([...(await rows.slice(n).data())]);
        const answer = said[n] === actual[n] ? names[actual[n]] : `${names[said[n]]}? (${names[actual[n]]})`;
        captions.push(rows === x ? answer : '');
      }
    }
  }
  return imageGrid({
    title: 'Pictures never seen before, the answers, and the pixels they hang on',
    images,
    captions,
    width: 32,
    height: 32,
    channels: 3,
    columns: COLUMNS,
    range: [0, 1],
  });
}
