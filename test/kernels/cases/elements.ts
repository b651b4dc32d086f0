/** Element by element: every function and operator; sizes of several blocks, odd ends, and all kinds of strides. */
import { randn, type Shape, type Tensor, tensor, zeros } from '../../../core';
import type { BinaryName, CompareName, UnaryGradientName, UnaryName } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

/** Numbers that ask for more than a formula. */
const ODD = [
  Number.NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1e-40,
  -1e-40,
  3e38,
  -3e38,
  1e9,
  -1e9,
  0.5,
  -0.5,
  1.5,
  2.5,
  100,
  -100,
];

const UNARY: UnaryName[] = [
  ...(['neg', 'abs', 'sign', 'exp', 'log', 'sqrt', 'rsqrt', 'sin', 'cos', 'tanh', 'erf'] as const),
  ...(['sigmoid', 'relu', 'relu6', 'leakyRelu', 'elu', 'gelu', 'silu', 'softplus', 'floor', 'round', 'clamp'] as const),
];
const UNARY_GRADIENT: UnaryGradientName[] = [
  ...(['tanh', 'sigmoid', 'relu', 'relu6', 'leakyRelu', 'elu', 'gelu', 'silu', 'softplus'] as const),
];
const BINARY: BinaryName[] = ['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum'];
const COMPARE: CompareName[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'];

/** Views of every kind, by name; each of a new random tensor. */
const views: [string, () => Tensor][] = [
  ['one element', () => randn([])],
  ['no element', () => zeros([3, 0])],
  ['7 elements', () => randn([7])],
  ['a transposed matrix', () => randn([67, 91]).transpose(0, 1)],
  ['short rows, repeated', () => randn([1, 5]).expand(331, 5)],
  ['long rows, repeated', () => randn([1, 517]).expand(37, 517)],
  ['columns, repeated', () => randn([61, 1]).expand(61, 43)],
  ['one value, repeated', () => randn([1, 1]).expand(40, 41)],
  ['long rows of a wider matrix', () => randn([9, 700]).slice(null, [3, 603])],
  ['backwards', () => randn([5, 300]).flip(0, 1)],
  ['every third', () => randn([4, 999]).slice(null, [1, 998, 3])],
  ['four axes turned about', () => randn([3, 4, 5, 33]).permute(2, 0, 3, 1)],
];

const unaryCases = UNARY.flatMap((name) => {
  const ofAll = (make: () => Tensor[]) => (kernels: Parameters<Case['run']>[0]) =>
    make().map((x) => {
      const y = blank(x.shape);
      kernels.unary(name, x, y, 0.3, 1.2);
      return y;
    });
  return [
    oneCase(
      `${name}, odd numbers`,
      'unary',
      ofAll(() => ODD.map((value) => tensor([value, 0.25]))),
    ),
    oneCase(
      `${name}, several blocks`,
      'unary',
      ofAll(() => [randn([40_003])]),
    ),
  ];
});

const unaryViews = views.map(([what, make]) =>
  oneCase(`tanh of ${what}`, 'unary', (kernels) => {
    const x = make();
    const y = blank(x.shape);
    kernels.unary('tanh', x, y);
    return [y];
  }),
);

const gradientCases = UNARY_GRADIENT.flatMap((name) =>
  [11, 40_003].map((n) =>
    oneCase(`${name}, ${n} elements`, 'unaryGradient', (kernels) => {
      const gx = blank([n]);
      kernels.unaryGradient(name, randn([n]), randn([n]), gx, 0.3);
      return [gx];
    }),
  ),
);

/** a ∘ b for pairs of which the second is arranged in every way. */
function pairs(name: BinaryName | CompareName, make: () => [Tensor, Tensor][]): Case['run'] {
  const isCompare = (COMPARE as string[]).includes(name);
  return (kernels) =>
    make().map(([a, b]) => {
      const y = blank(b.shape, isCompare ? 'int32' : 'float32');
      if (isCompare) kernels.compare(name as CompareName, a, b, y);
      else kernels.binary(name as BinaryName, a, b, y);
      return y;
    });
}

const odd: () => [Tensor, Tensor][] = () =>
  ODD.flatMap((a) => ODD.map((b): [Tensor, Tensor] => [tensor([a, 2]), tensor([b, 3])]));

const binaryCases = [...BINARY, ...COMPARE].flatMap((name) => {
  const kernel = (COMPARE as string[]).includes(name) ? 'compare' : 'binary';
  const same = (): [Tensor, Tensor][] => [[randn([40_003]), randn([40_003])]];
  return [
    oneCase(`${name}, odd numbers`, kernel, pairs(name, odd)),
    oneCase(`${name}, several blocks`, kernel, pairs(name, same)),
  ];
});

const binaryViews = views.flatMap(([what, make]) =>
  [false, true].map((swapped) =>
    oneCase(`sub, ${what} ${swapped ? 'first' : 'second'}`, 'binary', (kernels) => {
      const view = make();
      const other = randn(view.shape);
      const y = blank(view.shape);
      kernels.binary('sub', swapped ? view : other, swapped ? other : view, y);
      return [y];
    }),
  ),
);

const sumOfTwo = oneCase('add, enough for all threads', 'binary', (kernels) => {
  const y = blank([170_001]);
  kernels.binary('add', randn([170_001]), randn([1]).expand(170_001), y);
  return [y];
});

const whereCases = views.map(([what, make]) =>
  oneCase(`where, ${what}`, 'where', (kernels) => {
    const [test, view] = [make().gt(0), make()];
    const other = randn(view.shape);
    const outputs = [blank(view.shape), blank(view.shape), blank(view.shape)];
    kernels.where(test, view, other, outputs[0]);
    kernels.where(other.gt(0), view, view, outputs[1]);
    kernels.where(other.gt(0), other, view, outputs[2]);
    return outputs;
  }),
);

const copyCases = views.flatMap(([what, make]) => [
  oneCase(`from ${what}`, 'copy', (kernels) => {
    const x = make();
    const y = blank(x.shape);
    kernels.copy(x, y);
    return [y];
  }),
  oneCase(`into the middle of something, ${what}`, 'copy', (kernels) => {
    const x = make();
    const y = blank(x.shape.map((extent) => extent + 2));
    kernels.copy(x, y.slice(...x.shape.map((extent): [number, number] => [1, extent + 1])));
    return [y];
  }),
]);

const orders: [Shape, number[]][] = [
  [
    [517, 301],
    [1, 0],
  ],
  [
    [3, 100, 70],
    [0, 2, 1],
  ],
  [
    [20, 9, 4, 32],
    [0, 2, 1, 3],
  ],
  [
    [6, 7, 8, 9],
    [3, 0, 2, 1],
  ],
  [
    [5, 33, 2],
    [2, 1, 0],
  ],
];

const turnedCases = orders.flatMap(([shape, order]) => [
  oneCase(`${shape.join('×')} in the order ${order.join()}`, 'copy', (kernels) => {
    const x = randn(shape).permute(...order);
    const y = blank(x.shape);
    kernels.copy(x, y);
    return [y];
  }),
  oneCase(`into ${shape.join('×')} in the order ${order.join()}`, 'copy', (kernels) => {
    const y = blank(shape);
    const turned = y.permute(...order);
    kernels.copy(randn(turned.shape), turned);
    return [y];
  }),
]);

const typesCase = oneCase('between types', 'copy', (kernels) => {
  const [whole, cut, same] = [blank([9]), blank([9], 'int32'), blank([9], 'int32')];
  kernels.copy(tensor([1, -2, 3, 4, 5, 6, 7, 8, 9], { dtype: 'int32' }), whole);
  kernels.copy(randn([9]).mul(3), cut);
  kernels.copy(tensor([1, -2, 3, 4, 5, 6, 7, 8, 9], { dtype: 'int32' }), same);
  return [whole, cut, same];
});

const fillCases = [0, 1, 5, 170_001].map((n) =>
  oneCase(`${n} elements`, 'fill', (kernels) => {
    const y = blank([n]);
    kernels.fill(y, 0.7);
    return [y];
  }),
);

export const elementCases: Case[] = [
  ...unaryCases,
  ...unaryViews,
  ...gradientCases,
  ...binaryCases,
  ...binaryViews,
  sumOfTwo,
  ...whereCases,
  ...copyCases,
  ...turnedCases,
  typesCase,
  ...fillCases,
];
