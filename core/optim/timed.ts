/**
 * Schedules that know the rate at any time beforehand. Their formulas, with r the rate at time t and r₀ the first one:
 *
 *   StepLR               r = r₀·gamma^⌊t / stepSize⌋
 *   ExponentialLR        r = r₀·gamma^(t / decaySteps), with staircase: rounded down to whole numbers
 *   CosineAnnealingLR    r = etaMin + (r₀ − etaMin)·(1 + cos(π·t / tMax)) / 2
 *   LambdaLR             r = r₀·f(t)
 *   LinearWarmup         r = r₀·(startFactor + (1 − startFactor)·t / steps), then what comes next
 *   OneCycleLR           from maxLr / divFactor up to maxLr, then down to almost nothing, along half cosines
 */
import { checkPositive, type Rated, TimedSchedule } from './schedule';

export class StepLR extends TimedSchedule {
  private readonly stepSize: number;
  private readonly gamma: number;

  constructor(optimizer: Rated, { stepSize, gamma = 0.1 }: { stepSize: number; gamma?: number }) {
    super(optimizer);
    checkPositive('StepLR', { stepSize, gamma });
    this.stepSize = stepSize;
    this.gamma = gamma;
  }

  override rate(t: number, base: number): number {
    return base * this.gamma ** Math.floor(t / this.stepSize);
  }
}

export interface ExponentialOptions {
  gamma: number;
  /** How many steps gamma is spread over. */
  decaySteps?: number;
  /** All of it at once at their end, not a little at each. */
  staircase?: boolean;
}

/** PyTorch's, with the two options of Keras's ExponentialDecay. */
export class ExponentialLR extends TimedSchedule {
  private readonly gamma: number;
  private readonly decaySteps: number;
  private readonly staircase: boolean;

  constructor(optimizer: Rated, { gamma, decaySteps = 1, staircase = false }: ExponentialOptions) {
    super(optimizer);
    checkPositive('ExponentialLR', { gamma, decaySteps });
    this.gamma = gamma;
    this.decaySteps = decaySteps;
    this.staircase = staircase;
  }

  override rate(t: number, base: number): number {
    const power = t / this.decaySteps;
    return base * this.gamma ** (this.staircase ? Math.floor(power) : power);
  }
}

/** Loshchilov and Hutter (2017). After tMax it rises again. */
export class CosineAnnealingLR extends TimedSchedule {
  private readonly tMax: number;
  private readonly etaMin: number;

  constructor(optimizer: Rated, { tMax, etaMin = 0 }: { tMax: number; etaMin?: number }) {
    super(optimizer);
    checkPositive('CosineAnnealingLR', { tMax });
    this.tMax = tMax;
    this.etaMin = etaMin;
  }

  override rate(t: number, base: number): number {
    return halfCosine(base, this.etaMin, t / this.tMax);
  }
}

/** From one value (share 0) to another (share 1), slowly at both ends. */
const halfCosine = (from: number, to: number, share: number): number =>
  to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;

/** Any factor of the first rate, as a function of time. */
export class LambdaLR extends TimedSchedule {
  private readonly factor: (t: number) => number;

  constructor(optimizer: Rated, factor: (t: number) => number) {
    super(optimizer);
    this.factor = factor;
    this.moveTo(0);
  }

  override rate(t: number, base: number): number {
    return base * this.factor(t);
  }
}

export interface WarmupOptions {
  /** How long it takes to the full rate. */
  steps: number;
  startFactor?: number;
  /** What then follows, its own time beginning at 0; without it the rate stays. Only the warm-up is stepped. */
  next?: TimedSchedule;
}

/** Small steps while the weights are still random (PyTorch: LinearLR). */
export class LinearWarmup extends TimedSchedule {
  private readonly steps: number;
  private readonly startFactor: number;
  private readonly next: TimedSchedule | null;

  constructor(optimizer: Rated, { steps, startFactor = 1 / 3, next }: WarmupOptions) {
    super(optimizer);
    checkPositive('LinearWarmup', { steps, startFactor });
    this.steps = steps;
    this.startFactor = startFactor;
    this.next = next ?? null;
    this.moveTo(0);
  }

  override rate(t: number, base: number): number {
    if (t < this.steps) return base * (this.startFactor + ((1 - this.startFactor) * t) / this.steps);
    return this.next ? this.next.rate(t - this.steps, base) : base;
  }
}

export interface OneCycleOptions {
  maxLr: number;
  totalSteps: number;
  /** The share of the steps on which the rate rises. */
  pctStart?: number;
  /** The first rate is maxLr / divFactor, the last one that divided by finalDivFactor. */
  divFactor?: number;
  finalDivFactor?: number;
}

/** Smith and Topin (2019), to be stepped after each batch. Unlike PyTorch's it leaves momentum alone. */
export class OneCycleLR extends TimedSchedule {
  private readonly options: Required<OneCycleOptions>;

  constructor(
    optimizer: Rated,
    { maxLr, totalSteps, pctStart = 0.3, divFactor = 25, finalDivFactor = 1e4 }: OneCycleOptions,
  ) {
    super(optimizer);
    checkPositive('OneCycleLR', { maxLr, totalSteps, divFactor, finalDivFactor });
    if (!(pctStart >= 0 && pctStart < 1)) throw new Error(`OneCycleLR: pctStart lies in [0, 1), not ${pctStart}`);
    this.options = { maxLr, totalSteps, pctStart, divFactor, finalDivFactor };
    this.moveTo(0);
  }

  override rate(t: number): number {
    const { maxLr, totalSteps, pctStart, divFactor, finalDivFactor } = this.options;
    if (t > totalSteps) {
      throw new Error(
        `OneCycleLR: step ${t} is beyond the cycle of ${totalSteps}; totalSteps counts batches, over all epochs`,
      );
    }
    const first = maxLr / divFactor;
    const last = totalSteps - 1; // the step() after the last batch changes nothing
    const top = pctStart * totalSteps - 1; // when the largest rate is reached
    if (t < top) return halfCosine(first, maxLr, t / top);
    return halfCosine(maxLr, first / finalDivFactor, (Math.min(t, last) - top) / (last - top));
  }
}
