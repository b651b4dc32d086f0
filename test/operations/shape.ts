/**
 * Rows of core/ops/shape.ts, and of the conversions in convert.ts.
 */
import { concat, stack, type Tensor } from '../../core';
import { fixed, given, reals, whole } from './inputs';
import { noAxis } from './messages';
import { DOUBLE_PRECISION, operation, refuses, row } from './row';

const CUT = { noDifferences: 'values flow, gradients do not: that is its purpose' };

const ODD = fixed(
  given([
    [1, NaN, Infinity],
    [NaN, 2, NaN],
    [-Infinity, NaN, 3],
  ]),
);

const triangle = (part: (x: Tensor, diagonal?: number) => Tensor, torch: string) => [
  row('a square', [reals(3, 3)], (a) => part(a), `a.${torch}()`),
  row('a wide matrix', [reals(3, 5)], (a) => part(a, 1), `a.${torch}(1)`),
  row('a tall matrix', [reals(5, 3)], (a) => part(a, -2), `a.${torch}(-2)`),
  row('a batch', [reals(2, 3, 3)], (a) => part(a, -1), `a.${torch}(-1)`),
  row('a diagonal beyond the corner', [reals(2, 3)], (a) => part(a, 7), `a.${torch}(7)`),
  row('whole numbers', [whole(3, 3)], (a) => part(a), `a.${torch}()`),
  row('nothing in it', [reals(0, 3)], (a) => part(a), `a.${torch}()`),
  row('NaN in what is left out', [ODD], (a) => part(a), `a.${torch}()`),
  refuses('a vector', [reals(3)], (a) => part(a), `${torch}: a tensor of shape [3] has no last two axes`),
];

