/**
 * Rows of core/ops/normalisation.ts.
 */
import { batchNorm, groupNorm, layerNorm, rmsNorm, type Tensor, tensor } from '../../core';
import type { BatchNormOptions } from '../../core/ops/normalisation';
import { between, fixed, given, positive, reals, whole } from './inputs';
import { operation, type Run, refuses, row } from './row';

const needsFractions = (name: string) => `${name}: int32 has no fractions; convert with to('float32') first`;

/** 28 standard deviations away from 0: mean(x²) − mean(x)² would lose five of seven digits here. */
const farFromZero = (...shape: number[]) => between(15, 17, ...shape);

const layerNorms = operation(
  'layerNorm',
  row('neither weight nor bias', [reals(3, 5)], (a) => layerNorm(a, 5), 'F.layer_norm(a, (5,))'),
  row('a weight', [reals(3, 5), reals(5)], (a, b) => layerNorm(a, 5, b), 'F.layer_norm(a, (5,), b)'),
  row('a bias', [reals(3, 5), reals(5)], (a, b) => layerNorm(a, [5], null, b), 'F.layer_norm(a, (5,), None, b)'),
  row('both', [reals(3, 7), reals(7), reals(7)], (a, b, c) => layerNorm(a, 7, b, c), 'F.layer_norm(a, (7,), b, c)'),
  row('a vector', [reals(7), reals(7), reals(7)], (a, b, c) => layerNorm(a, 7, b, c), 'F.layer_norm(a, (7,), b, c)'),
  row(
    'a sequence',
    [reals(2, 3, 5), reals(5), reals(5)],
    (a, b, c) => layerNorm(a, 5, b, c),
    'F.layer_norm(a, (5,), b, c)',
  ),
  row(
    'the last two axes',
    [reals(2, 3, 2), reals(3, 2), reals(3, 2)],
    (a, b, c) => layerNorm(a, [3, 2], b, c),
    'F.layer_norm(a, (3, 2), b, c)',
  ),
  row('all axes', [reals(3, 2), reals(3, 2)], (a, b) => layerNorm(a, a.shape, b), 'F.layer_norm(a, (3, 2), b)'),
  row(
    'rank 5',
    [reals(2, 1, 3, 1, 2), reals(3, 1, 2)],
    (a, b) => layerNorm(a, [3, 1, 2], b),
    'F.layer_norm(a, (3, 1, 2), b)',
  ),
  row('rows of one', [reals(3, 1), reals(1), reals(1)], (a, b, c) => layerNorm(a, 1, b, c), '(a - a) * b + c'),
  row('no rows', [reals(0, 3), reals(3), reals(3)], (a, b, c) => layerNorm(a, 3, b, c), 'F.layer_norm(a, (3,), b, c)'),
  row('empty rows', [reals(3, 0), reals(0)], (a, b) => layerNorm(a, 0, b), 'F.layer_norm(a, (0,), b)'),
  row(
    'an eps of its own',
    [reals(3, 5)],
    (a) => layerNorm(a, 5, null, null, { eps: 0.5 }),
    'F.layer_norm(a, (5,), eps=0.5)',
  ),
  row(
    'a row that is constant',
    [given([[2, 2, 2]]), reals(3)],
    (a, b) => layerNorm(a, 3, b, null, { eps: 0.25 }),
    'F.layer_norm(a, (3,), b, eps=0.25)',
  ),
  row('far from zero', [farFromZero(3, 7), reals(7)], (a, b) => layerNorm(a, 7, b), 'F.layer_norm(a, (7,), b)'),
  row('its own weight', [reals(5)], (a) => layerNorm(a, 5, a, a), 'F.layer_norm(a, (5,), a, a)'),
  row('a transpose', [reals(5, 3), reals(5)], (a, b) => layerNorm(a.transpose(), 5, b), 'F.layer_norm(a.T, (5,), b)'),
  refuses('whole numbers', [whole(3, 5)], (a) => layerNorm(a, 5), needsFractions('layerNorm')),
  refuses(
    'another length',
    [reals(3, 5)],
    (a) => layerNorm(a, 3),
    'layerNorm: an input of shape [3,5] does not end in normalizedShape [3]',
  ),
  refuses(
    'more axes than there are',
    [reals(5)],
    (a) => layerNorm(a, [3, 5]),
    'layerNorm: an input of shape [5] does not end in normalizedShape [3,5]',
  ),
  refuses(
    'no axes',
    [reals(5)],
    (a) => layerNorm(a, []),
    'layerNorm: normalizedShape names no axis; give at least the last extent',
  ),
  refuses(
    'a weight of another shape',
    [reals(3, 5), reals(1, 5)],
    (a, b) => layerNorm(a, 5, b),
    'layerNorm: weight has shape [1,5], an input of shape [3,5] needs [5]',
  ),
  refuses(
    'a bias of another shape',
    [reals(3, 5), reals(3)],
    (a, b) => layerNorm(a, 5, null, b),
    'layerNorm: bias has shape [3], an input of shape [3,5] needs [5]',
  ),
  refuses(
    'a weight of another precision',
    [reals(3, 2)],
    (a) => layerNorm(a, 2, tensor([1, 2])),
    "layerNorm: float32 and float64 do not mix; convert one side with to('float64') or to('float32')",
  ),
  refuses(
    'a negative eps',
    [reals(3, 5)],
    (a) => layerNorm(a, 5, null, null, { eps: -1 }),
    'layerNorm: eps is a number from 0 up, not -1',
  ),
  refuses(
    'options in the place of the weight',
    [reals(3, 5)],
    (a) => layerNorm(a, 5, { eps: 1 } as unknown as Tensor),
    'layerNorm: expected a tensor, got object [object Object]',
  ),
);

