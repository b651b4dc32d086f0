/**
 * The picture of sine.ts: for each cell, what was measured and what had been foretold.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Life } from '../sine';

const SHOWN = 130; // two waves

export async function sineFigure(lives: Life[]): Promise<Figure> {
  const truth = [...(await lives[0].test.y.data())].slice(0, SHOWN);
  const figures = lives.map(async ({ cell, foretold, error }) =>
    lineChart({
      title: `${cell}: mean squared error ${error.toFixed(4)}`,
      x: { label: 'step' },
      y: { label: '', domain: [-1.5, 1.5] },
      series: [
        { name: 'measured', y: truth },
        { name: 'foretold', y: [...(await foretold.data())].slice(0, SHOWN) },
      ],
      width: 560,
      height: 130,
    }),
  );
  return panels({ title: 'The first two waves of the test part', columns: 1, figures });
}
