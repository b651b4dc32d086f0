/**
 * The pictures of sweep.ts: every run a dot, and a line through the medians.
 */
import { type Axis, type Figure, panels, scatterChart } from '../../../core/io/charts';
import { median } from '../seeds';
import type { Trial } from '../sweep';

const BATCH_SIZE = { label: 'batch size', domain: [1, 1000] } as const;
const SIZE = { width: 300, height: 190 };

export function rateFigure(arms: { name: string; trials: Trial[] }[]): Promise<Figure> {
  return panels({
    title: 'What the learning rate does, on points never seen',
    columns: 2,
    figures: (['losses', 'accuracies'] as const).flatMap((key) =>
      arms.map(({ name, trials }) => dots(name, { label: 'learning rate' }, trials, key)),
    ),
  });
}

export function batchFigure(
  sameEpochs: Trial[],
  sameSteps: Trial[],
  { epochs, steps }: { epochs: number; steps: number },
): Promise<Figure> {
  return panels({
    title: 'What the batch size does, on points never seen',
    columns: 2,
    figures: (['losses', 'accuracies'] as const).flatMap((key) => [
      dots(`${epochs} epochs with each`, BATCH_SIZE, sameEpochs, key),
      dots(`${steps} steps with each`, BATCH_SIZE, sameSteps, key),
    ]),
  });
}

function dots(title: string, x: Axis, trials: Trial[], key: 'losses' | 'accuracies'): Promise<Figure> {
  const runs = trials.flatMap((trial) => trial[key].map((y) => ({ x: trial.value, y })));
  return scatterChart({
    title,
    x: { ...x, log: true },
    y: key === 'losses' ? { label: 'loss', domain: [0, 0.8] } : { label: 'accuracy', domain: [0.45, 1] },
    groups: [{ name: 'one run', x: runs.map(({ x }) => x), y: runs.map(({ y }) => y) }],
    lines: [{ name: 'median', x: trials.map(({ value }) => value), y: trials.map((trial) => median(trial[key])) }],
    ...SIZE,
  });
}
