/**
 * Rows of core/ops/dropout.ts. What is dropped is fixed by the generator's seed.
 */
import { dropout, Generator } from '../../core';
import { reals, whole } from './inputs';
import { operation, type Run, refuses, row } from './row';

const drop =
  (p: number, seed: number): Run =>
  (x) =>
    dropout(x, p, { generator: new Generator(seed) });

export const dropouts = [
  operation(
    'dropout',
    row('a third', [reals(3, 5)], drop(0.3, 1), 'dropout(a, 0.3, 1)'),
    row(
      'a half, unless told otherwise',
      [reals(17)],
      (a) => dropout(a, undefined, { generator: new Generator(2) }),
      'dropout(a, 0.5, 2)',
    ),
    row('nearly all', [reals(2, 3, 5)], drop(0.9, 3), 'dropout(a, 0.9, 3)'),
    row('all', [reals(3, 5)], drop(1, 4), 'a * 0'),
    row('nothing', [reals(3, 5)], drop(0, 5), 'a'),
    row('a scalar', [reals()], drop(0.5, 6), 'dropout(a, 0.5, 6)'),
    row('of nothing', [reals(0, 3)], drop(0.5, 7), 'dropout(a, 0.5, 7)'),
    row('not while learning', [reals(3, 5)], (a) => dropout(a, 0.5, { training: false }), 'F.dropout(a, 0.5, False)'),
    row(
      'twice',
      [reals(7)],
      (a) => {
        const generator = new Generator(8);
        return [dropout(a, 0.5, { generator }), dropout(a, 0.5, { generator })];
      },
      'dropout(F.pad(a, (0, 9)), 0.5, 8).reshape(2, 8)[0, :7], dropout(F.pad(a, (8, 1)), 0.5, 8).reshape(2, 8)[1, :7]',
    ),
    row('from a transpose', [reals(3, 5)], (a) => drop(0.5, 9)(a.transpose()), 'dropout(a.T, 0.5, 9)'),
    refuses('more than all', [reals(3)], drop(1.5, 1), 'dropout: a probability lies in [0, 1], not 1.5'),
    refuses('less than nothing', [reals(3)], drop(-0.1, 1), 'dropout: a probability lies in [0, 1], not -0.1'),
    refuses('no number', [reals(3)], drop(Number.NaN, 1), 'dropout: a probability lies in [0, 1], not NaN'),
    refuses(
      'whole numbers',
      [whole(3)],
      drop(0.5, 1),
      "dropout: int32 has no fractions; convert with to('float32') first",
    ),
  ),
];
