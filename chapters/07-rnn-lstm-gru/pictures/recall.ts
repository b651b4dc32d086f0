/**
 * The picture of recall.ts: accuracy over the steps of training.
 */
import { type Figure, lineChart } from '../../../core/io/charts';
import { nameOf } from '../keeping';
import type { Run } from '../recall';

export const recallFigure = (runs: Run[], chance: number): Promise<Figure> =>
  lineChart({
    title: 'Which letter was it, 50 digits ago?',
    x: { label: 'step of training' },
    y: { label: 'accuracy on fresh examples', domain: [0, 1.05] },
    series: runs.map(({ arm, steps, accuracies }) => ({
      name: nameOf(arm),
      x: steps,
      y: accuracies,
      dashed: arm.bias !== null,
    })),
    marks: [{ y: chance, label: 'guessing' }],
    height: 260,
  });
