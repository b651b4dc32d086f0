/**
 * Rows of core/ops/pooling.ts.
 */
import {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  maxPool1d,
  maxPool2d,
  type Tensor,
} from '../../core';
import type { AveragePoolingOptions, MaxPoolingOptions } from '../../core/ops/pooling';
import type { PerAxis, Side } from '../../core/ops/windows';
import { distinct, fixed, given, type Input, reals, whole } from './inputs';
import { needsFractions } from './messages';
import { NOT_ORDINARY, operation, refuses, row } from './row';

/** One plane with these rows. */
const plane = (...rows: number[][]): Input => given([[rows]]);

type Pool<Kernel, Options> = (x: Tensor, kernelSize: Kernel, options?: Options) => Tensor;

const rowsOf =
  <Kernel, Options>(values: (...shape: number[]) => Input, pool: Pool<Kernel, Options>) =>
  (title: string, shape: number[], kernelSize: Kernel, options: Options, torch: string) =>
    row(title, [values(...shape)], (a) => pool(a, kernelSize, options), torch);

/** What all of them refuse alike. */
const refusals = <Kernel>(
  name: string,
  pool: (x: Tensor, size: Kernel) => Tensor,
  option: string,
  layout: string,
  shape: number[],
) => [
  refuses(
    'one example without a batch',
    [reals(...shape.slice(1))],
    (a) => pool(a, 2 as Kernel),
    `${name}: the input must be ${layout}, not of shape [${shape.slice(1)}]; reshape it`,
  ),
  refuses(
    'an empty picture',
    [reals(...shape.slice(0, -1), 0)],
    (a) => pool(a, 1 as Kernel),
    `${name}: the input of shape [${shape.slice(0, -1)},0] is empty where a window would slide`,
  ),
  refuses('whole numbers', [whole(...shape)], (a) => pool(a, 2 as Kernel), needsFractions(name)),
  refuses(
    'a size of 0',
    [reals(...shape)],
    (a) => pool(a, 0 as Kernel),
    `${name}: ${option} must be a whole number from 1 up, not 0`,
  ),
  refuses(
    'no size',
    [reals(...shape)],
    (a) => pool(a, undefined as Kernel),
    `${name}: ${option} must be a whole number from 1 up, not undefined`,
  ),
];

const max2d = rowsOf<PerAxis, MaxPoolingOptions>(distinct, maxPool2d);
const max1d = rowsOf<number, MaxPoolingOptions<number, Side>>(distinct, maxPool1d);
const avg2d = rowsOf<PerAxis, AveragePoolingOptions>(reals, avgPool2d);
const avg1d = rowsOf<number, AveragePoolingOptions<number, Side>>(reals, avgPool1d);
const adaptive2d = (title: string, shape: number[], size: PerAxis, torch: string) =>
  row(title, [reals(...shape)], (a) => adaptiveAvgPool2d(a, size), `F.adaptive_avg_pool2d(a, ${torch})`);

const TIES = { noDifferences: 'a kink where two values are equal' };

