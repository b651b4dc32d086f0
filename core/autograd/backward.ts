/**
 * Backpropagation: from the loss down through the tape, each node once, latest first. The walk is a loop, so a graph
 * of a million nodes is no deeper than one of three.
 *
 * Everything made on the way belongs to nobody but the walk: a gradient is held while it waits in `pending`, and goes
 * as soon as it was used.
 */
import { adopt, claim, drop, hold, Scope, type Storage } from '../memory/lifetimes';
import { full, onesLike } from '../tensor/create';
import { formatShape, type Shape, sameShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { checkBackward, withoutForwardCheck } from './anomaly';
import { type GradientFunction, NOTHING, type Node, withGradMode } from './graph';

export interface BackwardOptions {
  /** Keep the graph, to walk it again. */
  retainGraph?: boolean;
  /** Record the walk itself, so that gradients can be differentiated; keeps the graph. */
  createGraph?: boolean;
}

/**
 * Sums the gradient of `y` into `.grad` of every tensor it was computed from that is a beginning (has no past) and
 * wants one.
 */
export function backward(y: Tensor, gradient?: Tensor | null, options: BackwardOptions = {}): void {
  if (!y.requiresGrad)
    throw new Error('backward: this tensor wants no gradient; nothing it was computed from has requiresGrad set');
  walk([y], [seedFor('backward', y, gradient)], null, options);
}

/**
 * The gradients of outputs with respect to inputs, returned instead of summed into `.grad`. An input that the outputs
 * do not depend on is an error unless allowUnused, which gives null.
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: readonly Tensor[],
  options: BackwardOptions & { gradOutputs?: readonly (Tensor | null)[]; allowUnused?: boolean } = {},
): Tensor[] {
  const roots = 'storage' in outputs ? [outputs] : [...outputs];
  const seeds = roots.map((y, i) => seedFor('grad', y, options.gradOutputs?.[i]));
  inputs.forEach((input, i) => {
    if (!input.requiresGrad)
      throw new Error(`grad: input ${i} wants no gradient; set requiresGrad before computing the outputs`);
  });
  const results = walk(roots, seeds, inputs, options);
  return results.map((result, i) => {
    if (!result && !options.allowUnused)
      throw new Error(`grad: the outputs do not depend on input ${i}; { allowUnused: true } gives null for it`);
    return result as Tensor;
  });
}

function seedFor(operation: string, y: Tensor, gradient?: Tensor | null): Tensor {
  if (gradient) {
    if (!sameShape(gradient.shape, y.shape)) {
      throw new Error(
        `${operation}: the gradient has shape [${gradient.shape.join(',')}], the tensor [${y.shape.join(',')}]`,
      );
    }
    return gradient;
  }
  if (y.size !== 1) {
    throw new Error(
      `${operation}: a tensor of shape [${y.shape.join(',')}] needs a gradient of its shape; ` +
        'reduce it first, with sum() or mean(), or pass one',
    );
  }
  return onesLike(y);
}

function walk(
  roots: Tensor[],
  seeds: Tensor[],
  targets: readonly Tensor[] | null,
  options: BackwardOptions,
): (Tensor | null)[] {
  const { createGraph = false, retainGraph = createGraph } = options;
  const nodes = nodesBelow(roots);
  for (const node of nodes) node.checkSaved();
  const arrivals = new Arrivals(targets, nodes);
  const scope = new Scope();
  const survivors = new Set<Storage>();
  try {
    return withGradMode(createGraph, () => {
      // #region walk
      for (const [i, root] of roots.entries()) arrivals.add(root, seeds[i]);
      for (const node of nodes) if (node.pending.length > 0) visit(node, arrivals, retainGraph);
      if (!targets) arrivals.sumIntoLeaves();
      // #endregion
      return arrivals.take(survivors);
    });
  } finally {
    for (const node of nodes) forgetPending(node); // an error may have stopped the walk half-way
    scope.close(survivors, true);
  }
}

// #region nodes-below
/** Every node that the roots were computed through, latest first. */
function nodesBelow(roots: readonly Tensor[]): Node[] {
  const found = new Set<Node>();
  const open: Node[] = [];
  const meet = ({ node }: Tensor): void => {
    if (!node || found.has(node)) return;
    found.add(node);
    open.push(node);
  };
  roots.forEach(meet);
  for (let node = open.pop(); node; node = open.pop()) node.inputs.forEach(meet);
  return [...found].sort((a, b) => b.id - a.id);
}
// #endregion

/** Turns the gradients of a node's outputs into those of its inputs. */
function visit(node: Node, arrivals: Arrivals, retainGraph: boolean): void {
  const scope = new Scope();
  const { pending } = node;
  try {
    const gOutputs = node.outputs.map((output, i) => {
      const gradient = pending[i];
      return gradient
        ? passWatchers(node.watchers?.[i], gradient)
        : full(output.shape, 0, { dtype: output.dtype, device: output.device });
    });
    const { gradients } = node;
    const joint = typeof gradients === 'function' ? withoutForwardCheck(() => gradients(...gOutputs)) : null;
    node.inputs.forEach((input, i) => {
      if (!arrivals.wanted(input)) return;
      const single = (): Tensor | undefined => (gradients as readonly (GradientFunction | null)[])[i]?.(...gOutputs);
      const gradient = joint ? joint[i] : withoutForwardCheck(single);
      if (!gradient) return;
      const gInput = sumTo(node.name, gradient, input.shape).to(input.dtype);
      checkBackward(node.name, i, gInput, node.trace);
      arrivals.add(input, gInput);
    });
  } finally {
    forgetPending(node);
    scope.close(null, true);
  }
  if (!retainGraph) node.release();
}

function forgetPending(node: Node): void {
  for (const gradient of node.pending) if (gradient) drop(gradient.storage);
  node.pending = NOTHING;
}

/** Broadcasting repeated an input; its gradient is the sum over the repetitions. */
function sumTo(name: string, gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const missing = gradient.rank - shape.length;
  const repeated: number[] = [];
  gradient.shape.forEach((extent, axis) => {
    const own = axis < missing ? 1 : shape[axis - missing];
    if (own === 1 && (extent !== 1 || axis < missing)) repeated.push(axis);
    else if (own !== extent) throw gradientShapeError(name, gradient.shape, shape);
  });
  if (missing < 0) throw gradientShapeError(name, gradient.shape, shape);
  return gradient.sum(repeated, { keepdim: true }).reshape(...shape);
}

const gradientShapeError = (name: string, got: Shape, wanted: Shape): Error =>
  new Error(
    `backward of '${name}' made a gradient of shape ${formatShape(got)} for an input of shape ${formatShape(wanted)}`,
  );

/** Where gradients arrive: at nodes still to be visited, and at the tensors whose gradient was asked for. */
class Arrivals {
  private readonly ends = new Map<Tensor, Tensor>(); // beginnings of the graph, or the targets of grad()
  private readonly targets: ReadonlySet<Tensor> | null;
  private readonly leading = new Set<Node>(); // nodes from which a target can be reached

  constructor(
    private readonly order: readonly Tensor[] | null,
    nodes: readonly Node[],
  ) {
    this.targets = order && new Set(order);
    if (!this.targets) return;
    for (const node of [...nodes].reverse())
      if (node.inputs.some((input) => this.wanted(input))) this.leading.add(node);
  }

  wanted(input: Tensor): boolean {
    if (!this.targets) return input.requiresGrad;
    return this.targets.has(input) || (input.node !== null && this.leading.has(input.node));
  }

  add(to: Tensor, gradient: Tensor): void {
    const isEnd = this.targets ? this.targets.has(to) : !to.node;
    if (isEnd) this.ends.set(to, addTo(this.ends.get(to), gradient));
    if (to.node && this.passes(to.node)) {
      if (to.node.pending.length === 0) to.node.pending = [];
      to.node.pending[to.outputIndex] = addTo(to.node.pending[to.outputIndex], gradient);
    }
  }

  /** Is there anything to be found below this node? */
  private passes(node: Node): boolean {
    return !this.targets || this.leading.has(node);
  }

  /** backward(): into `.grad` of the tensors at which the graph begins. */
  sumIntoLeaves(): void {
    for (const [leaf, gradient] of this.ends) {
      sumIntoGrad(leaf, passWatchers(leafWatchers.get(leaf), gradient));
      drop(gradient.storage);
    }
    this.ends.clear();
  }

  /** grad(): to the reader. */
  take(survivors: Set<Storage>): (Tensor | null)[] {
    for (const gradient of this.ends.values()) {
      survivors.add(gradient.storage);
      adopt(gradient.storage);
      drop(gradient.storage);
    }
    return (this.order ?? []).map((target) => this.ends.get(target) ?? null);
  }
}

/** Adds a gradient to what has arrived before, and holds the sum. */
function addTo(before: Tensor | null | undefined, gradient: Tensor): Tensor {
  const sum = before ? before.add(gradient) : gradient;
  hold(sum.storage);
  if (before) drop(before.storage);
  return sum;
}

function sumIntoGrad(t: Tensor, gradient: Tensor): void {
  t.grad = t.ownGradient ? t.ownGradient.add(gradient) : gradient;
}

/* -------------------------------------------------------------------------------------------- watching */

/** Sees a gradient in passing and returns what shall take its place. */
type Watcher = (gradient: Tensor) => Tensor;

const leafWatchers = new WeakMap<Tensor, Watcher[]>();

function passWatchers(watchers: Watcher[] | undefined, gradient: Tensor): Tensor {
  for (const watcher of watchers ?? []) {
    claim(gradient.storage); // the reader may keep it
    gradient = watcher(gradient);
  }
  return gradient;
}

function watch(operation: string, t: Tensor, watcher: Watcher): () => void {
  if (!t.requiresGrad) throw new Error(`${operation}: this tensor wants no gradient`);
  const watchers = t.node ? watchersOf(t.node, t.outputIndex) : (leafWatchers.get(t) ?? []);
  if (!t.node) leafWatchers.set(t, watchers);
  watchers.push(watcher);
  return () => {
    const index = watchers.indexOf(watcher);
    if (index >= 0) watchers.splice(index, 1);
  };
}

function watchersOf(node: Node, output: number): Watcher[] {
  node.watchers ??= [];
  node.watchers[output] ??= [];
  return node.watchers[output];
}

/**
 * Calls `hook` with the gradient that arrives at `t`; what it returns, if anything, takes its place. Returns a
 * function that removes the hook.
 */
export function registerHook(t: Tensor, hook: (gradient: Tensor) => Tensor | undefined): () => void {
  return watch('registerHook', t, (gradient) => hook(gradient) ?? gradient);
}

/** Makes backward leave the gradient of a computed tensor in its `.grad` too. */
export function retainGrad(t: Tensor): void {
  const isBeginning = t.requiresGrad && !t.node; // keeps its gradient anyway
  if (isBeginning) return;
  watch('retainGrad', t, (gradient) => {
    sumIntoGrad(t, gradient);
    return gradient;
  });
}
