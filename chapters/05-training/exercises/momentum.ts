/**
 * Exercise: momentum.
 *
 * Write one step of SGD with momentum, and one with Nesterov's, on lists of numbers: weights w, gradients g, and the
 * velocity v, which is 0 before the first step. Neither may change the lists it is given.
 *
 *   v ← momentum·v + g
 *   w ← w − lr·v                    Nesterov:  w ← w − lr·(g + momentum·v), with the new v
 *
 * Your steps are compared with those of optim.SGD.
 *
 * Check it:  npm run exercises 05          Stuck?  npm run exercises 05 hint momentum
 */
import { notYet } from '../../shared/exercise';

export interface State {
  w: number[];
  v: number[];
}

export interface Settings {
  lr: number;
  momentum: number;
}

export function momentumStep({ w, v }: State, g: number[], { lr, momentum }: Settings): State {
  return notYet('a step with momentum');
}

export function nesterovStep({ w, v }: State, g: number[], { lr, momentum }: Settings): State {
  return notYet("a step with Nesterov's momentum");
}
