/**
 * Rows of core/ops/activations.ts.
 */
import { between, fixed, given, reals, whole } from './inputs';
import { edges, everywhere } from './math';
import { needsFractions } from './messages';
import { operation, refuses, row } from './row';

const KINK = { noDifferences: 'a kink at 0' };
const aroundZero = given([-1, 0, 1]);
const FAR = fixed(given([-800, -40, 40, 800])); // e⁸⁰⁰ is infinite

export const activations = [
  operation(
    'sigmoid',
    everywhere(reals, (a) => a.sigmoid(), 'torch.sigmoid(a)'),
    edges((a) => a.sigmoid(), 'torch.sigmoid(a)'),
    row('far out', [FAR], (a) => a.sigmoid(), 'torch.sigmoid(a)'),
    row('whole numbers', [whole(7)], (a) => a.sigmoid(), 'torch.sigmoid(a)'),
  ),
  operation(
    'tanh',
    everywhere(reals, (a) => a.tanh(), 'torch.tanh(a)'),
    edges((a) => a.tanh(), 'torch.tanh(a)'),
    row('far out', [FAR], (a) => a.tanh(), 'torch.tanh(a)'),
    row('whole numbers', [whole(7)], (a) => a.tanh(), 'torch.tanh(a)'),
  ),
  operation(
    'relu',
    everywhere(reals, (a) => a.relu(), 'torch.relu(a)'),
    edges((a) => a.relu(), 'torch.relu(a)'),
    row('zero', [aroundZero], (a) => a.relu(), 'torch.relu(a)', KINK),
    refuses('whole numbers', [whole(3)], (a) => a.relu(), needsFractions('relu')),
  ),
  operation(
    'relu6',
    everywhere(
      (...shape) => between(5.1, 7, ...shape),
      (a) => a.relu6(),
      'F.relu6(a)',
    ),
    row('of either sign', [reals(17)], (a) => a.mul(7).relu6(), 'F.relu6(a * 7)'),
    edges((a) => a.relu6(), 'F.relu6(a)'),
    row('zero and six', [given([-1, 0, 3, 6, 7])], (a) => a.relu6(), 'F.relu6(a)', KINK),
    refuses('whole numbers', [whole(3)], (a) => a.relu6(), needsFractions('relu6')),
  ),
  operation(
    'leakyRelu',
    everywhere(reals, (a) => a.leakyRelu(), 'F.leaky_relu(a)'),
    edges((a) => a.leakyRelu(), 'F.leaky_relu(a)'),
    row('a slope of its own', [reals(3, 5)], (a) => a.leakyRelu(0.2), 'F.leaky_relu(a, 0.2)'),
    row('zero', [aroundZero], (a) => a.leakyRelu(), 'F.leaky_relu(a)', KINK),
    refuses('whole numbers', [whole(3)], (a) => a.leakyRelu(), needsFractions('leakyRelu')),
  ),
  operation(
    'elu',
    everywhere(reals, (a) => a.elu(), 'F.elu(a)'),
    edges((a) => a.elu(), 'F.elu(a)'),
    row('an α of its own', [reals(3, 5)], (a) => a.elu(0.5), 'F.elu(a, 0.5)'),
    row('zero', [aroundZero], (a) => a.elu(0.5), 'F.elu(a, 0.5)', KINK),
    refuses('whole numbers', [whole(3)], (a) => a.elu(), needsFractions('elu')),
  ),
  operation(
    'prelu',
    row('one slope', [reals(3, 5), reals(1)], (a, b) => a.prelu(b), 'F.prelu(a, b)'),
    row('a slope for each channel', [reals(2, 3, 5), reals(3)], (a, b) => a.prelu(b), 'F.prelu(a, b)'),
    row('a vector', [reals(7), reals(1)], (a, b) => a.prelu(b), 'F.prelu(a, b)'),
    row('a scalar as slope', [reals(7), reals()], (a, b) => a.prelu(b), 'F.prelu(a, b.reshape(1))'),
    row('rank 4', [reals(2, 3, 2, 2), reals(3)], (a, b) => a.prelu(b), 'F.prelu(a, b)'),
    row('zero', [aroundZero, reals(1)], (a, b) => a.prelu(b), 'F.prelu(a, b)', KINK),
    refuses(
      'more slopes than channels',
      [reals(2, 3), reals(4)],
      (a, b) => a.prelu(b),
      'prelu: the weight holds 1 or 3 numbers, not the shape [4]',
    ),
    refuses(
      'a matrix of slopes',
      [reals(2, 3), reals(1, 3)],
      (a, b) => a.prelu(b),
      'prelu: the weight holds 1 or 3 numbers, not the shape [1,3]',
    ),
  ),
  operation(
    'gelu',
    everywhere(reals, (a) => a.gelu(), 'F.gelu(a)'),
    row('far out', [FAR], (a) => a.gelu(), 'F.gelu(a)'),
    row(
      'as the first transformers have it',
      [reals(17)],
      (a) => a.gelu({ approximate: 'tanh' }),
      "F.gelu(a, approximate='tanh')",
    ),
    refuses('whole numbers', [whole(3)], (a) => a.gelu(), needsFractions('gelu')),
    refuses(
      'an unknown approximation',
      [reals(3)],
      (a) => a.gelu({ approximate: 'sigmoid' as 'tanh' }),
      "gelu: approximate is 'none' or 'tanh', not 'sigmoid'",
    ),
  ),
  operation(
    'softplus',
    everywhere(reals, (a) => a.softplus(), 'F.softplus(a, threshold=1000)'),
    edges((a) => a.softplus(), 'F.softplus(a)'),
    row('far out', [FAR], (a) => a.softplus(), 'F.softplus(a)'),
    refuses('whole numbers', [whole(3)], (a) => a.softplus(), needsFractions('softplus')),
  ),
  operation(
    'silu',
    everywhere(reals, (a) => a.silu(), 'F.silu(a)'),
    row('far out', [FAR], (a) => a.silu(), 'F.silu(a)'),
    refuses('whole numbers', [whole(3)], (a) => a.silu(), needsFractions('silu')),
  ),
];
