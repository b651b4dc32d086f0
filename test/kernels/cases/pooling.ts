/** Poolings and their gradients: windows apart and overlapping, padding, dilation, rows long and short, NaN. */
import { randn, tensor } from '../../../core';
import type { AveragePoolingSettings, MaxPoolingSettings } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

type Pair = [number, number];
type Shape = [number, number, number, number];

interface Shapes {
  x: Shape;
  y: Shape;
  by: MaxPoolingSettings & { after: Pair };
}

interface Options {
  stride?: Pair;
  dilation?: Pair;
  before?: Pair;
  after?: Pair;
}

function shapes(
  x: Shape,
  kernel: Pair,
  { stride = kernel, dilation = [1, 1], before = [0, 0], after = before }: Options = {},
): Shapes {
  const [rows, columns] = [0, 1].map((axis) => {
    const span = (kernel[axis] - 1) * dilation[axis] + 1;
    return Math.floor((x[axis + 2] + before[axis] + after[axis] - span) / stride[axis]) + 1;
  });
  return { x, y: [x[0], x[1], rows, columns], by: { kernel, stride, dilation, before, after } };
}

const all: Shapes[] = [
  shapes([1, 1, 1, 1], [1, 1]),
  shapes([3, 5, 31, 30], [2, 2]),
  shapes([2, 3, 13, 13], [2, 2]),
  shapes([2, 3, 14, 15], [3, 3], { stride: [2, 2], before: [1, 1] }),
  shapes([2, 3, 9, 19], [3, 4], { stride: [1, 1], before: [1, 2], after: [1, 0] }),
  shapes([1, 2, 12, 25], [2, 3], { stride: [3, 3] }), // places that no window sees
  shapes([2, 4, 1, 40], [1, 5], { stride: [1, 2] }), // one axis
  shapes([2, 4, 7, 7], [7, 7]), // one window
  shapes([1, 2, 4, 6], [3, 5], { stride: [1, 1], before: [2, 4] }), // windows wider than the input
  shapes([40, 6, 20, 21], [2, 3], { stride: [2, 1] }), // several blocks
  shapes([0, 3, 4, 4], [2, 2]),
];
const dilated: Shapes[] = [
  shapes([2, 3, 17, 19], [3, 2], { stride: [2, 1], dilation: [2, 3], before: [2, 1] }),
  shapes([1, 2, 9, 30], [2, 2], { stride: [1, 2], dilation: [4, 5], before: [4, 5], after: [0, 3] }),
];

const nameOf = ({ x, by }: Shapes): string =>
  `${x.join('×')} under ${by.kernel.join('×')}, stride ${by.stride}, dilation ${by.dilation}, padding ${by.before}`;

const maxCases = [...all, ...dilated].flatMap((sizes) => {
  const { x, y, by } = sizes;
  return [
    oneCase(nameOf(sizes), 'maxPool2d', (kernels) => {
      const outputs = [blank(y), blank(y, 'int32')] as const;
      kernels.maxPool2d(randn(x).mul(2).round(), ...outputs, by); // few values, so that there are equals
      return [...outputs];
    }),
    oneCase(nameOf(sizes), 'maxPool2dGradient', (kernels) => {
      const [index, gx] = [blank(y, 'int32'), blank(x)];
      kernels.maxPool2d(randn(x), blank(y), index, by);
      kernels.maxPool2dGradient(randn(y), index, gx, by);
      return [gx];
    }),
  ];
});

const averageCases = all.flatMap((sizes) =>
  [false, true].flatMap((countIncludePad) => {
    const { x, y, by } = sizes;
    const settings: AveragePoolingSettings = { ...by, countIncludePad };
    const name = `${nameOf(sizes)}${countIncludePad ? ', padding counted' : ''}`;
    return [
      oneCase(name, 'avgPool2d', (kernels) => {
        const output = blank(y);
        kernels.avgPool2d(randn(x), output, settings);
        return [output];
      }),
      oneCase(name, 'avgPool2dGradient', (kernels) => {
        const gx = blank(x);
        kernels.avgPool2dGradient(randn(y), gx, settings);
        return [gx];
      }),
    ];
  }),
);

/** The first NaN of a window, an infinity, and windows of nothing but −∞. */
const special = oneCase('NaN and infinities', 'maxPool2d', (kernels) => {
  const [inf, nan] = [Infinity, NaN];
  const row = [nan, 1, 2, nan, -inf, -inf, -inf, 3, inf, 5, inf, inf, nan, nan, -inf, nan, 0, -0, -0, 0, 1, inf];
  const { x, y, by } = shapes([1, 1, 1, row.length], [1, 3], { stride: [1, 1], before: [0, 1] });
  const outputs = [blank(y), blank(y, 'int32')] as const;
  kernels.maxPool2d(tensor(row).reshape(...x), ...outputs, by);
  return [...outputs];
});

export const poolingCases: Case[] = [...maxCases, ...averageCases, special];
