/**
 * How good a model is, in numbers people know. A metric turns a batch into a few sums, which add up over batches on
 * the device, and the sums of all batches into its value: accuracy is (right answers) / (answers). So a metric over an
 * epoch is exact, and costs one read.
 */
import { noGrad } from '../autograd/modes';
import { stack } from '../ops/shape';
import { formatShape, sameShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import '../ops/methods';
import { checkPlaces } from '../ops/indexing';
import { crossEntropy } from '../ops/losses';
import { full } from '../tensor/create';

export class Metric<Output = Tensor, Target = Tensor> {
  constructor(
    readonly name: string,
    /** The sums of one batch, [k]. */
    readonly sums: (prediction: Output, target: Target) => Tensor,
    /** What follows from the sums of all batches. */
    readonly value: (sums: Float64Array) => number,
  ) {}

  /** The metric over all examples at once: `await accuracy().of(logits, labels)`. */
  async of(prediction: Output, target: Target): Promise<number> {
    return this.value(Float64Array.from(await noGrad(() => this.sums(prediction, target)).data()));
  }
}

/** A metric of one among several outputs and its target: `forOutput(0, 'topic', accuracy())` is 'topicAccuracy'. */
export function forOutput(
  place: number,
  name: string,
  { name: kind, sums, value }: Metric,
): Metric<readonly Tensor[], readonly Tensor[]> {
  const own = (predictions: readonly Tensor[], targets: readonly Tensor[]) => sums(predictions[place], targets[place]);
  return new Metric(`${name}${kind[0].toUpperCase()}${kind.slice(1)}`, own, value);
}

/** Sums are taken as exactly as the device can: in float64 on the CPU. */
export const exact = (x: Tensor): Tensor => x.to(x.device === 'cpu' ? 'float64' : 'float32');

/** The mean of a number for each element, with something done to it at the end. */
function meanMetric(
  name: string,
  each: (prediction: Tensor, target: Tensor) => Tensor,
  finish = (mean: number): number => mean,
): Metric {
  const sums = (prediction: Tensor, target: Tensor): Tensor => {
    const values = exact(each(prediction, target));
    const count = full([], values.size, { dtype: values.dtype, device: values.device });
    return stack([values.sum(), count]);
  };
  return new Metric(name, sums, ([sum, count]: Float64Array) => finish(sum / count));
}

/* -------------------------------------------------------------------------------------- classification */

export interface ThresholdOptions {
  /** A single score above it says yes: 0.5 for probabilities, 0 for logits. */
  threshold?: number;
}

/**
 * What the model says and what is so, as labels. Scores [N, C, …] for labels [N, …] say the class with the largest;
 * scores of the shape of the target say yes or no.
 */
function labelsOf(name: string, prediction: Tensor, target: Tensor, { threshold = 0.5 }: ThresholdOptions) {
  const actual = target.to('int32');
  if (sameShape(prediction.shape, target.shape)) {
    const predicted = prediction.dtype === 'int32' ? prediction : prediction.gt(threshold);
    return { predicted, actual, classes: 2 };
  }
  const [batch, classes, ...rest] = prediction.shape;
  if (prediction.rank < 2 || !sameShape([batch, ...rest], target.shape)) {
    throw new Error(
      `${name}: a prediction of shape ${formatShape(prediction.shape)} does not fit ` +
        `a target of shape ${formatShape(target.shape)}; give scores [N, C] with labels [N], or two equal shapes`,
    );
  }
  return { predicted: prediction.argmax(1), actual, classes };
}

/** The share of right answers. */
export const accuracy = (options: ThresholdOptions = {}): Metric =>
  meanMetric('accuracy', (prediction, target) => {
    const { predicted, actual } = labelsOf('accuracy', prediction, target, options);
    return predicted.eq(actual);
  });

/** The share of examples whose label is among the k highest scores [N, C]. */
export const topK = (k: number): Metric =>
  meanMetric(`top${k}`, (scores, labels) => {
    if (scores.rank !== 2 || !sameShape(scores.shape.slice(0, 1), labels.shape))
      throw new Error(
        `topK: scores [N, C] and labels [N] are needed, not ${formatShape(scores.shape)}, ${formatShape(labels.shape)}`,
      );
    return scores.topk(k, 1)[1].eq(labels.unsqueeze(1)).sum(1);
  });

/** How often class i was taken for class j, at [i · classes + j]. */
function confusionSums(predicted: Tensor, actual: Tensor, classes: number): Tensor {
  checkPlaces('confusionMatrix', actual, classes);
  checkPlaces('confusionMatrix', predicted, classes);
  const cells = actual.mul(classes).add(predicted).reshape(-1);
  const ones = full(cells.shape, 1, { dtype: 'int32', device: cells.device });
  const none = full([classes * classes], 0, { dtype: 'int32', device: cells.device });
  return exact(none.scatterAdd(0, cells, ones));
}

/** What a class's row and column of the confusion matrix say about it. */
interface ClassScores {
  precision: number;
  recall: number;
  f1: number;
  /** How many examples are of this class. */
  support: number;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/**
 * precision = right / said, recall = right / are, F₁ = 2·right / (said + are), for each class; 0 where nothing was said
 * or is.
 */
function scoresByClass(sums: ArrayLike<number>): ClassScores[] {
  const classes = Math.sqrt(sums.length);
  const range = Array.from({ length: classes }, (_, i) => i);
  const total = (places: number[]): number => places.reduce((count, place) => count + sums[place], 0);
  return range.map((c) => {
    const right = sums[c * classes + c];
    const said = total(range.map((i) => i * classes + c));
    const support = total(range.map((j) => c * classes + j));
    return {
      precision: share(right, said),
      recall: share(right, support),
      f1: share(2 * right, said + support),
      support,
    };
  });
}

type ScoreName = 'precision' | 'recall' | 'f1';
export type Average = 'binary' | 'macro' | 'weighted';

export interface ScoreOptions extends ThresholdOptions {
  /**
   * 'binary': of class 1, the default where there are two; 'macro': the mean over classes, the default elsewhere;
   * 'weighted': by how many examples a class has.
   */
  average?: Average;
}

function scoreMetric(name: ScoreName, { average, ...options }: ScoreOptions): Metric {
  const sums = (prediction: Tensor, target: Tensor): Tensor => {
    const { predicted, actual, classes } = labelsOf(name, prediction, target, options);
    if (average === 'binary' && classes !== 2)
      throw new Error(`${name}: average 'binary' is for two classes, here are ${classes}; use 'macro' or 'weighted'`);
    return confusionSums(predicted, actual, classes);
  };
  return new Metric(name, sums, (counts) => {
    const scores = scoresByClass(counts);
    return averageOf(scores, name, average ?? (scores.length === 2 ? 'binary' : 'macro'));
  });
}

function averageOf(scores: readonly ClassScores[], name: ScoreName, average: Average): number {
  if (average === 'binary') return scores[1][name];
  const weight = ({ support }: ClassScores): number => (average === 'macro' ? 1 : support);
  const total = scores.reduce((sum, score) => sum + weight(score), 0);
  return share(
    scores.reduce((sum, score) => sum + weight(score) * score[name], 0),
    total,
  );
}

/** Of those said to be of a class, the share that is. */
export const precision = (options: ScoreOptions = {}): Metric => scoreMetric('precision', options);
/** Of those that are of a class, the share found. */
export const recall = (options: ScoreOptions = {}): Metric => scoreMetric('recall', options);
/** The harmonic mean of precision and recall. */
export const f1 = (options: ScoreOptions = {}): Metric => scoreMetric('f1', options);

/** Rows are what is so, columns what the model says. Scores [N, C], yes-or-no scores [N], or labels with `classes`. */
export async function confusionMatrix(
  prediction: Tensor,
  target: Tensor,
  options: ThresholdOptions & { classes?: number } = {},
): Promise<number[][]> {
  const { predicted, actual, classes } = labelsOf('confusionMatrix', prediction, target, options);
  const count = options.classes ?? classes;
  const sums = await noGrad(() => confusionSums(predicted, actual, count)).data();
  return Array.from({ length: count }, (_, i) => Array.from(sums.slice(i * count, (i + 1) * count)));
}

export interface ClassificationReport {
  classes: (ClassScores & { name: string })[];
  accuracy: number;
  macro: ClassScores;
  weighted: ClassScores;
  /** The table that scikit-learn prints. */
  toString(): string;
}

/** Precision, recall, F₁ and support of every class, and their means. */
export async function classificationReport(
  prediction: Tensor,
  target: Tensor,
  { names, ...options }: ThresholdOptions & { classes?: number; names?: readonly string[] } = {},
): Promise<ClassificationReport> {
  const matrix = await confusionMatrix(prediction, target, { classes: names?.length, ...options });
  const scores = scoresByClass(matrix.flat());
  if (names && names.length !== scores.length)
    throw new Error(`classificationReport: ${names.length} names for ${scores.length} classes`);
  const support = scores.reduce((sum, score) => sum + score.support, 0);
  const averages = (average: Average): ClassScores => ({
    precision: averageOf(scores, 'precision', average),
    recall: averageOf(scores, 'recall', average),
    f1: averageOf(scores, 'f1', average),
    support,
  });
  const right = matrix.reduce((sum, row, i) => sum + row[i], 0);
  const report = {
    classes: scores.map((score, i) => ({ name: names?.[i] ?? String(i), ...score })),
    accuracy: share(right, support),
    macro: averages('macro'),
    weighted: averages('weighted'),
  };
  return { ...report, toString: () => formatReport(report) };
}

function formatReport({ classes, accuracy, macro, weighted }: Omit<ClassificationReport, 'toString'>): string {
  const width = Math.max('weighted avg'.length, ...classes.map(({ name }) => name.length));
  const line = (name: string, cells: readonly string[]): string =>
    name.padStart(width) + cells.map((cell) => cell.padStart(10)).join('');
  const row = (name: string, { precision, recall, f1, support }: ClassScores): string =>
    line(name, [...[precision, recall, f1].map((x) => x.toFixed(2)), String(support)]);
  return [
    line('', ['precision', 'recall', 'f1-score', 'support']),
    '',
    ...classes.map((score) => row(score.name, score)),
    '',
    line('accuracy', ['', '', accuracy.toFixed(2), String(macro.support)]),
    row('macro avg', macro),
    row('weighted avg', weighted),
  ].join('\n');
}

/* ---------------------------------------------------------------------------------- the choice of threshold */

export interface RocCurve {
  /** Of those that are not, the share said to be. */
  falsePositiveRate: number[];
  /** Of those that are, the share found. */
  truePositiveRate: number[];
  /** Who scores at least so much is said to be; the first is above every score. */
  thresholds: number[];
}

/** What a yes-or-no score finds, and what it takes in besides, at every threshold. `labels` are 0 and 1. */
export async function rocCurve(scores: Tensor, labels: Tensor): Promise<RocCurve> {
  if (!sameShape(scores.shape, labels.shape))
    throw new Error(`rocCurve: ${formatShape(scores.shape)} scores for ${formatShape(labels.shape)} labels`);
  const [values, isSo] = [await scores.data(), await labels.data()];
  const wrong = isSo.find((label) => label !== 0 && label !== 1);
  if (wrong !== undefined) throw new Error(`rocCurve: a label is 0 or 1, not ${wrong}`);
  const invalid = values.find((value) => Number.isNaN(value));
  if (invalid !== undefined) throw new Error('rocCurve: a score is NaN');
  const positives = Array.from(isSo).reduce((count, label) => count + label, 0);
  const negatives = isSo.length - positives;
  if (positives === 0 || negatives === 0) throw new Error('rocCurve: examples of both kinds are needed');

  const order = Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a]);
  const curve: RocCurve = { falsePositiveRate: [0], truePositiveRate: [0], thresholds: [Infinity] };
  let found = 0;
  order.forEach((example, i) => {
    found += isSo[example];
    if (i + 1 < order.length && values[order[i + 1]] === values[example]) return; // equal scores go together
    curve.truePositiveRate.push(found / positives);
    curve.falsePositiveRate.push((i + 1 - found) / negatives);
    curve.thresholds.push(values[example]);
  });
  return curve;
}

