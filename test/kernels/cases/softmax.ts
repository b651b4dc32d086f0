/** Softmax and its relatives: rows shorter than a vector and longer than a piece, large scores, several blocks. */
import { randint, randn } from '../../../core';
import { blank, type Case, oneCase } from '../case';

/** [rows, n] */
const sizes: [number, number][] = [
  [1, 1],
  [5, 3],
  [3301, 10],
  [90, 63],
  [19, 2050],
  [1, 33_333],
  [0, 4],
];

export const softmaxCases: Case[] = sizes.flatMap(([rows, n]) => {
  const title = `${rows} rows of ${n}`;
  /** Around 1000, where e^x is far too large. */
  const scores = () => randn([rows, n]).mul(5).add(1000);
  const labels = () => randint(0, n, [rows]);
  return [
    oneCase(title, 'softmax', (kernels) => {
      const [x, y] = [scores(), blank([rows, n])];
      kernels.softmax(x, y);
      return [y];
    }),
    oneCase(title, 'logSoftmax', (kernels) => {
      const [x, y] = [scores(), blank([rows, n])];
      kernels.logSoftmax(x, y);
      return [y];
    }),
    oneCase(title, 'softmaxGradient', (kernels) => {
      const [y, g, gx] = [randn([rows, n]), randn([rows, n]), blank([rows, n])];
      kernels.softmaxGradient(y, g, gx);
      return [gx];
    }),
    oneCase(title, 'logSoftmaxGradient', (kernels) => {
      const [y, g, gx] = [randn([rows, n]).sub(2), randn([rows, n]), blank([rows, n])];
      kernels.logSoftmaxGradient(y, g, gx);
      return [gx];
    }),
    oneCase(title, 'crossEntropy', (kernels) => {
      const [x, y] = [scores(), blank([rows])];
      kernels.crossEntropy(x, labels(), y);
      return [y];
    }),
    oneCase(title, 'crossEntropyGradient', (kernels) => {
      const [x, g, gx] = [scores(), randn([rows]), blank([rows, n])];
      kernels.crossEntropyGradient(x, labels(), g, gx);
      return [gx];
    }),
  ];
});
