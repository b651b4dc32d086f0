/** Metrics against scikit-learn's values (metrics.py made the file), whole and batch by batch. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tensor, train } from '../../core';

const expected = JSON.parse(readFileSync('test/train/metrics.json', 'utf8'));
const labels = tensor(expected.labels, { dtype: 'int32' });
const scores = tensor(expected.scores);
const yes = tensor(expected.yes, { dtype: 'int32' });
const chances = tensor(expected.chances);
const target = tensor(expected.target);
const prediction = tensor(expected.prediction);

type Case = [train.Metric, typeof labels, typeof labels, number];
const scoreCases = (average: train.Average, values: number[], p = scores, t = labels): Case[] =>
  [train.precision, train.recall, train.f1].map((metric, i) => [metric({ average }), p, t, values[i]]);
const cases: Case[] = [
  [train.accuracy(), scores, labels, expected.accuracy],
  [train.topK(2), scores, labels, expected.top2],
  ...scoreCases('macro', expected.macro),
  ...scoreCases('weighted', expected.weighted),
  ...scoreCases('binary', expected.binary, chances, yes),
  [train.mae(), prediction, target, expected.mae],
  [train.mse(), prediction, target, expected.mse],
  [train.rmse(), prediction, target, expected.rmse],
  [train.r2(), prediction, target, expected.r2],
  [train.perplexity(), scores, labels, expected.perplexity],
];

describe.each(cases)('$name', (metric, p, t, value) => {
  test('over all examples', async () => {
    expect(await metric.of(p, t)).toBeCloseTo(value, 5);
  });

  test('is the same from the sums of batches', async () => {
    const cut = 7;
    const parts = [
      metric.sums(p.slice([0, cut]), t.slice([0, cut])),
      metric.sums(p.slice([cut, null]), t.slice([cut, null])),
    ];
    expect(metric.value((await parts[0].add(parts[1]).data()) as Float64Array)).toBeCloseTo(value, 5);
  });
});

test('the confusion matrix and the report are scikit-learn’s', async () => {
  expect(await train.confusionMatrix(scores, labels)).toEqual(expected.matrix);
  expect(await train.confusionMatrix(scores.argmax(1), labels, { classes: 3 })).toEqual(expected.matrix);
  const report = await train.classificationReport(scores, labels, { names: ['cat', 'dog', 'hedgehog'] });
  const words = (text: string) => text.split(/\s+/).filter(Boolean);
  expect(words(String(report))).toEqual(words(expected.report));
});

test('the ROC curve, with ties, and the area under it', async () => {
  const curve = await train.rocCurve(chances, yes);
  const round = (values: number[]) => values.map((value) => Number(value.toFixed(9)));
  expect(round(curve.falsePositiveRate)).toEqual(round(expected.fpr));
  expect(round(curve.truePositiveRate)).toEqual(round(expected.tpr));
  expect(await train.rocAuc(chances, yes)).toBeCloseTo(expected.auc, 9);
});

test('what makes no sense is answered', async () => {
  await expect(train.accuracy().of(scores, yes)).rejects.toThrow('accuracy: a prediction of shape [37,3] does not fit');
  await expect(train.mse().of(prediction.reshape(20, 1), target)).rejects.toThrow('reshape one side');
  await expect(train.f1({ average: 'binary' }).of(scores, labels)).rejects.toThrow("use 'macro' or 'weighted'");
  await expect(train.confusionMatrix(scores, labels.add(1))).rejects.toThrow('outside 0..2');
  await expect(train.rocCurve(chances, yes.mul(0))).rejects.toThrow('examples of both kinds');
});
