/**
 * A flag for sizes: of layers, of batches.
 */
import { numbers, type Option } from '../shared/options';

/** Whole numbers from 1 up, as many as the reader likes but at least `least`. */
export function sizes(initial: number[], { least, help }: { least: number; help: string }): Option<number[]> {
  const option = numbers(initial, { length: 'any', help });
  const fit = (values: number[]) => values.length >= least && values.every((n) => Number.isInteger(n) && n > 0);
  return {
    ...option,
    expected: `${least} or more whole numbers from 1 up with commas between, such as ${initial}`,
    parse: (text) => {
      const values = option.parse(text);
      return values && fit(values) ? values : undefined;
    },
  };
}
