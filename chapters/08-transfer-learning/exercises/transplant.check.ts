import { ones, type Tensor, zeros } from '../../../core';
import { exercise, expectEqual } from '../../shared/exercise';

const saved = (): Record<string, Tensor> => ({
  '0.weight': ones([4, 3]),
  '0.bias': ones([4]),
  '1.weight': ones([3, 4]),
  '1.bias': ones([3]),
  extra: ones([2]),
});

const own = (): Record<string, Tensor> => ({
  '0.weight': zeros([4, 3]),
  '0.bias': zeros([4]),
  '1.weight': zeros([4, 3]), // as many numbers as the saved one, in another shape
  '1.bias': zeros([4]),
  '2.bias': zeros([5]),
});

export default exercise<typeof import('./solutions/transplant')>({
  title: 'Take over what fits',
  hints: [
    'Go through the names of `own`: the result has exactly these.',
    'A tensor has a `shape`; two lists of numbers are the same if their texts are: `shape.join()`.',
    'First find the names that are kept; then each value comes from `own` for these and from `saved` for the others.',
  ],
  checks: {
    'what fits is taken over': ({ transplant }) => {
      const { values } = transplant(saved(), own());
      expectEqual([...values['0.bias'].dataSync()], [1, 1, 1, 1], "values['0.bias']");
    },
    'other shapes are left out, also of the same size': ({ transplant }) => {
      const { values } = transplant(saved(), own());
      expectEqual(values['1.weight'].shape, [4, 3], "the shape of values['1.weight']");
    },
    'what was kept is named': ({ transplant }) =>
      expectEqual(transplant(saved(), own()).kept, ['1.weight', '1.bias', '2.bias'], 'kept'),
    'the names are those of the network': ({ transplant }) =>
      expectEqual(Object.keys(transplant(saved(), own()).values), Object.keys(own()), 'the names of values'),
  },
});
