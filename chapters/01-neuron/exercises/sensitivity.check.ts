import { exercise, expectClose, slope } from '../../shared/exercise';

function answer(weights: number[], inputs: number[], bias: number): number {
  const z = weights.reduce((sum, weight, i) => sum + weight * inputs[i], bias);
  return 1 / (1 + Math.exp(-z));
}

const NEURONS: [weights: number[], inputs: number[], bias: number][] = [
  [[0.6, 0.3, 0.1], [0.5, 0.2, 0.8], -0.5],
  [[-1.7, 0.9], [0.4, -2.3], 0.8],
  [[2.5, -0.3, 0.7, 1.1], [-0.2, 3.1, 0, -1.4], 1.9],
];

const moved = (weights: number[], i: number, weight: number) => weights.map((old, k) => (k === i ? weight : old));

export default exercise<typeof import('./solutions/sensitivity')>({
  title: 'How sensitive is the answer?',
  hints: [
    'Two steps: how much does z move when a weight moves? And how much does a move when z moves? The slopes multiply.',
    'z = w1·x1 + w2·x2 + b. Move w1 by 0.01: z moves by 0.01·x1. So z has the slope x1 along w1, and 1 along b.',
    'The slope of the sigmoid is a·(1 − a). Along w1 the whole slope is a·(1 − a)·x1.',
  ],
  checks: {
    'along the bias, by differences': ({ sensitivity }) => {
      for (const [weights, inputs, bias] of NEURONS) {
        const numeric = slope((b) => answer(weights, inputs, b), bias);
        expectClose(sensitivity(weights, inputs, bias).bias, numeric, `the slope along the bias ${bias}`, 1e-7);
      }
    },
    'along every weight, by differences': ({ sensitivity }) => {
      for (const [weights, inputs, bias] of NEURONS) {
        const numeric = weights.map((weight, i) => slope((w) => answer(moved(weights, i, w), inputs, bias), weight));
        expectClose(
          sensitivity(weights, inputs, bias).weights,
          numeric,
          `the slopes along the weights [${weights}]`,
          1e-7,
        );
      }
    },
  },
});
