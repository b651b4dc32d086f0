/**
 * The functional graph: a model written as the way its tensors go, with several inputs, outputs and branches. Layers
 * are applied to symbols, each of which stands for a tensor that is not there yet (Keras: layer(x)).
 *
 *   const picture = nn.input([784]);
 *   const facts = nn.input([3]);
 *   const seen = nn.apply(new nn.Linear(784, 32), picture);
 *   const both = nn.apply((s, f) => concat([s.relu(), f], 1), seen, facts);
 *   const kind = nn.apply(new nn.Linear(35, 10), both);
 *   const price = nn.apply(new nn.Linear(35, 1), both);
 *   const model = nn.model([picture, facts], [kind, price]);
 *
 * A layer is applied to what is there already: a graph has no circles, and can be computed in the order of writing.
 */
import type { DType } from '../kernels/strided';
import { zeros } from '../tensor/create';
import { formatShape, type Shape } from '../tensor/shape';
import { Tensor } from '../tensor/tensor';
import { dryRun, tensorsIn } from './dry-run';
import { Module } from './module';

/** What can be applied: a module, or a function of tensors that has nothing to learn. */
export type Applicable<Output> = (Module & { forward(...inputs: never[]): Output }) | ((...inputs: Tensor[]) => Output);

/** An output with a symbol for each of its tensors: an LSTM's [output, [h, c]] keeps its form. */
export type Symbolic<Output> = Output extends Tensor
  ? SymbolicTensor
  : { [Part in keyof Output]: Symbolic<Output[Part]> };

/** Stands for a tensor. Its shape is that of a batch of one: [1, 784]. */
export class SymbolicTensor {
  constructor(
    readonly shape: Shape,
    readonly dtype: DType,
    /** Where it comes from; null for an input. */
    readonly call: Call | null,
  ) {}

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `symbol of shape ${formatShape(this.shape)}`;
  }
}

/** One layer applied once. A layer applied twice shares its weights. */
class Call {
  private static count = 0;
  readonly place = Call.count++; // in the order of writing
  readonly symbols: readonly SymbolicTensor[];
  /** The same symbols, in the form in which the layer returns its tensors. */
  readonly output: unknown;

  constructor(
    readonly layer: Applicable<unknown>,
    readonly inputs: readonly SymbolicTensor[],
  ) {
    const symbols: SymbolicTensor[] = [];
    const symbolise = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(symbolise);
      if (!(value instanceof Tensor)) return value;
      symbols.push(new SymbolicTensor(value.shape, value.dtype, this));
      return symbols[symbols.length - 1];
    };
    this.output = symbolise(this.tryOut());
    this.symbols = symbols;
  }

  /** What the layer makes of zeros. */
  private tryOut(): unknown {
    const { layer, inputs } = this;
    const device = layer instanceof Module ? layer.parameters()[0]?.device : undefined;
    const examples = inputs.map(({ shape, dtype }) => zeros(shape, { dtype, device }));
    const output = layer instanceof Module ? dryRun(layer, examples) : layer(...examples);
    const tensors = tensorsIn(output);
    if (tensors.length === 0)
      throw new Error(`apply: what is applied returns a tensor or a list of them, not ${output}`);
    if (!(layer instanceof Module) && tensors.some(({ requiresGrad }) => requiresGrad))
      throw new Error('apply: this function has parameters in it, which no model would find; write it as a Module');
    return output;
  }

  run(inputs: readonly Tensor[]): readonly Tensor[] {
    const forward = this.layer instanceof Module ? this.layer.forward : this.layer;
    return tensorsIn((forward as (...given: readonly Tensor[]) => unknown)(...inputs));
  }
}

/** Where a graph begins. The shape is that of one example, without the axis of the batch. */
export function input(shape: Shape, { dtype = 'float32' }: { dtype?: DType } = {}): SymbolicTensor {
  return new SymbolicTensor([1, ...shape], dtype, null);
}

/** Applies a layer, or a function of tensors, to symbols. It is tried out on zeros, so that a misfit is told here. */
export function apply<Output>(layer: Applicable<Output>, ...inputs: SymbolicTensor[]): Symbolic<Output> {
  return new Call(layer, inputs).output as Symbolic<Output>;
}

type OneOrMore = SymbolicTensor | readonly SymbolicTensor[];
type TensorsFor<Outputs extends OneOrMore> = Outputs extends SymbolicTensor ? Tensor : Tensor[];

const listOf = (symbols: OneOrMore): readonly SymbolicTensor[] =>
  symbols instanceof SymbolicTensor ? [symbols] : symbols;

/** The model that leads from inputs to outputs. For a list of outputs its forward returns a list. */
export function model<Outputs extends OneOrMore>(inputs: OneOrMore, outputs: Outputs): GraphModel<Outputs> {
  return new GraphModel(listOf(inputs), outputs);
}

/** Its layers are numbered in the order in which they were first applied: '0.weight'. */
export class GraphModel<Outputs extends OneOrMore = OneOrMore> extends Module {
  readonly layers: readonly Module[];
  readonly #inputs: readonly SymbolicTensor[];
  readonly #outputs: Outputs;
  readonly #calls: readonly Call[];

  constructor(inputs: readonly SymbolicTensor[], outputs: Outputs) {
    super();
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#calls = callsBetween(inputs, listOf(outputs));
    const modules = this.#calls.map(({ layer }) => layer).filter((layer) => layer instanceof Module);
    this.layers = [...new Set(modules)];
  }

  override forward(...tensors: Tensor[]): TensorsFor<Outputs> {
    if (tensors.length !== this.#inputs.length)
      throw new Error(`model: forward takes ${this.#inputs.length} tensors, not ${tensors.length}`);
    const known = new Map(this.#inputs.map((symbol, i) => [symbol, tensors[i]]));
    const tensorFor = (symbol: SymbolicTensor): Tensor => known.get(symbol) as Tensor;
    for (const call of this.#calls) {
      const results = call.run(call.inputs.map(tensorFor));
      call.symbols.forEach((symbol, i) => {
        if (!known.has(symbol)) known.set(symbol, results[i]);
      });
    }
    const outputs = this.#outputs instanceof SymbolicTensor ? tensorFor(this.#outputs) : this.#outputs.map(tensorFor);
    return outputs as TensorsFor<Outputs>;
  }

  protected override fields(): [string, unknown][] {
    return Object.entries(this.layers);
  }
}

/** What has to be computed on the way, in the order of writing. */
function callsBetween(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): Call[] {
  const needed = new Set(outputs);
  const calls = new Set<Call>();
  const complaints: string[] = [];
  for (const symbol of needed) {
    if (inputs.includes(symbol)) continue;
    if (!symbol.call) {
      complaints.push(`an output needs the input of shape ${formatShape(symbol.shape.slice(1))}, which is not given`);
      continue;
    }
    calls.add(symbol.call);
    for (const before of symbol.call.inputs) needed.add(before); // the loop comes to it
  }
  inputs.forEach((symbol, i) => {
    if (!needed.has(symbol))
      complaints.push(`no output needs input ${i} of shape ${formatShape(symbol.shape.slice(1))}`);
  });
  if (new Set(inputs).size < inputs.length) complaints.push('an input is given twice');
  if (outputs.length === 0) complaints.push('there is no output');
  if (complaints.length > 0) throw new Error(`model: ${complaints.join('; ')}`);
  return [...calls].sort((a, b) => a.place - b.place);
}
