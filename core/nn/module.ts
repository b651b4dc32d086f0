/**
 * The base of every layer and model. It finds the parameters, buffers and modules in its own fields, however deep, and
 * names them as PyTorch does: the field `runningMean` of the second entry of `layers` is 'layers.1.running_mean'.
 */
import { kernelsFor } from '../kernels/select';
import type { DType } from '../kernels/strided';
import type { DeviceName } from '../memory/allocator';
import { scoped } from '../memory/lifetimes';
import { upload } from '../ops/convert';
import { formatShape, sameShape } from '../tensor/shape';
import { Tensor } from '../tensor/tensor';

/** A tensor that is learned. */
export class Parameter extends Tensor {
  constructor({ storage, shape, strides, offset, dtype }: Tensor) {
    super(storage, shape, strides, offset, dtype);
    this.requiresGrad = true;
  }
}

/** A tensor that belongs to a module's state and is saved with it, but is not learned: a running mean. */
export class Buffer extends Tensor {
  constructor({ storage, shape, strides, offset, dtype }: Tensor) {
    super(storage, shape, strides, offset, dtype);
  }
}

/** A module from one tensor to one tensor: what can stand in a row with others. */
export type Layer = Module & { forward(x: Tensor): Tensor };

type ForwardHook = (module: Module, inputs: readonly unknown[], output: unknown) => void;

export abstract class Module {
  #training = true;
  #frozen = false;
  readonly #hooks = new Set<ForwardHook>();

  constructor() {
    // What a forward makes on its way is of no use to anybody afterwards: it goes when the call returns, apart from
    // what backward needs, what is returned, and what the module keeps in its fields.
    const forward = this.forward as (...inputs: unknown[]) => unknown;
    const wrapped = (...inputs: unknown[]): unknown => {
      const run = (): unknown => {
        const output = forward.apply(this, inputs);
        for (const hook of this.#hooks) hook(this, inputs, output);
        return output;
      };
      return scoped(run, () => [this, inputs]);
    };
    Object.defineProperty(this, 'forward', { value: wrapped, enumerable: false });
  }

  abstract forward(...inputs: never[]): unknown;

  /** Calls `hook` after every forward with what went in and came out. Returns a function that removes it. */
  registerForwardHook(hook: ForwardHook): () => void {
    this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  /** The fields that may hold parameters, buffers and modules, with their names. */
  protected fields(): [string, unknown][] {
    return Object.entries(this);
  }

  /** Everything of a class in the fields and below, with dotted names; shared ones under each of their names. */
  private named<T>(kind: abstract new (...args: never[]) => T): [string, T][] {
    const found: [string, T][] = [];
    const visit = (value: unknown, name: string): void => {
      if (value instanceof kind) found.push([name, value]);
      if (!(value instanceof Module || Array.isArray(value))) return;
      const fields = value instanceof Module ? value.fields() : Object.entries(value);
      for (const [field, child] of fields) visit(child, name ? `${name}.${toSnakeCase(field)}` : toSnakeCase(field));
    };
    visit(this, '');
    return found;
  }

  /** Every parameter with its name, in the order in which the fields were set. */
  namedParameters(): [string, Parameter][] {
    return this.named(Parameter);
  }

  namedBuffers(): [string, Buffer][] {
    return this.named(Buffer);
  }

  /** This module (its name is '') and every one below. */
  namedModules(): [string, Module][] {
    return this.named<Module>(Module);
  }

  /** Every parameter once. */
  parameters(): Parameter[] {
    return [...new Set(this.namedParameters().map(([, parameter]) => parameter))];
  }

  buffers(): Buffer[] {
    return [...new Set(this.namedBuffers().map(([, buffer]) => buffer))];
  }

  modules(): Module[] {
    return [...new Set(this.namedModules().map(([, module]) => module))];
  }

  /** How many numbers are learned. */
  parameterCount({ trainableOnly = false } = {}): number {
    const counted = this.parameters().filter((parameter) => !trainableOnly || parameter.requiresGrad);
    return counted.reduce((count, parameter) => count + parameter.size, 0);
  }

  /** Layers that behave differently while they learn (dropout, batch norm) look at this. */
  get training(): boolean {
    return this.#training && !this.#frozen;
  }

  train(mode = true): this {
    for (const module of this.modules()) module.#training = mode;
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  /** Returns a function that puts this module and all below back into the modes they are in now. */
  rememberModes(): () => void {
    const modes = this.modules().map((module): [Module, boolean] => [module, module.#training]);
    return () => {
      for (const [module, mode] of modes) module.#training = mode;
    };
  }

  /**
   * From now on the parameters stay as they are, and so do running statistics: until unfreeze(), this module and all
   * below behave as after eval(), also when a model around them is told to train().
   */
  freeze(): this {
    return this.setFrozen(true);
  }

  unfreeze(): this {
    return this.setFrozen(false);
  }

  private setFrozen(frozen: boolean): this {
    for (const parameter of this.parameters()) parameter.requiresGrad = !frozen;
    for (const module of this.modules()) module.#frozen = frozen;
    return this;
  }

  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /** Moves every parameter and buffer to a device (wait for it), or converts the floating ones to a dtype. */
  to(dtype: DType): this;
  to(device: DeviceName): Promise<this>;
  to(target: DType | DeviceName): this | Promise<this> {
    const tensors = [...this.parameters(), ...this.buffers()];
    if (target === 'cpu' || target === 'gpu') {
      const move = async (t: Tensor): Promise<void> => t.become(await t.detach().to(target));
      return Promise.all(tensors.map(move)).then(() => this);
    }
    for (const t of tensors) if (t.dtype !== 'int32') t.become(t.detach().to(target));
    return this;
  }

  /** Every parameter and buffer by name. The tensors share the module's bytes: clone() those you want to keep. */
  stateDict(): Record<string, Tensor> {
    return Object.fromEntries(this.state().map(([name, t]) => [name, t.detach()]));
  }

  private state(): [string, Tensor][] {
    return [...this.namedParameters(), ...this.namedBuffers()];
  }

  /**
   * Takes over values by name. Missing, surplus and wrongly shaped names are all listed in one error; then nothing
   * changes.
   */
  loadStateDict(values: Record<string, Tensor>, { strict = true } = {}): void {
    const own = new Map(this.state());
    const complaints = strict ? surplus(values, own) : [];
    for (const [name, t] of own) {
      const value = values[name];
      if (!value && strict) complaints.push(`${name} is missing`);
      if (value && !sameShape(value.shape, t.shape)) {
        complaints.push(`${name} has shape ${formatShape(value.shape)}, the model's ${formatShape(t.shape)}`);
      } else if (value && value.device !== t.device && value.device !== 'cpu') {
        complaints.push(`${name} is on the ${value.device} and has to be fetched: await ….to('cpu')`);
      }
    }
    if (complaints.length > 0) throw new Error(`loadStateDict: ${complaints.join('; ')}`);
    for (const [name, t] of own) if (values[name]) overwrite(t, values[name]);
  }
}

const toSnakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const surplus = (values: Record<string, Tensor>, own: ReadonlyMap<string, Tensor>): string[] =>
  Object.keys(values)
    .filter((name) => !own.has(name))
    .map((name) => `${name} is not in the model`);

/** What a file holds comes on the CPU, and goes from there to any device. */
function overwrite(t: Tensor, value: Tensor): void {
  const near = value.device === t.device ? value : upload(value.detach().to(t.dtype), t.device);
  kernelsFor(t).copy(near, t);
  t.storage.version++;
}
