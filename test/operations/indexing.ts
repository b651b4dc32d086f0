/**
 * Rows of core/ops/indexing.ts.
 */
import { oneHot } from '../../core';
import { distinct, fixed, given, givenWhole, places, reals, whole } from './inputs';
import { needsInt, noAxis } from './messages';
import { NOT_ORDINARY, operation, refuses, row } from './row';

const AGAIN = givenWhole([2, 0, 2, 2, 1]); // a place that is picked more than once

const ODD = fixed(given([2, NaN, Infinity, -Infinity, NaN, 1]));

export const indexing = [
  operation(
    'gather',
    row('the last axis', [reals(3, 5), places(5, 3, 7)], (a, b) => a.gather(1, b), 'a.gather(1, b)'),
    row('the first axis', [reals(5, 3), places(5, 2, 3)], (a, b) => a.gather(0, b), 'a.gather(0, b)'),
    row('the middle axis', [reals(2, 5, 3), places(5, 2, 4, 3)], (a, b) => a.gather(-2, b), 'a.gather(-2, b)'),
    row('one place many times', [reals(5), AGAIN], (a, b) => a.gather(0, b), 'a.gather(0, b)'),
    row(
      'an index that is smaller elsewhere',
      [reals(3, 5, 2), places(5, 2, 4, 1)],
      (a, b) => a.gather(1, b),
      'a.gather(1, b)',
    ),
    row('an empty index', [reals(3, 5), places(5, 3, 0)], (a, b) => a.gather(1, b), 'a.gather(1, b)'),
    row('whole numbers', [whole(3, 5), places(5, 3, 2)], (a, b) => a.gather(1, b), 'a.gather(1, b)'),
    refuses('a float index', [reals(3), reals(3)], (a, b) => a.gather(0, b), needsInt('gather', 'the index')),
    refuses(
      'a place too far',
      [reals(3), givenWhole([0, 3])],
      (a, b) => a.gather(0, b),
      'gather: index 3 at position 1 is outside 0..2',
    ),
    refuses(
      'a place counted from the end',
      [reals(3), givenWhole([-1])],
      (a, b) => a.gather(0, b),
      'gather: index -1 at position 0 is outside 0..2',
    ),
    refuses(
      'an index of another rank',
      [reals(3, 5), places(3, 3)],
      (a, b) => a.gather(1, b),
      'gather: an index of shape [3] does not fit [3,5] outside of axis 1',
    ),
    refuses(
      'an index that is larger elsewhere',
      [reals(3, 5), places(5, 4, 5)],
      (a, b) => a.gather(1, b),
      'gather: an index of shape [4,5] does not fit [3,5] outside of axis 1',
    ),
  ),
  operation(
    'scatterAdd',
    row(
      'the last axis',
      [reals(3, 5), places(5, 3, 7), reals(3, 7)],
      (a, b, c) => a.scatterAdd(1, b, c),
      'a.scatter_add(1, b, c)',
    ),
    row(
      'the first axis',
      [reals(5, 3), places(5, 2, 3), reals(2, 3)],
      (a, b, c) => a.scatterAdd(0, b, c),
      'a.scatter_add(0, b, c)',
    ),
    row(
      'the middle axis',
      [reals(2, 5, 3), places(5, 2, 4, 3), reals(2, 4, 3)],
      (a, b, c) => a.scatterAdd(-2, b, c),
      'a.scatter_add(-2, b, c)',
    ),
    row(
      'one place many times',
      [reals(3), AGAIN, reals(5)],
      (a, b, c) => a.scatterAdd(0, b, c),
      'a.scatter_add(0, b, c)',
    ),
    row(
      'a source that is larger',
      [reals(3, 5), places(5, 2, 4), reals(3, 7)],
      (a, b, c) => a.scatterAdd(1, b, c),
      'a.scatter_add(1, b, c[:2, :4])',
    ),
    row(
      'an index that is smaller elsewhere',
      [reals(3, 5), places(5, 2, 4), reals(2, 4)],
      (a, b, c) => a.scatterAdd(1, b, c),
      'a.scatter_add(1, b, c)',
    ),
    row(
      'an empty index',
      [reals(3, 5), places(5, 3, 0), reals(3, 0)],
      (a, b, c) => a.scatterAdd(1, b, c),
      'a.scatter_add(1, b, c)',
    ),
    row(
      'whole numbers',
      [whole(5), places(5, 7), whole(7)],
      (a, b, c) => a.scatterAdd(0, b, c),
      'a.scatter_add(0, b, c)',
    ),
    refuses(
      'a place too far',
      [reals(3), givenWhole([3]), reals(1)],
      (a, b, c) => a.scatterAdd(0, b, c),
      'scatterAdd: index 3 at position 0 is outside 0..2',
    ),
    refuses(
      'a source that is too small',
      [reals(3, 5), places(5, 3, 2), reals(3, 1)],
      (a, b, c) => a.scatterAdd(1, b, c),
      'scatterAdd: an index of shape [3,2] reaches beyond the source [3,1]',
    ),
    refuses(
      'a source of another dtype',
      [reals(3), places(3, 2), whole(2)],
      (a, b, c) => a.scatterAdd(0, b, c),
      'scatterAdd: a int32 source does not add to a float64 tensor; convert it',
    ),
  ),
  operation(
    'indexSelect',
    row('rows', [reals(3, 5), AGAIN], (a, b) => a.indexSelect(0, b), 'a.index_select(0, b)'),
    row('columns', [reals(2, 3), AGAIN], (a, b) => a.indexSelect(-1, b), 'a.index_select(-1, b)'),
    row('the middle axis', [reals(2, 3, 5), AGAIN], (a, b) => a.indexSelect(1, b), 'a.index_select(1, b)'),
    row('of a vector', [reals(3), AGAIN], (a, b) => a.indexSelect(0, b), 'a.index_select(0, b)'),
    row('no places', [reals(3, 5), places(3, 0)], (a, b) => a.indexSelect(0, b), 'a.index_select(0, b)'),
    row('whole numbers', [whole(3, 2), AGAIN], (a, b) => a.indexSelect(0, b), 'a.index_select(0, b)'),
    refuses(
      'an index of rank 2',
      [reals(3), places(3, 2, 2)],
      (a, b) => a.indexSelect(0, b),
      'indexSelect: the index is a list, not of shape [2,2]; gather() picks one by one',
    ),
    refuses(
      'a place too far',
      [reals(3, 5), givenWhole([1, 5])],
      (a, b) => a.indexSelect(1, b),
      'indexSelect: index 5 at position 1 is outside 0..4',
    ),
    refuses('a float index', [reals(3), reals(1)], (a, b) => a.indexSelect(0, b), needsInt('indexSelect', 'the index')),
  ),
  operation(
    'oneHot',
    row('labels', [places(5, 7)], (a) => a.oneHot(5), 'F.one_hot(a, 5)'),
    row('a matrix of labels', [places(3, 2, 5)], (a) => a.oneHot(3), 'F.one_hot(a, 3)'),
    row('one label', [places(3)], (a) => oneHot(a, 3), 'F.one_hot(a, 3)'),
    row('no labels', [places(3, 0)], (a) => a.oneHot(3), 'F.one_hot(a, 3)'),
    refuses('float labels', [reals(3)], (a) => a.oneHot(3), needsInt('oneHot', 'the labels')),
    refuses(
      'half a class',
      [places(2, 3)],
      (a) => a.oneHot(1.5),
      'oneHot: the number of classes is a whole number from 1 up, not 1.5',
    ),
    refuses(
      'a label beyond the classes',
      [givenWhole([0, 3])],
      (a) => a.oneHot(3),
      'oneHot: index 3 at position 1 is outside 0..2',
    ),
  ),
  operation(
    'sort',
    row('a vector', [distinct(17)], (a) => a.sort(), 'torch.sort(a, dim=-1, stable=True)'),
    row('the first axis', [distinct(5, 3)], (a) => a.sort(0), 'torch.sort(a, dim=0, stable=True)'),
    row(
      'descending',
      [distinct(3, 5)],
      (a) => a.sort(-1, { descending: true }),
      'torch.sort(a, dim=-1, descending=True, stable=True)',
    ),
    row('the middle axis', [distinct(2, 5, 3)], (a) => a.sort(1), 'torch.sort(a, dim=1, stable=True)'),
    row(
      'equal ones keep their order',
      [
        givenWhole([
          [2, 1, 2, 1],
          [0, 0, 0, 0],
        ]),
      ],
      (a) => a.sort(),
      'torch.sort(a, dim=-1, stable=True)',
    ),
    row(
      'equal ones, descending',
      [givenWhole([2, 1, 2, 1])],
      (a) => a.sort(0, { descending: true }),
      'torch.sort(a, dim=0, descending=True, stable=True)',
    ),
    row('NaN and infinities', [ODD], (a) => a.sort(), 'torch.sort(a, dim=-1, stable=True)', NOT_ORDINARY),
    row(
      'NaN and infinities, descending',
      [ODD],
      (a) => a.sort(0, { descending: true }),
      'torch.sort(a, dim=0, descending=True, stable=True)',
      NOT_ORDINARY,
    ),
    row('nothing in it', [reals(3, 0)], (a) => a.sort(), 'torch.sort(a, dim=-1, stable=True)'),
    refuses('an axis beyond the last', [reals(3)], (a) => a.sort(1), noAxis('sort', 1, 1)),
  ),
  operation(
    'topk',
    row('the largest', [distinct(3, 7)], (a) => a.topk(3), 'a.topk(3)'),
    row('the smallest', [distinct(7, 2)], (a) => a.topk(2, 0, { largest: false }), 'a.topk(2, 0, largest=False)'),
    row('all', [distinct(5)], (a) => a.topk(5), 'a.topk(5)'),
    row('none', [distinct(3, 5)], (a) => a.topk(0), 'a.topk(0)'),
    refuses(
      'more than there are',
      [reals(3, 5)],
      (a) => a.topk(4, 0),
      'topk: there are no 4 elements along axis 0, which has 3',
    ),
    refuses(
      'half an element',
      [reals(5)],
      (a) => a.topk(1.5),
      'topk: there are no 1.5 elements along axis -1, which has 5',
    ),
  ),
];
