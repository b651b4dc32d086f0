/**
 * Rows of core/ops/convolution.ts.
 */
import { conv1d, conv2d, convTranspose1d, convTranspose2d, type Tensor } from '../../core';
import type { ConvolutionOptions, TransposedConvolutionOptions } from '../../core/ops/convolution';
import type { PerAxis, Side } from '../../core/ops/windows';
import { fixed, reals, whole } from './inputs';
import { doNotMix, needsFractions } from './messages';
import { operation, refuses, row } from './row';

type Convolve<Options> = (x: Tensor, weight: Tensor, bias?: Tensor | null, options?: Options) => Tensor;

/** Rows of an input, a weight and a bias under some options; `torch` is what PyTorch makes of a, b and c. */
const rowsOf =
  <Options>(convolve: Convolve<Options>) =>
  (title: string, x: number[], weight: number[], bias: number, options: Options, torch: string) =>
    row(title, [reals(...x), reals(...weight), reals(bias)], (a, b, c) => convolve(a, b, c, options), torch);

/** What all four refuse alike. `x` and `weight` are legal shapes, with an input of 4 channels and a kernel of 3. */
const refusals = <Options>(
  name: string,
  convolve: Convolve<Options>,
  layouts: [input: string, weight: string],
  x: number[],
  weight: number[],
) => {
  const withOptions = (options: unknown) => (a: Tensor, b: Tensor) => convolve(a, b, null, options as Options);
  const legal = [reals(...x), reals(...weight)];
  const weightShape = `[${weight}]`;
  const PADDING =
    'padding is made of whole numbers from 0 up, one for all sides, one for each axis, or a pair for each axis;';
  return [
    refuses(
      'one example without a batch',
      [reals(...x.slice(1)), reals(...weight)],
      (a, b) => convolve(a, b),
      `${name}: the input must be ${layouts[0]}, not of shape [${x.slice(1)}]; reshape it`,
    ),
    refuses(
      'a matrix as weight',
      [reals(...x), reals(3, 4)],
      (a, b) => convolve(a, b),
      `${name}: the weight must be ${layouts[1]}, not of shape [3,4]; reshape it`,
    ),
    refuses(
      'an empty window',
      [reals(...x), reals(...weight.slice(0, -1), 0)],
      (a, b) => convolve(a, b),
      `${name}: the weight of shape [${weight.slice(0, -1)},0] is empty where a window would slide`,
    ),
    refuses(
      'an empty picture',
      [reals(...x.slice(0, -1), 0), reals(...weight)],
      (a, b) => convolve(a, b),
      `${name}: the input of shape [${x.slice(0, -1)},0] is empty where a window would slide`,
    ),
    refuses('whole numbers', [whole(...x), reals(...weight)], (a, b) => convolve(a, b), needsFractions(name)),
    refuses('float32 beside float64', legal, (a, b) => convolve(a, b.to('float32')), doNotMix(name)),
    refuses(
      'a list',
      [reals(...x)],
      (a) => convolve(a, [1] as unknown as Tensor),
      `${name}: expected a tensor, got a list; tensor(list) makes one`,
    ),
    refuses(
      'other channels than the weight has',
      [reals(x[0], 5, ...x.slice(2)), reals(...weight)],
      (a, b) => convolve(a, b),
      `${name}: the input [${[x[0], 5, ...x.slice(2)]}] has 5 channels, the weight ${weightShape} wants 4 (groups: 1)`,
    ),
    refuses(
      'groups that do not divide',
      legal,
      withOptions({ groups: 3 }),
      `${name}: 3 groups do not divide the first axis of the weight ${weightShape}`,
    ),
    refuses('no groups', legal, withOptions({ groups: 0 }), `${name}: groups must be a whole number from 1 up, not 0`),
    refuses(
      'a stride of 0',
      legal,
      withOptions({ stride: 0 }),
      `${name}: stride must be a whole number from 1 up, not 0`,
    ),
    refuses(
      'half a dilation',
      legal,
      withOptions({ dilation: 0.5 }),
      `${name}: dilation must be a whole number from 1 up, not 0.5`,
    ),
    refuses('negative padding', legal, withOptions({ padding: -1 }), `${name}: ${PADDING} not -1`),
    refuses('an unknown padding', legal, withOptions({ padding: 'full' }), `${name}: ${PADDING} not full`),
    refuses(
      'a bias of another size',
      [...legal, reals(5)],
      (a, b, c) => convolve(a, b, c),
      `${name}: a bias of shape [5] does not fit 2 outputs`,
    ),
  ];
};