/** The area under the ROC curve: how likely a positive example scores higher than a negative one. */
export async function rocAuc(scores: Tensor, labels: Tensor): Promise<number> {
  const { falsePositiveRate: x, truePositiveRate: y } = await rocCurve(scores, labels);
  return x.slice(1).reduce((area, right, i) => area + ((right - x[i]) * (y[i] + y[i + 1])) / 2, 0);
}

/* ------------------------------------------------------------------------------------------ regression */

function errors(name: string, prediction: Tensor, target: Tensor): Tensor {
  if (!sameShape(prediction.shape, target.shape))
    throw new Error(
      `${name}: the prediction has shape ${formatShape(prediction.shape)}, ` +
        `the target ${formatShape(target.shape)}; reshape one side`,
    );
  return exact(prediction).sub(exact(target));
}

const square = (x: Tensor): Tensor => x.mul(x);

/** mean |p − t| */
export const mae = (): Metric => meanMetric('mae', (p, t) => errors('mae', p, t).abs());
/** mean (p − t)² */
export const mse = (): Metric => meanMetric('mse', (p, t) => square(errors('mse', p, t)));
/** √(mean (p − t)²) */
export const rmse = (): Metric => meanMetric('rmse', (p, t) => square(errors('rmse', p, t)), Math.sqrt);

/** R² = 1 − Σ(p − t)² / Σ(t − t̄)²: the share of the spread of t that the model explains */
export const r2 = (): Metric =>
  new Metric(
    'r2',
    (prediction, target) => {
      const t = exact(target);
      const count = full([], t.size, { dtype: t.dtype, device: t.device });
      return stack([square(errors('r2', prediction, target)).sum(), t.sum(), square(t).sum(), count]);
    },
    ([left, sum, squares, count]: Float64Array) => 1 - left / (squares - (sum * sum) / count),
  );

/** e to the mean cross-entropy of logits [N, C, …]: among how many words the model hesitates. */
export function perplexity({ ignoreIndex = -100 }: { ignoreIndex?: number } = {}): Metric {
  const sums = (logits: Tensor, labels: Tensor): Tensor => {
    const total = crossEntropy(logits, labels, { ignoreIndex, reduction: 'sum' });
    return stack([exact(total), exact(labels.ne(ignoreIndex).sum())]);
  };
  return new Metric('perplexity', sums, ([sum, count]: Float64Array) => Math.exp(sum / count));
}
