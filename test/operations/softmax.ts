/**
 * Rows of core/ops/softmax.ts.
 */
import { fixed, given, reals, whole } from './inputs';
import { needsFractions, noAxis } from './messages';
import { operation, type Run, refuses, row } from './row';

const LARGE = given([
  [1000, 1001, 1002],
  [-1000, -1002, -1001],
]);

const rowsOf = (name: string, along: (axis?: number) => Run, torch: string) =>
  operation(
    name,
    row('a vector', [reals(7)], along(), `torch.${torch}(a, -1)`),
    row('the last axis', [reals(3, 5)], along(), `torch.${torch}(a, -1)`),
    row('the first axis', [reals(3, 5)], along(0), `torch.${torch}(a, 0)`),
    row('the middle axis', [reals(2, 3, 2)], along(-2), `torch.${torch}(a, -2)`),
    row('rank 5', [reals(2, 1, 3, 1, 2)], along(2), `torch.${torch}(a, 2)`),
    row('an axis of one', [reals(3, 1)], along(), `torch.${torch}(a, -1)`),
    row('no rows', [reals(0, 3)], along(), `torch.${torch}(a, -1)`),
    row('empty rows', [reals(3, 0)], along(), `torch.${torch}(a, -1)`),
    row('large values', [LARGE], along(), `torch.${torch}(a, -1)`),
    row('one value left out', [fixed(given([1, -Infinity, 2]))], along(), `torch.${torch}(a, -1)`),
    refuses('whole numbers', [whole(3)], along(), needsFractions(name)),
    refuses('an axis beyond the last', [reals(3, 5)], along(2), noAxis(name, 2, 2)),
    refuses('a scalar', [reals()], along(), noAxis(name, -1, 0)),
  );

export const softmaxes = [
  rowsOf('softmax', (axis) => (a) => a.softmax(axis), 'softmax'),
  rowsOf('logSoftmax', (axis) => (a) => a.logSoftmax(axis), 'log_softmax'),
];
