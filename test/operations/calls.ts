/**
 * What the rows call: methods of Tensor, and kernels. Both are wrapped while the rows run once, forward and backward.
 */
import { Tensor } from '../../core';
import type { Kernels } from '../../core/kernels/kernels';
import { addKernels, kernelsFor } from '../../core/kernels/select';
import { evaluate, leaves } from './evaluate';
import type { Row } from './row';

export interface Calls {
  /** Kernels by name; those that take a function's name also as 'unary exp'. */
  kernels: Set<string>;
  /** For each operation the methods that its rows call themselves, not through other methods. */
  methods: Map<string, Set<string>>;
}

type Method = (this: Tensor, ...rest: unknown[]) => unknown;

const { prototype } = Tensor as unknown as { prototype: Record<string, Method> };

export const methodNames = Object.getOwnPropertyNames(Tensor.prototype).filter(
  (name) => name !== 'constructor' && typeof Object.getOwnPropertyDescriptor(prototype, name)?.value === 'function',
);

export function callsOf(rows: readonly Row[]): Calls {
  const calls: Calls = { kernels: new Set(), methods: new Map() };
  let direct = new Set<string>();
  const [float32, float64, int32] = (['float32', 'float64', 'int32'] as const).map((dtype) =>
    kernelsFor({ device: 'cpu', dtype }),
  );
  const listen = (kernels: Kernels): Kernels => listening(kernels, (name) => calls.kernels.add(name));
  addKernels('cpu', { float32: listen(float32), float64: listen(float64), int32: listen(int32) });
  const unwrap = wrapMethods((name) => direct.add(name));
  try {
    for (const { operation, inputs, run } of rows) {
      direct = calls.methods.get(operation) ?? new Set();
      calls.methods.set(operation, direct);
      evaluate(run, leaves(inputs));
    }
  } finally {
    unwrap();
    addKernels('cpu', { float32, float64, int32 });
  }
  return calls;
}

/** The kernels, telling who is called. */
function listening(kernels: Kernels, tell: (name: string) => void): Kernels {
  const wrap = ([name, kernel]: [string, (...rest: unknown[]) => unknown]) => [
    name,
    (...rest: unknown[]) => {
      tell(name);
      if (typeof rest[0] === 'string') tell(`${name} ${rest[0]}`);
      return kernel(...rest);
    },
  ];
  return Object.fromEntries(Object.entries(kernels).map(wrap));
}

/** Makes every method tell its name when it is called from outside of all methods. Returns the way back. */
function wrapMethods(tell: (name: string) => void): () => void {
  const originals = methodNames.map((name): [string, Method] => [name, prototype[name]]);
  let depth = 0;
  for (const [name, method] of originals) {
    prototype[name] = function (...rest) {
      if (depth === 0) tell(name);
      depth++;
      try {
        return method.apply(this, rest);
      } finally {
        depth--;
      }
    };
  }
  return () => {
    for (const [name, method] of originals) prototype[name] = method;
  };
}
