/**
 * Exercise: where a word stands.
 *
 * Write the table of sinusoidal positions: a row for each place t = 0, 1, 2 …, and in it
 *
 *   table[t][2i]     = sin(t / 10000^(2i / width))
 *   table[t][2i + 1] = cos(t / 10000^(2i / width))
 *
 * Then, for two neighbouring numbers (sin a, cos a) of one row, find what they are `steps` places further on, from
 * those two numbers and the angle of the steps alone: a further place is a rotation.
 *
 * Check it:  npm run exercises 10          Stuck?  npm run exercises 10 hint positions
 */
import { notYet } from '../../shared/exercise';

/** [length][width] */
export function positions(length: number, width: number): number[][] {
  return notYet(`the positions of ${length} words of width ${width}`);
}

/** (sin a, cos a) → (sin(a + angle), cos(a + angle)) */
export function further(pair: [sin: number, cos: number], angle: number): [sin: number, cos: number] {
  return notYet(`the pair ${pair} turned by ${angle}`);
}
