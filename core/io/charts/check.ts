/** What every chart asks of its input before drawing; each answer names the chart, the series and the place. */

export type Numbers = ArrayLike<number>;

export function checkSome(caller: string, what: string, { length }: { length: number }): void {
  if (length === 0) throw new Error(`${caller}: ${what} is empty; give at least one`);
}

export function checkFinite(caller: string, what: string, values: Numbers): void {
  for (let index = 0; index < values.length; index++) {
    if (Number.isFinite(values[index])) continue;
    throw new Error(`${caller}: ${what} has ${values[index]} at index ${index}; only finite numbers can be drawn`);
  }
}

export function checkPositive(caller: string, what: string, values: Numbers): void {
  for (let index = 0; index < values.length; index++) {
    if (values[index] > 0) continue;
    throw new Error(`${caller}: ${what} has ${values[index]} at index ${index}; a log axis needs numbers above zero`);
  }
}

export function checkLength(caller: string, what: string, { length }: { length: number }, expected: number): void {
  if (length === expected) return;
  throw new Error(`${caller}: ${what} has length ${length}, expected ${expected}`);
}

/** x and y of one series: the same length, not empty, all finite. */
export function checkPairs(caller: string, name: string, { x, y }: { x: Numbers; y: Numbers }): void {
  checkSome(caller, `"${name}"`, y);
  if (x.length !== y.length) throw new Error(`${caller}: "${name}" has ${x.length} x values and ${y.length} y values`);
  checkFinite(caller, `x of "${name}"`, x);
  checkFinite(caller, `y of "${name}"`, y);
}

export function checkDomain(caller: string, what: string, domain: readonly [number, number], log = false): void {
  const [low, high] = domain;
  if (Number.isFinite(low) && Number.isFinite(high) && low < high && (!log || low > 0)) return;
  throw new Error(`${caller}: ${what} is [${low}, ${high}]; give [low, high] with ${log ? '0 < ' : ''}low < high`);
}

/** The size of a grid or a picture. */
export function checkCounts(caller: string, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (Number.isInteger(count) && count > 0) continue;
    throw new Error(`${caller}: ${name} is ${count}; give a whole number of at least 1`);
  }
}
