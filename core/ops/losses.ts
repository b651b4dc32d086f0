/**
 * Losses: how wrong a prediction is, as one number. Each computes a loss for every example and reduces them: 'mean'
 * (the default), 'sum', or 'none', which leaves them as they are.
 */

import { gradEnabled, record } from '../autograd/graph';
import { noGrad } from '../autograd/modes';
import { kernelsFor } from '../kernels/select';
import { full } from '../tensor/create';
import { formatShape, sameShape } from '../tensor/shape';
import { densely, empty, type Tensor } from '../tensor/tensor';
import { checkPlaces, oneHot } from './indexing';
import { asRows, checkDevices, checkTensor, requireFloat, requireInt } from './launch';

export type Reduction = 'mean' | 'sum' | 'none';

export interface LossOptions {
  reduction?: Reduction;
}

function reduceLoss(operation: string, each: Tensor, reduction: Reduction = 'mean'): Tensor {
  if (reduction === 'mean') return each.mean();
  if (reduction === 'sum') return each.sum();
  if (reduction === 'none') return each;
  throw new Error(`${operation}: a reduction is 'mean', 'sum' or 'none', not '${String(reduction)}'`);
}

/** Broadcasting [N] against [N, 1] would silently compare all with all. */
function checkPair(operation: string, prediction: Tensor, target: Tensor): void {
  requireFloat(operation, prediction);
  checkTensor(operation, target);
  checkDevices(operation, [prediction, target]);
  if (!sameShape(prediction.shape, target.shape)) {
    throw new Error(
      `${operation}: the prediction has shape ${formatShape(prediction.shape)}, ` +
        `the target ${formatShape(target.shape)}; reshape one side`,
    );
  }
}

/** (p − t)² */
export function mseLoss(prediction: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkPair('mseLoss', prediction, target);
  const error = prediction.sub(target);
  return reduceLoss('mseLoss', error.mul(error), reduction);
}

/** |p − t| */
export function l1Loss(prediction: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkPair('l1Loss', prediction, target);
  return reduceLoss('l1Loss', prediction.sub(target).abs(), reduction);
}

/** ½·(p − t)² up to δ, a straight line beyond: δ·(|p − t| − δ/2) */
export function huberLoss(
  prediction: Tensor,
  target: Tensor,
  { delta = 1, reduction }: LossOptions & { delta?: number } = {},
): Tensor {
  checkPair('huberLoss', prediction, target);
  if (!(delta > 0)) throw new Error(`huberLoss: delta must be above 0, not ${delta}`);
  const size = prediction.sub(target).abs();
  const each = size
    .mul(size)
    .mul(0.5)
    .where(size.le(delta), size.sub(delta / 2).mul(delta));
  return reduceLoss('huberLoss', each, reduction);
}

/**
 * −t·log p − (1 − t)·log(1 − p), for probabilities p. Logarithms are cut off at −100, and the denominator of the
 * gradient at 10⁻¹², so that a certain mistake costs much, but not infinity.        ∂p = g·(p − t)/(p·(1 − p))
 */
export function bceLoss(probability: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkPair('bceLoss', probability, target);
  const [p, t] = [probability, target.to(probability.dtype)];
  const logOf = (x: Tensor): Tensor => x.log().clamp(-100);
  const not = (x: Tensor): Tensor => x.neg().add(1);
  const each = noGrad(() =>
    t
      .mul(logOf(p))
      .add(not(t).mul(logOf(not(p))))
      .neg(),
  );
  const recorded = record('bceLoss', each, [p, t], {
    saves: [p, t],
    gradients: [(g) => g.mul(p.sub(t)).div(p.mul(not(p)).maximum(1e-12)), (g) => g.mul(logOf(not(p)).sub(logOf(p)))],
  });
  return reduceLoss('bceLoss', recorded, reduction);
}

/** The same for p = σ(x), from the score x: max(x, 0) − x·t + log(1 + e^−|x|), which cannot overflow */
export function bceWithLogitsLoss(logits: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkPair('bceWithLogitsLoss', logits, target);
  return reduceLoss('bceWithLogitsLoss', logits.softplus().sub(logits.mul(target)), reduction);
}

