/**
 * Exercise: the sigmoid as an operation of the core, with a gradient of its own.
 *
 * Here x, y and g are tensors: many numbers at once, of one shape. Write with the methods of tensors, such as x.exp(),
 * x.neg(), x.add(1), x.mul(y), x.pow(-1):
 *
 *   forward    y = 1 / (1 + e⁻ˣ), for every element of x
 *   gradient   g is how much some final result moves when y moves; how much does it move when x moves?
 *
 * That is g times the slope of the sigmoid, element by element; and the slope can be had from y alone. The judge is
 * gradCheck, which also judges every operation of this repository.
 *
 * Check it:  npm run exercises 01          Stuck?  npm run exercises 01 hint smooth-step
 */
import type { Tensor } from '../../../core';
import { notYet } from '../../shared/exercise';

export function forward(x: Tensor): Tensor {
  return notYet('the sigmoid of every element of x');
}

export function gradient(y: Tensor, g: Tensor): Tensor {
  return notYet('the gradient of x, from y = sigmoid(x) and the gradient g of y');
}
