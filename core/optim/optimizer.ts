/**
 * What all optimisers share: groups of parameters with their own settings, clearing gradients, the end of a step, and
 * the state that is saved between runs.
 */
import type { Kernels } from '../kernels/kernels';
import { kernelsFor } from '../kernels/select';
import { drop, endStep, hold } from '../memory/lifetimes';
import { fullLike } from '../tensor/create';
import { formatShape, sameShape } from '../tensor/shape';
import { Tensor } from '../tensor/tensor';

export type ParameterGroup<Settings> = { params: readonly Tensor[] } & Partial<Settings>;

/** What an optimiser remembers about one parameter. */
export interface ParameterState {
  /** How many steps it has taken. */
  step: number;
  [name: string]: Tensor | number;
}

/** Everything that an optimiser knows, in the order of its groups and their parameters. */
export interface OptimizerState {
  groups: Record<string, unknown>[];
  parameters: ParameterState[];
}

export abstract class Optimizer<Settings extends { lr: number }> {
  /** Each group's parameters and the settings in force; a schedule changes `lr` here. */
  readonly paramGroups: ({ params: readonly Tensor[] } & Settings)[];
  private readonly states = new Map<Tensor, ParameterState>();

  constructor(parameters: readonly Tensor[] | readonly ParameterGroup<Settings>[], settings: Settings) {
    const first = parameters[0];
    if (first === undefined) throw new Error(`${this.constructor.name}: there are no parameters to learn`);
    const groups =
      first instanceof Tensor
        ? [{ params: parameters as readonly Tensor[] }]
        : (parameters as readonly ParameterGroup<Settings>[]);
    this.paramGroups = groups.map((group) => ({ ...settings, ...group }));
    for (const { params, ...own } of this.paramGroups) {
      this.checkSettings(own);
      for (const parameter of params) this.addParameter(parameter);
    }
  }

  private checkSettings(settings: object): void {
    for (const [name, value] of Object.entries(settings)) {
      if (typeof value === 'number' && !(value >= 0))
        throw new Error(`${this.constructor.name}: ${name} is a number from 0 up, not ${value}`);
    }
  }

  private addParameter(parameter: Tensor): void {
    const name = this.constructor.name;
    if (!(parameter instanceof Tensor))
      throw new Error(`${name}: parameters are tensors; pass model.parameters() or a list of groups { params }`);
    if (parameter.node)
      throw new Error(`${name}: a computed tensor cannot be learned; learn what it was computed from`);
    if (!parameter.contiguous)
      throw new Error(`${name}: parameters must be contiguous; learn the tensor that this is a view of`);
    if (this.states.has(parameter))
      throw new Error(`${name}: a parameter of shape ${formatShape(parameter.shape)} is named twice; name it once`);
    this.states.set(parameter, { step: 0 });
  }

  /** Forgets the gradients of the step before. */
  zeroGrad(): void {
    for (const { params } of this.paramGroups) for (const parameter of params) parameter.grad = null;
  }

  /** Changes every parameter that has a gradient, and ends the step. */
  step(): void {
    for (const group of this.paramGroups) {
      const learning = group.params.filter((parameter) => parameter.ownGradient);
      for (const [step, parameters] of this.countSteps(learning)) {
        const gradients = parameters.map((parameter) => (parameter.ownGradient as Tensor).toContiguous());
        this.update(kernelsFor(parameters[0]), group, parameters, gradients, step);
        for (const parameter of parameters) parameter.storage.version++;
      }
    }
    endStep(this);
  }

  /** Parameters by the number of steps they have taken, this one included: nearly always one group. */
  private countSteps(parameters: readonly Tensor[]): Map<number, Tensor[]> {
    const groups = new Map<number, Tensor[]>();
    for (const parameter of parameters) {
      const step = ++this.stateOf(parameter).step;
      const group = groups.get(step);
      if (group) group.push(parameter);
      else groups.set(step, [parameter]);
    }
    return groups;
  }

  /** Changes parameters that all take their `step`-th step, counted from 1. */
  protected abstract update(
    kernels: Kernels,
    settings: Settings,
    parameters: Tensor[],
    gradients: Tensor[],
    step: number,
  ): void;

  private stateOf(parameter: Tensor): ParameterState {
    return this.states.get(parameter) as ParameterState;
  }

  /** What is remembered about parameters under a name: the same value everywhere at first. */
  protected memory(name: string, parameters: readonly Tensor[], first = 0): Tensor[] {
    return parameters.map((parameter) => {
      const state = this.stateOf(parameter);
      if (!(name in state)) remember(state, name, fullLike(parameter, first));
      return state[name] as Tensor;
    });
  }

  /** Settings in force, and all that is remembered. The tensors share the optimiser's bytes: clone() to keep them. */
  stateDict(): OptimizerState {
    const parameters = this.paramGroups.flatMap(({ params }) => params);
    return {
      groups: this.paramGroups.map(({ params: _, ...settings }) => settings),
      parameters: parameters.map((parameter) => ({ ...this.stateOf(parameter) })),
    };
  }

  /** Goes on where another optimiser of the same kind, with parameters of the same shapes, was when it was saved. */
  loadStateDict({ groups, parameters }: OptimizerState): void {
    const own = this.paramGroups.flatMap(({ params }) => params);
    const fail = (problem: string): never => {
      throw new Error(`${this.constructor.name}.loadStateDict: ${problem}`);
    };
    if (groups.length !== this.paramGroups.length)
      fail(`the state has ${groups.length} groups of parameters, the optimiser ${this.paramGroups.length}`);
    this.paramGroups.forEach(({ params: _, ...settings }, i) => {
      const [saved, wanted] = [groups[i], settings].map((names) => Object.keys(names).sort().join(', '));
      if (saved !== wanted) fail(`group ${i} of the state has the settings ${saved}, the optimiser ${wanted}`);
    });
    if (parameters.length !== own.length)
      fail(`the state has ${parameters.length} parameters, the optimiser ${own.length}`);
    own.forEach(({ shape, device }, i) => {
      for (const [name, value] of Object.entries(parameters[i])) {
        if (!(value instanceof Tensor)) continue;
        if (!sameShape(value.shape, shape))
          fail(`${name} of parameter ${i} has shape ${formatShape(value.shape)}, the parameter ${formatShape(shape)}`);
        if (value.device !== device)
          fail(
            `${name} of parameter ${i} is on the ${value.device}, the parameter on the ${device}; move one with to()`,
          );
      }
    });
    this.paramGroups.forEach((group, i) => {
      Object.assign(group, groups[i]);
    });
    own.forEach((parameter, i) => {
      this.replaceState(parameter, parameters[i]);
    });
  }

  private replaceState(parameter: Tensor, saved: ParameterState): void {
    for (const value of Object.values(this.stateOf(parameter))) if (value instanceof Tensor) drop(value.storage);
    const state: ParameterState = { step: saved.step };
    this.states.set(parameter, state);
    for (const [name, value] of Object.entries(saved)) {
      if (value instanceof Tensor) remember(state, name, value.to(parameter.dtype).clone());
    }
  }
}

function remember(state: ParameterState, name: string, value: Tensor): void {
  state[name] = value;
  hold(value.storage);
}