const rmsNorms = operation(
  'rmsNorm',
  row('no weight', [reals(3, 5)], (a) => rmsNorm(a, 5), 'rms_norm(a, (5,))'),
  row('a weight', [reals(3, 7), reals(7)], (a, b) => rmsNorm(a, 7, b), 'rms_norm(a, (7,), b)'),
  row('a vector', [reals(7), reals(7)], (a, b) => rmsNorm(a, [7], b), 'rms_norm(a, (7,), b)'),
  row('a sequence', [reals(2, 3, 5), reals(5)], (a, b) => rmsNorm(a, 5, b), 'rms_norm(a, (5,), b)'),
  row('the last two axes', [reals(2, 3, 2), reals(3, 2)], (a, b) => rmsNorm(a, [3, 2], b), 'rms_norm(a, (3, 2), b)'),
  row('rows of one', [reals(3, 1), reals(1)], (a, b) => rmsNorm(a, 1, b, { eps: 0.5 }), 'rms_norm(a, (1,), b, 0.5)'),
  row('no rows', [reals(0, 3), reals(3)], (a, b) => rmsNorm(a, 3, b), 'rms_norm(a, (3,), b)'),
  row('empty rows', [reals(3, 0), reals(0)], (a, b) => rmsNorm(a, 0, b), 'rms_norm(a, (0,), b)'),
  row('an eps of its own', [reals(3, 5)], (a) => rmsNorm(a, 5, null, { eps: 0.5 }), 'rms_norm(a, (5,), eps=0.5)'),
  row(
    'a row of zeros',
    [given([[0, 0, 0]]), reals(3)],
    (a, b) => rmsNorm(a, 3, b, { eps: 0.25 }),
    'rms_norm(a, (3,), b, 0.25)',
  ),
  row('its own weight', [reals(5)], (a) => rmsNorm(a, 5, a), 'rms_norm(a, (5,), a)'),
  refuses('whole numbers', [whole(3, 5)], (a) => rmsNorm(a, 5), needsFractions('rmsNorm')),
  refuses(
    'another length',
    [reals(3, 5)],
    (a) => rmsNorm(a, [3, 3]),
    'rmsNorm: an input of shape [3,5] does not end in normalizedShape [3,3]',
  ),
  refuses(
    'a weight of another shape',
    [reals(3, 5), reals(3)],
    (a, b) => rmsNorm(a, 5, b),
    'rmsNorm: weight has shape [3], an input of shape [3,5] needs [5]',
  ),
  refuses(
    'an eps that is no number',
    [reals(3, 5)],
    (a) => rmsNorm(a, 5, null, { eps: Number.NaN }),
    'rmsNorm: eps is a number from 0 up, not NaN',
  ),
);

