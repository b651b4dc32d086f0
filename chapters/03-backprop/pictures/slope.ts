/**
 * The pictures of slope.ts: secants that turn into the tangent, and the error of differences by their step.
 */
import { type Figure, lineChart } from '../../../core/io/charts';

type Curve = (x: number) => number;

/** The curve, its tangent at x, and two lines through x and a point further on. */
export function secantFigure(f: Curve, slope: Curve, x: number): Promise<Figure> {
  const xs = Array.from({ length: 101 }, (_, i) => x - 4 + (i * 8) / 100);
  const through = (rise: number) => xs.map((at) => f(x) + rise * (at - x));
  const secant = (h: number) => ({ name: `secant, h = ${h}`, y: through((f(x + h) - f(x)) / h), dashed: true });
  const range = [f(x - 4), f(x), f(x + 4)];
  return lineChart({
    title: 'As h shrinks, the secant becomes the tangent',
    x: { label: 'x' },
    y: { label: 'f(x)', domain: [Math.min(...range) - 20, Math.max(...range)] },
    series: [
      { name: 'x² + 3x + 2', x: xs, y: xs.map(f) },
      { ...secant(4), x: xs },
      { ...secant(2), x: xs },
      { name: `tangent, slope ${short(slope(x))}`, x: xs, y: through(slope(x)) },
    ],
    marks: [{ x, y: f(x), label: `f(${short(x)}) = ${short(f(x))}` }],
  });
}

/** Both errors over twelve powers of ten, ten steps to each. */
export function stepFigure(errorsAt: (h: number) => { forward: number; central: number }): Promise<Figure> {
  const steps = Array.from({ length: 121 }, (_, i) => 10 ** (-i / 10));
  const series = (['forward', 'central'] as const).map((name) => {
    const errors = steps.map((h) => errorsAt(h)[name]);
    const seen = steps.map((_, i) => i).filter((i) => errors[i] > 0); // a lucky zero has no place on a log axis
    return { name, x: seen.map((i) => steps[i]), y: seen.map((i) => errors[i]) };
  });
  return lineChart({
    title: 'The error of differences: too large a step, too small a step',
    x: { label: 'step h', log: true, domain: [1e-12, 1] },
    y: { label: 'error', log: true },
    series,
  });
}

const short = (value: number): string => String(Number(value.toFixed(4)));
