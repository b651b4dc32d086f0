/**
 * What twenty layers do to a gradient. First one path, by hand: slopes times weights. Then a whole network, with three
 * activations and two initialisations: what arrives in which layer, and why.
 */
import { manualSeed } from '../../core';
import { integer, number, script } from '../shared/script';
import { ACTIVATIONS } from './activations';
import { factorOf, GAINS, type Name, type Profile, profile } from './deep';
import { vanishingFigure } from './pictures/vanishing';

const NAMES: Name[] = ['sigmoid', 'tanh', 'ReLU'];

// #region path
/** One neuron after another, hₖ = f(wₖ·hₖ₋₁), and how far a nudge of the input is still felt after each. */
export function alongPath(name: Name, weights: number[], x: number) {
  const { f, slope } = ACTIVATIONS[name];
  let felt = 1;
  let h = x;
  return weights.map((w) => {
    const z = w * h;
    h = f(z);
    felt *= w * slope(z); // slopes multiply
    return { w, z, h, slope: slope(z), felt };
  });
}
// #endregion

/** The network with each initialisation, and each activation in it; all from the same random numbers. */
async function profileAll(gains: Record<string, number>, options: { depth: number; width: number; seed: number }) {
  const arms: { initialisation: string; profiles: Profile[] }[] = [];
  for (const [initialisation, gain] of Object.entries(gains)) {
    const profiles: Profile[] = [];
    for (const name of NAMES) {
      manualSeed(options.seed);
      profiles.push(await profile(name, gain, options));
    }
    arms.push({ initialisation, profiles });
  }
  return arms;
}

function smallest(first: number, last: number) {
  if (first < last / 10) return 'the first';
  return last < first / 10 ? 'the last' : 'all about the same';
}

const small = (value: number): string => value.toExponential(1);
const ends = (values: number[]): string[] => [values[0], values[values.length - 1]].map(small);

script({
  about: 'What twenty layers do to a gradient: three activations, two initialisations.',
  options: {
    depth: integer(20, { min: 2, max: 100, help: 'hidden layers' }),
    width: integer(64, { min: 2, max: 256, help: 'neurons in each' }),
    gain: number(2, { min: 0.1, max: 10, help: "by how much larger than He's the third kind of weights is" }),
  },
  predict: {
    question:
      'Twenty layers with ReLU, weights as Xavier Glorot proposed. In which layer do the weights get the smallest\n' +
      'gradients, before any training?',
    choices: ['the first', 'the last', 'all about the same'],
  },
  next: 'npx ts-node chapters/04-activations/learning.ts',
  async run({ options, say, section, table, figure, predict, verdict }) {
    const guess = await predict();

    section('path', 'One path through four neurons');
    for (const name of NAMES) {
      say(`${name === NAMES[0] ? '' : '\n'}${name}, x = 1`);
      const rows = alongPath(name, [1.2, 0.8, 1.5, 0.9], 1).map(({ w, z, h, slope, felt }) => {
        return [w, z, h, slope, felt].map((value) => value.toFixed(4));
      });
      table(['weight', 'score z', 'answer h', 'slope', 'product so far'], rows);
    }

    const arms = await profileAll({ ...GAINS, [`He times ${options.gain}`]: options.gain * GAINS.He }, options);
    const rowsOf = (row: (one: Profile) => string[]) =>
      arms.flatMap(({ initialisation, profiles }) => profiles.map((one) => [initialisation, one.name, ...row(one)]));

    section('factors', 'The way back: the gradient of the scores, layer by layer');
    table(
      ['weights', '', 'first layer', 'last layer', 'factor', 'gain · slope'],
      rowsOf(({ gradient, predicted }) => {
        return [...ends(gradient), factorOf(gradient).toFixed(2), predicted.toFixed(2)];
      }),
    );

    section('both-ways', 'The way forward, and what the weights get');
    table(
      ['weights', '', 'signal, first', 'signal, last', 'gradient of W, first', 'gradient of W, last'],
      rowsOf(({ signal, weights }) => [...ends(signal), ...ends(weights)]),
    );

    section('verdict');
    const { weights } = arms[0].profiles[2];
    const [first, last] = ends(weights);
    say();
    const why = `The norm is ${first} in the first layer and ${last} in the last.`;
    verdict(guess, smallest(weights[0], weights[weights.length - 1]), why);
    await figure('vanishing', await vanishingFigure(arms.slice(0, 2)));
  },
});
