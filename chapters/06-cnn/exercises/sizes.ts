/**
 * Exercise: sizes.
 *
 * How many places does a window have on a line, which zeros make the result as long as the line (divided by the
 * stride), and what does a layer of filters cost? The lesson's section "Stride, padding, size" has the formulas.
 *
 * Check it:  npm run exercises 06          Stuck?  npm run exercises 06 hint sizes
 */
import { notYet } from '../../shared/exercise';

/** Windows of k on n places with `zeros` in all around them, one every `stride` places. */
export function outputSize(n: number, k: number, stride: number, zeros: number): number {
  return notYet(`the output size of ${n} places`);
}

/** [zeros before, zeros after], so that ⌈n / stride⌉ windows fit; of an odd number, one more stands after. */
export function samePadding(n: number, k: number, stride: number): [before: number, after: number] {
  return notYet(`the padding of ${n} places`);
}

/** How many numbers a layer learns: `outputs` filters of k × k over `inputs` channels, each with a bias. */
export function parameters(inputs: number, outputs: number, k: number): number {
  return notYet('the number of parameters');
}
