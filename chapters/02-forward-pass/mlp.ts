/**
 * Counting: the shapes, parameters and multiply-adds of a multilayer perceptron, by formula and by asking the model.
 */
import { noGrad, zeros } from '../../core';
import { networkFigure } from '../../core/io/charts';
import { script } from '../shared/script';
import { network } from './batches';
import { scaleDrawing } from './pictures/scale';
import { sizes } from './sizes';

// #region count
/** A dense layer: a weight for each pair of input and output, a bias for each output. */
export const parameters = (inputs: number, outputs: number): number => inputs * outputs + outputs;

/** For one input: each weight is used once, a multiplication and an addition. */
export const multiplyAdds = (inputs: number, outputs: number): number => inputs * outputs;
// #endregion

/** [784, 128, 64, 10] → [[784, 128], [128, 64], [64, 10]] */
export const pairs = (sizes: number[]): [number, number][] => sizes.slice(1).map((size, k) => [sizes[k], size]);

script({
  about: 'A multilayer perceptron counted: shapes, parameters, multiply-adds.',
  options: { sizes: sizes([784, 128, 64, 10], { least: 2, help: 'neurons of each layer' }) },
  next: 'npx ts-node chapters/02-forward-pass/mistakes.ts',
  async run({ options, say, section, table, figure }) {
    const layers = pairs(options.sizes);
    const name = options.sizes.join('-');
    const total = (count: typeof parameters) => layers.reduce((sum, [from, to]) => sum + count(from, to), 0);

    section('count', `${name}, for a batch of N`);
    table(
      ['layer', 'input', 'weight', 'output', 'parameters', 'share', 'multiply-adds'],
      layers.map(([from, to], k) => {
        const share = (100 * parameters(from, to)) / total(parameters);
        const shapes = [`[N, ${from}]`, `[${to}, ${from}]`, `[N, ${to}]`];
        return [k + 1, ...shapes, parameters(from, to), `${share.toFixed(1)} %`, multiplyAdds(from, to)];
      }),
    );
    say(`\nin all: ${total(parameters)} parameters, ${total(multiplyAdds)} multiply-adds for each input`);

    section('model', 'What the model itself says');
    // #region model
    const model = await network(options.sizes).to(options.device);
    for (const [path, { shape, size }] of model.namedParameters()) say(`${path.padEnd(8)} [${shape}], ${size} numbers`);
    say(`in all ${model.parameterCount()}, ${4 * model.parameterCount()} bytes in float32`);
    const y = noGrad(() => model.forward(zeros([32, options.sizes[0]])));
    say(`a batch of 32 becomes [${y.shape}]`);
    // #endregion

    const last = options.sizes.length - 1;
    const drawn = options.sizes.map((units, k) => ({
      name: k === 0 ? 'input' : k === last ? 'output' : `hidden ${k}`,
      units,
      note: `[N, ${units}]`,
    }));
    await figure('mlp', networkFigure({ title: `A multilayer perceptron ${name}`, layers: drawn }));
    await figure('parameters', scaleDrawing(layers));
  },
});
