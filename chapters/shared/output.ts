/**
 * What a script prints, in order. A tensor shows its values on the CPU only; one on a GPU is read first, and all that
 * is printed after it waits.
 */
import { Tensor } from '../../core';
import { clearBar } from './progress';

export class Output {
  /** The last print of those that wait. */
  private last: Promise<void> | null = null;

  print(...values: unknown[]): void {
    if (!this.last && !values.some(isElsewhere)) {
      write(values);
      return;
    }
    const asTheyAreNow = Promise.all(values.map(brought));
    this.last = Promise.all([asTheyAreNow, this.last]).then(([ready]) => write(ready));
    this.last.catch(() => {}); // done() tells
  }

  /** Resolves when everything so far is printed. */
  async done(): Promise<void> {
    const { last } = this;
    await last;
    if (this.last === last) this.last = null;
  }
}

const isElsewhere = (value: unknown): value is Tensor => value instanceof Tensor && value.device !== 'cpu';

async function brought(value: unknown): Promise<unknown> {
  if (!isElsewhere(value)) return value;
  const here = await value.detach().to('cpu');
  here.requiresGrad = value.requiresGrad;
  return here;
}

function write(values: unknown[]): void {
  clearBar();
  console.log(...values);
}
