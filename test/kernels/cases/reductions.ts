/** Reductions: outputs and reduced elements side by side, or not; few and many of each; one segment and several. */
import { randn, type Shape, type Tensor, tensor, zeros } from '../../../core';
import type { ArgReduceName, ReduceName } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

const NAMES: ReduceName[] = ['sum', 'prod', 'max', 'min'];
const PLACES: ArgReduceName[] = ['argmax', 'argmin'];

/** What is reduced, and how many axes stay. */
const arrangements: [string, () => Tensor, number][] = [
  ['one element', () => randn([1]), 0],
  ['nothing', () => zeros([4, 0]), 1],
  ['to nothing', () => zeros([0, 4]), 1],
  ['to nothing, columns', () => zeros([3, 0, 4]).permute(1, 2, 0), 2],
  ['of no rows', () => zeros([0, 6]).transpose(0, 1), 1],
  ['all of 150,001', () => randn([150_001]), 0],
  ['short rows', () => randn([1300, 13]), 1],
  ['rows', () => randn([301, 517]), 1],
  ['long rows', () => randn([3, 70_001]), 1],
  ['rows of pieces', () => randn([9, 7, 4, 33]).permute(1, 0, 2, 3), 1],
  ['few columns', () => randn([6000, 3]).transpose(0, 1), 1],
  ['short columns', () => randn([5, 30]).transpose(0, 1), 1],
  ['columns', () => randn([3000, 71]).transpose(0, 1), 1],
  ['many columns', () => randn([203, 1030]).transpose(0, 1), 1],
  ['columns of several matrices', () => randn([40, 19, 37]).permute(0, 2, 1), 2],
  ['columns of matrices of two axes', () => randn([6, 5, 7, 37]).permute(1, 3, 0, 2), 2],
  ['backwards', () => randn([50, 60]).flip(0, 1), 1],
  ['one value, repeated', () => randn([1, 1]).expand(30, 50), 1],
];

const reduceCases = NAMES.flatMap((name) =>
  arrangements.map(([what, make, kept]) =>
    oneCase(`${name}, ${what}`, 'reduce', (kernels) => {
      const x = name === 'prod' ? make().abs().add(0.3).clamp(0.9, 1.1) : make();
      const y = blank(x.shape.slice(0, kept));
      kernels.reduce(name, x, y, kept);
      return [y];
    }),
  ),
);

/** NaN and infinities in different places of a row, and of a column. */
const oddRows = (): Tensor[] => {
  const rows = [Number.NaN, Infinity, -Infinity].flatMap((value) =>
    [0, 7, 21, 36].map((place) => Array.from({ length: 37 }, (_, i) => (i === place ? value : Math.sin(i)))),
  );
  return [tensor(rows), tensor(rows.flat(), { shape: [rows.length, 37] }).transpose(0, 1)];
};

const oddCases = NAMES.map((name) =>
  oneCase(`${name}, NaN and infinity`, 'reduce', (kernels) =>
    oddRows().map((x) => {
      const y = blank([x.shape[0]]);
      kernels.reduce(name, x, y, 1);
      return y;
    }),
  ),
);

const shapes: Shape[] = [
  [1, 1],
  [0, 5],
  [3, 70_001],
  [301, 517],
  [1300, 13],
];

const placeCases = PLACES.flatMap((name) => [
  ...shapes.map((shape) =>
    oneCase(`${name} ${shape.join('×')}, with equals`, 'argReduce', (kernels) => {
      const y = blank([shape[0]], 'int32');
      kernels.argReduce(name, randn(shape).mul(2).round(), y);
      return [y];
    }),
  ),
  oneCase(`${name}, NaN and infinity`, 'argReduce', (kernels) => {
    const x = oddRows()[0];
    const y = blank([x.shape[0]], 'int32');
    kernels.argReduce(name, x, y);
    return [y];
  }),
]);

const runningCases = shapes.map((shape) =>
  oneCase(`${shape.join('×')}`, 'cumsum', (kernels) => {
    const y = blank(shape);
    kernels.cumsum(randn(shape), y);
    return [y];
  }),
);

export const reductionCases: Case[] = [...reduceCases, ...oddCases, ...placeCases, ...runningCases];
