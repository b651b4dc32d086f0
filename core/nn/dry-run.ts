/**
 * Sending tensors through a module only to see what comes out, as if it had never happened.
 */
import { noGrad } from '../autograd/modes';
import { Tensor } from '../tensor/tensor';
import type { Module } from './module';

/** What `module` answers in evaluation mode, without recording; afterwards it is in the mode it was in. */
export function dryRun(module: Module, inputs: readonly Tensor[]): unknown {
  const restoreModes = module.rememberModes();
  try {
    module.eval();
    return noGrad(() => (module.forward as (...given: Tensor[]) => unknown)(...inputs));
  } finally {
    restoreModes();
  }
}

/** The tensors of an output, which may be a list, or lists in lists. */
export const tensorsIn = (value: unknown): Tensor[] =>
  value instanceof Tensor ? [value] : Array.isArray(value) ? value.flatMap(tensorsIn) : [];
