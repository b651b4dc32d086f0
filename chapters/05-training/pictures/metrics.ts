/**
 * The picture of metrics.ts: what is found and what is accused wrongly, at every threshold.
 */

import type { train } from '../../../core';
import { type Figure, lineChart } from '../../../core/io/charts';

export function rocFigure({ plain, weighted }: Record<'plain' | 'weighted', train.RocCurve>): Promise<Figure> {
  const { thresholds, falsePositiveRate: x, truePositiveRate: y } = plain;
  /** The last point whose threshold is not below this one. */
  const at = (threshold: number, label: string) => {
    const i = thresholds.findLastIndex((value) => value >= threshold);
    return { x: x[i], y: y[i], label };
  };
  return lineChart({
    title: 'ROC: every threshold at once',
    x: { label: 'share of honest payments accused', domain: [0, 1] },
    y: { label: 'share of frauds found', domain: [0, 1.02] },
    series: [
      { name: 'the network', x, y },
      { name: 'frauds weighted', x: weighted.falsePositiveRate, y: weighted.truePositiveRate },
      { name: 'a coin', x: [0, 1], y: [0, 1], dashed: true },
    ],
    marks: [at(0.5, 'threshold 0.5'), at(0.1, '0.1'), at(0.03, '0.03')],
    width: 380,
    height: 320,
  });
}
