/**
 * The picture of seq2seq.ts: where the decoder looked before it wrote each symbol.
 */
import { type Figure, heatmap, panels } from '../../../../core/io/charts';
import type { Alignment } from '../../translator';

const nameOf = (symbol: string): string => (symbol === ' ' ? '␣' : symbol);

export function alignmentFigure(alignments: readonly Alignment[]): Promise<Figure> {
  return panels({
    title: 'Rows write, columns are looked at',
    columns: alignments.length,
    figures: alignments.map(({ source, said, weights }) =>
      heatmap({
        title: `${source.join('')} → ${said.slice(0, -1).join('')}`,
        values: weights.flat(),
        rows: said.length,
        columns: source.length,
        rowLabels: said,
        columnLabels: source.map(nameOf),
        range: [0, 1],
        format: (share) => (share < 0.095 ? '' : share.toFixed(1).replace('0.', '.')),
      }),
    ),
  });
}
