import { optim, tensor } from '../../../core';
import { exercise, expectClose, expectEqual } from '../../shared/exercise';

type Answer = typeof import('./solutions/momentum');

const START = [3, -2, 0.5];
const STEEPNESS = [1, 4, 0.25];
const SETTINGS = { lr: 0.1, momentum: 0.8 };
const gradientAt = (w: number[]): number[] => w.map((wi, i) => STEEPNESS[i] * wi);

/** Where optim.SGD is after each of seven steps down a bowl. */
function pathOfTheCore(nesterov: boolean): number[][] {
  const w = tensor(START, { dtype: 'float64', requiresGrad: true });
  const optimizer = new optim.SGD([w], { ...SETTINGS, nesterov });
  return Array.from({ length: 7 }, () => {
    const height = w
      .mul(w)
      .mul(tensor(STEEPNESS, { dtype: 'float64' }))
      .sum()
      .div(2);
    optimizer.zeroGrad();
    height.backward();
    optimizer.step();
    return [...w.dataSync()];
  });
}

function pathOf(step: Answer['momentumStep']): number[][] {
  let state = { w: START, v: START.map(() => 0) };
  return Array.from({ length: 7 }, () => {
    state = step(state, gradientAt(state.w), SETTINGS);
    return state.w;
  });
}

export default exercise<Answer>({
  title: 'Momentum',
  hints: [
    'First the new velocity: each number from the old one and the gradient at the same place (map with an index).',
    'Then the weights, with the new velocity. The learning rate comes in here, not in the velocity.',
    'Nesterov: the same new v, but the step is lr·(g + momentum·v): it looks at where v will carry it next.',
  ],
  checks: {
    'the first step is plain SGD': ({ momentumStep }) => {
      const { w, v } = momentumStep({ w: [1, 2], v: [0, 0] }, [10, -4], { lr: 0.1, momentum: 0.9 });
      expectClose(w, [0, 2.4], 'w after the first step');
      expectClose(v, [10, -4], 'v after the first step');
    },
    'the second step remembers': ({ momentumStep }) => {
      const { w } = momentumStep({ w: [0, 2.4], v: [10, -4] }, [1, 1], { lr: 0.1, momentum: 0.9 });
      expectClose(w, [-1, 2.66], 'w after the second step');
    },
    'seven steps as optim.SGD takes them': ({ momentumStep }) =>
      expectClose(pathOf(momentumStep), pathOfTheCore(false), 'w after each step'),
    'seven steps of Nesterov': ({ nesterovStep }) =>
      expectClose(pathOf(nesterovStep), pathOfTheCore(true), 'w after each step'),
    'what was given stays as it was': ({ momentumStep, nesterovStep }) => {
      for (const step of [momentumStep, nesterovStep]) {
        const [state, g] = [{ w: [1, 2], v: [3, 4] }, [5, 6]];
        step(state, g, SETTINGS);
        expectEqual([state, g], [{ w: [1, 2], v: [3, 4] }, [5, 6]], 'the lists that were given');
      }
    },
  },
});
