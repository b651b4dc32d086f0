/**
 * The pictures of convolutional.ts: how often each place is reached, and the chessboards that come of it.
 */
import { noGrad, type Tensor } from '../../../core';
import { type Figure, heatmap, panels } from '../../../core/io/charts';
import type { Life, layOut } from '../convolutional';
import { type Row, rowsFigure } from './digits';

/** How many numbers of the input reach each place, in both directions. */
export function coverageFigure(lay: typeof layOut): Promise<Figure> {
  const chart = (size: number): Promise<Figure> => {
    const counts = lay(Array(4).fill(1), Array(size).fill(1), 2);
    return heatmap({
      title: `Kernel ${size} × ${size}`,
      values: counts.flatMap((down) => counts.map((across) => down * across)),
      rows: counts.length,
      columns: counts.length,
      range: [0, 4],
    });
  };
  return panels({
    title: 'Sixteen numbers laid out with stride 2: how many reach each place',
    columns: 2,
    figures: [chart(3), chart(4)],
  });
}

/** What the decoders draw before training, and the same after it. */
export function chessboardFigure(lives: Life[], test: Tensor): Promise<Figure> {
  const ten = test.narrow(0, 0, 10);
  const rows = lives.flatMap(({ enlarger, model, untrained }): Row[] => [
    {
      name: `${capital(enlarger)}, before training, contrast enlarged`,
      pictures: stretched(untrained.narrow(0, 0, 10)),
    },
    { name: `${capital(enlarger)}, trained`, pictures: noGrad(() => model.forward(ten)) },
  ]);
  return rowsFigure('Three ways to enlarge a picture', rows);
}

const capital = (name: string): string => name[0].toUpperCase() + name.slice(1);

/** From the darkest pixel of all to the lightest. */
const stretched = (x: Tensor): Tensor => x.sub(x.min()).div(x.max().sub(x.min()));
