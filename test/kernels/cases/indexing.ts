/** Lookups: rows of one, of a few and of many elements; places named often; several blocks by rows and by columns. */
import { randint, randn, type Tensor } from '../../../core';
import type { Kernels } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

/** [outer, n, m, inner] */
const sizes: [number, number, number, number][] = [
  [1, 1, 1, 1],
  [1, 7, 9000, 1],
  [200, 10, 170, 1],
  [3, 5, 300, 37],
  [1, 90, 300, 130], // several blocks of columns
  [500, 4, 3, 6],
  [2, 3, 0, 5],
  [0, 3, 4, 5],
];

const alongOuter: ('gather' | 'scatterAdd')[] = ['gather', 'scatterAdd'];
const alongAll: ('indexSelect' | 'indexAdd')[] = ['indexSelect', 'indexAdd'];

export const indexingCases: Case[] = sizes.flatMap(([outer, n, m, inner]) => {
  const whole = () => randn([outer, n, inner]);
  const picked = () => randn([outer, m, inner]);
  const title = `${outer}×${m}×${inner} of ${outer}×${n}×${inner}`;
  const run = (kernel: (typeof alongOuter | typeof alongAll)[number], index: () => Tensor) => (kernels: Kernels) => {
    const picks = kernel === 'gather' || kernel === 'indexSelect';
    const [x, y] = picks ? [whole(), blank([outer, m, inner])] : [picked(), whole()];
    kernels[kernel](x, index(), y);
    return [y];
  };
  return [
    ...alongOuter.map((kernel) =>
      oneCase(
        title,
        kernel,
        run(kernel, () => randint(0, n, [outer, m, inner])),
      ),
    ),
    ...alongAll.map((kernel) =>
      oneCase(
        title,
        kernel,
        run(kernel, () => randint(0, n, [m])),
      ),
    ),
  ];
});
