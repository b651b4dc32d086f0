/**
 * Attention: every query looks at all keys and takes a mixture of their values, in proportions that a softmax makes of
 * how well query and key agree (Vaswani et al., 2017).
 *
 *   S = Q·Kᵀ·scale + mask,  P = softmax S,  Y = P·V              the softmax over the keys that the query sees
 *
 *   ∂V = Pᵀ·G,  ∂P = G·Vᵀ,  ∂S = P·(∂P − Σ P·∂P),  ∂Q = ∂S·K·scale,  ∂K = ∂Sᵀ·Q·scale
 *
 * The kernels do the same without ever holding the matrices S and P.
 */
import { gradEnabled, record } from '../autograd/graph';
import type { AttentionSettings } from '../kernels/kernels';
import { LEFT_OUT } from '../kernels/list/attention';
import { kernelsFor } from '../kernels/select';
import { ones } from '../tensor/create';
import { broadcastShapes, formatShape, type Shape, sizeOf } from '../tensor/shape';
import { densely, empty, type Tensor } from '../tensor/tensor';
import { checkDevices, checkTensor, commonType, requireFloat, reshaped, stretch } from './launch';

export interface AttentionOptions {
  /** Broadcasts to [..., Tq, Tk]. int32: 1 takes part, 0 is left out. A float mask is added to the scores. */
  mask?: Tensor | null;
  /** Query i sees key j only where j ≤ i + Tk − Tq. */
  causal?: boolean;
  /** 1/√D unless given. */
  scale?: number;
}

/**
 * q: [..., Tq, D]; k: [..., Tk, D]; v: [..., Tk, Dv]; y: [..., Tq, Dv]; the axes in front broadcast. Unlike in PyTorch
 * causal is aligned at the end (the last query sees all keys) and goes together with a mask, and a query that sees no
 * key gets 0, not NaN.
 */
export function scaledDotProductAttention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  { mask = null, causal = false, scale }: AttentionOptions = {},
): Tensor {
  const { batch, queries, keys, depth, width } = checkAttention(q, k, v, mask);
  const settings: AttentionSettings = { causal, scale: scale ?? 1 / Math.sqrt(depth) };
  if (!Number.isFinite(settings.scale)) throw new Error(`${NAME}: scale is a finite number, not ${settings.scale}`);
  if (mask?.requiresGrad) return proportions(q, k, mask, settings).matmul(v);

  const make = (...shape: number[]): Tensor => empty([...batch, ...shape], q.dtype, q.device);
  const fold = (t: Tensor): Tensor => folded(t, batch);
  const foldMask = (): Tensor | null => mask && foldedMask(mask, batch, queries, keys);
  const y = make(queries, width);
  const logSums = empty([...pairOf(batch), queries], q.dtype, q.device);
  kernelsFor(q).attention(fold(q), fold(k), fold(v), foldMask(), fold(y), logSums, settings);

  const composed = (g: Tensor): Tensor[] => {
    const p = proportions(q, k, mask, settings); // [..., Tq, Tk]
    const gv = p.transpose().matmul(g); // [..., Tk, Dv]
    const gp = g.matmul(v.transpose()); // [..., Tq, Tk]
    const gs = p.mul(gp.sub(p.mul(gp).sum(-1, { keepdim: true }))).mul(settings.scale); // [..., Tq, Tk]
    return [gs.matmul(k), gs.transpose().matmul(q), gv];
  };
  const fused = (g: Tensor): Tensor[] => {
    const gradients = [make(queries, depth), make(keys, depth), make(keys, width)];
    const [gq, gk, gv] = gradients.map(fold);
    const forward = [fold(q), fold(k), fold(v), foldMask(), fold(y), logSums] as const;
    kernelsFor(q).attentionGradient(...forward, fold(g), gq, gk, gv, settings);
    return gradients;
  };
  return record(NAME, y, [q, k, v], {
    saves: mask ? [q, k, v, y, logSums, mask] : [q, k, v, y, logSums],
    gradients: (g) => (gradEnabled() ? composed(g) : fused(g)),
  });
}