export const pooling = [
  operation(
    'maxPool2d',
    max2d('ordinary', [2, 3, 4, 6], 2, {}, 'F.max_pool2d(a, 2)'),
    max2d('values left over', [1, 2, 5, 7], 2, {}, 'F.max_pool2d(a, 2)'),
    max2d('a window longer than high', [1, 2, 4, 7], [1, 3], {}, 'F.max_pool2d(a, (1, 3))'),
    max2d('windows that overlap', [2, 2, 5, 6], 3, { stride: [1, 2] }, 'F.max_pool2d(a, 3, stride=(1, 2))'),
    max2d('a stride beyond the window', [1, 2, 7, 7], 2, { stride: 3 }, 'F.max_pool2d(a, 2, stride=3)'),
    max2d('padding', [1, 2, 4, 5], 3, { stride: 2, padding: 1 }, 'F.max_pool2d(a, 3, stride=2, padding=1)'),
    max2d(
      'padding by side',
      [1, 2, 4, 4],
      3,
      { stride: 2, padding: [0, [2, 1]] },
      'F.max_pool2d(F.pad(a, (2, 1, 0, 0), value=-math.inf), 3, stride=2)',
    ),
    max2d(
      'more padding than PyTorch allows',
      [1, 2, 3, 3],
      3,
      { padding: 2, stride: 1 },
      'F.max_pool2d(F.pad(a, (2, 2, 2, 2), value=-math.inf), 3, stride=1)',
    ),
    max2d(
      'same',
      [1, 2, 5, 4],
      3,
      { stride: 2, padding: 'same' },
      'F.max_pool2d(F.pad(a, (0, 1, 1, 1), value=-math.inf), 3, stride=2)',
    ),
    max2d(
      'dilation',
      [1, 2, 6, 5],
      2,
      { stride: 1, dilation: [3, 2] },
      'F.max_pool2d(a, 2, stride=1, dilation=(3, 2))',
    ),
    max2d('rounded up', [1, 2, 5, 6], 2, { ceilMode: true }, 'F.max_pool2d(a, 2, ceil_mode=True)'),
    max2d(
      'rounded up, but not to a window that sees nothing',
      [1, 2, 5, 4],
      2,
      { stride: 3, padding: 1, ceilMode: true },
      'F.max_pool2d(a, 2, stride=3, padding=1, ceil_mode=True)',
    ),
    max2d('rounded up from nothing', [1, 1, 2, 3], 3, { ceilMode: true }, 'F.max_pool2d(a, 3, ceil_mode=True)'),
    max2d('all at once', [2, 2, 3, 4], [3, 4], {}, 'F.max_pool2d(a, (3, 4))'),
    max2d('a window of one', [1, 2, 3, 2], 1, {}, 'F.max_pool2d(a, 1)'),
    max2d('no examples', [0, 2, 4, 4], 2, {}, 'F.max_pool2d(a, 2)'),
    row(
      'channels last',
      [distinct(2, 4, 5, 2)],
      (a) => maxPool2d(a.permute(0, 3, 1, 2), 2),
      'F.max_pool2d(a.permute(0, 3, 1, 2), 2)',
    ),
    row(
      'equal values',
      [plane([1, 1, 0, 0], [1, 1, 0, 0], [2, 0, 3, 3])],
      (a) => maxPool2d(a, 2, { stride: 1 }),
      'F.max_pool2d(a, 2, stride=1)',
      TIES,
    ),
    row(
      'infinities and NaN',
      [fixed(plane([-Infinity, -Infinity, 1, NaN], [-Infinity, -Infinity, Infinity, 2]))],
      (a) => maxPool2d(a, 2, { stride: 1, padding: 1 }),
      'F.max_pool2d(a, 2, stride=1, padding=1)',
      NOT_ORDINARY,
    ),
    row(
      'a gradient through minus infinity',
      [plane([-Infinity, -Infinity], [-Infinity, -Infinity])],
      (a) => maxPool2d(a, 2),
      'F.max_pool2d(a, 2)',
      { noDifferences: 'nothing changes near minus infinity' },
    ),
    refusals('maxPool2d', maxPool2d, 'kernelSize', '[N, C, H, W]', [2, 3, 4, 4]),
    refuses(
      'a window larger than the input',
      [reals(1, 1, 4, 3)],
      (a) => maxPool2d(a, 4),
      'maxPool2d: a window that spans 4 does not fit into 3 with padding 0 + 0; ' +
        'pad more, or make the kernel or its dilation smaller',
    ),
    refuses(
      'a window on nothing but padding',
      [reals(1, 1, 4, 4)],
      (a) => maxPool2d(a, 2, { padding: [0, [0, 2]] }),
      'maxPool2d: window 2 along an axis of 4 with padding 0 + 2 sees nothing but padding; pad less',
    ),
    refuses(
      'a window that reaches over the input',
      [reals(1, 1, 4, 4)],
      (a) => maxPool2d(a, 2, { padding: 1, dilation: [1, 5] }),
      'maxPool2d: window 0 along an axis of 4 with padding 1 + 1 sees nothing but padding; pad less',
    ),
    refuses(
      'a stride of 0',
      [reals(1, 1, 4, 4)],
      (a) => maxPool2d(a, 2, { stride: [2, 0] }),
      'maxPool2d: stride must be a whole number from 1 up, not 0',
    ),
  ),
  operation(
    'maxPool1d',
    max1d('ordinary', [2, 3, 7], 2, {}, 'F.max_pool1d(a, 2)'),
    max1d('stride and padding', [2, 3, 7], 3, { stride: 2, padding: 1 }, 'F.max_pool1d(a, 3, stride=2, padding=1)'),
    max1d(
      'padding by side',
      [2, 3, 6],
      3,
      { stride: 2, padding: [2, 0] },
      'F.max_pool1d(F.pad(a, (2, 0), value=-math.inf), 3, stride=2)',
    ),
    max1d(
      'dilation, rounded up',
      [1, 2, 8],
      2,
      { dilation: 3, stride: 3, ceilMode: true },
      'F.max_pool1d(a, 2, stride=3, dilation=3, ceil_mode=True)',
    ),
    max1d('same', [1, 2, 5], 2, { padding: 'same' }, 'F.max_pool1d(F.pad(a, (0, 1), value=-math.inf), 2)'),
    max1d('over everything', [2, 3, 5], 5, {}, 'F.max_pool1d(a, 5)'),
    refusals('maxPool1d', maxPool1d, 'kernelSize', '[N, C, L]', [2, 3, 4]),
    refuses(
      'a window larger than the input',
      [reals(1, 1, 3)],
      (a) => maxPool1d(a, 4),
      'maxPool1d: a window that spans 4 does not fit into 3 with padding 0 + 0; ' +
        'pad more, or make the kernel or its dilation smaller',
    ),
  ),
  operation(
    'avgPool2d',
    avg2d('ordinary', [2, 3, 4, 6], 2, {}, 'F.avg_pool2d(a, 2)'),
    avg2d('values left over', [1, 2, 5, 7], [2, 3], {}, 'F.avg_pool2d(a, (2, 3))'),
    avg2d('windows that overlap', [2, 2, 5, 6], 3, { stride: [1, 2] }, 'F.avg_pool2d(a, 3, stride=(1, 2))'),
    avg2d('a stride beyond the window', [1, 2, 7, 7], 2, { stride: 3 }, 'F.avg_pool2d(a, 2, stride=3)'),
    avg2d('padding', [1, 2, 4, 5], 3, { stride: 2, padding: 1 }, 'F.avg_pool2d(a, 3, stride=2, padding=1)'),
    avg2d(
      'padding that does not count',
      [1, 2, 4, 5],
      3,
      { stride: 2, padding: 1, countIncludePad: false },
      'F.avg_pool2d(a, 3, stride=2, padding=1, count_include_pad=False)',
    ),
    avg2d(
      'padding by side',
      [1, 2, 4, 4],
      3,
      { stride: 2, padding: [0, [2, 1]] },
      'F.avg_pool2d(F.pad(a, (2, 1, 0, 0)), 3, stride=2)',
    ),
    avg2d(
      'same, as in Keras',
      [1, 2, 5, 4],
      3,
      { stride: 2, padding: 'same', countIncludePad: false },
      'F.avg_pool2d(F.pad(a, (0, 1, 1, 1)), 3, stride=2)' +
        ' / F.avg_pool2d(F.pad(torch.ones_like(a), (0, 1, 1, 1)), 3, stride=2)',
    ),
    avg2d('rounded up', [1, 2, 5, 6], 2, { ceilMode: true }, 'F.avg_pool2d(a, 2, ceil_mode=True)'),
    avg2d(
      'rounded up beyond the padding',
      [1, 2, 6, 7],
      3,
      { stride: 3, padding: 1, ceilMode: true },
      'F.avg_pool2d(a, 3, stride=3, padding=1, ceil_mode=True)',
    ),
    avg2d(
      'rounded up beyond padding that does not count',
      [1, 2, 6, 7],
      3,
      { stride: 3, padding: 1, ceilMode: true, countIncludePad: false },
      'F.avg_pool2d(a, 3, stride=3, padding=1, ceil_mode=True, count_include_pad=False)',
    ),
    avg2d('no examples', [0, 2, 4, 4], 2, {}, 'F.avg_pool2d(a, 2)'),
    row(
      'channels last',
      [reals(2, 4, 5, 2)],
      (a) => avgPool2d(a.permute(0, 3, 1, 2), 2),
      'F.avg_pool2d(a.permute(0, 3, 1, 2), 2)',
    ),
    refusals('avgPool2d', avgPool2d, 'kernelSize', '[N, C, H, W]', [2, 3, 4, 4]),
    refuses(
      'a window on nothing but padding',
      [reals(1, 1, 4, 4)],
      (a) => avgPool2d(a, 2, { padding: 2 }),
      'avgPool2d: window 0 along an axis of 4 with padding 2 + 2 sees nothing but padding; pad less',
    ),
  ),
  operation(
    'avgPool1d',
    avg1d('ordinary', [2, 3, 7], 2, {}, 'F.avg_pool1d(a, 2)'),
    avg1d(
      'stride, padding, rounded up',
      [2, 3, 6],
      3,
      { stride: 2, padding: 1, ceilMode: true },
      'F.avg_pool1d(a, 3, stride=2, padding=1, ceil_mode=True)',
    ),
    avg1d(
      'padding that does not count',
      [2, 3, 6],
      3,
      { padding: 1, countIncludePad: false },
      'F.avg_pool1d(a, 3, padding=1, count_include_pad=False)',
    ),
    refusals('avgPool1d', avgPool1d, 'kernelSize', '[N, C, L]', [2, 3, 4]),
  ),
  operation(
    'adaptiveAvgPool2d',
    adaptive2d('to one value', [2, 3, 4, 5], 1, '1'),
    adaptive2d('even windows', [2, 2, 4, 6], [2, 3], '(2, 3)'),
    adaptive2d('uneven windows that overlap', [1, 2, 7, 5], [3, 4], '(3, 4)'),
    adaptive2d('the size it has', [1, 2, 3, 4], [3, 4], '(3, 4)'),
    adaptive2d('more windows than values', [1, 2, 2, 3], [3, 7], '(3, 7)'),
    adaptive2d('no examples', [0, 2, 4, 4], 2, '2'),
    row(
      'channels last',
      [reals(2, 4, 5, 2)],
      (a) => adaptiveAvgPool2d(a.permute(0, 3, 1, 2), 2),
      'F.adaptive_avg_pool2d(a.permute(0, 3, 1, 2), 2)',
    ),
    refusals('adaptiveAvgPool2d', adaptiveAvgPool2d, 'outputSize', '[N, C, H, W]', [2, 3, 4, 4]),
  ),
  operation(
    'adaptiveAvgPool1d',
    row('to one value', [reals(2, 3, 5)], (a) => adaptiveAvgPool1d(a, 1), 'F.adaptive_avg_pool1d(a, 1)'),
    row('uneven windows', [reals(2, 3, 7)], (a) => adaptiveAvgPool1d(a, 3), 'F.adaptive_avg_pool1d(a, 3)'),
    refusals('adaptiveAvgPool1d', adaptiveAvgPool1d, 'outputSize', '[N, C, L]', [2, 3, 4]),
  ),
];
