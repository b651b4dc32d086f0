/**
 * Gradient descent on y = x²: step after step against the slope. The rate decides whether that arrives, jumps
 * about or flies away; and forgetting one line makes it swing for ever.
 */
import { integer, number, script } from '../shared/script';
import { Value } from './engine';
import { descentFigure, forgottenFigure } from './pictures/descent';

// #region descend
/** All the places on the way, the start included. */
export function descend(start: number, { rate, steps }: { rate: number; steps: number }, forget = false): number[] {
  const x = new Value(start, 'x');
  const path = [start];
  for (let step = 0; step < steps; step++) {
    if (!forget) x.grad = 0;
    const y = x.pow(2);
    y.backward();
    x.data -= rate * x.grad;
    path.push(x.data);
  }
  return path;
}
// #endregion

const RATES = [0.01, 0.1, 0.5, 0.9, 1, 1.05];

script({
  about: 'Gradient descent on y = x², with rates that arrive, jump and fly away.',
  options: {
    start: number(8, { min: -1e6, max: 1e6, help: 'the first x' }),
    rate: number(0.1, { min: 0, max: 10, help: 'how far to step for a slope of 1' }),
    steps: integer(15, { min: 1, max: 1000, help: 'how often' }),
  },
  next: 'npx ts-node chapters/03-backprop/valley.ts --predict',
  async run({ options, say, section, table, figure }) {
    const { start, rate, steps } = options;
    const path = descend(start, options);

    section('path', `From x = ${start} with rate ${rate}`);
    table(
      ['step', 'x', 'slope 2x', 'y = x²'],
      path.map((x, step) => [String(step), x.toFixed(6), (2 * x).toFixed(6), (x * x).toFixed(6)]),
    );
    const closed = start * (1 - 2 * rate) ** steps;
    say(`\n${start} · (1 − 2·${rate})^${steps} = ${closed.toFixed(6)}`);

    section('rates', `After ${steps} steps from x = ${start}`);
    table(
      ['rate', 'factor', 'x'],
      RATES.map((rate) => {
        const path = descend(start, { rate, steps });
        return [String(rate), (1 - 2 * rate).toFixed(2), path[steps].toFixed(6)];
      }),
    );

    section('forgotten', 'The same, but the gradient is never set back to 0');
    const swings = descend(start, { rate, steps }, true);
    say(swings.map((x) => x.toFixed(2)).join('  '));

    const runs = [0.1, 0.9, 1.05].map((rate) => ({ rate, path: descend(8, { rate, steps: 8 }) }));
    await figure('descent', await descentFigure(runs));
    const long = { rate: 0.1, steps: 60 };
    await figure('forgotten', await forgottenFigure(descend(8, long), descend(8, long, true)));
  },
});