export interface LabelLossOptions extends LossOptions {
  /** How much each class counts. */
  weight?: Tensor;
  /** Examples with this label count nothing. */
  ignoreIndex?: number;
}

export interface CrossEntropyOptions extends LabelLossOptions {
  /** This share of the target is spread evenly over all classes. */
  labelSmoothing?: number;
}

/**
 * −log softmax(x)[label]. `logits` [N, C] or [N, C, …]; `target` the labels [N] or [N, …] as int32, or probabilities of
 * the shape of the logits. Two dimensions of classes and one of labels are the usual case; [C] alone is one example.
 */
export function crossEntropy(logits: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  requireFloat('crossEntropy', logits);
  checkTensor('crossEntropy', target);
  const { weight, labelSmoothing: smoothing = 0, reduction } = options;
  if (!(smoothing >= 0 && smoothing <= 1))
    throw new Error(`crossEntropy: labelSmoothing lies in [0, 1], not ${smoothing}`);
  const x = classesLast('crossEntropy', logits);
  if (target.dtype !== 'int32') {
    checkPair('crossEntropy', logits, target);
    const t = classesLast('crossEntropy', target)
      .mul(1 - smoothing)
      .add(smoothing / x.shape[x.rank - 1]);
    return reduceLoss(
      'crossEntropy',
      t
        .mul(weighted('crossEntropy', x.logSoftmax(), weight))
        .sum(-1)
        .neg(),
      reduction,
    );
  }
  const { labels, share } = checkLabels('crossEntropy', x, target, options);
  const ofLabel = crossEntropyEach(x, labels).mul(share);
  if (smoothing === 0) return reduceShares('crossEntropy', ofLabel, share, reduction);
  const ofAll = weighted('crossEntropy', x.logSoftmax(), weight)
    .mean(-1)
    .neg()
    .mul(target.ne(options.ignoreIndex ?? IGNORED));
  return reduceShares('crossEntropy', ofLabel.mul(1 - smoothing).add(ofAll.mul(smoothing)), share, reduction);
}

/** y = −log softmax(x)[label] for each row        ∂x = g·(softmax(x) − one-hot(label)) */
function crossEntropyEach(x: Tensor, labels: Tensor): Tensor {
  const classes = x.shape[x.rank - 1];
  const y = empty(labels.shape, x.dtype, x.device);
  kernelsFor(x).crossEntropy(asRows(x), densely(labels), y);
  return record('crossEntropy', y, [x], {
    saves: [x, labels],
    gradients: [
      (g) => {
        if (gradEnabled()) return x.softmax().sub(oneHot(labels, classes)).mul(g.unsqueeze(-1));
        const gx = empty(x.shape, x.dtype, x.device);
        kernelsFor(x).crossEntropyGradient(asRows(x), densely(labels), densely(g), asRows(gx));
        return gx;
      },
    ],
  });
}

/** −logP[label], for logarithms of probabilities, as logSoftmax gives them. Shapes and options as for crossEntropy. */
export function nllLoss(logProbabilities: Tensor, target: Tensor, options: LabelLossOptions = {}): Tensor {
  requireFloat('nllLoss', logProbabilities);
  requireInt('nllLoss', 'the target', target);
  const logP = classesLast('nllLoss', logProbabilities);
  const { labels, share } = checkLabels('nllLoss', logP, target, options);
  const each = logP.gather(-1, labels.unsqueeze(-1)).squeeze(-1).neg().mul(share);
  return reduceShares('nllLoss', each, share, options.reduction);
}

/** [C], [N, C] or [N, C, …] with the classes as last axis. */
function classesLast(operation: string, x: Tensor): Tensor {
  if (x.rank === 0) throw new Error(`${operation}: a single number has no axis of classes`);
  if (x.rank <= 2) return x;
  return x.permute(0, ...x.shape.map((_, axis) => axis).slice(2), 1);
}

