/**
 * Attention: sizes around the panels, the chunks and the blocks; more queries than keys and fewer; heads narrow and
 * wide; masks of both kinds that repeat along some axes or none.
 */
import { bernoulli, randn, type Tensor } from '../../../core';
import type { Kernels } from '../../../core/kernels/kernels';
import { blank, type Case, oneCase } from '../case';

interface Sizes {
  N: number;
  H: number;
  queries: number;
  keys: number;
  depth: number;
  width: number;
}

const small: Sizes[] = [
  { N: 1, H: 1, queries: 1, keys: 1, depth: 1, width: 1 },
  { N: 1, H: 2, queries: 7, keys: 5, depth: 3, width: 6 },
  { N: 2, H: 4, queries: 140, keys: 20, depth: 5, width: 9 },
  { N: 1, H: 1, queries: 70, keys: 140, depth: 4, width: 3 }, // two blocks of keys
  { N: 2, H: 1, queries: 5, keys: 0, depth: 4, width: 4 },
];

/** Worth several threads, or beyond a chunk. */
const large: Sizes[] = [
  { N: 3, H: 2, queries: 45, keys: 150, depth: 16, width: 12 },
  { N: 1, H: 1, queries: 233, keys: 201, depth: 17, width: 9 },
  { N: 4, H: 4, queries: 20, keys: 300, depth: 8, width: 8 },
  { N: 1, H: 1, queries: 40, keys: 70, depth: 280, width: 260 }, // wide
  { N: 1, H: 1, queries: 33, keys: 34, depth: 1021, width: 1023 }, // as wide as can be
  { N: 1, H: 1, queries: 2, keys: 3, depth: 2040, width: 9 }, // wider: the plain kernel's
];

type MakeMask = (sizes: Sizes) => Tensor | null;

const masks: Record<string, MakeMask> = {
  'no mask': () => null,
  'a mask of keys': ({ N, H, queries, keys }) => bernoulli(0.7, [N, 1, 1, keys]).expand(N, H, queries, keys),
  'a mask of its own for each': ({ N, H, queries, keys }) => bernoulli(0.7, [N, H, queries, keys]),
  'an added mask, turned': ({ N, H, queries, keys }) =>
    randn([1, H, keys, queries]).transpose().expand(N, H, queries, keys),
  'an added mask that leaves out': ({ N, H, queries, keys }) =>
    randn([N, H, queries, keys]).where(bernoulli(0.8, [N, H, queries, keys]), -Infinity),
};

function run(kernels: Kernels, { N, H, queries, keys, depth, width }: Sizes, mask: Tensor | null, causal: boolean) {
  const inputs = { q: randn([N, H, queries, depth]), k: randn([N, H, keys, depth]), v: randn([N, H, keys, width]) };
  const { q, k, v } = inputs;
  const [y, logSums] = [blank([N, H, queries, width]), blank([N, H, queries])];
  const settings = { scale: 1 / Math.sqrt(depth), causal };
  kernels.attention(q, k, v, mask, y, logSums, settings);
  return { ...inputs, y, logSums, settings };
}

const all = Object.entries(masks);
const several = [
  ...small.map((size) => ({ size, tried: all })),
  ...large.map((size) => ({ size, tried: all.slice(1, 3) })),
];

export const attentionCases: Case[] = several.flatMap(({ size, tried }) =>
  tried.flatMap(([title, makeMask]) =>
    [false, true].flatMap((causal) => {
      const { N, H, queries, keys, depth, width } = size;
      const shape = `${N}×${H} heads, ${queries} queries, ${keys} keys of ${depth}, values of ${width}`;
      const name = `${shape}, ${title}${causal ? ', causal' : ''}`;
      return [
        oneCase(name, 'attention', (kernels) => {
          const { y, logSums } = run(kernels, size, makeMask(size), causal);
          return [y, logSums];
        }),
        oneCase(name, 'attentionGradient', (kernels) => {
          const mask = makeMask(size);
          const { q, k, v, y, logSums, settings } = run(kernels, size, mask, causal);
          const g = randn(y.shape);
          const [gq, gk, gv] = [blank(q.shape), blank(k.shape), blank(v.shape)];
          kernels.attentionGradient(q, k, v, mask, y, logSums, g, gq, gk, gv, settings);
          return [gq, gk, gv];
        }),
      ];
    }),
  ),
);
