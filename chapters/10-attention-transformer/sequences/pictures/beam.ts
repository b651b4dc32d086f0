/**
 * The pictures of beam.ts: the tree of all sentences of the table, and what wider beams find.
 */
import {
  drawing,
  type Figure,
  line,
  lineChart,
  type Mark,
  panels,
  type Shape,
  text,
  theme,
} from '../../../../core/io/charts';

const [COLUMN, ROW] = [170, 30];

/** Each word of the table on its own branch; what greedy chooses in one colour, the likeliest sentence in another. */
export function treeFigure(table: Record<string, Record<string, number>>): Figure {
  const [greedy, best] = [theme.series[1], theme.series[0]];
  const shapes: Shape[] = [];
  const sentences = Object.entries(table['']).flatMap(([first, p], i) => {
    const next = Object.entries(table[first]).map(([second, q]) => ({ first, second, q, whole: p * q }));
    const y = ROW * (3 * i + 2);
    shapes.push(line(20, 5 * ROW, COLUMN - 30, y, { stroke: theme.border, strokeWidth: 1 + 8 * p }));
    shapes.push(text(COLUMN - 20, y, `${first}  ${p}`, { middle: true, bold: true }));
    return next;
  });
  const likeliest = sentences.reduce((a, b) => (b.whole > a.whole ? b : a));
  sentences.forEach(({ first, second, q, whole }, i) => {
    const y = ROW * (i + 1);
    const from = ROW * (3 * Math.floor(i / 3) + 2);
    const isGreedy = i === 0;
    const colour = isGreedy ? greedy : whole === likeliest.whole ? best : theme.ink;
    shapes.push(line(COLUMN + 50, from, 2 * COLUMN - 10, y, { stroke: theme.border, strokeWidth: 1 + 8 * q }));
    shapes.push(text(2 * COLUMN, y, `${second}  ${q}`, { middle: true, bold: true }));
    const note = isGreedy ? ', what greedy says' : whole === likeliest.whole ? ', the likeliest' : '';
    shapes.push(
      text(3 * COLUMN - 60, y, `${first} ${second}: ${whole.toFixed(3)}${note}`, { middle: true, fill: colour }),
    );
  });
  return drawing(4 * COLUMN + 40, ROW * 10, shapes, { title: 'All sentences, and how likely each is' });
}

export interface ByWidth {
  width: number;
  logP: number;
  length: number;
}

export const beamFigure = (beams: readonly ByWidth[], rightLength: number): Promise<Figure> => {
  const widths = beams.map(({ width }) => width);
  return panels({
    title: 'What a translator finds that has not learned enough',
    columns: 2,
    figures: [
      chart(
        'ln p, mean',
        widths,
        beams.map(({ logP }) => logP),
      ),
      chart(
        'Length, mean',
        widths,
        beams.map(({ length }) => length),
        [{ y: rightLength, label: 'of the right answers' }],
      ),
    ],
  });
};

const chart = (title: string, x: number[], y: number[], marks: Mark[] = []) =>
  lineChart({
    title,
    x: { label: 'width of the beam' },
    y: { label: '' },
    series: [{ x, y, points: true }],
    marks,
    width: 250,
    height: 190,
  });
