/**
 * Losses: how wrong a prediction is, as one number. Each is written on plain numbers; the core's loss of the same
 * name must say the same.
 */
import { ops, type Tensor, tensor } from '../../core';
import { numbers, script } from '../shared/script';
import { lossFigure } from './pictures/losses';

// #region distances
export const squared = (prediction: number, target: number): number => (prediction - target) ** 2;

export const absolute = (prediction: number, target: number): number => Math.abs(prediction - target);

/** Squared up to a distance of delta, a straight line beyond it; value and slope agree where the two meet. */
export function huber(prediction: number, target: number, delta = 1): number {
  const distance = Math.abs(prediction - target);
  return distance <= delta ? distance ** 2 / 2 : delta * (distance - delta / 2);
}
// #endregion

// #region surprises
/** p is the predicted probability of "yes"; the target is 1 for yes, 0 for no. */
export const binary = (p: number, target: number): number => -(target * Math.log(p) + (1 - target) * Math.log(1 - p));

/** p has a probability for every class, the target a 1 at the right one and 0 elsewhere ("one-hot"). */
export const categorical = (p: number[], target: number[]): number =>
  -p.reduce((sum, pi, i) => sum + target[i] * Math.log(pi), 0);

/** The same with the right class given by its index. */
export const sparse = (p: number[], label: number): number => -Math.log(p[label]);
// #endregion

export const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const distances = { squared, absolute, huber };
const meanOf = (loss: (p: number, t: number) => number, predictions: number[], targets: number[]): number =>
  mean(predictions.map((p, i) => loss(p, targets[i])));

script({
  about: 'Losses: how wrong a prediction is, as one number.',
  options: {
    targets: numbers([1.5, 2, 3.5], { length: 'any', help: 'what is right' }),
    predictions: numbers([1.4, 2.3, 3], { length: 'any', help: 'what was predicted, one for each target' }),
  },
  next: 'npx ts-node chapters/03-backprop/slope.ts',
  async run({ options: { targets, predictions }, section, table, figure }) {
    if (predictions.length !== targets.length) {
      throw new Error(`${targets.length} targets need as many predictions, not ${predictions.length}: give both flags`);
    }
    const means = Object.values(distances).map((loss) => meanOf(loss, predictions, targets));

    section('distances', 'Predicted numbers');
    table(
      ['', 'target', 'prediction', 'squared', 'absolute', 'Huber'],
      [
        ...targets.map((t, i) => {
          const each = Object.values(distances).map((loss) => loss(predictions[i], t).toFixed(3));
          return [`example ${i + 1}`, t.toFixed(1), predictions[i].toFixed(1), ...each];
        }),
        ['mean', '', '', ...means.map((value) => value.toFixed(6))],
      ],
    );

    section('outlier', 'The last target mistyped: ten times too large');
    const mistyped = [...targets.slice(0, -1), 10 * targets[targets.length - 1]];
    table(
      ['', 'before', 'after'],
      Object.entries(distances).map(([name, loss], i) => {
        return [`${name}, mean`, means[i].toFixed(3), meanOf(loss, predictions, mistyped).toFixed(3)];
      }),
    );

    section('binary', 'Predicted probabilities: yes or no');
    table(
      ['probability given to the truth', 'loss'],
      [0.99, 0.9, 0.5498, 0.5, 0.1, 0.01].map((p) => [String(p), binary(p, 1).toFixed(4)]),
    );

    section('classes', 'Predicted probabilities: one of three classes');
    const p = [
      [0.7, 0.2, 0.1],
      [0.1, 0.3, 0.6],
    ];
    const labels = [0, 1];
    const oneHot = labels.map((label) => p[0].map((_, i) => (i === label ? 1 : 0)));
    table(
      ['probabilities', 'one-hot', 'categorical', 'index', 'sparse'],
      p.map((pi, i) => {
        const [a, b] = [categorical(pi, oneHot[i]), sparse(pi, labels[i])];
        return [pi.join(' '), oneHot[i].join(' '), a.toFixed(4), String(labels[i]), b.toFixed(4)];
      }),
    );

    section('core', 'The same from the core');
    const [y, t] = [tensor(predictions), tensor(targets)];
    const scores = tensor(p).log(); // the core's cross-entropy does the softmax itself, and softmax(log p) = p
    const classes = tensor(labels, { dtype: 'int32' });
    const rows: [string, number, Tensor][] = [
      ['mseLoss', means[0], ops.mseLoss(y, t)],
      ['l1Loss', means[1], ops.l1Loss(y, t)],
      ['huberLoss', means[2], ops.huberLoss(y, t)],
      ['bceLoss', mean([binary(0.9, 1), binary(0.2, 0)]), ops.bceLoss(tensor([0.9, 0.2]), tensor([1, 0]))],
      ['crossEntropy', mean(p.map((pi, i) => sparse(pi, labels[i]))), ops.crossEntropy(scores, classes)],
    ];
    const compared = rows.map(async ([name, byHand, core]) => [
      name,
      byHand.toFixed(6),
      (await core.item()).toFixed(6),
    ]);
    table(['', 'by hand', 'core'], await Promise.all(compared));

    await figure('losses', await lossFigure({ squared, absolute, huber, binary }));
  },
});
