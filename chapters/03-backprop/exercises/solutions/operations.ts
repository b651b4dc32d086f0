import { Value } from '../../engine';

export function softplus(x: Value): Value {
  return new Value(Math.log1p(Math.exp(x.data)), 'softplus', [x], [1 / (1 + Math.exp(-x.data))]);
}

export function maximum(a: Value, b: Value): Value {
  return new Value(Math.max(a.data, b.data), 'max', [a, b], a.data > b.data ? [1, 0] : [0, 1]);
}