const groupNorms = operation(
  'groupNorm',
  row('two groups', [reals(2, 4, 3)], (a) => groupNorm(a, 2), 'F.group_norm(a, 2)'),
  row(
    'weight and bias',
    [reals(2, 6, 2), reals(6), reals(6)],
    (a, b, c) => groupNorm(a, 3, b, c),
    'F.group_norm(a, 3, b, c)',
  ),
  row('a weight', [reals(2, 4, 3), reals(4)], (a, b) => groupNorm(a, 2, b), 'F.group_norm(a, 2, b)'),
  row('a bias', [reals(2, 4, 3), reals(4)], (a, b) => groupNorm(a, 2, null, b), 'F.group_norm(a, 2, torch.ones(4), b)'),
  row(
    'pictures',
    [reals(2, 4, 3, 2), reals(4), reals(4)],
    (a, b, c) => groupNorm(a, 2, b, c),
    'F.group_norm(a, 2, b, c)',
  ),
  row('one group', [reals(2, 3, 2), reals(3)], (a, b) => groupNorm(a, 1, b), 'F.group_norm(a, 1, b)'),
  row('a group for each channel', [reals(2, 3, 5), reals(3)], (a, b) => groupNorm(a, 3, b), 'F.group_norm(a, 3, b)'),
  row('no places', [reals(3, 6), reals(6), reals(6)], (a, b, c) => groupNorm(a, 2, b, c), 'F.group_norm(a, 2, b, c)'),
  row('no examples', [reals(0, 4, 3), reals(4)], (a, b) => groupNorm(a, 2, b), 'F.group_norm(a, 2, b)'),
  row(
    'an eps of its own',
    [reals(2, 4, 3)],
    (a) => groupNorm(a, 2, null, null, { eps: 0.5 }),
    'F.group_norm(a, 2, eps=0.5)',
  ),
  refuses('whole numbers', [whole(2, 4)], (a) => groupNorm(a, 2), needsFractions('groupNorm')),
  refuses(
    'a vector',
    [reals(4)],
    (a) => groupNorm(a, 2),
    'groupNorm: the input is [N, C] or [N, C, …], not [4]; unsqueeze(0) adds N',
  ),
  refuses(
    'groups that do not come out even',
    [reals(2, 4, 3)],
    (a) => groupNorm(a, 3),
    'groupNorm: 4 channels do not divide into 3 groups of one size',
  ),
  refuses(
    'no groups',
    [reals(2, 4, 3)],
    (a) => groupNorm(a, 0),
    'groupNorm: 4 channels do not divide into 0 groups of one size',
  ),
  refuses(
    'a weight for each place',
    [reals(2, 4, 3), reals(3)],
    (a, b) => groupNorm(a, 2, b),
    'groupNorm: weight has shape [3], an input of shape [2,4,3] needs [4]',
  ),
  refuses(
    'a negative eps',
    [reals(2, 4)],
    (a) => groupNorm(a, 2, null, null, { eps: -1 }),
    'groupNorm: eps is a number from 0 up, not -1',
  ),
);

/** By the statistics of the batch; running ones that may be changed are made of b and c. */
const learning =
  (options: BatchNormOptions = {}): Run =>
  (x, mean, variance, weight, bias) =>
    batchNorm(x, mean.clone(), variance.clone(), weight, bias, { ...options, training: true });

/** The running statistics after one batch. */
const remembered =
  (options: BatchNormOptions = {}): Run =>
  (x, ...start) => {
    const [mean, variance] = start.map((t) => t.clone());
    batchNorm(x, mean, variance, null, null, { ...options, training: true });
    return [mean, variance];
  };

const statistics = (channels: number) => [fixed(reals(channels)), fixed(positive(channels))];

