import { exercise, expectClose, expectEqual } from '../../shared/exercise';

const END = 2;
const start = () => [{ ids: [], logP: 0, ended: false }];
const two = () => [
  { ids: [0], logP: Math.log(0.5), ended: false },
  { ids: [1], logP: Math.log(0.4), ended: false },
];
const oneEnded = () => [
  { ids: [0, END], logP: Math.log(0.3), ended: true },
  { ids: [1], logP: Math.log(0.4), ended: false },
];

/** What may come next after each sentence of two() and of oneEnded(). */
const AFTER_TWO = [
  [0.45, 0.35, 0.2],
  [0.05, 0.9, 0.05],
];
const AFTER_ONE = [
  [0.9, 0.05, 0.05],
  [0.8, 0.1, 0.1],
];

type Beam = ReturnType<typeof import('./solutions/sequences-beam').step>;

const WHAT = { ids: 'the sentences', ended: 'ended' };

const expectEach = (beam: Beam, key: keyof typeof WHAT, expected: unknown[]): void =>
  expectEqual(
    beam.map((sentence) => sentence[key]),
    expected,
    WHAT[key],
  );

const expectProbabilities = (beam: Beam, expected: number[]): void =>
  expectClose(
    beam.map(({ logP }) => Math.exp(logP)),
    expected,
    'their probabilities',
  );

export default exercise<typeof import('./solutions/sequences-beam')>({
  title: 'A step of beam search',
  hints: [
    'From two sentences and three symbols come six longer ones. Make all of them, then sort.',
    'Probabilities multiply along a sentence, so their logarithms add up.',
    'A sentence that has ended takes part in the sorting as it is, with the probability it has.',
  ],
  checks: {
    'a beam of one takes the likeliest symbol': ({ step }) => {
      const [best, ...others] = step(start(), [[0.2, 0.7, 0.1]], 1, END);
      expectEqual(best?.ids, [1], 'the sentence');
      expectClose(best.logP, Math.log(0.7), 'its ln p');
      expectEqual(best.ended, false, 'whether it has ended');
      expectEqual(others.length, 0, 'the number of other sentences');
    },
    'the likeliest of all, not of each': ({ step }) => {
      const beam = step(two(), AFTER_TWO, 3, END);
      expectEach(beam, 'ids', [
        [1, 1],
        [0, 0],
        [0, 1],
      ]); // 0.36, 0.225, 0.175
      expectProbabilities(beam, [0.36, 0.225, 0.175]);
    },
    'who says the end has ended': ({ step }) => {
      expectEach(step(start(), [[0.3, 0.1, 0.6]], 2, END), 'ended', [true, false]);
    },
    'who has ended stays, and competes': ({ step }) => {
      const beam = step(oneEnded(), AFTER_ONE, 2, END);
      expectEach(beam, 'ids', [
        [1, 0],
        [0, END],
      ]); // 0.32, 0.3
      expectProbabilities(beam, [0.32, 0.3]);
      expectEach(beam, 'ended', [false, true]);
    },
    'who has ended may fall out': ({ step }) => expectEach(step(oneEnded(), AFTER_ONE, 1, END), 'ids', [[1, 0]]),
    'the beam that was given is as it was': ({ step }) => {
      const beam = two();
      step(beam, AFTER_TWO, 2, END);
      expectEqual(beam, two(), 'the beam');
    },
  },
});
