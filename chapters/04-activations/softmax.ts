/**
 * Softmax by hand: why the largest score is taken off first, what float32 does without it, and what a temperature
 * does to the answer.
 */
import { type Tensor, tensor } from '../../core';
import { numbers, script } from '../shared/script';
import { temperatureFigure } from './pictures/softmax';

// #region stable
/** pᵢ = e^(zᵢ − m) / Σ e^(zⱼ − m), with m the largest score: no power is above 1, and the sum is never below 1. */
export function softmax(z: number[]): number[] {
  const m = Math.max(...z);
  const powers = z.map((zi) => Math.exp(zi - m));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
// #endregion

/** As the formula stands. */
export const naiveSoftmax = (z: Tensor): Tensor => z.exp().div(z.exp().sum());

// #region log-sum-exp
/** log Σ e^zⱼ, with the largest score taken out in front: the largest score, and a little more. */
export function logSumExp(z: number[]): number {
  const m = Math.max(...z);
  return m + Math.log(z.reduce((sum, zi) => sum + Math.exp(zi - m), 0));
}
// #endregion

export const withTemperature = (z: number[], temperature: number): number[] => softmax(z.map((zi) => zi / temperature));

/** ∂pᵢ/∂zⱼ = pᵢ·(1 − pᵢ) for i = j, otherwise −pᵢ·pⱼ: what one class gains, the others lose. */
export function slopesOfSoftmax(z: number[]): number[][] {
  const p = softmax(z);
  return p.map((pi, i) => p.map((pj, j) => (i === j ? pi * (1 - pi) : -pi * pj)));
}

const ON_A_GPU = `
On a GPU, powers of e end at the largest number of float32, 3.4e38, and not at infinity: the first column is as wrong
as on a CPU, and looks less so.`;

const show = (values: ArrayLike<number>): string => Array.from(values, (value) => value.toFixed(4)).join('  ');

script({
  about: 'Softmax by hand: large scores, float32, temperature.',
  options: { scores: numbers([1, 2, 4], { length: 'any', help: 'one for each class' }) },
  next: 'npx ts-node chapters/04-activations/saturation.ts --predict',
  async run({ options: { scores, device }, say, section, table, figure }) {
    if (scores.length < 2) throw new Error('--scores needs two numbers or more: a class competes with others');

    section('by-hand', `Softmax of ${scores.join(', ')}`);
    const m = Math.max(...scores);
    const powers = scores.map((z) => Math.exp(z - m));
    const total = powers.reduce((sum, power) => sum + power, 0);
    table(
      ['score', `less ${m}`, 'e to that', `over ${total.toFixed(4)}`],
      scores.map((z, i) => [String(z), String(z - m), powers[i].toFixed(4), (powers[i] / total).toFixed(4)]),
    );
    say(`\nthe core: ${show(await tensor(scores).softmax().data())}`);

    section('overflow', 'The same differences, other heights, in float32');
    const rows: string[][] = [];
    for (const shift of [0, 80, 90, 1000, -110]) {
      const z = tensor(scores.map((score) => score + shift));
      const naive = await naiveSoftmax(z).data();
      rows.push([scores.map((score) => score + shift).join(', '), show(naive), show(await z.softmax().data())]);
    }
    table(['scores', 'as the formula stands', 'the core'], rows);
    if (device === 'gpu') say(ON_A_GPU);

    section('logarithm', 'The loss of the first class, −log p, when it lies far behind');
    const far: string[][] = [];
    for (const lead of [10, 100, 1000]) {
      const z = [0, lead];
      const losses = [
        await tensor(z).softmax().log().slice(0).item(),
        z[0] - logSumExp(z),
        await tensor(z).logSoftmax().slice(0).item(),
      ];
      far.push([z.join(', '), ...losses.map((logarithm) => (-logarithm).toFixed(4))]);
    }
    table(['scores', 'softmax, then log', 'log Σ eᶻ − z', "the core's logSoftmax"], far);

    section('temperature', `Temperature, scores ${scores.join(', ')}`);
    table(
      ['temperature', 'probabilities'],
      [0.1, 0.5, 1, 2, 10, 100].map((temperature) => [temperature, show(withTemperature(scores, temperature))]),
    );

    await figure('temperature', await temperatureFigure(scores, withTemperature));
  },
});
