/**
 * Rows of core/ops/losses.ts.
 */
import {
  bceLoss,
  bceWithLogitsLoss,
  contrastiveLoss,
  crossEntropy,
  huberLoss,
  klDivLoss,
  l1Loss,
  mseLoss,
  nllLoss,
  type Tensor,
  tripletLoss,
} from '../../core';
import type { LossOptions } from '../../core/ops/losses';
import { fixed, given, givenWhole, type Input, mask, places, positive, probabilities, reals, whole } from './inputs';
import { needsFractions, needsInt } from './messages';
import { operation, refuses, row } from './row';

type Loss = (prediction: Tensor, target: Tensor, options?: LossOptions) => Tensor;

/** A loss that compares element by element; `torch` is PyTorch's name, with further arguments where it takes any. */
const pairwise = (
  name: string,
  loss: Loss,
  torch: string,
  prediction: (...shape: number[]) => Input,
  target = reals,
  more = '',
) => [
  row('mean', [prediction(3, 5), target(3, 5)], (a, b) => loss(a, b), `F.${torch}(a, b${more})`),
  row(
    'sum',
    [prediction(3, 5), target(3, 5)],
    (a, b) => loss(a, b, { reduction: 'sum' }),
    `F.${torch}(a, b, reduction='sum'${more})`,
  ),
  row(
    'none',
    [prediction(3, 5), target(3, 5)],
    (a, b) => loss(a, b, { reduction: 'none' }),
    `F.${torch}(a, b, reduction='none'${more})`,
  ),
  row('scalars', [prediction(), target()], (a, b) => loss(a, b), `F.${torch}(a, b${more})`),
  row(
    'no examples',
    [prediction(0, 3), target(0, 3)],
    (a, b) => loss(a, b, { reduction: 'sum' }),
    `F.${torch}(a, b, reduction='sum'${more})`,
  ),
  refuses(
    'a column beside a list',
    [prediction(3, 1), target(3)],
    (a, b) => loss(a, b),
    `${name}: the prediction has shape [3,1], the target [3]; reshape one side`,
  ),
  refuses(
    'an unknown reduction',
    [prediction(3), target(3)],
    (a, b) => loss(a, b, { reduction: 'average' as 'mean' }),
    `${name}: a reduction is 'mean', 'sum' or 'none', not 'average'`,
  ),
  refuses('whole numbers', [whole(3), target(3)], (a, b) => loss(a, b), needsFractions(name)),
];

const CONTRASTIVE = (margin: string, reduce: string) => `((1 - b) * a**2 + b * F.relu(${margin} - a)**2)${reduce}`;

const shares = given([
  [0.5, 0.25, 0.25],
  [0, 1, 0],
]);

