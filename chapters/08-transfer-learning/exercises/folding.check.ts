import { Generator, noGrad, ops, randn, type Tensor, tensor } from '../../../core';
import { exercise, expectClose, expectGradCheck } from '../../shared/exercise';
import type { Norm } from './folding';

type Answer = typeof import('./solutions/folding');

const generator = new Generator(83);
const random = (...shape: number[]): Tensor => randn(shape, { dtype: 'float64', generator });
const normOf = (maps: number, eps: number): Norm => ({
  mean: random(maps),
  variance: noGrad(() => random(maps).abs().add(0.1)),
  scale: random(maps),
  shift: random(maps),
  eps,
});

const throughNorm = (y: Tensor, { mean, variance, scale, shift, eps }: Norm): Tensor =>
  ops.batchNorm(y, mean, variance, scale, shift, { training: false, eps });

interface Case {
  groups?: number;
  biased?: boolean;
}

function compare({ fold }: Answer, { groups = 1, biased = false }: Case): void {
  const [inside, out] = [4, 6];
  const [x, weight, norm] = [random(2, inside, 5, 5), random(out, inside / groups, 3, 3), normOf(out, 0.1)];
  const bias = biased ? random(out) : null;
  const folded = fold(weight, bias, norm);
  const expected = throughNorm(ops.conv2d(x, weight, bias, { padding: 1, groups }), norm);
  const y = ops.conv2d(x, folded.weight, folded.bias, { padding: 1, groups });
  expectClose([...y.dataSync()], [...expected.dataSync()], 'one convolution instead of two layers', 1e-9);
}

export default exercise<Answer>({
  title: 'Folding batch norm into the convolution before it',
  hints: [
    'Put the weighted sum Σ w·x + b in the place of x in the formula of batch norm. What stands in front of each w?',
    'The factor scale / √(variance + eps) belongs to a map that comes out: the first axis of the weights.',
    'weight · factor, and (bias − mean) · factor + shift, where a bias that is not there is 0.',
  ],
  checks: {
    'one weight, by hand': ({ fold }) => {
      const one = (value: number) => tensor([value], { dtype: 'float64' });
      const norm = { mean: one(4), variance: one(8), scale: one(6), shift: one(0.5), eps: 1 };
      const { weight, bias } = fold(tensor([3], { shape: [1, 1, 1, 1], dtype: 'float64' }), one(2), norm);
      expectClose([...weight.dataSync()], [6], 'the weight: 3 · 6 / √(8 + 1)');
      expectClose([...bias.dataSync()], [-3.5], 'the bias: (2 − 4) · 2 + 0.5');
    },
    'without a bias': (answer) => compare(answer, {}),
    'with a bias': (answer) => compare(answer, { biased: true }),
    'in groups': (answer) => compare(answer, { groups: 2, biased: true }),
    'gradients flow through it': ({ fold }) => {
      const norm = normOf(3, 0.1);
      const weight = random(3, 2, 1, 1);
      weight.requiresGrad = true;
      const through = (w: Tensor): Tensor => fold(w, null, norm).weight;
      expectGradCheck(through, [weight]);
    },
  },
});
