/**
 * The picture of clipping.ts: the wall in the loss of the smallest recurrent network, and how well the adder learns.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';

interface Arm {
  rate: number;
  plain: number;
  clipped: number;
}

const PLACES = Array.from({ length: 161 }, (_, i) => 0.9 + i * 0.001); // 0.9 to 1.06
const GOAL = 0.5 ** (1 / 50);
const SIZE = { width: 270, height: 220 };
const TOP = 2; // what has flown away is drawn at the upper edge

/** `wall` tells the loss and its gradient for any w. */
export function clippingFigure(
  arms: Arm[],
  clip: number,
  wall: (w: number) => { loss: number; gradient: number },
): Promise<Figure> {
  const rates = arms.map(({ rate }) => rate);
  const drawn = (key: 'plain' | 'clipped') => arms.map((arm) => Math.min(arm[key], TOP));
  return panels({
    title: 'Gradients that explode, and gradients cut to length',
    columns: 2,
    figures: [
      lineChart({
        title: 'h = w·h, fifty times',
        x: { label: 'w', domain: [0.9, 1.06] },
        y: { label: 'loss', domain: [0, 4] },
        series: [{ x: PLACES, y: PLACES.map((w) => wall(w).loss) }],
        marks: [
          { x: GOAL, y: 0, label: 'lowest' },
          { x: 1.02, y: wall(1.02).loss, label: `slope ${wall(1.02).gradient.toFixed(0)}` },
        ],
        ...SIZE,
      }),
      lineChart({
        title: 'Adding up fifty numbers',
        x: { label: 'learning rate', log: true, domain: [Math.min(...rates) / 1.5, Math.max(...rates) * 1.5] },
        y: { label: 'loss at the end', domain: [0, TOP] },
        series: [
          { name: 'as they come', x: rates, y: drawn('plain'), points: true },
          { name: `cut to ${clip}`, x: rates, y: drawn('clipped'), points: true },
        ],
        marks: [{ y: 1, label: 'always 0' }],
        ...SIZE,
      }),
    ],
  });
}
