/**
 * The slope of x² + 3x + 2, found four ways: by hand, by trying a little more and a little less, by the chapter's
 * engine, and by the core. And how little "a little" should be, which is less obvious than it sounds.
 */
import { tensor } from '../../core';
import { number, script } from '../shared/script';
import { Value } from './engine';
import { secantFigure, stepFigure } from './pictures/slope';

export const f = (x: number): number => x * x + 3 * x + 2;
export const slopeOfF = (x: number): number => 2 * x + 3; // by the rules of school

type Curve = (x: number) => number;

// #region differences
/** Rise over run, from x to a point a little further on. */
export const forwardDifference = (f: Curve, x: number, h: number): number => (f(x + h) - f(x)) / h;

/** From a little before x to a little after it. */
export const centralDifference = (f: Curve, x: number, h: number): number => (f(x + h) - f(x - h)) / (2 * h);
// #endregion

export function slopeByEngine(at: number): number {
  // #region by-engine
  const x = new Value(at);
  const y = x.mul(x).add(x.mul(3)).add(2);
  y.backward();
  return x.grad;
  // #endregion
}

export async function slopeByCore(at: number): Promise<number> {
  // #region by-core
  const x = tensor(at, { requiresGrad: true });
  const y = x.mul(x).add(x.mul(3)).add(2);
  y.backward();
  return x.grad!.item();
  // #endregion
}

const cube: Curve = (x) => x * x * x; // its slope at 2 is 12

export const errorsAt = (h: number) => ({
  forward: Math.abs(forwardDifference(cube, 2, h) - 12),
  central: Math.abs(centralDifference(cube, 2, h) - 12),
});

script({
  about: 'The slope of x² + 3x + 2 four ways, and the best step for differences.',
  options: { x: number(2, { min: -1000, max: 1000, help: 'where the slope is wanted' }) },
  predict: {
    question: 'Central differences shall find the slope of x³ at 2. Which step h comes nearest to the truth?',
    choices: ['0.1', '0.00001', '0.00000001', '0.00000000001'],
  },
  next: 'npx ts-node chapters/03-backprop/chain-rule.ts',
  async run({ options: { x }, say, section, table, figure, predict, verdict }) {
    const guess = await predict();

    section('secants', `Rise over run at x = ${x}`);
    table(
      ['h', 'forward', 'central'],
      [2, 1, 0.1, 0.01, 0.001].map((h) => {
        return [String(h), forwardDifference(f, x, h).toFixed(4), centralDifference(f, x, h).toFixed(4)];
      }),
    );

    section('four-ways', `The slope at x = ${x}, four ways`);
    const ways: [string, number][] = [
      ['by hand, 2x + 3', slopeOfF(x)],
      ['differences, h = 0.00001', centralDifference(f, x, 1e-5)],
      ['engine', slopeByEngine(x)],
      ['core', await slopeByCore(x)],
    ];
    table(
      ['', 'slope'],
      ways.map(([way, slope]) => [way, slope.toFixed(6)]),
    );

    section('steps', 'How far from 12, the slope of x³ at 2?');
    const exponents = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    table(
      ['h', 'forward', 'central'],
      exponents.map((n) => {
        const { forward, central } = errorsAt(10 ** -n);
        return [`10^-${n}`, forward.toExponential(1), central.toExponential(1)];
      }),
    );
    say();
    verdict(guess, '0.00001', 'With a smaller step the two heights are so alike that rounding is most of the rest.');

    await figure('secants', await secantFigure(f, slopeOfF, x));
    await figure('step-size', await stepFigure(errorsAt));
  },
});
