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
      const beam = step(
        two(),
        [
          [0.45, 0.35, 0.2],
          [0.05, 0.9, 0.05],
        ],
        3,
        END,
      );
      expectEqual(
        beam.map(({ ids }) => ids),
        [
          [1, 1],
          [0, 0],
          [0, 1],
        ],
        'the sentences',
      ); // 0.36, 0.225, 0.175
      expectClose(
        beam.map(({ logP }) => Math.exp(logP)),
        [0.36, 0.225, 0.175],
        'their probabilities',
      );
    },
    'who says the end has ended': ({ step }) => {
      const beam = step(start(), [[0.3, 0.1, 0.6]], 2, END);
      expectEqual(
        beam.map(({ ended }) => ended),
        [true, false],
        'ended',
      );
    },
    'who has ended stays, and competes': ({ step }) => {
      const beam = step(
        oneEnded(),
        [
          [0.9, 0.05, 0.05],
          [0.8, 0.1, 0.1],
        ],
        2,
        END,
      );
      expectEqual(
        beam.map(({ ids }) => ids),
        [
          [1, 0],
          [0, END],
        ],
        'the sentences',
      ); // 0.32, 0.3
      expectClose(
        beam.map(({ logP }) => Math.exp(logP)),
        [0.32, 0.3],
        'their probabilities',
      );
      expectEqual(
        beam.map(({ ended }) => ended),
        [false, true],
        'ended',
      );
    },
    'who has ended may fall out': ({ step }) => {
      const beam = step(
        oneEnded(),
        [
          [0.9, 0.05, 0.05],
          [0.8, 0.1, 0.1],
        ],
        1,
        END,
      );
      expectEqual(
        beam.map(({ ids }) => ids),
        [[1, 0]],
        'the sentences',
      );
    },
    'the beam that was given is as it was': ({ step }) => {
      const beam = two();
      step(
        beam,
        [
          [0.45, 0.35, 0.2],
          [0.05, 0.9, 0.05],
        ],
        2,
        END,
      );
      expectEqual(beam, two(), 'the beam');
    },
  },
});
