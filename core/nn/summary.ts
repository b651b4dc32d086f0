/**
 * What a model is made of: a table of its layers in the order of their names in the model, with the shapes that come
 * out, how many numbers are learned, and how many multiplications with an addition a forward takes.
 */
import { zeros } from '../tensor/create';
import { formatShape, type Shape } from '../tensor/shape';
import { Tensor } from '../tensor/tensor';
import { dryRun, tensorsIn } from './dry-run';
import type { Module, Parameter } from './module';

export interface SummaryRow {
  /** Its place in the model, as in parameter names; '' for the model itself. */
  name: string;
  kind: string;
  /** The shape of each tensor that came out. */
  outputs: Shape[];
  /** Numbers in its own parameters, not in those of modules inside, and how many of them learn. */
  parameters: number;
  trainable: number;
  /** Products of signals and weights (in attention also of signals), each with its addition; null for none. */
  multiplyAdds: number | null;
}

/** A layer that multiplies can say how often, given what went in and what came out. */
interface Multiplying {
  multiplyAdds(inputs: readonly unknown[], output: unknown): number;
}

export class Summary {
  constructor(
    readonly rows: readonly SummaryRow[],
    readonly parameters: number,
    readonly trainable: number,
    readonly multiplyAdds: number,
  ) {}

  toString(): string {
    const head = ['layer', 'kind', 'output', 'parameters', 'learning', 'multiply-adds'];
    const lines = this.rows.map(({ name, kind, outputs, parameters, trainable, multiplyAdds }) => [
      name || '(model)',
      kind,
      outputs.map(formatShape).join(' '),
      parameters === 0 ? '' : grouped(parameters),
      parameters === 0 ? '' : trainable === 0 ? 'no' : trainable === parameters ? 'yes' : grouped(trainable),
      multiplyAdds === null ? '' : grouped(multiplyAdds),
    ]);
    const { parameters, trainable, multiplyAdds } = this;
    const learning = trainable === parameters ? 'all learning' : `${grouped(trainable)} of them learning`;
    return [
      ...aligned([head, ...lines], [3, 5]),
      '',
      `${grouped(parameters)} parameters, ${learning}; ${grouped(multiplyAdds)} multiply-adds`,
    ].join('\n');
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/**
 * Sends inputs through the model, without recording and as after eval(), and notes what each module makes of them.
 * An input is a shape, batch included, of which a tensor of zeros is made; or a tensor, where it has to be one (words
 * are int32).        console.log(nn.summary(model, [1, 3, 32, 32]))
 */
export function summary(model: Module, ...inputs: (Shape | Tensor)[]): Summary {
  const { dtype = 'float32', device } = model.parameters()[0] ?? {};
  const tensors = inputs.map((input) => (input instanceof Tensor ? input : zeros(input, { dtype, device })));
  const calls = watch(model, tensors);
  const seen = new Set<Module>();
  const rows = model.namedModules().flatMap(([name, module]) => {
    const row = rowOf(name, module, calls.get(module));
    if (seen.has(module) || (row.outputs.length === 0 && row.parameters === 0)) return []; // a list, a module shared
    seen.add(module);
    return [row];
  });
  const multiplyAdds = rows.reduce((sum, row) => sum + (row.multiplyAdds ?? 0), 0);
  return new Summary(rows, model.parameterCount(), model.parameterCount({ trainableOnly: true }), multiplyAdds);
}

interface Call {
  outputs: Shape[];
  multiplyAdds: number | null;
}

/** The first output of each module that is called, and the multiply-adds of all its calls. */
function watch(model: Module, inputs: Tensor[]): Map<Module, Call> {
  const calls = new Map<Module, Call>();
  const note = (module: Module, given: readonly unknown[], output: unknown): void => {
    const count = 'multiplyAdds' in module ? (module as Module & Multiplying).multiplyAdds(given, output) : null;
    const earlier = calls.get(module);
    if (earlier) earlier.multiplyAdds = count && count + (earlier.multiplyAdds ?? 0);
    else calls.set(module, { outputs: tensorsIn(output).map(({ shape }) => shape), multiplyAdds: count });
  };
  const unhook = model.modules().map((module) => module.registerForwardHook(note));
  try {
    dryRun(model, inputs);
  } finally {
    for (const remove of unhook) remove();
  }
  return calls;
}

function rowOf(
  name: string,
  module: Module,
  { outputs, multiplyAdds }: Call = { outputs: [], multiplyAdds: null },
): SummaryRow {
  const inside = new Set(
    module
      .modules()
      .filter((child) => child !== module)
      .flatMap((child) => child.parameters()),
  );
  const own = module.parameters().filter((parameter) => !inside.has(parameter));
  const count = (parameters: Parameter[]): number => parameters.reduce((sum, { size }) => sum + size, 0);
  const parameters = count(own);
  const trainable = count(own.filter(({ requiresGrad }) => requiresGrad));
  return { name, kind: module.constructor.name, outputs, parameters, trainable, multiplyAdds };
}

const grouped = (n: number): string => n.toLocaleString('en');

/** Rows of cells as lines, the columns as wide as they must be; those named are set to the right. */
function aligned(rows: string[][], right: readonly number[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell: string, column: number): string =>
    right.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  return rows.map((row) => row.map(pad).join('  ').trimEnd());
}
