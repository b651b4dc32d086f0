/** Norms over rows and channels: rows shorter than a vector and longer than a piece; far from 0; several blocks. */
import { randn, type Shape, type Tensor, zeros } from '../../../core';
import type { Kernels } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

/** A mean thirty standard deviations away from 0, the most that is promised; short rows may vary little by chance. */
const far = (shape: Shape, count: number): Tensor => randn(shape).add(count < 50 ? 1 : 30);
const EPSILON = 1e-5;

/** [rows, n] */
const rows: [number, number][] = [
  [1, 4],
  [3, 3],
  [700, 5],
  [601, 64],
  [20, 515],
  [2, 5011],
  [0, 7],
];

const overRows: Case[] = rows.flatMap(([count, n]) =>
  [true, false].flatMap((scaled) => {
    const title = `${count} rows of ${n}${scaled ? ', weight and bias' : ''}`;
    const weights = () => (scaled ? randn([n]) : null);
    const sums = () => (scaled ? blank([n]) : null);
    const layerNorm = (kernels: Kernels) => {
      const [x, weight] = [far([count, n], n), weights()];
      const [y, mean, rstd] = [blank([count, n]), blank([count]), blank([count])];
      kernels.layerNorm(x, weight, weights(), y, mean, rstd, EPSILON);
      return { x, weight, y, mean, rstd };
    };
    const rmsNorm = (kernels: Kernels) => {
      const [x, weight, y, r] = [randn([count, n]), weights(), blank([count, n]), blank([count])];
      kernels.rmsNorm(x, weight, y, r, EPSILON);
      return { x, weight, y, r };
    };
    return [
      oneCase(title, 'layerNorm', (kernels) => {
        const { y, mean, rstd } = layerNorm(kernels);
        return [y, mean, rstd];
      }),
      oneCase(title, 'layerNormGradient', (kernels) => {
        const { x, weight, mean, rstd } = layerNorm(kernels);
        const [gx, gWeight, gBias] = [blank([count, n]), sums(), sums()];
        kernels.layerNormGradient(x, weight, mean, rstd, randn([count, n]), gx, gWeight, gBias);
        return [gx, gWeight, gBias].filter((t) => t !== null);
      }),
      oneCase(title, 'rmsNorm', (kernels) => {
        const { y, r } = rmsNorm(kernels);
        return [y, r];
      }),
      oneCase(title, 'rmsNormGradient', (kernels) => {
        const { x, weight, r } = rmsNorm(kernels);
        const [gx, gWeight] = [blank([count, n]), sums()];
        kernels.rmsNormGradient(x, weight, r, randn([count, n]), gx, gWeight);
        return [gx, gWeight].filter((t) => t !== null);
      }),
    ];
  }),
);

/** [N, C, S] */
const channels: [number, number, number][] = [
  [1, 1, 2],
  [300, 1, 1],
  [129, 70, 1], // columns, several blocks of them
  [64, 3, 2],
  [9, 21, 49],
  [2, 4, 4099],
  [0, 3, 4],
];

const overChannels: Case[] = channels.flatMap(([N, C, S]) =>
  [true, false].flatMap((scaled) => {
    const title = `${N} examples, ${C} channels, ${S} places${scaled ? ', weight and bias' : ''}`;
    const weights = () => (scaled ? randn([C]) : null);
    const sums = () => (scaled ? blank([C]) : null);
    const statistics = () => [randn([C]).add(30), randn([C]).abs().add(0.5)];
    return [
      oneCase(title, 'channelStatistics', (kernels) => {
        const [mean, rstd] = [blank([C]), blank([C])];
        const running = { mean: randn([C]), variance: zeros([C]), momentum: 0.1 };
        kernels.channelStatistics(far([N, C, S], N * S), mean, rstd, EPSILON, scaled ? running : null);
        return [mean, rstd, running.mean, running.variance];
      }),
      oneCase(title, 'batchNorm', (kernels) => {
        const [mean, rstd] = statistics();
        const y = blank([N, C, S]);
        kernels.batchNorm(far([N, C, S], N * S), mean, rstd, weights(), weights(), y);
        return [y];
      }),
      ...[true, false].map((fixed) =>
        oneCase(`${title}${fixed ? ', fixed' : ''}`, 'batchNormGradient', (kernels) => {
          const [mean, rstd] = statistics();
          const [gx, gWeight, gBias] = [blank([N, C, S]), sums(), sums()];
          const g = randn([N, C, S]);
          kernels.batchNormGradient(far([N, C, S], N * S), mean, rstd, weights(), g, gx, gWeight, gBias, fixed);
          return [gx, gWeight, gBias].filter((t) => t !== null);
        }),
      ),
    ];
  }),
);

export const normalisationCases: Case[] = [...overRows, ...overChannels];
