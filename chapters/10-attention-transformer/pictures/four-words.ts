/**
 * The pictures of four-words.ts: who looks at whom, as a heat map for each sentence, and where the word bank goes.
 */
import {
  arrow,
  circle,
  drawing,
  type Figure,
  heatmap,
  line,
  panels,
  type Shape,
  text,
  theme,
} from '../../../core/io/charts';

interface Reading {
  sentence: string[];
  looks: { weights: number[]; context: number[] }[];
}

export function weightsFigure(readings: Reading[]): Promise<Figure> {
  const maps = readings.map(({ sentence, looks }) =>
    heatmap({
      title: sentence.join(' '),
      values: looks.flatMap(({ weights }) => weights),
      rows: sentence.length,
      columns: sentence.length,
      rowLabels: sentence,
      columnLabels: sentence,
      range: [0, 1],
      x: { label: 'is looked at' },
      y: { label: 'looks' },
    }),
  );
  return panels({ title: 'Who looks at whom, and how much', columns: 2, figures: maps });
}

const UNIT = 150; // pixels
const [LEFT, TOP, FLOOR] = [40, 10, 350];
const place = ([water, money]: number[]): [x: number, y: number] => [LEFT + water * UNIT, FLOOR - money * UNIT];

/** All words as points in the plane of water and money; bank moves to what each sentence makes of it. */
export function meaningFigure(words: Record<string, number[]>, readings: Reading[]): Figure {
  const from = place(words.bank);
  const points = Object.entries(words).flatMap(([word, vector]) => dot(word, vector));
  const moves = readings.flatMap(({ sentence, looks }, i): Shape[] => {
    const to = place(looks[2].context);
    const colour = theme.series[i];
    const label = `in “${sentence.join(' ')}”`;
    return [
      arrow(...from, ...to, { stroke: colour, strokeWidth: 2 }),
      text(to[0] + 10, to[1] + (i === 0 ? 16 : -8), label, { fill: colour, halo: true }),
    ];
  });
  return drawing(
    LEFT + 3.2 * UNIT,
    FLOOR + 30,
    [
      line(LEFT, FLOOR, LEFT + 2.4 * UNIT, FLOOR, { stroke: theme.muted, strokeWidth: 1 }),
      line(LEFT, FLOOR, LEFT, TOP, { stroke: theme.muted, strokeWidth: 1 }),
      text(LEFT + 2.4 * UNIT + 6, FLOOR, 'water', { fill: theme.muted, middle: true }),
      text(LEFT, TOP - 6, 'money', { fill: theme.muted, anchor: 'middle' }),
      ...points,
      ...moves,
    ],
    { title: 'One word, two sentences' },
  );
}

function dot(word: string, vector: number[]): Shape[] {
  const [x, y] = place(vector);
  const onFloor = vector[1] === 0;
  return [
    circle(x, y, 5, { fill: theme.ink }),
    text(x + (onFloor ? 0 : 10), y + (onFloor ? 20 : 4), word, { bold: true, anchor: onFloor ? 'middle' : 'start' }),
  ];
}
