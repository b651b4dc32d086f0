import { Generator, ops, randn, type Tensor } from '../../../core';
import { exercise, expectClose, expectEqual, expectGradCheck } from '../../shared/exercise';

const generator = new Generator(10);
const random = (length: number): Tensor => randn([2, 3, length, 4], { dtype: 'float64', generator });
const [q, k, v] = [random(6), random(6), random(6)];
const part = (t: Tensor, from: number, to: number): Tensor => t.narrow(2, from, to - from);
const whole = ops.scaledDotProductAttention(q, k, v, { causal: true });
const numbers = (t: Tensor): number[] => [...t.dataSync()];

type Answer = typeof import('./solutions/sequences-cache');

/** Reads six words in pieces that end at the places given. */
function inPieces({ attendCached }: Answer, ends: number[]): Tensor {
  let cache: Parameters<Answer['attendCached']>[3] = null;
  const contexts = ends.map((end, i) => {
    const [from, to] = [i === 0 ? 0 : ends[i - 1], end];
    const [context, next] = attendCached(part(q, from, to), part(k, from, to), part(v, from, to), cache);
    cache = next;
    return context;
  });
  return ops.concat(contexts, 2);
}

export default exercise<Answer>({
  title: 'Attention with a cache',
  hints: [
    'concat along axis 2 puts the new keys behind those of the cache. What is q · keysᵀ for one new word?',
    'With several new words at once the first of them must not see the others: a mask of T rows and S columns.',
    'ones([T, S]).tril(S − T): row 0 sees the S − T words of the cache and itself.',
  ],
  checks: {
    'without a cache: causal attention': ({ attendCached }) => {
      const [context] = attendCached(q, k, v, null);
      expectEqual(context?.shape, [2, 3, 6, 4], 'the shape of the context');
      expectClose(numbers(context), numbers(whole), 'six words at once');
    },
    'the cache holds all keys and values': ({ attendCached }) => {
      const [, first] = attendCached(part(q, 0, 4), part(k, 0, 4), part(v, 0, 4), null);
      const [, second] = attendCached(part(q, 4, 6), part(k, 4, 6), part(v, 4, 6), first);
      expectClose(numbers(second.keys), numbers(k), 'the keys');
      expectClose(numbers(second.values), numbers(v), 'the values');
    },
    'word by word': (answer) => {
      expectClose(numbers(inPieces(answer, [1, 2, 3, 4, 5, 6])), numbers(whole), 'six words, one by one');
    },
    'several new words at once': (answer) => {
      expectClose(numbers(inPieces(answer, [2, 5, 6])), numbers(whole), 'pieces of 2, 3 and 1');
    },
    'gradients arrive': ({ attendCached }) => {
      const fresh = () => randn([2, 3, 2, 4], { dtype: 'float64', requiresGrad: true, generator });
      const cache = { keys: part(k, 0, 4), values: part(v, 0, 4) };
      expectGradCheck((a, b, c) => attendCached(a, b, c, cache)[0], [fresh(), fresh(), fresh()]);
    },
  },
});
