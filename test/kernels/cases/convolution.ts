/**
 * Convolutions and their gradients: plain and grouped ones, one channel a group, windows of one place; strides,
 * dilations, padding, rows that are multiples of nothing, fewer outputs than would fit, several blocks and parts.
 */
import { randn } from '../../../core';
import type { ConvolutionSettings } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

type Pair = [number, number];

interface Shapes {
  x: [number, number, number, number];
  weight: [number, number, number, number];
  rows: number;
  columns: number;
  by: ConvolutionSettings;
}

const shapes = (
  x: Shapes['x'],
  weight: Shapes['weight'],
  { stride = [1, 1], dilation = [1, 1], before = [0, 0], after = before, groups = 1, fewer = 0 } = {} as {
    stride?: Pair;
    dilation?: Pair;
    before?: Pair;
    after?: Pair;
    groups?: number;
    fewer?: number;
  },
): Shapes => {
  const [rows, columns] = [0, 1].map((axis) => {
    const span = (weight[axis + 2] - 1) * dilation[axis] + 1;
    return Math.floor((x[axis + 2] + before[axis] + after[axis] - span) / stride[axis]) + 1 - fewer;
  });
  return { x, weight, rows, columns, by: { stride, dilation, before, groups } };
};

const all: Shapes[] = [
  shapes([1, 1, 1, 1], [1, 1, 1, 1]),
  shapes([3, 3, 11, 13], [5, 3, 3, 3]),
  shapes([3, 3, 12, 17], [9, 3, 3, 3], { before: [1, 1] }),
  shapes([9, 40, 9, 11], [70, 40, 3, 3]), // more than one chunk of k, several parts of the batch
  shapes([2, 5, 31, 33], [33, 5, 3, 3], { stride: [2, 2], before: [0, 0], after: [1, 1] }),
  shapes([2, 4, 19, 23], [6, 4, 3, 5], { stride: [3, 3], dilation: [1, 2], before: [2, 1] }),
  shapes([2, 4, 14, 15], [6, 4, 3, 2], { stride: [1, 2], dilation: [3, 1], before: [3, 0], fewer: 1 }),
  shapes([2, 4, 9, 9], [4, 4, 2, 2], { stride: [3, 2] }), // places that no window sees
  shapes([2, 12, 8, 10], [15, 4, 3, 3], { groups: 3, before: [1, 1] }),
  shapes([2, 6, 7, 3], [8, 3, 2, 2], { groups: 2, stride: [2, 1] }),
  shapes([3, 7, 1, 50], [11, 7, 1, 5], { before: [0, 2] }), // one axis
  shapes([5, 3, 6, 1], [2, 3, 3, 1]), // columns of one place
  shapes([2, 3, 5, 6], [4, 3, 5, 6]), // windows as large as the input
  shapes([1, 2, 5, 5], [400, 2, 3, 3]), // several blocks of outputs
  shapes([1, 400, 4, 5], [3, 400, 1, 1]),
  shapes([1, 36, 40, 41], [45, 36, 1, 1]), // windows of one place, an image in several blocks
  shapes([6, 9, 5, 7], [13, 9, 1, 1]),
  shapes([4, 8, 5, 7], [8, 2, 1, 1], { groups: 4 }),
  shapes([2, 8, 9, 12], [6, 8, 1, 1], { stride: [2, 2] }),
  shapes([2, 8, 4, 4], [6, 8, 1, 1], { before: [1, 2], after: [0, 0], fewer: 1 }),
  shapes([2, 6, 21, 22], [6, 1, 3, 3], { groups: 6, before: [1, 1] }), // one channel a group
  shapes([2, 6, 21, 22], [6, 1, 3, 3], { groups: 6, stride: [2, 2], before: [1, 1] }),
  shapes([3, 3, 7, 7], [9, 1, 3, 3], { groups: 3, before: [1, 1] }),
  shapes([2, 4, 40, 33], [8, 1, 5, 2], { groups: 4, stride: [2, 3], dilation: [2, 1], before: [3, 0], after: [1, 4] }),
  shapes([1, 20, 60, 64], [20, 1, 3, 3], { groups: 20, before: [1, 1] }),
  shapes([2, 3, 6, 3], [3, 1, 2, 1], { groups: 3, before: [0, 2], stride: [3, 4] }), // outputs of nothing but padding
  shapes([1, 2, 1, 140], [254, 1, 1, 130], { groups: 2 }), // too much for a thread's scratch
  shapes([3, 1, 9, 10], [5, 1, 3, 3]),
  shapes([4, 2, 5, 5], [2, 1, 1, 1], { groups: 2 }),
  shapes([3, 1, 5, 5], [2, 1, 1, 1], { stride: [500, 500], before: [500, 500] }), // laid out two images at a time
  shapes([0, 3, 5, 5], [4, 3, 3, 3]),
  shapes([2, 0, 5, 5], [4, 0, 3, 3]),
];

const nameOf = ({ x, weight, by }: Shapes): string =>
  `${x.join('×')} under ${weight.join('×')}, stride ${by.stride}, dilation ${by.dilation}, ` +
  `padding ${by.before}, groups ${by.groups}`;

export const convolutionCases: Case[] = all.flatMap((sizes) => {
  const { x, weight, rows, columns, by } = sizes;
  const y = [x[0], weight[0], rows, columns];
  return [
    oneCase(nameOf(sizes), 'conv2d', (kernels) => {
      const inputs = [randn(x), randn(weight)] as const;
      return [null, randn([weight[0]])].map((bias) => {
        const output = blank(y);
        kernels.conv2d(...inputs, bias, output, by);
        return output;
      });
    }),
    oneCase(nameOf(sizes), 'conv2dInputGradient', (kernels) => {
      const gx = blank(x);
      kernels.conv2dInputGradient(randn(y), randn(weight), gx, by);
      return [gx];
    }),
    oneCase(nameOf(sizes), 'conv2dWeightGradient', (kernels) => {
      const gWeight = blank(weight);
      kernels.conv2dWeightGradient(randn(x), randn(y), gWeight, by);
      return [gWeight];
    }),
  ];
});
