import { exercise, expectClose, slope } from '../../shared/exercise';
import { binary, huber } from '../losses';

/** Predictions and targets, on both sides, near and far. */
const PAIRS = [
  [1.4, 1.5],
  [4, 1.7],
  [-3, 2],
  [0.9, 0.2],
];

export default exercise<typeof import('./solutions/slopes')>({
  title: 'The slopes of two losses',
  hints: [
    'Near the target Huber is half a square: its slope is the error p − t itself. Beyond, it is a straight line.',
    'The straight lines have the slope delta where p is too large, −delta where it is too small. And (log p)′ = 1/p.',
    'Huber: clamp p − t to the range from −delta to delta. Cross-entropy: −t/p + (1 − t)/(1 − p).',
  ],
  checks: {
    'Huber near the target': ({ slopeOfHuber }) => expectClose(slopeOfHuber(2.3, 2, 1), 0.3, 'slopeOfHuber(2.3, 2, 1)'),
    'Huber agrees with differences': ({ slopeOfHuber }) => {
      for (const delta of [0.25, 1, 2])
        for (const [p, t] of PAIRS) {
          const expected = slope((x) => huber(x, t, delta), p);
          expectClose(slopeOfHuber(p, t, delta), expected, `slopeOfHuber(${p}, ${t}, ${delta})`);
        }
    },
    'cross-entropy agrees with differences': ({ slopeOfBinary }) => {
      for (const p of [0.2, 0.5498, 0.9])
        for (const t of [0, 1]) {
          const expected = slope((x) => binary(x, t), p);
          expectClose(slopeOfBinary(p, t), expected, `slopeOfBinary(${p}, ${t})`);
        }
    },
  },
});