const conv2dRow = rowsOf<ConvolutionOptions>(conv2d);
const conv1dRow = rowsOf<ConvolutionOptions<number, Side>>(conv1d);
const transposed2dRow = rowsOf<TransposedConvolutionOptions>(convTranspose2d);
const transposed1dRow = rowsOf<TransposedConvolutionOptions<number, Side>>(convTranspose1d);

export const convolutions = [
  operation(
    'conv2d',
    row('ordinary', [reals(2, 3, 5, 6), reals(4, 3, 3, 2)], (a, b) => conv2d(a, b), 'F.conv2d(a, b)'),
    conv2dRow('a bias', [2, 3, 5, 4], [4, 3, 3, 3], 4, {}, 'F.conv2d(a, b, c)'),
    conv2dRow('stride', [2, 2, 7, 6], [3, 2, 3, 3], 3, { stride: 2 }, 'F.conv2d(a, b, c, stride=2)'),
    conv2dRow('strides', [1, 2, 7, 9], [3, 2, 3, 2], 3, { stride: [3, 2] }, 'F.conv2d(a, b, c, stride=(3, 2))'),
    conv2dRow(
      'a stride beyond the kernel',
      [1, 2, 7, 8],
      [2, 2, 2, 1],
      2,
      { stride: 3 },
      'F.conv2d(a, b, c, stride=3)',
    ),
    conv2dRow('padding', [2, 2, 3, 4], [3, 2, 3, 3], 3, { padding: 1 }, 'F.conv2d(a, b, c, padding=1)'),
    conv2dRow(
      'padding by axis',
      [1, 2, 4, 3],
      [3, 2, 3, 5],
      3,
      { padding: [0, 3] },
      'F.conv2d(a, b, c, padding=(0, 3))',
    ),
    conv2dRow(
      'padding by side',
      [1, 2, 4, 3],
      [2, 2, 3, 3],
      2,
      {
        padding: [
          [0, 2],
          [1, 3],
        ],
        stride: [1, 2],
      },
      'F.conv2d(F.pad(a, (1, 3, 0, 2)), b, c, stride=(1, 2))',
    ),
    conv2dRow(
      'padding by axis and side',
      [1, 1, 3, 4],
      [2, 1, 2, 3],
      2,
      { padding: [1, [2, 0]] },
      'F.conv2d(F.pad(a, (2, 0, 1, 1)), b, c)',
    ),
    conv2dRow(
      'more padding than kernel',
      [1, 1, 2, 2],
      [2, 1, 2, 2],
      2,
      { padding: 3, stride: 2 },
      'F.conv2d(a, b, c, stride=2, padding=3)',
    ),
    conv2dRow(
      'same',
      [1, 2, 5, 4],
      [2, 2, 4, 3],
      2,
      { padding: 'same', dilation: [1, 2] },
      "F.conv2d(a, b, c, padding='same', dilation=(1, 2))",
    ),
    conv2dRow(
      'same with a stride', // 8 → 3 windows span 9: 0 and 1; 5 → 3 windows span 6: 0 and 1
      [1, 2, 8, 5],
      [2, 2, 3, 2],
      2,
      { padding: 'same', stride: [3, 2] },
      'F.conv2d(F.pad(a, (0, 1, 0, 1)), b, c, stride=(3, 2))',
    ),
    conv2dRow(
      'same with a stride beyond the kernel',
      [1, 2, 5, 6],
      [2, 2, 1, 2],
      2,
      { padding: 'same', stride: 3 },
      'F.conv2d(a, b, c, stride=3)',
    ),
    conv2dRow('valid', [1, 2, 5, 5], [2, 2, 3, 3], 2, { padding: 'valid' }, "F.conv2d(a, b, c, padding='valid')"),
    conv2dRow('dilation', [1, 2, 7, 5], [2, 2, 3, 3], 2, { dilation: 2 }, 'F.conv2d(a, b, c, dilation=2)'),
    conv2dRow(
      'dilation, stride and padding',
      [2, 2, 7, 6],
      [2, 2, 2, 3],
      2,
      { dilation: [3, 2], stride: [2, 3], padding: [1, 2] },
      'F.conv2d(a, b, c, stride=(2, 3), padding=(1, 2), dilation=(3, 2))',
    ),
    conv2dRow('groups', [2, 4, 4, 3], [6, 2, 2, 3], 6, { groups: 2 }, 'F.conv2d(a, b, c, groups=2)'),
    conv2dRow(
      'a group for each channel',
      [2, 3, 4, 5],
      [3, 1, 3, 3],
      3,
      { groups: 3, padding: 1, stride: 2 },
      'F.conv2d(a, b, c, stride=2, padding=1, groups=3)',
    ),
    conv2dRow(
      'two filters for each channel',
      [1, 3, 3, 3],
      [6, 1, 2, 2],
      6,
      { groups: 3 },
      'F.conv2d(a, b, c, groups=3)',
    ),
    conv2dRow('many channels', [1, 9, 3, 2], [6, 9, 2, 2], 6, { padding: 1 }, 'F.conv2d(a, b, c, padding=1)'),
    conv2dRow('a kernel of one', [2, 5, 3, 2], [4, 5, 1, 1], 4, {}, 'F.conv2d(a, b, c)'),
    conv2dRow('a kernel of the size of the input', [2, 2, 3, 4], [5, 2, 3, 4], 5, {}, 'F.conv2d(a, b, c)'),
    conv2dRow('one of everything', [1, 1, 1, 1], [1, 1, 1, 1], 1, {}, 'F.conv2d(a, b, c)'),
    conv2dRow('no examples', [0, 2, 4, 4], [3, 2, 3, 3], 3, { padding: 1 }, 'F.conv2d(a, b, c, padding=1)'),
    row(
      'an input without a gradient',
      [fixed(reals(2, 2, 4, 4)), reals(3, 2, 2, 2)],
      (a, b) => conv2d(a, b),
      'F.conv2d(a, b)',
    ),
    row('a fixed weight', [reals(2, 2, 4, 4), fixed(reals(3, 2, 2, 2))], (a, b) => conv2d(a, b), 'F.conv2d(a, b)'),
    row(
      'the layouts of Keras',
      [reals(2, 4, 5, 3), reals(3, 2, 3, 4)],
      (a, b) => conv2d(a.permute(0, 3, 1, 2), b.permute(3, 2, 0, 1)),
      'F.conv2d(a.permute(0, 3, 1, 2), b.permute(3, 2, 0, 1))',
    ),
    row(
      'the same weight twice',
      [reals(1, 2, 4, 4), reals(2, 2, 3, 3)],
      (a, b) => conv2d(conv2d(a, b, null, { padding: 1 }).tanh(), b),
      'F.conv2d(F.conv2d(a, b, padding=1).tanh(), b)',
    ),
    refusals('conv2d', conv2d, ['[N, C, H, W]', '[out, in/groups, kh, kw]'], [2, 4, 5, 5], [2, 4, 3, 3]),
    refuses(
      'a window larger than the input',
      [reals(1, 1, 4, 3), reals(1, 1, 2, 3)],
      (a, b) => conv2d(a, b, null, { dilation: [4, 1] }),
      'conv2d: a window that spans 5 does not fit into 4 with padding 0 + 0; ' +
        'pad more, or make the kernel or its dilation smaller',
    ),
    refuses(
      'a padding for three axes',
      [reals(1, 1, 4, 3), reals(1, 1, 2, 3)],
      (a, b) => conv2d(a, b, null, { padding: [1, 1, 1] as unknown as number }),
      'conv2d: padding is made of whole numbers from 0 up, one for all sides, one for each axis, ' +
        'or a pair for each axis; not [1,1,1]',
    ),
  ),
  operation(
    'conv1d',
    row('ordinary', [reals(2, 3, 7), reals(4, 3, 3)], (a, b) => conv1d(a, b), 'F.conv1d(a, b)'),
    conv1dRow('a bias', [2, 3, 5], [4, 3, 2], 4, {}, 'F.conv1d(a, b, c)'),
    conv1dRow(
      'stride and padding',
      [2, 2, 8],
      [3, 2, 3],
      3,
      { stride: 2, padding: 2 },
      'F.conv1d(a, b, c, stride=2, padding=2)',
    ),
    conv1dRow('padding by side', [2, 2, 5], [3, 2, 3], 3, { padding: [2, 0] }, 'F.conv1d(F.pad(a, (2, 0)), b, c)'),
    conv1dRow('same', [2, 2, 5], [3, 2, 4], 3, { padding: 'same' }, "F.conv1d(a, b, c, padding='same')"),
    conv1dRow('valid', [2, 2, 5], [3, 2, 4], 3, { padding: 'valid' }, 'F.conv1d(a, b, c)'),
    conv1dRow(
      'dilation and groups',
      [2, 4, 9],
      [2, 2, 3],
      2,
      { dilation: 3, groups: 2, padding: 1 },
      'F.conv1d(a, b, c, padding=1, dilation=3, groups=2)',
    ),
    conv1dRow('no examples', [0, 2, 5], [3, 2, 3], 3, {}, 'F.conv1d(a, b, c)'),
    refusals('conv1d', conv1d, ['[N, C, L]', '[out, in/groups, k]'], [2, 4, 5], [2, 4, 3]),
    refuses(
      'a window larger than the input',
      [reals(1, 1, 2), reals(1, 1, 5)],
      (a, b) => conv1d(a, b, null, { padding: 1 }),
      'conv1d: a window that spans 5 does not fit into 2 with padding 1 + 1; ' +
        'pad more, or make the kernel or its dilation smaller',
    ),
  ),
  operation(
    'convTranspose2d',
    row(
      'ordinary',
      [reals(2, 3, 3, 4), reals(3, 4, 3, 2)],
      (a, b) => convTranspose2d(a, b),
      'F.conv_transpose2d(a, b)',
    ),
    transposed2dRow('a bias', [2, 3, 2, 3], [3, 4, 3, 3], 4, {}, 'F.conv_transpose2d(a, b, c)'),
    transposed2dRow('stride', [2, 2, 3, 2], [2, 3, 3, 3], 3, { stride: 2 }, 'F.conv_transpose2d(a, b, c, stride=2)'),
    transposed2dRow(
      'strides beyond the kernel',
      [1, 2, 2, 3],
      [2, 2, 1, 2],
      2,
      { stride: [2, 3] },
      'F.conv_transpose2d(a, b, c, stride=(2, 3))',
    ),
    transposed2dRow(
      'stride, padding and output padding',
      [2, 2, 3, 3],
      [2, 3, 3, 3],
      3,
      { stride: 2, padding: 1, outputPadding: 1 },
      'F.conv_transpose2d(a, b, c, stride=2, padding=1, output_padding=1)',
    ),
    transposed2dRow(
      'each by axis',
      [1, 2, 3, 2],
      [2, 2, 2, 4],
      2,
      { stride: [3, 2], padding: [0, 2], outputPadding: [2, 1] },
      'F.conv_transpose2d(a, b, c, stride=(3, 2), padding=(0, 2), output_padding=(2, 1))',
    ),
    transposed2dRow(
      'padding by side',
      [1, 2, 3, 2],
      [2, 2, 3, 3],
      2,
      {
        stride: 2,
        padding: [
          [0, 1],
          [2, 0],
        ],
      },
      'F.conv_transpose2d(a, b, c, stride=2)[:, :, 0:-1, 2:]',
    ),
    transposed2dRow(
      'dilation',
      [1, 2, 3, 2],
      [2, 2, 2, 3],
      2,
      { dilation: [3, 2], stride: 2, padding: 1 },
      'F.conv_transpose2d(a, b, c, stride=2, padding=1, dilation=(3, 2))',
    ),
    transposed2dRow(
      'output padding beyond the stride, below the dilation',
      [1, 2, 2, 2],
      [2, 2, 2, 2],
      2,
      { dilation: 3, outputPadding: 2 },
      'F.conv_transpose2d(a, b, c, dilation=3, output_padding=2)',
    ),
    transposed2dRow(
      'groups',
      [2, 4, 2, 3],
      [4, 3, 2, 2],
      6,
      { groups: 2, stride: 2 },
      'F.conv_transpose2d(a, b, c, stride=2, groups=2)',
    ),
    transposed2dRow(
      'a group for each channel',
      [1, 3, 2, 3],
      [3, 1, 3, 3],
      3,
      { groups: 3, padding: 1 },
      'F.conv_transpose2d(a, b, c, padding=1, groups=3)',
    ),
    transposed2dRow('many channels', [1, 6, 2, 3], [6, 5, 2, 2], 5, {}, 'F.conv_transpose2d(a, b, c)'),
    transposed2dRow('no examples', [0, 2, 3, 3], [2, 3, 3, 3], 3, {}, 'F.conv_transpose2d(a, b, c)'),
    refusals(
      'convTranspose2d',
      convTranspose2d,
      ['[N, C, H, W]', '[in, out/groups, kh, kw]'],
      [2, 4, 5, 5],
      [4, 2, 3, 3],
    ),
    refuses(
      'output padding as large as the stride',
      [reals(1, 1, 3, 3), reals(1, 1, 2, 2)],
      (a, b) => convTranspose2d(a, b, null, { stride: 2, outputPadding: [0, 2] }),
      'convTranspose2d: outputPadding 2 must stay below the stride 2 or the dilation 1',
    ),
    refuses(
      'padding that leaves nothing',
      [reals(1, 1, 2, 2), reals(1, 1, 3, 3)],
      (a, b) => convTranspose2d(a, b, null, { padding: [0, 2] }),
      'convTranspose2d: padding 2 + 2 cuts off all 4 outputs along an axis; pad less',
    ),
    refuses(
      "'same'",
      [reals(1, 1, 2, 2), reals(1, 1, 3, 3)],
      (a, b) => convTranspose2d(a, b, null, { padding: 'same' as unknown as PerAxis }),
      'convTranspose2d: padding is made of whole numbers from 0 up, one for all sides, one for each axis, ' +
        'or a pair for each axis; not same',
    ),
  ),
  operation(
    'convTranspose1d',
    row('ordinary', [reals(2, 3, 4), reals(3, 4, 3)], (a, b) => convTranspose1d(a, b), 'F.conv_transpose1d(a, b)'),
    transposed1dRow(
      'stride, padding and output padding',
      [2, 2, 4],
      [2, 3, 3],
      3,
      { stride: 3, padding: 1, outputPadding: 2 },
      'F.conv_transpose1d(a, b, c, stride=3, padding=1, output_padding=2)',
    ),
    transposed1dRow(
      'padding by side',
      [2, 2, 4],
      [2, 3, 3],
      3,
      { stride: 2, padding: [0, 1] },
      'F.conv_transpose1d(a, b, c, stride=2)[:, :, :-1]',
    ),
    transposed1dRow(
      'dilation and groups',
      [2, 4, 3],
      [4, 1, 3],
      2,
      { dilation: 2, groups: 2 },
      'F.conv_transpose1d(a, b, c, dilation=2, groups=2)',
    ),
    refusals('convTranspose1d', convTranspose1d, ['[N, C, L]', '[in, out/groups, k]'], [2, 4, 5], [4, 2, 3]),
  ),
];
