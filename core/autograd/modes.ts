/**
 * Computing without a tape: noGrad for evaluation, enableGrad inside it, and custom operations with a gradient of
 * your own.
 */
import { scoped } from '../memory/lifetimes';
import type { Tensor } from '../tensor/tensor';
import { type Recipe, record, withGradMode } from './graph';

/** Runs `fn` without recording. What it made is given back when it ends, apart from what it returns. */
export function noGrad<T>(fn: () => T): T {
  const result = withGradMode(false, () => scoped(fn));
  if (result instanceof Promise) {
    throw new Error(
      'noGrad: the function is asynchronous, ' +
        'so recording was on again before it finished; compute inside, await outside',
    );
  }
  return result;
}

/** Runs `fn` with recording, also inside noGrad. */
export function enableGrad<T>(fn: () => T): T {
  return withGradMode(true, fn);
}

/**
 * An operation of your own. `forward` gets the inputs and computes without recording; `backward` gets the inputs and
 * the output and names what it saves and the gradient function of each input.
 *
 *   const cube = customOperation('cube', {
 *     forward: (x) => x.mul(x).mul(x),
 *     backward: ([x]) => ({ saves: [x], gradients: [(g) => g.mul(x).mul(x).mul(3)] }),
 *   });
 */
export function customOperation(
  name: string,
  {
    forward,
    backward,
  }: { forward: (...inputs: Tensor[]) => Tensor; backward: (inputs: Tensor[], y: Tensor) => Recipe },
): (...inputs: Tensor[]) => Tensor {
  return (...inputs) => {
    const result = noGrad(() => forward(...inputs));
    const y = inputs.includes(result) ? result.detach() : result; // an output needs a place of its own on the tape
    const recipe = backward(inputs, y);
    if (typeof recipe.gradients !== 'function' && recipe.gradients.length !== inputs.length) {
      throw new Error(
        `${name}: ${inputs.length} inputs need as many gradient functions, not ${recipe.gradients.length}`,
      );
    }
    return record(name, y, inputs, recipe);
  };
}
