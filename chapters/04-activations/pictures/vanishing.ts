/**
 * The picture of vanishing.ts: three activations, layer by layer, with two initialisations: what is left of the
 * signal, what arrives of the gradient, and what the weights get of both.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Profile } from '../deep';

const ROWS = [
  { key: 'signal', title: 'signal' },
  { key: 'gradient', title: 'gradient of the scores' },
  { key: 'weights', title: 'gradient of the weights' },
] as const;

export function vanishingFigure(arms: { initialisation: string; profiles: Profile[] }[]): Promise<Figure> {
  const values = arms.flatMap(({ profiles }) => profiles.flatMap((one) => ROWS.flatMap(({ key }) => one[key])));
  const domain = [Math.min(...values) / 2, Math.max(...values) * 2] as const; // one for all, so that rows compare
  const figures = ROWS.flatMap(({ key, title }) =>
    arms.map(({ initialisation, profiles }) =>
      lineChart({
        title: `${initialisation}: ${title}`,
        x: { label: 'layer' },
        y: { label: '', log: true, domain },
        series: profiles.map((one) => ({ name: one.name, y: one[key] })),
        width: 270,
        height: 160,
      }),
    ),
  );
  return panels({ title: 'Twenty layers, before any training', columns: arms.length, figures });
}
