import { exercise, expectClose } from '../../shared/exercise';

export default exercise<typeof import('./solutions/language-temperature')>({
  title: 'Temperature and perplexity',
  hints: [
    'At temperature 1 it is the softmax of chapter 04. The temperature divides each score, before e is raised to it.',
    'Subtracting the highest score from all changes no probability, and e to what is left is at most 1.',
    'A product of many numbers is e to the sum of their logarithms: exp(mean of −ln p).',
  ],
  checks: {
    'at temperature 1 it is the softmax': ({ softmaxAt }) => {
      const p = softmaxAt([Math.log(1), Math.log(3), Math.log(4)], 1);
      expectClose(p, [1 / 8, 3 / 8, 4 / 8], 'softmaxAt([ln 1, ln 3, ln 4], 1)');
    },
    'at ½ the likely gain': ({ softmaxAt }) => {
      const p = softmaxAt([Math.log(1), Math.log(3), Math.log(4)], 0.5);
      expectClose(p, [1 / 26, 9 / 26, 16 / 26], 'softmaxAt([ln 1, ln 3, ln 4], 0.5)');
    },
    'large scores': ({ softmaxAt }) => {
      expectClose(softmaxAt([1000, 1000 - Math.log(2)], 1), [2 / 3, 1 / 3], 'softmaxAt([1000, 1000 − ln 2], 1)');
    },
    'a die': ({ perplexity }) => expectClose(perplexity([1 / 6, 1 / 6, 1 / 6]), 6, 'perplexity of a die'),
    'sure and unsure': ({ perplexity }) => {
      expectClose(perplexity([1 / 2, 1 / 4, 1 / 8]), 4, 'perplexity([1/2, 1/4, 1/8])');
    },
    'a long text': ({ perplexity }) => {
      expectClose(perplexity(new Array<number>(5000).fill(0.2)), 5, 'perplexity of 5000 letters with p = 0.2');
    },
  },
});
