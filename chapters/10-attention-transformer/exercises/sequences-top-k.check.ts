import { exercise, expectClose } from '../../shared/exercise';

const [one, three, four, two] = [1, 3, 4, 2].map(Math.log);

export default exercise<typeof import('./solutions/sequences-top-k')>({
  title: 'Top-k, and perplexity per character',
  hints: [
    'Sort a copy of the scores. Which is the smallest that may stay?',
    'What may not stay has probability 0; the others share what it would have had: the softmax comes afterwards.',
    'Perplexity: e to the sum of −ln p, divided first by the number of characters, not of tokens.',
  ],
  checks: {
    'all of them: a softmax': ({ topK }) => {
      expectClose(topK([one, three, four, two], 4, 1), [0.1, 0.3, 0.4, 0.2], 'topK([ln 1, ln 3, ln 4, ln 2], 4, 1)');
    },
    'the two likeliest': ({ topK }) => {
      expectClose(topK([one, three, four, two], 2, 1), [0, 3 / 7, 4 / 7, 0], 'topK([ln 1, ln 3, ln 4, ln 2], 2, 1)');
    },
    'with a temperature': ({ topK }) => {
      expectClose(topK([one, three, four, two], 2, 0.5), [0, 0.36, 0.64, 0], 'topK([ln 1, ln 3, ln 4, ln 2], 2, 0.5)');
    },
    'k larger than the number of scores': ({ topK }) => {
      expectClose(topK([three, one], 40, 1), [0.75, 0.25], 'topK([ln 3, ln 1], 40, 1)');
    },
    'negative and large scores': ({ topK }) => {
      expectClose(topK([-3 + three, -3, -9], 2, 1), [0.75, 0.25, 0], 'topK([ln 3 − 3, −3, −9], 2, 1)');
      expectClose(topK([900, 900 + three, -900], 2, 1), [0.25, 0.75, 0], 'topK([900, 900 + ln 3, −900], 2, 1)');
    },
    'characters as tokens': ({ perCharacter }) => {
      expectClose(perCharacter([1 / 2, 1 / 4, 1 / 8], 'abc'), 4, "perCharacter([1/2, 1/4, 1/8], 'abc')");
    },
    'long tokens': ({ perCharacter }) => {
      expectClose(perCharacter([1 / 64, 1 / 4], 'the cat!'), 2, "perCharacter([1/64, 1/4], 'the cat!')");
    },
    'a long text': ({ perCharacter }) => {
      const p = new Array<number>(4000).fill(1 / 9);
      expectClose(perCharacter(p, 'ab'.repeat(4000)), 3, 'perCharacter of 4000 tokens with p = 1/9, 8000 characters');
    },
  },
});
