/**
 * The picture of series.ts: a piece of each of the three waves.
 */
import { type Figure, lineChart, panels } from '../../../core/io/charts';

interface Wave {
  name: string;
  a: number;
  values: number[];
}

const TITLES: Record<string, string> = {
  old: 'The old series',
  akin: 'Akin: transfer helps',
  opposite: 'The opposite: transfer hurts',
};

export function seriesFigure(waves: Wave[]): Promise<Figure> {
  return panels({
    title: 'Three series of one make',
    columns: 3,
    figures: waves.map(({ name, a, values }) =>
      lineChart({
        title: TITLES[name],
        x: { label: 'step' },
        y: { label: 'value' },
        series: [{ name: `a = ${a}`, y: values }],
        width: 220,
        height: 180,
      }),
    ),
  });
}
