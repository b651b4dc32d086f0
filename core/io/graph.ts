/**
 * drawGraph(loss): the computation behind a tensor as a picture. What went in is on the left, operations follow in the
 * order in which the values flow, and every box shows its shape, its value, and the gradient of the result with
 * respect to it.
 */
import { grad } from '../autograd/backward';
import { nn, type Tensor } from '../index';
import { formatShape } from '../tensor/shape';
import { type Figure, type GraphEdge, type GraphNode, graphFigure } from './charts';

const MOST = 80; // boxes; more than this nobody can read

export interface DrawGraphOptions {
  title?: string;
  /** What to call the tensors that went in. */
  names?: Record<string, Tensor>;
}

/** Draws the graph of `result`, a tensor of size 1. Call it before backward() releases the graph. */
export async function drawGraph(
  result: Tensor,
  { title = 'Computation', names = {} }: DrawGraphOptions = {},
): Promise<Figure> {
  if (result.node?.released) throw new Error('drawGraph: backward() has released this graph; draw it before');
  const tensors = tensorsBelow(result);
  if (tensors.length > MOST) {
    throw new Error(`drawGraph: ${tensors.length} boxes are too many to read; draw a smaller part (at most ${MOST})`);
  }
  const gradients = gradientsOf(result, tensors);
  const ids = new Map(tensors.map((t, i) => [t, `t${i}`]));
  const nodes: GraphNode[] = [];
  for (const [i, t] of tensors.entries()) {
    const { kind, label } = describe(t, names);
    const lines = await linesFor(t, gradients.get(t) ?? null);
    const isNumber = label === '' && t.rank === 0; // a constant is its own name
    nodes.push({ id: `t${i}`, kind, label: isNumber ? lines[0] : label || kind, lines: isNumber ? [] : lines });
  }
  const edges = tensors.flatMap((t): GraphEdge[] =>
    (t.node?.inputs ?? []).map((input) => ({ from: ids.get(input) as string, to: ids.get(t) as string })),
  );
  return graphFigure({ title, nodes, edges });
}

/** Every tensor that took part, each once, what went in first. */
function tensorsBelow(result: Tensor): Tensor[] {
  const found = new Set([result]);
  for (const t of found) for (const input of t.node?.inputs ?? []) found.add(input);
  const age = (t: Tensor): number => t.node?.id ?? 0;
  return [...found].sort((a, b) => age(a) - age(b));
}

function gradientsOf(result: Tensor, tensors: readonly Tensor[]): Map<Tensor, Tensor | null> {
  if (!result.requiresGrad) return new Map();
  const wanted = tensors.filter((t) => t.requiresGrad);
  const gradients = grad(result, wanted, { retainGraph: true, allowUnused: true });
  return new Map(wanted.map((t, i) => [t, gradients[i]]));
}

function describe(t: Tensor, names: Record<string, Tensor>): Pick<GraphNode, 'kind' | 'label'> {
  const name = Object.keys(names).find((key) => names[key] === t);
  if (t.node) return { kind: 'operation', label: name ? `${t.node.name} → ${name}` : t.node.name };
  const isLearned = t instanceof nn.Parameter || t.requiresGrad;
  return isLearned ? { kind: 'parameter', label: name ?? '' } : { kind: 'data', label: name ?? '' };
}

async function linesFor(t: Tensor, gradient: Tensor | null): Promise<string[]> {
  const lines = t.rank > 0 ? [formatShape(t.shape)] : [];
  lines.push(t.storage.released ? 'given back' : await summary(t));
  if (gradient) lines.push(`grad ${await summary(gradient)}`);
  return lines;
}

/** Few values as they are, many by their mean and length. */
async function summary(t: Tensor): Promise<string> {
  const values = [...(await t.data())];
  if (values.length === 0) return 'empty';
  if (values.length <= 3) return values.map(short).join(', ');
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return `mean ${short(mean)}, length ${short(Math.hypot(...values))}`;
}

const short = (x: number): string => (Number.isInteger(x) && Math.abs(x) < 1e6 ? String(x) : x.toPrecision(3));
