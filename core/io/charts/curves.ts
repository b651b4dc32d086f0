/** Learning curves: loss and metrics by epoch, training and validation together, a panel for each. */

import { checkSome, type Numbers } from './check';
import type { Figure } from './figure';
import { lineChart, type Mark } from './line';
import { panels } from './panels';

export interface LearningCurvesOptions {
  title: string;
  /** `history.curves` of a run: loss, valLoss, accuracy, valAccuracy, … */
  curves: Readonly<Record<string, Numbers>>;
  /** An epoch to be marked, counted from 1. */
  mark?: Mark & { x: number };
}

const SIZE = { width: 300, height: 220 };

export async function learningCurves({ title, curves, mark }: LearningCurvesOptions): Promise<Figure> {
  const validationOf = (name: string) => `val${name[0].toUpperCase()}${name.slice(1)}`;
  const validation = new Set(Object.keys(curves).map(validationOf));
  const names = Object.keys(curves).filter((name) => !validation.has(name));
  checkSome('learningCurves', 'curves', names);
  const charts = names.map((name) => {
    const series = [{ name: 'training', y: curves[name] }];
    const beside = curves[validationOf(name)];
    return lineChart({
      title: name,
      x: { label: 'epoch' },
      y: { label: '' },
      series: beside ? [...series, { name: 'validation', y: beside, dashed: true }] : series,
      marks: mark && [mark],
      ...SIZE,
    });
  });
  return panels({ title, figures: charts, columns: Math.min(2, charts.length) });
}
