/**
 * Models made of parts.
 */
import { flatten } from '../ops/shape';
import type { Tensor } from '../tensor/tensor';
import { type Layer, Module } from './module';

/** One layer after the other. PyTorch numbers them without a name in front: '0.weight'. */
export class Sequential extends Module {
  readonly layers: readonly Layer[];

  constructor(...layers: Layer[]) {
    super();
    this.layers = layers;
  }

  override forward(x: Tensor): Tensor {
    return this.layers.reduce((signal, layer) => layer.forward(signal), x);
  }

  protected override fields(): [string, unknown][] {
    return Object.entries(this.layers);
  }
}

/** Modules in a row that the model calls one by one. (A plain array in a field does the same, under the same names.) */
export class ModuleList<M extends Module = Module> extends Module {
  readonly items: M[];

  constructor(modules: Iterable<M> = []) {
    super();
    this.items = [...modules];
  }

  get length(): number {
    return this.items.length;
  }

  at(index: number): M {
    const module = this.items.at(index);
    if (!module) throw new Error(`ModuleList: there is no module ${index} among ${this.length}`);
    return module;
  }

  append(module: M): this {
    this.items.push(module);
    return this;
  }

  [Symbol.iterator](): Iterator<M> {
    return this.items[Symbol.iterator]();
  }

  override forward(): never {
    throw new Error('ModuleList: a list computes nothing; call its modules one by one, or make it a Sequential');
  }

  protected override fields(): [string, unknown][] {
    return Object.entries(this.items);
  }
}

/** All axes from `start` to `end` (both included) in one: from pictures [N, C, H, W] to rows [N, C·H·W]. */
export class Flatten extends Module {
  constructor(
    readonly start = 1,
    readonly end = -1,
  ) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return flatten(x, this.start, this.end);
  }
}
