import { exercise, expectClose } from '../../shared/exercise';

export default exercise<typeof import('./solutions/half-life')>({
  title: 'How long a gate remembers',
  hints: [
    'With a bias of 0 the gate is σ(0) = ½, at every step. What is left after two steps, after three?',
    'partLeft is σ(bias) to the power of the steps. For the other way, first ask what the gate must be: a root.',
    'The gate is part^(1/steps), and the score whose sigmoid is p is log(p / (1 − p)).',
  ],
  checks: {
    'a gate half open': ({ partLeft }) => expectClose(partLeft(0, 3), 0.125, 'partLeft(0, 3)'),
    'a bias of 4 over 50 steps': ({ partLeft }) =>
      expectClose(partLeft(4, 50), Math.exp(-50 * Math.log1p(Math.exp(-4))), 'partLeft(4, 50)'),
    'one step': ({ biasToKeep }) => expectClose(biasToKeep(0.75, 1), Math.log(3), 'biasToKeep(0.75, 1)'),
    'there and back': ({ partLeft, biasToKeep }) => {
      for (const [part, steps] of [
        [0.5, 50],
        [0.9, 7],
        [0.01, 120],
      ])
        expectClose(
          partLeft(biasToKeep(part, steps), steps),
          part,
          `partLeft(biasToKeep(${part}, ${steps}), ${steps})`,
        );
    },
  },
});
