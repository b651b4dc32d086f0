/**
 * Schedules: how the learning rate changes while a model learns. Call step() after each epoch (or after each batch, if
 * times are counted in batches); the rate in force stands in optimizer.paramGroups[i].lr.
 *
 * A schedule gives the rate at time t for a group that began with the rate `base`. Since that is all it does, a warm-up
 * can go over into any other.
 */

/** Whatever has groups with rates: an optimiser. */
export interface Rated {
  readonly paramGroups: readonly { lr: number }[];
}

/** What the training loop sees. ReduceLROnPlateau wants the metric; the others do without. */
export interface Schedule {
  step(metric?: number): void;
  stateDict(): object;
  loadStateDict(state: object): void;
}

/** The rates that the groups began with: several schedules over one optimiser have to agree about them. */
const beginnings = new WeakMap<Rated, number[]>();

function baseRatesOf(optimizer: Rated): number[] {
  const rates = beginnings.get(optimizer) ?? optimizer.paramGroups.map(({ lr }) => lr);
  beginnings.set(optimizer, rates);
  return rates;
}

export interface TimedState {
  time: number;
  baseRates: number[];
}

export abstract class TimedSchedule implements Schedule {
  private time = 0;
  private readonly baseRates: number[];

  constructor(private readonly optimizer: Rated) {
    this.baseRates = baseRatesOf(optimizer);
  }

  /** The rate at time t, counted in steps from 0, of a group that began with the rate `base`. */
  abstract rate(t: number, base: number): number;

  step(): void {
    this.moveTo(this.time + 1);
  }

  /** Subclasses whose first rate is not the optimiser's call it with 0 when they are ready. */
  protected moveTo(time: number): void {
    this.time = time;
    this.optimizer.paramGroups.forEach((group, i) => {
      group.lr = this.rate(time, this.baseRates[i]);
    });
  }

  stateDict(): TimedState {
    return { time: this.time, baseRates: [...this.baseRates] };
  }

  loadStateDict({ time, baseRates }: TimedState): void {
    if (baseRates.length !== this.baseRates.length) {
      throw new Error(
        `${this.constructor.name}.loadStateDict: the state has rates for ${baseRates.length} groups of parameters, ` +
          `the optimiser has ${this.baseRates.length}`,
      );
    }
    this.baseRates.splice(0, Infinity, ...baseRates);
    this.moveTo(time);
  }
}

/** The numbers must be finite and lie above 0: lengths, factors, rates. */
export function checkPositive(schedule: string, settings: Record<string, number>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!(value > 0 && value < Infinity)) throw new Error(`${schedule}: ${name} is a number above 0, not ${value}`);
  }
}
