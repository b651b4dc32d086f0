/** Products: every transpose case at sizes around the tiles, the chunks and the blocks; batches; thin ones; bias. */
import { randn } from '../../../core';
import { blank, type Case, oneCase } from '../case';

/** [batch, m, n, k] */
const sizes: [number, number, number, number][] = [
  [1, 1, 1, 1],
  [1, 1, 300, 517], // a row times a matrix
  [1, 3, 70, 40],
  [1, 200, 1, 300], // a matrix times a column
  [1, 5, 9, 3],
  [1, 129, 65, 300],
  [1, 258, 517, 261], // several blocks and chunks
  [1, 4, 8, 1024],
  [7, 33, 18, 29],
  [3, 2, 19, 600],
  [2, 18, 1100, 270], // too large for a thread's scratch
  [1, 0, 4, 5],
  [2, 6, 10, 0],
];

const letter = (transposed: boolean, name: string) => (transposed ? `${name}ᵀ` : name);

export const matmulCases: Case[] = sizes.flatMap(([batch, m, n, k]) =>
  [false, true].flatMap((transposeA) =>
    [false, true].flatMap((transposeB) =>
      [false, true].flatMap((repeated) => {
        if (repeated && batch === 1) return [];
        const sides = `${letter(transposeA, 'A')}·${letter(transposeB, 'B')}`;
        const name = `${sides} ${batch} of ${m}×${n}×${k}${repeated ? ', one B for all' : ''}`;
        return oneCase(name, 'matmul', (kernels) => {
          const a = transposeA ? randn([batch, k, m]) : randn([batch, m, k]);
          const one = repeated ? 1 : batch;
          const b = (transposeB ? randn([one, n, k]) : randn([one, k, n])).expand(
            batch,
            ...(transposeB ? [n, k] : [k, n]),
          );
          const outputs = [null, randn([n])].map((bias) => {
            const y = blank([batch, m, n]);
            kernels.matmul(a, b, bias, y, transposeA, transposeB);
            return y;
          });
          return outputs;
        });
      }),
    ),
  ),
);
