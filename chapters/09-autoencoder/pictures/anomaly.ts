/**
 * The pictures of anomaly.ts: how well each digit is found that was left out, and the pictures copied worst.
 */
import { tensor } from '../../../core';
import { barChart, type Figure, lineChart, panels } from '../../../core/io/charts';
import type { Without } from '../anomaly';
import { type Heaps, rowsOf } from '../heaps';
import { digitGrid } from './digits';

/** The digit found best, the one in the middle, and the one found worst. */
export function rocFigure(results: Without[]): Promise<Figure> {
  const sorted = [...results].sort((a, b) => b.auc - a.auc);
  const shown = [...new Set([sorted[0], sorted[Math.floor(sorted.length / 2)], sorted[sorted.length - 1]])];
  return lineChart({
    title: 'ROC: the digit left out, found by its error',
    x: { label: 'share of the other digits accused', domain: [0, 1] },
    y: { label: 'share of the left-out digit found', domain: [0, 1.02] },
    series: [
      ...shown.map(({ digit, roc }) => ({
        name: `without ${digit}`,
        x: roc.falsePositiveRate,
        y: roc.truePositiveRate,
      })),
      { name: 'a coin', x: [0, 1], y: [0, 1], dashed: true },
    ],
    width: 380,
    height: 320,
  });
}

export const leftOutFigure = (results: Without[]): Promise<Figure> =>
  barChart({
    title: 'Area under ROC, by the digit that was left out',
    bars: results.flatMap(({ digit, auc, aucOfShare }) => [
      { name: String(digit), group: 'error', value: auc },
      { name: String(digit), group: 'error / ink', value: aucOfShare },
    ]),
    y: { label: '', domain: [0, 1] },
    width: 560,
    height: 240,
  });

/** The test pictures with the largest errors above their copies. */
export async function oddFigure({ digit, errors, copies }: Without, { test, names }: Heaps): Promise<Figure> {
  const [values, shown] = [await errors.data(), await names.test.data()];
  const worst = Array.from(values, (_, i) => i)
    .sort((a, b) => values[b] - values[a])
    .slice(0, 10);
  const places = tensor(Int32Array.from(worst));
  const captions = worst.map((i) => `a ${shown[i]}`);
  return panels({
    title: `Learned without ${digit}: the ten test digits with the largest errors`,
    columns: 1,
    figures: [
      digitGrid('The digits', await rowsOf(test.indexSelect(0, places)), 10, captions),
      digitGrid(
        'Their copies',
        await rowsOf(copies.indexSelect(0, places)),
        10,
        worst.map((i) => values[i].toFixed(1)),
      ),
    ],
  });
}
