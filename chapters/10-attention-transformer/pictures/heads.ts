/**
 * The picture of heads.ts: who looks at whom, a heat map for each head.
 */
import { type Figure, heatmap, panels } from '../../../core/io/charts';

export function headsFigure(
  sentence: string[],
  heads: { name: string; looks: { weights: number[] }[] }[],
): Promise<Figure> {
  const figures = heads.map(({ name, looks }) =>
    heatmap({
      title: name,
      values: looks.flatMap(({ weights }) => weights),
      rows: sentence.length,
      columns: sentence.length,
      rowLabels: sentence,
      columnLabels: sentence,
      range: [0, 1],
    }),
  );
  return panels({ title: 'Two heads, and one that has to do the work of both', columns: 3, figures });
}
