/** A classifier's answers over a grid of the plane, as the decision boundary in a picture or a terminal takes them. */

import { checkCounts, checkFinite, checkLength, type Numbers } from './check';

/**
 * Row by row, the lowest y first; the first and last columns and rows lie on the ends of the domains.
 * For two classes the probability of the second group of points, for more of them the index of each point's group.
 */
export interface DecisionGrid {
  columns: number;
  rows: number;
  probability?: Numbers;
  classes?: Numbers;
}

export function checkGrid(caller: string, { columns, rows, probability, classes }: DecisionGrid): void {
  const values = probability ?? classes;
  if (values === undefined || (probability && classes)) {
    throw new Error(`${caller}: give either probability (two classes) or classes (an index for each grid point)`);
  }
  checkCounts(caller, { columns, rows });
  const name = probability ? 'probability' : 'classes';
  checkLength(caller, `${name} (${columns} columns × ${rows} rows)`, values, columns * rows);
  checkFinite(caller, name, values);
  const wrong = Array.from(values).find((value) => value < 0 || (probability ? value > 1 : !Number.isInteger(value)));
  if (wrong === undefined) return;
  const expected = probability ? 'a probability lies between 0 and 1' : 'a class is a whole number from 0';
  throw new Error(`${caller}: ${name} holds ${wrong}; ${expected}`);
}
