/**
 * Rows of core/ops/product.ts.
 */
import { einsum, linear } from '../../core';
import { reals, whole } from './inputs';
import { doNotMeet, doNotMix } from './messages';
import { operation, type Run, refuses, row } from './row';

const matmul: Run = (a, b) => a.matmul(b);
const product = (title: string, left: number[], right: number[]) =>
  row(title, [reals(...left), reals(...right)], matmul, 'a @ b');

export const products = [
  operation(
    'matmul',
    product('matrices', [3, 5], [5, 7]),
    product('a row and a column', [1, 5], [5, 1]),
    product('a column and a row', [3, 1], [1, 5]),
    product('two vectors', [5], [5]),
    product('a vector and a matrix', [3], [3, 5]),
    product('a matrix and a vector', [3, 5], [5]),
    product('a vector and a batch', [3], [2, 3, 5]),
    product('a batch and a vector', [2, 3, 5], [5]),
    product('batches', [2, 3, 4], [2, 4, 3]),
    product('a batch and a matrix', [2, 3, 4], [4, 5]),
    product('a matrix and a batch', [3, 4], [2, 4, 3]),
    product('batches that broadcast', [2, 1, 3, 2], [3, 2, 3]),
    product('batches that broadcast on the right', [1, 2, 3], [2, 3, 2]),
    product('rank 5', [2, 1, 2, 2, 3], [1, 2, 1, 3, 2]),
    product('inner size 0', [3, 0], [0, 5]),
    product('no rows', [0, 3], [3, 5]),
    product('an empty batch', [0, 3, 2], [0, 2, 3]),
    row('a transpose on the left', [reals(5, 3), reals(5, 7)], (a, b) => a.transpose().matmul(b), 'a.T @ b'),
    row('a transpose on the right', [reals(3, 5), reals(7, 5)], (a, b) => a.matmul(b.transpose()), 'a @ b.T'),
    row('two transposes', [reals(5, 3), reals(7, 5)], (a, b) => a.transpose().matmul(b.transpose()), 'a.T @ b.T'),
    row('a matrix and itself', [reals(3, 3)], (a) => a.matmul(a), 'a @ a'),
    row('a Gram matrix', [reals(5, 3)], (a) => a.transpose().matmul(a), 'a.T @ a'),
    row(
      'transposes in batches',
      [reals(2, 4, 3), reals(2, 5, 4)],
      (a, b) => a.transpose().matmul(b.transpose()),
      'a.mT @ b.mT',
    ),
    row(
      'heads',
      [reals(2, 3, 2, 2), reals(2, 3, 2, 2)],
      (a, b) => a.permute(0, 2, 1, 3).matmul(b.permute(0, 2, 3, 1)),
      'a.permute(0, 2, 1, 3) @ b.permute(0, 2, 3, 1)',
    ),
    row(
      'an expanded batch',
      [reals(3, 4), reals(2, 4, 3)],
      (a, b) => a.expand(2, 3, 4).matmul(b),
      'a.expand(2, 3, 4) @ b',
    ),
    row('whole numbers', [whole(3, 5), whole(5, 2)], matmul, 'a @ b'),
    row('whole numbers and floats', [whole(3, 5), reals(5, 2)], matmul, 'a.double() @ b'),
    refuses(
      'inner sizes that differ',
      [reals(2, 3), reals(4, 5)],
      matmul,
      'matmul: inner sizes differ: [2,3] @ [4,5] (3 vs 4)',
    ),
    refuses('scalars', [reals(), reals(2, 2)], matmul, 'matmul: a scalar is no matrix; use mul'),
    refuses(
      'batches that do not meet',
      [reals(2, 3, 4), reals(3, 4, 2)],
      matmul,
      doNotMeet('matmul', '[2] and [3]', '2 against 3 at axis -1'),
    ),
    refuses(
      'a number',
      [reals(2, 2)],
      (a) => a.matmul(2 as unknown as typeof a),
      'matmul: expected a tensor, got number 2',
    ),
    refuses('float32 beside float64', [reals(2, 2)], (a) => a.matmul(a.to('float32')), doNotMix('matmul')),
  ),
  operation(
    'einsum',
    row(
      'a product',
      [reals(3, 5), reals(5, 2)],
      (a, b) => einsum('ij,jk->ik', a, b),
      "torch.einsum('ij,jk->ik', a, b)",
    ),
    row(
      'a product in batches',
      [reals(2, 3, 4), reals(2, 4, 3)],
      (a, b) => einsum('bij,bjk->bik', a, b),
      "torch.einsum('bij,bjk->bik', a, b)",
    ),
    row(
      'without an output',
      [reals(3, 5), reals(5, 2)],
      (a, b) => einsum('kj,ji', a, b),
      "torch.einsum('kj,ji', a, b)",
    ),
    row('a transpose', [reals(3, 5)], (a) => einsum('ij->ji', a), "torch.einsum('ij->ji', a)"),
    row('a sum of all', [reals(3, 5)], (a) => einsum('ij->', a), "torch.einsum('ij->', a)"),
    row('a diagonal', [reals(3, 3)], (a) => einsum('ii->i', a), "torch.einsum('ii->i', a)"),
    row('a trace', [reals(3, 3)], (a) => einsum('ii', a), "torch.einsum('ii', a)"),
    row('a diagonal in batches', [reals(2, 3, 3)], (a) => einsum('...ii->...i', a), "torch.einsum('...ii->...i', a)"),
    row('an outer product', [reals(3), reals(5)], (a, b) => einsum('i,j->ij', a, b), "torch.einsum('i,j->ij', a, b)"),
    row(
      'element by element',
      [reals(3, 5), reals(3, 5)],
      (a, b) => einsum('ij,ij->ij', a, b),
      "torch.einsum('ij,ij->ij', a, b)",
    ),
    row(
      'a letter summed in one alone',
      [reals(3, 5), reals(2)],
      (a, b) => einsum('ij,k->i', a, b),
      "torch.einsum('ij,k->i', a, b)",
    ),
    row(
      'three tensors',
      [reals(3), reals(3, 5), reals(5)],
      (a, b, c) => einsum('i,ij,j->', a, b, c),
      "torch.einsum('i,ij,j->', a, b, c)",
    ),
    row(
      'a letter in all three',
      [reals(3, 2), reals(3, 2), reals(3)],
      (a, b, c) => einsum('bi,bi,b->b', a, b, c),
      "torch.einsum('bi,bi,b->b', a, b, c)",
    ),
    row(
      'axes that broadcast',
      [reals(2, 1, 3), reals(3, 3, 2)],
      (a, b) => einsum('...j,...jk->...k', a, b),
      "torch.einsum('...j,...jk->...k', a, b)",
    ),
    row(
      'heads of attention',
      [reals(2, 3, 2, 2), reals(2, 4, 2, 2)],
      (a, b) => einsum('bqhd,bkhd->bhqk', a, b),
      "torch.einsum('bqhd,bkhd->bhqk', a, b)",
    ),
    row(
      'spaces',
      [reals(2, 3), reals(3, 2)],
      (a, b) => einsum(' i j , j k -> k i ', a, b),
      "torch.einsum('ij,jk->ki', a, b)",
    ),
    row(
      'a summed axis of nothing',
      [reals(2, 0), reals(0, 3)],
      (a, b) => einsum('ij,jk->ik', a, b),
      "torch.einsum('ij,jk->ik', a, b)",
    ),
    refuses('a missing tensor', [reals(3)], (a) => einsum('i,j->', a), "einsum: 'i,j->': 2 terms for 1 tensors"),
    refuses(
      'too few letters',
      [reals(3, 5)],
      (a) => einsum('i->i', a),
      "einsum: 'i->i': 'i' does not name the 2 axes of its tensor",
    ),
    refuses(
      'a letter from nowhere',
      [reals(3)],
      (a) => einsum('i->ij', a),
      "einsum: 'i->ij': 'j' comes out but does not go in",
    ),
    refuses(
      'a letter that comes out twice',
      [reals(3)],
      (a) => einsum('i->ii', a),
      "einsum: 'i->ii': 'i' comes out twice",
    ),
    refuses(
      'extents that differ',
      [reals(3), reals(5)],
      (a, b) => einsum('i,i->', a, b),
      "einsum: 'i,i->': 'i' is 3 in one place and 5 in another",
    ),
    refuses('two arrows', [reals(3)], (a) => einsum('i->i->i', a), "einsum: 'i->i->i': there is more than one '->'"),
    refuses(
      'a digit',
      [reals(3)],
      (a) => einsum('1->1', a),
      "einsum: '1->1': '1' is no list of letters, with at most one '...'",
    ),
  ),
  operation(
    'linear',
    row('with a bias', [reals(3, 5), reals(7, 5), reals(7)], (a, b, c) => a.linear(b, c), 'F.linear(a, b, c)'),
    row('without', [reals(3, 5), reals(7, 5)], (a, b) => linear(a, b), 'F.linear(a, b)'),
    row('one example', [reals(5), reals(3, 5), reals(3)], (a, b, c) => linear(a, b, c), 'F.linear(a, b, c)'),
    row('sequences', [reals(2, 3, 5), reals(3, 5), reals(3)], (a, b, c) => linear(a, b, c), 'F.linear(a, b, c)'),
    row('no examples', [reals(0, 5), reals(3, 5), reals(3)], (a, b, c) => linear(a, b, c), 'F.linear(a, b, c)'),
    row('one output', [reals(3, 5), reals(1, 5), reals(1)], (a, b, c) => linear(a, b, c), 'F.linear(a, b, c)'),
    refuses(
      'a weight the wrong way round',
      [reals(3, 5), reals(5, 7)],
      (a, b) => linear(a, b),
      'linear: an input of shape [3,5] does not end in the 7 features of the weight [5,7]',
    ),
    refuses(
      'a weight of rank 3',
      [reals(3, 5), reals(1, 7, 5)],
      (a, b) => linear(a, b),
      'linear: the weight is a matrix [out, in], not [1,7,5]',
    ),
    refuses(
      'a bias of another size',
      [reals(3, 5), reals(7, 5), reals(5)],
      (a, b, c) => linear(a, b, c),
      'linear: a bias of shape [5] does not fit 7 outputs',
    ),
  ),
];