export const shape = [
  operation(
    'reshape',
    row('to one axis', [reals(3, 5)], (a) => a.reshape(15), 'a.reshape(15)'),
    row('to more axes', [reals(3, 10)], (a) => a.reshape(5, 2, 3), 'a.reshape(5, 2, 3)'),
    row('an open extent', [reals(3, 10)], (a) => a.reshape(2, -1, 5), 'a.reshape(2, -1, 5)'),
    row('a scalar to rank 3', [reals()], (a) => a.reshape(1, 1, 1), 'a.reshape(1, 1, 1)'),
    row('to a scalar', [reals(1, 1)], (a) => a.reshape(), 'a.reshape(())'),
    row('of a transpose', [reals(3, 5)], (a) => a.transpose().reshape(3, 5), 'a.T.reshape(3, 5)'),
    row('nothing in it', [reals(0, 3)], (a) => a.reshape(5, 0), 'a.reshape(5, 0)'),
    row('whole numbers', [whole(2, 3)], (a) => a.reshape(3, 2), 'a.reshape(3, 2)'),
    refuses(
      'another size',
      [reals(3, 5)],
      (a) => a.reshape(4, 4),
      'reshape: 15 values of shape [3,5] do not fill [4,4]',
    ),
    refuses(
      'an open extent that comes out uneven',
      [reals(3, 5)],
      (a) => a.reshape(-1, 4),
      'reshape: 15 values of shape [3,5] do not fill [-1,4]',
    ),
    refuses('two open extents', [reals(4)], (a) => a.reshape(-1, -1), 'reshape: only one extent may be -1 in [-1,-1]'),
    refuses(
      'a fraction',
      [reals(3)],
      (a) => a.reshape(1.5, 2),
      'reshape: [1.5,2] is no shape: extents are whole numbers from 0 up',
    ),
  ),
  operation(
    'flatten',
    row('all axes', [reals(3, 2, 5)], (a) => a.flatten(), 'a.flatten()'),
    row('from the second on', [reals(3, 2, 5)], (a) => a.flatten(1), 'a.flatten(1)'),
    row('the first two', [reals(3, 2, 5)], (a) => a.flatten(0, 1), 'a.flatten(0, 1)'),
    row('a scalar', [reals()], (a) => a.flatten(), 'a.flatten()'),
    row('nothing in it', [reals(2, 0, 3)], (a) => a.flatten(1), 'a.flatten(1)'),
    refuses('axes the wrong way round', [reals(3, 5)], (a) => a.flatten(1, 0), 'flatten: axis 1 comes after axis 0'),
  ),
  operation(
    'permute',
    row('three axes', [reals(2, 3, 5)], (a) => a.permute(2, 0, 1), 'a.permute(2, 0, 1)'),
    row('counted from the end', [reals(2, 3, 5)], (a) => a.permute(-1, 0, -2), 'a.permute(-1, 0, -2)'),
    row('five axes', [reals(2, 1, 3, 1, 2)], (a) => a.permute(4, 2, 0, 3, 1), 'a.permute(4, 2, 0, 3, 1)'),
    row('twice', [reals(2, 3, 5)], (a) => a.permute(2, 0, 1).permute(0, 2, 1), 'a.permute(2, 0, 1).permute(0, 2, 1)'),
    row('a scalar', [reals()], (a) => a.permute(), 'a.permute(())'),
    refuses(
      'too few axes',
      [reals(2, 3, 5)],
      (a) => a.permute(1, 0),
      'permute: [1,0] does not name each of the 3 axes once',
    ),
    refuses(
      'an axis twice',
      [reals(2, 3)],
      (a) => a.permute(1, 1),
      'permute: [1,1] does not name each of the 2 axes once',
    ),
    refuses('an axis beyond the last', [reals(2, 3)], (a) => a.permute(0, 2), noAxis('permute', 2, 2)),
  ),
  operation(
    'transpose',
    row('a matrix', [reals(3, 5)], (a) => a.transpose(), 'a.T'),
    row('the last two of three', [reals(2, 3, 5)], (a) => a.transpose(), 'a.transpose(-2, -1)'),
    row('axes apart', [reals(2, 3, 5)], (a) => a.transpose(0, 2), 'a.transpose(0, 2)'),
    row('an axis with itself', [reals(3, 5)], (a) => a.transpose(1, -1), 'a.transpose(1, -1)'),
    refuses('a vector', [reals(3)], (a) => a.transpose(), noAxis('transpose', -2, 1)),
  ),
  operation(
    'expand',
    row('a row', [reals(1, 5)], (a) => a.expand(3, 5), 'a.expand(3, 5)'),
    row('new axes in front', [reals(5)], (a) => a.expand(2, 3, 5), 'a.expand(2, 3, 5)'),
    row('axes between', [reals(3, 1, 2)], (a) => a.expand(3, 4, 2), 'a.expand(3, 4, 2)'),
    row('some left as they are', [reals(3, 1)], (a) => a.expand(2, -1, 5), 'a.expand(2, -1, 5)'),
    row('a scalar', [reals()], (a) => a.expand(3, 2), 'a.expand(3, 2)'),
    row('to nothing', [reals(1, 3)], (a) => a.expand(0, 3), 'a.expand(0, 3)'),
    refuses(
      'other extents',
      [reals(3, 5)],
      (a) => a.expand(3, 10),
      'expand: shape [3,5] does not stretch to [3,10]; only extents of 1 do',
    ),
    refuses(
      'fewer axes',
      [reals(1, 5)],
      (a) => a.expand(5),
      'expand: shape [1,5] does not stretch to [5]; only extents of 1 do',
    ),
    refuses(
      'an open new axis',
      [reals(5)],
      (a) => a.expand(-1, 5),
      'expand: [-1,5] is no shape: extents are whole numbers from 0 up',
    ),
  ),
  operation(
    'squeeze',
    row('all axes of one', [reals(1, 3, 1)], (a) => a.squeeze(), 'a.squeeze()'),
    row('one axis', [reals(1, 3, 1)], (a) => a.squeeze(-1), 'a.squeeze(-1)'),
    row('a list of axes', [reals(1, 3, 1)], (a) => a.squeeze([0, 2]), 'a.squeeze(2).squeeze(0)'),
    row('to a scalar', [reals(1, 1)], (a) => a.squeeze(), 'a.squeeze()'),
    refuses('a longer axis', [reals(1, 3)], (a) => a.squeeze(1), 'squeeze: axis 1 of [1,3] has extent 3, not 1'),
    refuses('an axis beyond the last', [reals(1)], (a) => a.squeeze(1), noAxis('squeeze', 1, 1)),
  ),
  operation(
    'unsqueeze',
    row('in front', [reals(3, 5)], (a) => a.unsqueeze(0), 'a.unsqueeze(0)'),
    row('between', [reals(3, 5)], (a) => a.unsqueeze(1), 'a.unsqueeze(1)'),
    row('at the end', [reals(3, 5)], (a) => a.unsqueeze(-1), 'a.unsqueeze(-1)'),
    row('a scalar', [reals()], (a) => a.unsqueeze(0), 'a.unsqueeze(0)'),
    refuses('a place too far', [reals(3)], (a) => a.unsqueeze(2), noAxis('unsqueeze', 2, 2)),
  ),
  operation(
    'slice',
    row('a stretch', [reals(7, 3)], (a) => a.slice([2, 5]), 'a[2:5]'),
    row('steps', [reals(7, 5)], (a) => a.slice([1, null, 2], [0, 5, 3]), 'a[1::2, 0:5:3]'),
    row('a place drops its axis', [reals(3, 5)], (a) => a.slice(null, 2), 'a[:, 2]'),
    row('a place from the end', [reals(3, 5)], (a) => a.slice(-1), 'a[-1]'),
    row('ends from the end', [reals(7)], (a) => a.slice([-5, -1]), 'a[-5:-1]'),
    row('cut off at the borders', [reals(5)], (a) => a.slice([-9, 9]), 'a[-9:9]'),
    row('one value', [reals(3, 5)], (a) => a.slice(1, -2), 'a[1, -2]'),
    row('everything', [reals(3, 5)], (a) => a.slice(), 'a[...]'),
    row('nothing left', [reals(5, 3)], (a) => a.slice([3, 1]), 'a[3:1]'),
    row(
      'of a slice',
      [reals(7, 5)],
      (a) => a.slice([1, 7, 2]).slice(null, [2, null]).slice([1, null]),
      'a[1:7:2][:, 2:][1:]',
    ),
    row('of a transpose', [reals(3, 7)], (a) => a.transpose().slice([1, null, 3]), 'a.T[1::3]'),
    row('five axes', [reals(2, 1, 3, 1, 2)], (a) => a.slice(null, 0, [1, null], null, 1), 'a[:, 0, 1:, :, 1]'),
    row('pieces that overlap', [reals(5)], (a) => a.slice([0, 4]).mul(a.slice([1, 5])), 'a[:4] * a[1:]'),
    refuses('too many ranges', [reals(3)], (a) => a.slice(null, 0), 'slice: 2 ranges for a tensor of rank 1'),
    refuses(
      'a place beyond the end',
      [reals(3, 5)],
      (a) => a.slice(null, 5),
      'slice: there is no place 5 along axis 1, which has 5',
    ),
    refuses(
      'a place before the beginning',
      [reals(3)],
      (a) => a.slice(-4),
      'slice: there is no place -4 along axis 0, which has 3',
    ),
    refuses(
      'steps backwards',
      [reals(3)],
      (a) => a.slice([null, null, -1]),
      'slice: a step is a whole number from 1 up, not -1; flip() turns an axis round',
    ),
    refuses('half an end', [reals(3)], (a) => a.slice([0.5, 2]), 'slice: 0.5 is no whole number'),
  ),
  operation(
    'flip',
    row('the first axis', [reals(3, 5)], (a) => a.flip(0), 'a.flip(0)'),
    row('the last axis', [reals(3, 5)], (a) => a.flip(-1), 'a.flip(-1)'),
    row('two of three axes', [reals(2, 3, 5)], (a) => a.flip(2, 0), 'a.flip(2, 0)'),
    row('an axis of one', [reals(3, 1)], (a) => a.flip(1), 'a.flip(1)'),
    row('nothing in it', [reals(0, 3)], (a) => a.flip(0), 'a.flip(0)'),
    row('of a slice', [reals(3, 7)], (a) => a.slice(null, [1, 6, 2]).flip(1), 'a[:, 1:6:2].flip(1)'),
    row('whole numbers', [whole(5)], (a) => a.flip(0), 'a.flip(0)'),
    refuses('an axis beyond the last', [reals(3)], (a) => a.flip(1), noAxis('flip', 1, 1)),
    refuses('an axis named twice', [reals(3, 5)], (a) => a.flip(1, -1), 'flip: an axis is named twice in [1,-1]'),
  ),
  operation(
    'pad',
    row(
      'both axes',
      [reals(2, 3)],
      (a) =>
        a.pad([
          [1, 2],
          [3, 0],
        ]),
      'F.pad(a, (3, 0, 1, 2))',
    ),
    row(
      'with a value',
      [reals(2, 3)],
      (a) =>
        a.pad(
          [
            [0, 0],
            [1, 1],
          ],
          { value: -2.5 },
        ),
      'F.pad(a, (1, 1), value=-2.5)',
    ),
    row(
      'cutting away',
      [reals(5, 7)],
      (a) =>
        a.pad([
          [-1, 0],
          [-2, -1],
        ]),
      'F.pad(a, (-2, -1, -1, 0))',
    ),
    row(
      'cutting and adding',
      [reals(5, 3)],
      (a) =>
        a.pad([
          [-2, 1],
          [2, -1],
        ]),
      'F.pad(a, (2, -1, -2, 1))',
    ),
    row('nothing added', [reals(3)], (a) => a.pad([[0, 0]]), 'F.pad(a, (0, 0))'),
    row(
      'around nothing',
      [reals(0, 3)],
      (a) =>
        a.pad([
          [2, 0],
          [0, 0],
        ]),
      'F.pad(a, (0, 0, 2, 0))',
    ),
    row('whole numbers', [whole(3)], (a) => a.pad([[1, 1]], { value: 7 }), 'F.pad(a, (1, 1), value=7)'),
    refuses(
      'a pair too few',
      [reals(2, 3)],
      (a) => a.pad([[1, 1]]),
      'pad: 2 axes need as many pairs [before, after], not 1',
    ),
    refuses(
      'cutting away more than there is',
      [reals(3)],
      (a) => a.pad([[-2, -2]]),
      'pad: [-1] is no shape: extents are whole numbers from 0 up',
    ),
  ),
  operation(
    'tril',
    triangle((x, diagonal) => x.tril(diagonal), 'tril'),
  ),
  operation(
    'triu',
    triangle((x, diagonal) => x.triu(diagonal), 'triu'),
  ),
  operation(
    'narrow',
    row('the first axis', [reals(7, 3)], (a) => a.narrow(0, 2, 3), 'a.narrow(0, 2, 3)'),
    row('the last axis', [reals(3, 7)], (a) => a.narrow(-1, 0, 5), 'a.narrow(-1, 0, 5)'),
    row('no places', [reals(3, 7)], (a) => a.narrow(1, 7, 0), 'a.narrow(1, 7, 0)'),
    refuses(
      'more places than there are',
      [reals(5)],
      (a) => a.narrow(0, 3, 3),
      'narrow: 3 places from 3 on do not fit axis 0, which has 5',
    ),
    refuses(
      'a start before the beginning',
      [reals(5)],
      (a) => a.narrow(0, -1, 2),
      'narrow: 2 places from -1 on do not fit axis 0, which has 5',
    ),
  ),
  operation(
    'concat',
    row('the first axis', [reals(3, 5), reals(2, 5)], (a, b) => concat([a, b]), 'torch.cat([a, b])'),
    row(
      'the last axis',
      [reals(3, 2), reals(3, 1), reals(3, 5)],
      (a, b, c) => concat([a, b, c], -1),
      'torch.cat([a, b, c], -1)',
    ),
    row('the middle axis', [reals(2, 1, 3), reals(2, 3, 3)], (a, b) => concat([a, b], 1), 'torch.cat([a, b], 1)'),
    row('twice the same', [reals(3, 2)], (a) => concat([a, a], 1), 'torch.cat([a, a], 1)'),
    row('one alone', [reals(3)], (a) => concat([a]), 'torch.cat([a])'),
    row('nothing in one', [reals(0, 3), reals(2, 3)], (a, b) => concat([a, b]), 'torch.cat([a, b])'),
    row('a transpose', [reals(3, 2), reals(2, 5)], (a, b) => concat([a.transpose(), b], 1), 'torch.cat([a.T, b], 1)'),
    row('whole numbers', [whole(3), whole(2)], (a, b) => concat([a, b]), 'torch.cat([a, b])'),
    row('whole numbers and floats', [whole(3), reals(2)], (a, b) => concat([a, b]), 'torch.cat([a, b])'),
    row('as a method', [reals(3), reals(2)], (a, b) => a.concat([b], 0), 'torch.cat([a, b])'),
    refuses('an empty list', [], () => concat([]), 'concat: the list is empty'),
    refuses(
      'other extents elsewhere',
      [reals(3, 5), reals(3, 4)],
      (a, b) => concat([a, b]),
      'concat: [3,4] and [3,5] differ elsewhere than at axis 0',
    ),
    refuses(
      'another rank',
      [reals(3), reals(3, 1)],
      (a, b) => concat([a, b]),
      'concat: [3,1] and [3] differ elsewhere than at axis 0',
    ),
    refuses('scalars', [reals(), reals()], (a, b) => concat([a, b]), noAxis('concat', 0, 0)),
    refuses(
      'a number in the list',
      [reals(1)],
      (a) => concat([a, 1 as unknown as Tensor]),
      'concat: expected a tensor, got number 1',
    ),
  ),
  operation(
    'stack',
    row('in front', [reals(3, 2), reals(3, 2)], (a, b) => stack([a, b]), 'torch.stack([a, b])'),
    row(
      'at the end',
      [reals(3, 2), reals(3, 2), reals(3, 2)],
      (a, b, c) => stack([a, b, c], -1),
      'torch.stack([a, b, c], -1)',
    ),
    row('scalars', [reals(), reals()], (a, b) => stack([a, b]), 'torch.stack([a, b])'),
    refuses('an empty list', [], () => stack([]), 'stack: the list is empty'),
  ),
  operation(
    'split',
    row('even pieces', [reals(6, 2)], (a) => a.split(2), 'a.split(2)'),
    row('a smaller last piece', [reals(2, 7)], (a) => a.split(3, 1), 'a.split(3, 1)'),
    row('sizes', [reals(7, 2)], (a) => a.split([1, 4, 2]), 'a.split([1, 4, 2])'),
    row('only one piece used', [reals(7)], (a) => a.split([3, 4])[1], 'a.split([3, 4])[1]'),
    refuses(
      'sizes that do not add up',
      [reals(7)],
      (a) => a.split([3, 3]),
      'split: sizes [3,3] add up to 6, axis 0 has 7',
    ),
    refuses('a size of 0', [reals(7)], (a) => a.split(0), 'split: a size is a whole number from 1 up, not 0'),
  ),
  operation(
    'clone',
    row('ordinary', [reals(3, 5)], (a) => a.clone(), 'a.clone()'),
    row('of a transpose', [reals(3, 5)], (a) => a.transpose().clone(), 'a.T.clone()'),
    row('whole numbers', [whole(3)], (a) => a.clone(), 'a.clone()'),
    row('a scalar', [reals()], (a) => a.clone(), 'a.clone()'),
  ),
  operation(
    'toContiguous',
    row('already so', [reals(3, 5)], (a) => a.toContiguous(), 'a.contiguous()'),
    row('of a transpose', [reals(3, 5)], (a) => a.transpose().toContiguous(), 'a.T.contiguous()'),
  ),
  operation(
    'detach',
    row('ordinary', [reals(3, 5)], (a) => a.detach(), 'a.detach()', CUT),
    row('one of two factors', [reals(3), reals(3)], (a, b) => a.detach().mul(b), 'a.detach() * b', CUT),
  ),
  operation(
    'to',
    row('whole numbers to float64', [whole(7)], (a) => a.to('float64'), 'a.double()', DOUBLE_PRECISION),
    row('fractions to int32', [fixed(reals(7))], (a) => a.mul(5).to('int32'), '(a * 5).int()'),
    row('to float32 and back', [reals(7)], (a) => a.to('float32').mul(2).to('float64'), '(a.float() * 2).double()', {
      ...DOUBLE_PRECISION,
      noDifferences: 'float32 swallows the small change',
    }),
    refuses(
      'an unknown name',
      [reals(1)],
      (a) => a.to('half' as 'cpu'),
      "to: 'half' is neither a dtype (float32, float64, int32) nor a device (cpu, gpu)",
    ),
  ),
];