/** Labels that are safe to look up, and how much each example counts. */
function checkLabels(
  operation: string,
  x: Tensor,
  target: Tensor,
  { weight, ignoreIndex = IGNORED }: LabelLossOptions,
) {
  checkDevices(operation, [x, target]);
  const expected = x.shape.slice(0, -1);
  const classes = x.shape[x.rank - 1];
  if (!sameShape(target.shape, expected)) {
    throw new Error(
      `${operation}: ${formatShape(expected)} examples of ${classes} classes need labels of shape ` +
        `${formatShape(expected)}, not ${formatShape(target.shape)}`,
    );
  }
  const counts = target.ne(ignoreIndex);
  const labels = target.where(counts, 0);
  checkPlaces(operation, labels, classes);
  const each = full([classes], 1, { dtype: x.dtype, device: x.device });
  const ofClass = weighted(operation, each, weight); // [C]
  return {
    labels,
    share: ofClass
      .indexSelect(0, labels.reshape(-1))
      .reshape(...expected)
      .mul(counts),
  };
}

const IGNORED = -100;

/** What belongs to each class times the weight of that class. */
function weighted(operation: string, ofClasses: Tensor, weight: Tensor | undefined): Tensor {
  if (!weight) return ofClasses;
  const classes = ofClasses.shape[ofClasses.rank - 1];
  if (weight.rank !== 1 || weight.size !== classes) {
    throw new Error(
      `${operation}: ${classes} classes need a weight of shape [${classes}], not ${formatShape(weight.shape)}`,
    );
  }
  return ofClasses.mul(weight.to(ofClasses.dtype));
}

/** As reduceLoss, but the mean is over what the examples count, not over their number. */
function reduceShares(operation: string, each: Tensor, share: Tensor, reduction: Reduction = 'mean'): Tensor {
  return reduction === 'mean' ? each.sum().div(share.sum()) : reduceLoss(operation, each, reduction);
}

/**
 * Kullback and Leibler (1951): t·(log t − input), for an input of log-probabilities. 'batchmean' divides the sum by the
 * number of examples, which is the mathematical definition; 'mean' divides by the number of elements.
 */
export function klDivLoss(
  logInput: Tensor,
  target: Tensor,
  { reduction = 'mean', logTarget = false }: { reduction?: Reduction | 'batchmean'; logTarget?: boolean } = {},
): Tensor {
  checkPair('klDivLoss', logInput, target);
  const t = logTarget ? target.exp() : target;
  const logT = logTarget ? target : target.where(target.gt(0), 1).log(); // 0·log 0 is 0
  const each = t.mul(logT.sub(logInput));
  return reduction === 'batchmean' ? each.sum().div(logInput.shape[0] ?? 1) : reduceLoss('klDivLoss', each, reduction);
}

/**
 * Hadsell, Chopra and LeCun (2006), for the distance d of each pair: (1 − y)·d² + y·max(margin − d, 0)², with y = 1
 * for a pair that differs and 0 for one that belongs together.
 */
export function contrastiveLoss(
  distance: Tensor,
  isDifferent: Tensor,
  { margin = 1, reduction }: LossOptions & { margin?: number } = {},
): Tensor {
  checkPair('contrastiveLoss', distance, isDifferent);
  const y = isDifferent.to(distance.dtype);
  const missing = distance.neg().add(margin).relu();
  const each = y
    .neg()
    .add(1)
    .mul(distance.mul(distance))
    .add(y.mul(missing.mul(missing)));
  return reduceLoss('contrastiveLoss', each, reduction);
}

/**
 * max(|a − p| − |a − n| + margin, 0) over the last axis: an anchor shall lie nearer to the positive than to the
 * negative (Schroff et al., 2015). PyTorch's eps keeps the length differentiable at 0.
 */
export function tripletLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { margin = 1, p = 2, eps = 1e-6, reduction }: LossOptions & { margin?: number; p?: number; eps?: number } = {},
): Tensor {
  checkPair('tripletLoss', anchor, positive);
  checkPair('tripletLoss', anchor, negative);
  const distanceTo = (other: Tensor): Tensor => anchor.sub(other).add(eps).norm(-1, { p });
  const each = distanceTo(positive).sub(distanceTo(negative)).add(margin).relu();
  return reduceLoss('tripletLoss', each, reduction);
}
