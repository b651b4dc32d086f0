/**
 * Trading time for memory (Chen et al.: "Training deep nets with sublinear memory cost", 2016): a checkpointed part
 * of the network keeps none of its intermediate results, and is computed a second time when backward needs them.
 */
import { Scope } from '../memory/lifetimes';
import { defaultGenerator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { grad } from './backward';
import { gradEnabled, latestNode, type Node, record, withGradMode } from './graph';

type Part = (...inputs: Tensor[]) => Tensor;

/**
 * As fn(...inputs), without keeping what it computes on the way. Gradients flow into the inputs and into every
 * parameter that `fn` uses.
 */
export function checkpoint(fn: Part, ...inputs: Tensor[]): Tensor {
  const randomState = defaultGenerator.state; // so that dropout draws the same mask again
  const { y, sources } = forward(fn, inputs);
  return record('checkpoint', y, sources, {
    saves: inputs,
    gradients: (gy) => {
      const now = defaultGenerator.state;
      defaultGenerator.state = randomState;
      try {
        return recompute(fn, inputs, sources, gy);
      } finally {
        defaultGenerator.state = now;
      }
    },
  });
}

/** The value of fn(...inputs) without its graph, and every tensor that gradients flow into from there. */
function forward(fn: Part, inputs: readonly Tensor[]): { y: Tensor; sources: Tensor[] } {
  const scope = new Scope();
  const survivors = new Set<Tensor['storage']>();
  try {
    const last = latestNode();
    const output = fn(...inputs);
    const sources = new Set(inputs);
    const nodes = gradEnabled() ? nodesSince(last, output) : [];
    for (const node of nodes)
      for (const input of node.inputs) if (input.requiresGrad && !isSince(last, input.node)) sources.add(input);
    for (const node of nodes) node.release();
    survivors.add(output.storage);
    return { y: output.detach(), sources: [...sources] };
  } finally {
    scope.close(survivors, false);
  }
}

const isSince = (last: number, node: Node | null): node is Node => node !== null && node.id > last;

function nodesSince(last: number, output: Tensor): Node[] {
  const found = new Set<Node>();
  const open = [output];
  for (let t = open.pop(); t; t = open.pop()) {
    if (!isSince(last, t.node) || found.has(t.node)) continue;
    found.add(t.node);
    open.push(...t.node.inputs);
  }
  return [...found];
}

/** Computes the part once more, now with its graph, and walks that. */
function recompute(fn: Part, inputs: readonly Tensor[], sources: readonly Tensor[], gy: Tensor): (Tensor | null)[] {
  const createGraph = gradEnabled();
  const wanted = sources.filter((source) => source.requiresGrad);
  const y = withGradMode(true, () => fn(...inputs));
  const gradients = grad(y, wanted, { gradOutputs: [gy], createGraph, allowUnused: true });
  return sources.map((source) => gradients[wanted.indexOf(source)] ?? null);
}