export const losses = [
  operation('mseLoss', pairwise('mseLoss', mseLoss, 'mse_loss', reals)),
  operation('l1Loss', pairwise('l1Loss', l1Loss, 'l1_loss', reals)),
  operation(
    'huberLoss',
    pairwise('huberLoss', huberLoss, 'huber_loss', reals),
    row(
      'a δ of its own',
      [reals(17), reals(17)],
      (a, b) => huberLoss(a, b, { delta: 0.5 }),
      'F.huber_loss(a, b, delta=0.5)',
    ),
    row('a large δ', [reals(17), reals(17)], (a, b) => huberLoss(a, b, { delta: 3 }), 'F.huber_loss(a, b, delta=3.)'),
    refuses(
      'δ = 0',
      [reals(3), reals(3)],
      (a, b) => huberLoss(a, b, { delta: 0 }),
      'huberLoss: delta must be above 0, not 0',
    ),
  ),
  operation(
    'bceLoss',
    pairwise('bceLoss', bceLoss, 'binary_cross_entropy', probabilities, (...shape) => fixed(probabilities(...shape))),
    row(
      'certain and wrong',
      [fixed(given([0, 1, 0, 1])), fixed(given([1, 0, 0, 1]))],
      (a, b) => bceLoss(a, b, { reduction: 'none' }),
      "F.binary_cross_entropy(a, b, reduction='none')",
    ),
  ),
  operation(
    'bceWithLogitsLoss',
    pairwise('bceWithLogitsLoss', bceWithLogitsLoss, 'binary_cross_entropy_with_logits', reals, probabilities),
    row(
      'far out',
      [fixed(given([-800, 800, 800])), fixed(given([1, 0, 1]))],
      (a, b) => bceWithLogitsLoss(a, b, { reduction: 'none' }),
      "F.binary_cross_entropy_with_logits(a, b, reduction='none')",
    ),
  ),
  operation(
    'nllLoss',
    row('labels', [reals(3, 5), places(5, 3)], (a, b) => nllLoss(a, b), 'F.nll_loss(a, b)'),
    row(
      'sum',
      [reals(3, 5), places(5, 3)],
      (a, b) => nllLoss(a, b, { reduction: 'sum' }),
      "F.nll_loss(a, b, reduction='sum')",
    ),
    row(
      'none',
      [reals(3, 5), places(5, 3)],
      (a, b) => nllLoss(a, b, { reduction: 'none' }),
      "F.nll_loss(a, b, reduction='none')",
    ),
    row('one example without a batch', [reals(5), places(5)], (a, b) => nllLoss(a, b), 'F.nll_loss(a, b)'),
    row('labels at many places', [reals(2, 3, 2, 2), places(3, 2, 2, 2)], (a, b) => nllLoss(a, b), 'F.nll_loss(a, b)'),
    row(
      'class weights and an ignored label',
      [reals(5, 3), givenWhole([1, -100, 0, 2, 2]), fixed(positive(3))],
      (a, b, c) => nllLoss(a, b, { weight: c }),
      'F.nll_loss(a, b, c)',
    ),
    row(
      'another ignored label',
      [reals(5, 3), givenWhole([1, 0, 0, 2, 0])],
      (a, b) => nllLoss(a, b, { ignoreIndex: 0 }),
      'F.nll_loss(a, b, ignore_index=0)',
    ),
    refuses(
      'a label beyond the classes',
      [reals(2, 3), givenWhole([0, 3])],
      (a, b) => nllLoss(a, b),
      'nllLoss: index 3 at position 1 is outside 0..2',
    ),
    refuses('float labels', [reals(2, 3), reals(2)], (a, b) => nllLoss(a, b), needsInt('nllLoss', 'the target')),
  ),
  operation(
    'klDivLoss',
    pairwise('klDivLoss', klDivLoss, 'kl_div', reals, probabilities),
    row(
      'by examples',
      [reals(3, 5), probabilities(3, 5)],
      (a, b) => klDivLoss(a, b, { reduction: 'batchmean' }),
      "F.kl_div(a, b, reduction='batchmean')",
    ),
    row(
      'a target of logarithms',
      [reals(3, 5), reals(3, 5)],
      (a, b) => klDivLoss(a, b, { logTarget: true }),
      'F.kl_div(a, b, log_target=True)',
    ),
    row('a target of 0 and 1', [reals(4), fixed(given([0, 1, 0, 0]))], (a, b) => klDivLoss(a, b), 'F.kl_div(a, b)'),
  ),
  operation(
    'contrastiveLoss',
    row(
      'pairs',
      [positive(7), givenWhole([0, 1, 1, 0, 1, 0, 1])],
      (a, b) => contrastiveLoss(a, b),
      CONTRASTIVE('1', '.mean()'),
    ),
    row(
      'a margin of its own',
      [positive(7), mask(7)],
      (a, b) => contrastiveLoss(a, b, { margin: 1.5, reduction: 'sum' }),
      CONTRASTIVE('1.5', '.sum()'),
    ),
    row(
      'each',
      [positive(3), fixed(given([0, 1, 0.5]))],
      (a, b) => contrastiveLoss(a, b, { reduction: 'none' }),
      CONTRASTIVE('1', ''),
    ),
    refuses(
      'a column beside a list',
      [positive(3, 1), mask(3)],
      (a, b) => contrastiveLoss(a, b),
      'contrastiveLoss: the prediction has shape [3,1], the target [3]; reshape one side',
    ),
  ),
  operation(
    'tripletLoss',
    row(
      'triplets',
      [reals(5, 3), reals(5, 3), reals(5, 3)],
      (a, b, c) => tripletLoss(a, b, c),
      'F.triplet_margin_loss(a, b, c)',
    ),
    row(
      'a wide margin, sum',
      [reals(5, 3), reals(5, 3), reals(5, 3)],
      (a, b, c) => tripletLoss(a, b, c, { margin: 5, reduction: 'sum' }),
      "F.triplet_margin_loss(a, b, c, margin=5., reduction='sum')",
    ),
    row(
      'sums of sizes',
      [reals(5, 3), reals(5, 3), reals(5, 3)],
      (a, b, c) => tripletLoss(a, b, c, { p: 1, reduction: 'none' }),
      "F.triplet_margin_loss(a, b, c, p=1, reduction='none')",
    ),
    row(
      'two that are the same',
      [reals(2, 3), reals(2, 3)],
      (a, b) => tripletLoss(a, a, b, { margin: 9 }),
      'F.triplet_margin_loss(a, a, b, margin=9.)',
      {
        noDifferences: 'a bend at distance 0, which eps makes very sharp',
      },
    ),
    refuses(
      'shapes that differ',
      [reals(2, 3), reals(2, 3), reals(3)],
      (a, b, c) => tripletLoss(a, b, c),
      'tripletLoss: the prediction has shape [2,3], the target [3]; reshape one side',
    ),
  ),
  operation(
    'crossEntropy',
    row('labels', [reals(3, 5), places(5, 3)], (a, b) => crossEntropy(a, b), 'F.cross_entropy(a, b)'),
    row(
      'sum',
      [reals(3, 5), places(5, 3)],
      (a, b) => crossEntropy(a, b, { reduction: 'sum' }),
      "F.cross_entropy(a, b, reduction='sum')",
    ),
    row(
      'none',
      [reals(3, 5), places(5, 3)],
      (a, b) => crossEntropy(a, b, { reduction: 'none' }),
      "F.cross_entropy(a, b, reduction='none')",
    ),
    row('one example without a batch', [reals(5), places(5)], (a, b) => crossEntropy(a, b), 'F.cross_entropy(a, b)'),
    row(
      'labels at many places',
      [reals(2, 3, 2, 2), places(3, 2, 2, 2)],
      (a, b) => crossEntropy(a, b),
      'F.cross_entropy(a, b)',
    ),
    row(
      'class weights',
      [reals(5, 3), places(3, 5), fixed(positive(3))],
      (a, b, c) => crossEntropy(a, b, { weight: c }),
      'F.cross_entropy(a, b, c)',
    ),
    row(
      'class weights, none',
      [reals(2, 3, 2), places(3, 2, 2), fixed(positive(3))],
      (a, b, c) => crossEntropy(a, b, { weight: c, reduction: 'none' }),
      "F.cross_entropy(a, b, c, reduction='none')",
    ),
    row(
      'an ignored label',
      [reals(5, 3), givenWhole([1, -100, 0, 2, -100])],
      (a, b) => crossEntropy(a, b),
      'F.cross_entropy(a, b)',
    ),
    row(
      'another ignored label',
      [reals(5, 3), givenWhole([1, 0, 0, 2, 0])],
      (a, b) => crossEntropy(a, b, { ignoreIndex: 0 }),
      'F.cross_entropy(a, b, ignore_index=0)',
    ),
    row(
      'an ignored label, none',
      [reals(3, 3), givenWhole([1, -100, 0])],
      (a, b) => crossEntropy(a, b, { reduction: 'none' }),
      "F.cross_entropy(a, b, reduction='none')",
    ),
    row(
      'label smoothing',
      [reals(3, 5), places(5, 3)],
      (a, b) => crossEntropy(a, b, { labelSmoothing: 0.1 }),
      'F.cross_entropy(a, b, label_smoothing=0.1)',
    ),
    row(
      'smoothing, weights and an ignored label',
      [reals(5, 3), givenWhole([1, -100, 0, 2, 2]), fixed(positive(3))],
      (a, b, c) => crossEntropy(a, b, { weight: c, labelSmoothing: 0.2 }),
      'F.cross_entropy(a, b, c, label_smoothing=0.2)',
    ),
    row('probabilities', [reals(2, 3), shares], (a, b) => crossEntropy(a, b), 'F.cross_entropy(a, b)'),
    row(
      'probabilities, sum',
      [reals(2, 3), shares],
      (a, b) => crossEntropy(a, b, { reduction: 'sum' }),
      "F.cross_entropy(a, b, reduction='sum')",
    ),
    row(
      'probabilities at many places',
      [reals(2, 3, 2), probabilities(2, 3, 2)],
      (a, b) => crossEntropy(a, b),
      'F.cross_entropy(a, b)',
    ),
    row(
      'probabilities, weights, smoothing',
      [reals(2, 3), fixed(shares), fixed(positive(3))],
      (a, b, c) => crossEntropy(a, b, { weight: c, labelSmoothing: 0.1 }),
      'F.cross_entropy(a, b, c, label_smoothing=0.1)',
    ),
    row(
      'large logits',
      [
        given([
          [1000, 0, -1000],
          [5, 1000, 3],
        ]),
        givenWhole([0, 2]),
      ],
      (a, b) => crossEntropy(a, b),
      'F.cross_entropy(a, b)',
    ),
    refuses(
      'a label beyond the classes',
      [reals(2, 3), givenWhole([0, 3])],
      (a, b) => crossEntropy(a, b),
      'crossEntropy: index 3 at position 1 is outside 0..2',
    ),
    refuses(
      'a label below 0',
      [reals(2, 3), givenWhole([0, -1])],
      (a, b) => crossEntropy(a, b),
      'crossEntropy: index -1 at position 1 is outside 0..2',
    ),
    refuses(
      'labels of another shape',
      [reals(2, 3), places(3, 2, 1)],
      (a, b) => crossEntropy(a, b),
      'crossEntropy: [2] examples of 3 classes need labels of shape [2], not [2,1]',
    ),
    refuses(
      'probabilities of another shape',
      [reals(2, 3), probabilities(3)],
      (a, b) => crossEntropy(a, b),
      'crossEntropy: the prediction has shape [2,3], the target [3]; reshape one side',
    ),
    refuses(
      'logits without classes',
      [reals(), places(2)],
      (a, b) => crossEntropy(a, b),
      'crossEntropy: a single number has no axis of classes',
    ),
    refuses(
      'too many class weights',
      [reals(2, 3), places(3, 2), positive(4)],
      (a, b, c) => crossEntropy(a, b, { weight: c }),
      'crossEntropy: 3 classes need a weight of shape [3], not [4]',
    ),
    refuses(
      'too much smoothing',
      [reals(2, 3), places(3, 2)],
      (a, b) => crossEntropy(a, b, { labelSmoothing: 1.5 }),
      'crossEntropy: labelSmoothing lies in [0, 1], not 1.5',
    ),
    refuses('whole numbers', [whole(2, 3), places(3, 2)], (a, b) => crossEntropy(a, b), needsFractions('crossEntropy')),
    refuses(
      'an unknown reduction',
      [reals(2, 3), places(3, 2)],
      (a, b) => crossEntropy(a, b, { reduction: 'average' as 'mean' }),
      "crossEntropy: a reduction is 'mean', 'sum' or 'none', not 'average'",
    ),
  ),
];
