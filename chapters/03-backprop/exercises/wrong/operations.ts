import { Value } from '../../engine';
import * as solution from '../solutions/operations';

type Answer = typeof solution;

export const forgetsToRemember: Answer = {
  ...solution,
  softplus: (x) => new Value(Math.log1p(Math.exp(x.data))),
};

export const slopeOfTheExponential: Answer = {
  ...solution,
  softplus: (x) => new Value(Math.log1p(Math.exp(x.data)), 'softplus', [x], [Math.exp(x.data)]),
};

export const bothGetAll: Answer = {
  ...solution,
  maximum: (a, b) => new Value(Math.max(a.data, b.data), 'max', [a, b], [1, 1]),
};

export const firstGetsAll: Answer = {
  ...solution,
  maximum: (a, b) => new Value(Math.max(a.data, b.data), 'max', [a, b], [1, 0]),
};

export const givesBackTheInput: Answer = {
  ...solution,
  maximum: (a, b) => (a.data > b.data ? b : a),
};
