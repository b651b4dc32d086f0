/**
 * The pictures of k-means.ts: the regions of the centres, step by step, and where a bad start ends.
 */
import { boundaryChart, type Figure, lineChart, panels } from '../../../core/io/charts';
import type { assign, Point, Stage } from '../k-means';

const CELLS = 240;
const NAMES = ['of centre 1', 'of centre 2', 'of centre 3'];

/** `nearest` says for places all over the plane which centre is nearest. */
export function stepsFigure(points: readonly Point[], stages: Stage[], nearest: typeof assign): Promise<Figure> {
  const shown = [...new Set([0, 1, 2, stages.length - 1])].filter((step) => step < stages.length);
  return panels({
    title: 'Three centres looking for three clouds',
    columns: 2,
    figures: shown.map((step) => regionsChart(titleOf(step, stages.length - 1), points, stages[step], nearest)),
  });
}

const titleOf = (step: number, last: number): string =>
  step === 0
    ? 'The start: three of the points'
    : step === last
      ? `After step ${step}: nothing moves`
      : `After step ${step}`;

export function badStartFigure(
  points: readonly Point[],
  worst: { first: readonly Point[]; last: Stage },
  spreads: number[],
  nearest: typeof assign,
): Promise<Figure> {
  return panels({
    title: 'What can go wrong, and how many centres to take',
    columns: 2,
    figures: [
      regionsChart('Where the worst start ends', points, worst.last, nearest),
      lineChart({
        title: 'The best spread with 1 to 8 centres',
        x: { label: 'centres' },
        y: { label: 'mean squared distance', domain: [0, 1.05 * spreads[0]] },
        series: [{ y: spreads, points: true }],
        marks: [{ x: 3, label: '3 centres' }],
        width: 290,
        height: 230,
      }),
    ],
  });
}

/** The plane divided among the centres, with the points and the centres on it. */
function regionsChart(title: string, points: readonly Point[], stage: Stage, nearest: typeof assign): Promise<Figure> {
  const { centres } = stage;
  const [xDomain, yDomain] = [0, 1].map((axis) => domainOf(points.map((point) => point[axis])));
  const [xs, ys] = [xDomain, yDomain].map(([low, high]) =>
    Array.from({ length: CELLS }, (_, i) => low + ((high - low) * i) / (CELLS - 1)),
  );
  const ofCentre = NAMES.map((name, k) => ({ name, own: points.filter((_, i) => stage.nearest[i] === k) }));
  return boundaryChart({
    title,
    classes: nearest(
      ys.flatMap((y) => xs.map((x) => [x, y])),
      centres,
    ),
    columns: CELLS,
    rows: CELLS,
    x: { label: 'x1', domain: xDomain },
    y: { label: 'x2', domain: yDomain },
    points: [
      ...ofCentre.map(({ name, own }) => ({ name, ...coordinates(own) })),
      { name: 'centres', ...coordinates(centres) },
    ],
    width: 290,
    height: 230,
  });
}

const coordinates = (points: readonly Point[]) => ({ x: points.map(([x]) => x), y: points.map(([, y]) => y) });

function domainOf(values: number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = 0.06 * (high - low);
  return [low - air, high + air];
}
