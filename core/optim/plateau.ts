/**
 * Smaller steps when nothing gets better any more: the one schedule that has to be told how it goes.
 */
import { checkPositive, type Rated, type Schedule } from './schedule';

export interface PlateauOptions {
  /** Is a good metric small or large? */
  mode?: 'min' | 'max';
  /** What the rates are multiplied by. */
  factor?: number;
  /** How many steps in a row without progress are borne. */
  patience?: number;
  /** What counts as progress: so much better than the best, as a share of it ('rel') or in its own units ('abs'). */
  threshold?: number;
  thresholdMode?: 'rel' | 'abs';
  /** For so many steps after a change none is counted against it. */
  cooldown?: number;
  minLr?: number;
}

export interface PlateauState {
  best: number;
  badSteps: number;
  cooldownLeft: number;
  rates: number[];
}

const SMALLEST_CHANGE = 1e-8; // PyTorch's eps: a rate that would change by less stays as it is

export class ReduceLROnPlateau implements Schedule {
  private readonly options: Required<PlateauOptions>;
  private best: number;
  private badSteps = 0;
  private cooldownLeft = 0;

  constructor(
    private readonly optimizer: Rated,
    {
      mode = 'min',
      factor = 0.1,
      patience = 10,
      threshold = 1e-4,
      thresholdMode = 'rel',
      cooldown = 0,
      minLr = 0,
    }: PlateauOptions = {},
  ) {
    checkPositive('ReduceLROnPlateau', { factor });
    if (factor >= 1) throw new Error(`ReduceLROnPlateau: a factor below 1 makes rates smaller, ${factor} does not`);
    this.options = { mode, factor, patience, threshold, thresholdMode, cooldown, minLr };
    this.best = mode === 'min' ? Infinity : -Infinity;
  }

  step(metric?: number): void {
    if (typeof metric !== 'number')
      throw new Error(
        'ReduceLROnPlateau: step(metric) needs a number, as a validation loss; await loss.item() gives it',
      );
    const { patience, cooldown } = this.options;
    if (this.isBetter(metric)) {
      this.best = metric;
      this.badSteps = 0;
    } else {
      this.badSteps++;
    }
    if (this.cooldownLeft > 0) {
      this.cooldownLeft--;
      this.badSteps = 0;
    }
    if (this.badSteps <= patience) return;
    this.reduce();
    this.cooldownLeft = cooldown;
    this.badSteps = 0;
  }

  private isBetter(metric: number): boolean {
    const { mode, threshold, thresholdMode } = this.options;
    const sign = mode === 'min' ? -1 : 1;
    const goal = thresholdMode === 'rel' ? this.best * (1 + sign * threshold) : this.best + sign * threshold;
    return mode === 'min' ? metric < goal : metric > goal;
  }

  private reduce(): void {
    const { factor, minLr } = this.options;
    for (const group of this.optimizer.paramGroups) {
      const lr = Math.max(group.lr * factor, minLr);
      if (group.lr - lr > SMALLEST_CHANGE) group.lr = lr;
    }
  }

  stateDict(): PlateauState {
    const { best, badSteps, cooldownLeft } = this;
    return { best, badSteps, cooldownLeft, rates: this.optimizer.paramGroups.map(({ lr }) => lr) };
  }

  loadStateDict({ best, badSteps, cooldownLeft, rates }: PlateauState): void {
    const groups = this.optimizer.paramGroups;
    if (rates.length !== groups.length) {
      throw new Error(
        `ReduceLROnPlateau.loadStateDict: the state has rates for ${rates.length} groups of parameters, ` +
          `the optimiser has ${groups.length}`,
      );
    }
    Object.assign(this, { best, badSteps, cooldownLeft });
    groups.forEach((group, i) => {
      group.lr = rates[i];
    });
  }
}