const NAME = 'scaledDotProductAttention';

/** P = softmax(Q·Kᵀ·scale + mask) over the keys that each query sees, 0 for all others. [..., Tq, Tk] */
export function proportions(q: Tensor, k: Tensor, mask: Tensor | null, { scale, causal }: AttentionSettings): Tensor {
  const products = q.matmul(k.transpose()).mul(scale);
  const scores = mask && mask.dtype !== 'int32' ? products.add(mask) : products;
  const seen = seenKeys(scores, mask, causal);
  if (!seen) return scores.softmax();
  return scores.where(seen, LEFT_OUT).softmax().mul(seen); // the last for a query that sees nothing
}

/** 1 where a query sees a key, else 0; null where every query sees all. */
function seenKeys(scores: Tensor, mask: Tensor | null, causal: boolean): Tensor | null {
  const byMask = mask && (mask.dtype === 'int32' ? mask.ne(0) : mask.ge(LEFT_OUT));
  if (!causal) return byMask;
  const [queries, keys] = scores.shape.slice(-2);
  const byTime = ones([queries, keys], { dtype: 'int32', device: scores.device }).tril(keys - queries);
  return byMask ? byMask.mul(byTime) : byTime;
}

/* ------------------------------------------------------------------------------------------------------- views */

/** All axes in front of the last two as two, examples and heads, which is what the kernel takes. */
const pairOf = (batch: Shape): [number, number] => [sizeOf(batch.slice(0, -1)), batch[batch.length - 1] ?? 1];

/** [..., T, D] as [N, H, T, D], contiguous. */
function folded(t: Tensor, batch: Shape): Tensor {
  const matrix = t.shape.slice(-2);
  return reshaped(densely(stretch(t, [...batch, ...matrix])), [...pairOf(batch), ...matrix]);
}

/** The mask as [N, H, Tq, Tk]; what it repeats is not copied, unless three or more axes have to become two. */
function foldedMask(mask: Tensor, batch: Shape, queries: number, keys: number): Tensor {
  const whole = stretch(mask, [...batch, queries, keys]);
  const shape = [...pairOf(batch), queries, keys];
  return batch.length <= 2 ? stretch(whole, shape) : reshaped(densely(whole), shape);
}

/* ------------------------------------------------------------------------------------------------------ checks */

function checkAttention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | null) {
  for (const t of [q, k, v]) requireFloat(NAME, t);
  if (mask) checkTensor(NAME, mask);
  const all = mask ? [q, k, v, mask] : [q, k, v];
  checkDevices(NAME, all);
  for (const t of all) commonType(NAME, q.dtype, t.dtype);
  const shapes = [q, k, v].map((t) => formatShape(t.shape)).join(', ');
  if (q.rank < 2 || k.rank < 2 || v.rank < 2)
    throw new Error(`${NAME}: q, k and v are [..., T, D], not ${shapes}; unsqueeze(0) makes one vector a row`);
  const [[queries, depth], [keys, depthOfKeys], [values, width]] = [q, k, v].map((t) => t.shape.slice(-2));
  if (depth !== depthOfKeys || depth === 0)
    throw new Error(`${NAME}: queries and keys need one length from 1 up: ${depth} and ${depthOfKeys} in ${shapes}`);
  if (keys !== values)
    throw new Error(`${NAME}: each key needs its value: ${keys} keys and ${values} values in ${shapes}`);
  if (mask) checkMask(mask.shape, queries, keys);
  let batch: Shape = [];
  for (const { shape } of all) batch = broadcastShapes(NAME, batch, shape.slice(0, -2));
  return { batch, queries, keys, depth, width };
}

function checkMask(shape: Shape, queries: number, keys: number): void {
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  if ((rows !== 1 && rows !== queries) || (columns !== 1 && columns !== keys)) {
    throw new Error(
      `${NAME}: a mask of shape ${formatShape(shape)} does not broadcast to ${queries} queries and ${keys} keys; ` +
        'one that only says which keys of an example take part is [N, 1, Tk], with heads [N, 1, 1, Tk]',
    );
  }
}
