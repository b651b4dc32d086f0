/**
 * The pictures of translation.ts: the two networks and what goes between them, right translations by the length of
 * the sentence, and where the decoder looked.
 */
import {
  arrow,
  drawing,
  type Figure,
  heatmap,
  lineChart,
  panels,
  rect,
  type Shape,
  seriesColour,
  text,
  theme,
} from '../../../../core/io/charts';

/** What was translated, what was said, and the shares in which each said word looked at the words read. */
export interface Look {
  source: string[];
  said: string[];
  shares: number[][];
}

export function lookFigure(looks: readonly Look[]): Promise<Figure> {
  return panels({
    title: 'Where it looked before it said each word',
    columns: 2,
    figures: looks.map(({ source, said, shares }) =>
      heatmap({
        title: source.join(' '),
        values: shares.flat(),
        rows: said.length,
        columns: source.length,
        rowLabels: said,
        columnLabels: source,
        range: [0, 1],
        format: (share) => (share < 0.005 ? '' : share.toFixed(2)),
      }),
    ),
  });
}

/** How many sentences of each length were translated without a mistake. */
export interface ByLength {
  name: string;
  lengths: number[];
  right: number[];
}

export const lengthFigure = (arms: readonly ByLength[]): Promise<Figure> =>
  lineChart({
    title: 'Sentences translated without a mistake, by their length',
    x: { label: 'words in the sentence' },
    y: { label: 'share that is right', domain: [0, 1.02] },
    series: arms.map(({ name, lengths, right }) => ({ name, x: lengths, y: right, points: true })),
    width: 420,
    height: 260,
  });

const [STEP, BOX, HIGH, LOW] = [92, 66, 150, 34];

/** The encoder reads from left to right, the decoder goes on where it ended; dashed: what attention adds. */
export function planFigure(source: readonly string[], target: readonly string[]): Figure {
  const place = (i: number) => 20 + i * STEP;
  const given = ['<start>', ...target];
  const middle = (i: number) => place(i) + BOX / 2;
  const box = (i: number, colour: string, label: string): Shape[] => [
    rect(place(i), HIGH, BOX, LOW, { fill: theme.card, stroke: colour, strokeWidth: 2, radius: 6 }),
    text(middle(i), HIGH + LOW / 2, label, { anchor: 'middle', middle: true }),
  ];
  const word = (i: number, y: number, label: string) => text(middle(i), y, label, { anchor: 'middle', italic: true });
  const steps = source.length + given.length;
  const reading = source.flatMap((token, i) => [
    ...box(i, seriesColour(0), `h${subscript(i + 1)}`),
    arrow(middle(i), HIGH + LOW + 26, middle(i), HIGH + LOW + 2),
    word(i, HIGH + LOW + 42, token),
  ]);
  const writing = given.flatMap((token, k) => {
    const i = source.length + k;
    return [
      ...box(i, seriesColour(1), `s${subscript(k + 1)}`),
      arrow(middle(i), HIGH + LOW + 26, middle(i), HIGH + LOW + 2),
      word(i, HIGH + LOW + 42, token),
      arrow(middle(i), HIGH - 2, middle(i), HIGH - 24),
      word(i, HIGH - 32, [...target, '<end>'][k]),
    ];
  });
  const onward = Array.from({ length: steps - 1 }, (_, i) =>
    arrow(place(i) + BOX + 1, HIGH + LOW / 2, place(i + 1) - 2, HIGH + LOW / 2, {
      strokeWidth: i === source.length - 1 ? 3 : 1.5,
    }),
  );
  const asking = middle(source.length + 1); // the second word that is written
  const attention = [
    ...source.map((_, i) => arrow(middle(i), HIGH - 4, asking - 74, 34, look(i === source.length - 1))),
    rect(asking - 72, 20, 144, 28, { fill: theme.card, stroke: seriesColour(2), strokeWidth: 2, radius: 6 }),
    text(asking, 34, `mixture of h₁ … h${subscript(source.length)}`, { anchor: 'middle', middle: true }),
    arrow(asking, 50, asking, HIGH - 48, look(true)),
  ];
  return drawing(
    place(steps - 1) + BOX + 10,
    HIGH + LOW + 74,
    [
      ...attention,
      ...onward,
      ...reading,
      ...writing,
      text(20, HIGH + LOW + 70, 'the encoder reads', { fill: seriesColour(0), bold: true }),
      text(place(source.length), HIGH + LOW + 70, 'the decoder writes', { fill: seriesColour(1), bold: true }),
    ],
    { title: 'Encoder and decoder; in green what attention adds' },
  );
}

const look = (strong: boolean) => ({ stroke: seriesColour(2), strokeWidth: strong ? 2.5 : 1, dashed: true });

const subscript = (n: number): string => [...String(n)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
