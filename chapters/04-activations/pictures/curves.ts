/**
 * The picture of curves.ts: every activation and its slope, on the same axes, so that they can be compared.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Activation } from '../activations';

const PLACES = Array.from({ length: 601 }, (_, i) => (i - 300) / 100); // −3 to 3

/** Two that are no activations, to measure the others by: one has no bend, the other no slope. */
const EXTREMES: Record<string, Activation> = {
  'no bend at all': { f: (z) => z, slope: () => 1 },
  'step (chapter 01)': { f: (z) => (z > 0 ? 1 : 0), slope: () => 0 },
};

export const curvesFigure = (activations: Record<string, Activation>): Promise<Figure> =>
  panels({
    title: 'Ten activations and their slopes',
    columns: 3,
    figures: Object.entries({ ...EXTREMES, ...activations }).map(([title, { f, slope }]) =>
      lineChart({
        title,
        x: { label: 'z', domain: [-3, 3] },
        y: { label: '', domain: [-1.2, 2.2] },
        series: [
          { name: 'value', x: PLACES, y: PLACES.map(f) },
          { name: 'slope', x: PLACES, y: PLACES.map(slope), dashed: true },
        ],
        width: 190,
        height: 130,
      }),
    ),
  });
