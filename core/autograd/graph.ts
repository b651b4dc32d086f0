/**
 * The tape. Every operation on a tensor that wants a gradient leaves a node: which tensors went in, and for each of
 * them a function that turns the gradient of the result into the gradient of that input. backward.ts walks these
 * nodes from the loss down.
 */
import { belongsToStep, drop, expire, hold } from '../memory/lifetimes';
import type { Tensor } from '../tensor/tensor';
import { checkForward, traceOf } from './anomaly';

/** The gradient of one input, from the gradient of each output. Called only when that input wants one. */
export type GradientFunction = (...gOutputs: Tensor[]) => Tensor;

/** The gradients of all inputs at once, where they come out of one computation; null where none can flow. */
export type JointGradient = (...gOutputs: Tensor[]) => readonly (Tensor | null)[];

export interface Recipe {
  /**
   * The tensors that the gradient functions read: kept alive, and watched for changes in place, until backward has
   * passed.
   */
  saves?: readonly Tensor[];
  /** Those of them that the operation made for backward alone: they go as soon as it has passed, or will never come. */
  own?: readonly Tensor[];
  /** One for each input (null where no gradient can flow), or one for all. */
  gradients: readonly (GradientFunction | null)[] | JointGradient;
}

/** The one empty list shared by all nodes that have nothing to put there. */
export const NOTHING: never[] = [];
let count = 0;

export class Node {
  /** Later nodes have larger numbers, so descending numbers are an order in which backward may visit them. */
  readonly id = ++count;
  /** The gradient of each output, summed up while backward comes down. */
  pending: (Tensor | null | undefined)[] = NOTHING;
  /** Set where somebody wants to see gradients in passing: hooks and retainGrad(), by output. */
  watchers: ((gradient: Tensor) => Tensor)[][] | null = null;
  released = false;
  readonly trace = traceOf();
  private readonly versions: number[];

  constructor(
    readonly name: string,
    public inputs: readonly Tensor[],
    public outputs: readonly OutputShape[],
    private saves: readonly Tensor[],
    public gradients: Recipe['gradients'],
  ) {
    for (const saved of saves) hold(saved.storage);
    this.versions = saves.length === 0 ? NOTHING : saves.map((saved) => saved.storage.version);
  }

  /** A value that was changed after it was saved would give a wrong gradient without a sound. */
  checkSaved(): void {
    if (this.released) {
      throw new Error(
        `backward: the graph through '${this.name}' was released by an earlier backward(); ` +
          'pass { retainGraph: true } to that one to walk it ' +
          'twice, or detach() a tensor that is carried over from the step before',
      );
    }
    this.saves.forEach((saved, i) => {
      if (saved.storage.version !== this.versions[i]) {
        throw new Error(
          `backward: '${this.name}' saved a tensor of shape [${saved.shape.join(',')}] ` +
            `that was changed in place since (by an optimiser's step?); ` +
            'call backward() before the change',
        );
      }
    });
  }

  /** Lets go of everything the node held. */
  release(): void {
    if (this.released) return;
    this.released = true;
    for (const saved of this.saves) drop(saved.storage);
    this.inputs = this.saves = this.gradients = NOTHING;
  }
}

/** What backward needs to know of an output that may have no gradient of its own. */
type OutputShape = Pick<Tensor, 'shape' | 'dtype' | 'device'>;

let enabled = true;

export const gradEnabled = (): boolean => enabled;

/** Runs `fn` with recording on or off. */
export function withGradMode<T>(mode: boolean, fn: () => T): T {
  const before = enabled;
  enabled = mode;
  try {
    return fn();
  } finally {
    enabled = before;
  }
}

/** Would an operation on these inputs be recorded now? */
export function wantsRecord(inputs: readonly Tensor[]): boolean {
  if (enabled) for (const input of inputs) if (input.requiresGrad) return true;
  return false;
}

// #region record
/** Every operation ends here: puts `y` on the tape if any input wants a gradient. */
export function record(name: string, y: Tensor, inputs: readonly Tensor[], recipe: Recipe): Tensor {
  checkForward(name, y);
  if (wantsRecord(inputs)) attach(new Node(name, inputs, [y], recipe.saves ?? NOTHING, recipe.gradients), [y]);
  for (const { storage } of recipe.own ?? NOTHING) expire(storage);
  return y;
}
// #endregion

/** As record(), for an operation with several outputs; its gradient functions get one gradient for each. */
export function recordAll(name: string, outputs: readonly Tensor[], inputs: readonly Tensor[], recipe: Recipe): void {
  for (const y of outputs) checkForward(name, y);
  if (wantsRecord(inputs))
    attach(new Node(name, inputs, outputs.map(shapeOnly), recipe.saves ?? NOTHING, recipe.gradients), outputs);
  for (const { storage } of recipe.own ?? NOTHING) expire(storage);
}

/** The number of the latest node: those made after this moment have larger ones. */
export const latestNode = (): number => count;

const shapeOnly = ({ shape, dtype, device }: Tensor): OutputShape => ({ shape, dtype, device });

function attach(node: Node, outputs: readonly Tensor[]): void {
  outputs.forEach((y, index) => {
    if (y.dtype === 'int32') return; // places and counts have no gradient
    y.requiresGrad = true;
    y.node = node;
    y.outputIndex = index;
    const isView = node.inputs.some((input) => input.storage === y.storage);
    if (!isView) belongsToStep(y.storage); // a view's bytes belong to whoever its base belongs to
  });
}
