/** Which class was taken for which: how often each true class (a row) was predicted as each class (a column). */

import { checkLength, checkSome, type Numbers } from './check';
import type { Figure } from './figure';
import { heatmap } from './heatmap';

export interface ConfusionMatrixOptions {
  title: string;
  /** Row by row: counts[i · classes + j] examples of class i were taken for class j. */
  counts: Numbers;
  /** The names of the classes. */
  labels: readonly string[];
}

export async function confusionMatrix({ title, counts, labels }: ConfusionMatrixOptions): Promise<Figure> {
  const classes = labels.length;
  checkSome('confusionMatrix', 'labels', labels);
  checkLength('confusionMatrix', `counts (${classes} classes)`, counts, classes * classes);
  return heatmap({
    title,
    values: counts,
    rows: classes,
    columns: classes,
    rowLabels: labels,
    columnLabels: labels,
    x: { label: 'predicted' },
    y: { label: 'true' },
  });
}