const batchNorms = operation(
  'batchNorm',
  row(
    'a batch of vectors',
    [reals(5, 3), ...statistics(3), reals(3), reals(3)],
    learning(),
    'F.batch_norm(a, b.clone(), c.clone(), d, e, True)',
  ),
  row(
    'pictures',
    [reals(2, 3, 3, 2), ...statistics(3), reals(3), reals(3)],
    learning(),
    'F.batch_norm(a, b.clone(), c.clone(), d, e, True)',
  ),
  row(
    'rank 5',
    [reals(2, 2, 1, 3, 2), ...statistics(2), reals(2)],
    learning(),
    'F.batch_norm(a, None, None, d, None, True)',
  ),
  row(
    'neither weight nor bias nor memory',
    [reals(3, 2, 3)],
    (a) => batchNorm(a, null, null, null, null, { training: true }),
    'F.batch_norm(a, None, None, training=True)',
  ),
  row(
    'a bias',
    [reals(3, 2, 3), reals(2)],
    (a, b) => batchNorm(a, null, null, null, b, { training: true }),
    'F.batch_norm(a, None, None, None, b, True)',
  ),
  row(
    'an eps of its own',
    [reals(5, 3), ...statistics(3), reals(3)],
    learning({ eps: 0.5 }),
    'F.batch_norm(a, None, None, d, training=True, eps=0.5)',
  ),
  row(
    'one channel',
    [reals(5, 1), ...statistics(1), reals(1)],
    learning(),
    'F.batch_norm(a, None, None, d, None, True)',
  ),
  row(
    'one example',
    [reals(1, 3, 5), ...statistics(3), reals(3)],
    learning(),
    'F.batch_norm(a, None, None, d, None, True)',
  ),
  row(
    'two values for each channel',
    [reals(2, 3), ...statistics(3), reals(3)],
    learning({ eps: 0.1 }),
    'F.batch_norm(a, None, None, d, None, True, eps=0.1)',
  ),
  row(
    'far from zero',
    [farFromZero(3, 2, 5), ...statistics(2), reals(2)],
    learning(),
    'F.batch_norm(a, None, None, d, None, True)',
  ),
  row('what is remembered', [fixed(reals(5, 3)), ...statistics(3)], remembered(), 'batch_norm_memory(a, b, c, 0.1)'),
  row(
    'what is remembered of pictures',
    [fixed(reals(2, 3, 3, 2)), ...statistics(3)],
    remembered({ momentum: 0.3 }),
    'batch_norm_memory(a, b, c, 0.3)',
  ),
  row(
    'nothing is remembered',
    [fixed(reals(5, 3)), ...statistics(3)],
    remembered({ momentum: 0 }),
    'batch_norm_memory(a, b, c, 0.)',
  ),
  row(
    'only the last batch is remembered',
    [fixed(reals(5, 3)), ...statistics(3)],
    remembered({ momentum: 1 }),
    'batch_norm_memory(a, b, c, 1.)',
  ),
  row(
    'evaluation',
    [reals(3, 5), ...statistics(5), reals(5), reals(5)],
    (a, b, c, d, e) => batchNorm(a, b, c, d, e),
    'F.batch_norm(a, b, c, d, e)',
  ),
  row(
    'evaluation of pictures',
    [reals(2, 3, 3, 2), ...statistics(3), reals(3)],
    (a, b, c, d) => batchNorm(a, b, c, d, null, { eps: 0.1 }),
    'F.batch_norm(a, b, c, d, eps=0.1)',
  ),
  row('evaluation of one', [reals(1, 3), ...statistics(3)], (a, b, c) => batchNorm(a, b, c), 'F.batch_norm(a, b, c)'),
  row(
    'evaluation of none',
    [reals(0, 3, 2), ...statistics(3), reals(3), reals(3)],
    (a, b, c, d, e) => batchNorm(a, b, c, d, e),
    'F.batch_norm(a, b, c, d, e)',
  ),
  refuses(
    'to learn from one value for each channel',
    [reals(1, 3), ...statistics(3)],
    learning(),
    'batchNorm: training needs two values or more for each channel, not 1; use a larger batch or { training: false }',
  ),
  refuses(
    'to learn from nothing',
    [reals(0, 3, 2), ...statistics(3)],
    learning(),
    'batchNorm: training needs two values or more for each channel, not 0; use a larger batch or { training: false }',
  ),
  refuses(
    'evaluation without statistics',
    [reals(5, 3)],
    (a) => batchNorm(a, null, null),
    'batchNorm: without { training: true } runningMean and runningVar are needed',
  ),
  refuses(
    'half of the statistics',
    [reals(5, 3), reals(3)],
    (a, b) => batchNorm(a, b, null),
    'batchNorm: runningMean and runningVar come together; one is missing',
  ),
  refuses(
    'statistics of other channels',
    [reals(5, 3), ...statistics(5)],
    (a, b, c) => batchNorm(a, b, c),
    'batchNorm: a running statistic has shape [5], an input of shape [5,3] needs [3]',
  ),
  refuses(
    'statistics of whole numbers',
    [reals(5, 3), whole(3), whole(3)],
    (a, b, c) => batchNorm(a, b, c),
    'batchNorm: a running statistic is int32, the input float64; convert one',
  ),
  refuses(
    'statistics that want a gradient',
    [reals(5, 3), reals(3), positive(3)],
    (a, b, c) => batchNorm(a, b, c),
    'batchNorm: no gradient flows into running statistics; detach() them',
  ),
  refuses(
    'to change statistics that lie apart',
    [reals(5, 3), fixed(reals(3, 2)), fixed(positive(3))],
    (a, b, c) => batchNorm(a, b.slice(null, 0), c, null, null, { training: true }),
    'batchNorm: running statistics are changed in place and must be contiguous; clone() them',
  ),
  refuses(
    'a backward after its statistics have changed',
    [reals(5, 3), ...statistics(3)],
    (a, b, c) => {
      const y = batchNorm(a, b, c).sum();
      batchNorm(a, b, c, null, null, { training: true });
      y.backward();
    },
    "backward: 'batchNorm' saved a tensor of shape [3] that was changed in place since (by an optimiser's step?); " +
      'call backward() before the change',
  ),
  refuses(
    'a vector',
    [reals(3), ...statistics(3)],
    learning(),
    'batchNorm: the input is [N, C] or [N, C, …], not [3]; unsqueeze(0) adds N',
  ),
  refuses('whole numbers', [whole(5, 3), ...statistics(3)], learning(), needsFractions('batchNorm')),
  refuses(
    'a weight for each example',
    [reals(5, 3), ...statistics(3), reals(5)],
    learning(),
    'batchNorm: weight has shape [5], an input of shape [5,3] needs [3]',
  ),
  refuses(
    'too much momentum',
    [reals(5, 3), ...statistics(3)],
    learning({ momentum: 1.5 }),
    'batchNorm: momentum lies in [0, 1], not 1.5',
  ),
);

export const normalisations = [layerNorms, rmsNorms, groupNorms, batchNorms];
