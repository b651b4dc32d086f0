/**
 * Rows of the random numbers: what they are is fixed to the bit by the generator's seed, on every device. The helper in
 * make.py draws them again, from the paper's description.
 */
import { bernoulli, Generator, rand, randint, randn, type Tensor } from '../../core';
import { fixed, reals } from './inputs';
import { operation, row } from './row';

/** Options that put the numbers where the first input is. */
const like = ({ dtype, device }: Tensor, seed: number) => ({ dtype, device, generator: new Generator(seed) });

const numbers = (...shape: number[]) => fixed(reals(...shape)); // only says where the random numbers shall be

export const random = [
  operation(
    'rand',
    row('ordinary', [numbers(3, 5)], (a) => rand(a.shape, like(a, 1)), 'uniform(1, (3, 5))'),
    row('a large seed', [numbers(17)], (a) => rand(a.shape, like(a, 2 ** 53 - 1)), 'uniform(2**53 - 1, (17,))'),
    row(
      'two draws',
      [numbers(3)],
      (a) => twice((options) => rand([3], options), like(a, 5)),
      'uniform(5, (8,))[:3], uniform(5, (8,))[4:7]',
    ),
  ),
  operation(
    'randn',
    row('ordinary', [numbers(3, 5)], (a) => randn(a.shape, like(a, 1)), 'normal(1, (3, 5))'),
  ),
  operation(
    'bernoulli',
    row(
      'ordinary',
      [numbers(17)],
      ({ device }) => bernoulli(0.3, [17], { device, generator: new Generator(3) }),
      '(words(3, 17) < int(0.3 * 2**32)).long()',
    ),
    row(
      'never and always',
      [numbers(5)],
      ({ device }) => [0, 1].map((p) => bernoulli(p, [5], { device })),
      'torch.zeros(5).long(), torch.ones(5).long()',
    ),
  ),
  operation(
    'randint',
    row(
      'ordinary',
      [numbers(17)],
      ({ device }) => randint(-3, 4, [17], { device, generator: new Generator(3) }),
      '(words(3, 17) * 7 // 2**32 - 3)',
    ),
  ),
];

const twice = <T>(draw: (options: T) => Tensor, options: T): Tensor[] => [draw(options), draw(options)];
