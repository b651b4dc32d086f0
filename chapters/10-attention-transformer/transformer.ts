/**
 * The transformer by hand: each part a few lines on the core's operations, from one attention to the whole
 * encoder-decoder. Weights come by the names that core/nn (and PyTorch) gives them; equal.ts proves both the same.
 */
import { arange, embedding, ones, type Tensor, tensor } from '../../core';

// #region attention
interface AttentionOptions {
  /** 1 where a query may look at a key, 0 where not; broadcasts to [..., Tq, Tk]. */
  seen?: Tensor | null;
  /** The factor of the scores. */
  scale?: number;
}

/** q: [..., Tq, d], k: [..., Tk, d], v: [..., Tk, dv]. What each query gets, and in which proportions it looks. */
export function attention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  { seen, scale = 1 / Math.sqrt(q.shape[q.rank - 1]) }: AttentionOptions = {},
): [context: Tensor, weights: Tensor] {
  const scores = q.matmul(k.transpose()).mul(scale); // [..., Tq, Tk]
  const weights = (seen ? scores.where(seen, -1e9) : scores).softmax(); // e to the −1e9 is 0
  return [weights.matmul(v), weights]; // [..., Tq, dv], [..., Tq, Tk]
}
// #endregion

// #region masks
/** Nobody looks at what comes later: 1 on and below the diagonal. [T, T] */
export const causalMask = (length: number): Tensor => ones([length, length], { dtype: 'int32' }).tril();

/** Nobody looks at padding: of row n the first lengths[n] places are words. [N, 1, 1, T] */
export function paddingMask(lengths: number[], longest: number): Tensor {
  const ends = tensor(lengths, { dtype: 'int32' }).reshape(-1, 1, 1, 1);
  return arange(0, longest, 1, { dtype: 'int32' }).lt(ends);
}
// #endregion

// #region positions
/** Waves of growing length: row t is what is added to word t. */
export const sinusoids = (length: number, width: number): number[][] =>
  Array.from({ length }, (_, t) =>
    Array.from({ length: width }, (_, i) => {
      const angle = t / 10000 ** ((i - (i % 2)) / width);
      return i % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }),
  );
// #endregion

/* ------------------------------------------------------------------------------------------- parts with weights */

export type Weights = Record<string, Tensor>;

/** Of all weights those of one part: what is called 'norm1.bias' outside is called 'bias' inside. */
export const part = (weights: Weights, name: string): Weights =>
  Object.fromEntries(
    Object.entries(weights)
      .filter(([key]) => key.startsWith(`${name}.`))
      .map(([key, value]) => [key.slice(name.length + 1), value]),
  );

const linear = (x: Tensor, { weight, bias }: Weights): Tensor => x.matmul(weight.transpose()).add(bias);

// #region heads
/** x: [N, Tq, D] asks, memory: [N, Tk, D] is looked at; in self-attention they are the same. */
export function multiHead(x: Tensor, memory: Tensor, w: Weights, heads: number, seen: Tensor | null): Tensor {
  const [Wq, Wk, Wv] = w.in_proj_weight.split(w.in_proj_weight.shape[0] / 3, 0); // [H·d, D] each
  const [bq, bk, bv] = w.in_proj_bias.split(w.in_proj_bias.shape[0] / 3, 0);
  const cut = (y: Tensor): Tensor => y.reshape(y.shape[0], y.shape[1], heads, -1).transpose(1, 2); // [N, H, T, d]
  const q = cut(linear(x, { weight: Wq, bias: bq }));
  const k = cut(linear(memory, { weight: Wk, bias: bk }));
  const v = cut(linear(memory, { weight: Wv, bias: bv }));
  const [context] = attention(q, k, v, { seen }); // all heads at once: [N, H, Tq, d]
  const sideBySide = context.transpose(1, 2).reshape(x.shape[0], x.shape[1], -1); // [N, Tq, H·d]
  return linear(sideBySide, part(w, 'out_proj'));
}
// #endregion

// #region norm
/** Each word's numbers are brought to mean 0 and variance 1, then to a size and a middle that are learned. */
export function layerNorm(x: Tensor, { weight, bias }: Weights): Tensor {
  const centred = x.sub(x.mean(-1, { keepdim: true }));
  const variance = centred.pow(2).mean(-1, { keepdim: true });
  return centred.div(variance.add(1e-5).sqrt()).mul(weight).add(bias);
}
// #endregion

// #region around
/** A shortcut around f, and a norm: behind the sum, as in 2017, or before f. */
function around(x: Tensor, f: (x: Tensor) => Tensor, norm: Weights, normFirst: boolean): Tensor {
  return normFirst ? x.add(f(layerNorm(x, norm))) : layerNorm(x.add(f(x)), norm);
}
// #endregion

export interface Form {
  heads: number;
  layers: number;
  normFirst: boolean;
}

// #region encoder
/** A small network that works on each word by itself: wider, bent, back. */
const feedForward = (x: Tensor, w: Weights): Tensor => linear(linear(x, part(w, 'linear1')).relu(), part(w, 'linear2'));

export function encoderBlock(x: Tensor, w: Weights, { heads, normFirst }: Form, seen: Tensor | null = null): Tensor {
  const look = (y: Tensor): Tensor => multiHead(y, y, part(w, 'self_attn'), heads, seen);
  const attended = around(x, look, part(w, 'norm1'), normFirst);
  return around(attended, (y) => feedForward(y, w), part(w, 'norm2'), normFirst);
}
// #endregion

// #region decoder
interface DecoderMasks {
  seen?: Tensor | null;
  memorySeen?: Tensor | null;
}

export function decoderBlock(
  x: Tensor,
  memory: Tensor,
  w: Weights,
  { heads, normFirst }: Form,
  { seen = null, memorySeen = null }: DecoderMasks = {},
): Tensor {
  const lookBack = (y: Tensor): Tensor => multiHead(y, y, part(w, 'self_attn'), heads, seen);
  const lookOver = (y: Tensor): Tensor => multiHead(y, memory, part(w, 'multihead_attn'), heads, memorySeen);
  const attended = around(x, lookBack, part(w, 'norm1'), normFirst);
  const informed = around(attended, lookOver, part(w, 'norm2'), normFirst);
  return around(informed, (y) => feedForward(y, w), part(w, 'norm3'), normFirst);
}
// #endregion

// #region whole
/** Words to vectors, and where they stand. [N, T] → [N, T, D] */
function embed(words: Tensor, { weight }: Weights): Tensor {
  const [rows, width] = [words.shape[1], weight.shape[1]];
  const places = tensor(sinusoids(rows, width).flat(), { shape: [rows, width], dtype: weight.dtype });
  return embedding(words, weight).mul(Math.sqrt(width)).add(places);
}

/** Blocks one after another; where their norms stand first, one more at the end. */
function stack(x: Tensor, w: Weights, { layers, normFirst }: Form, block: (x: Tensor, w: Weights) => Tensor): Tensor {
  let y = x;
  for (let i = 0; i < layers; i++) y = block(y, part(w, `layers.${i}`));
  return normFirst ? layerNorm(y, part(w, 'norm')) : y;
}

/** For each place of the target, scores for the word that comes next. source: [N, S], target: [N, T] → [N, T, words] */
export function transformer(source: Tensor, target: Tensor, lengths: number[], w: Weights, form: Form): Tensor {
  const words = paddingMask(lengths, source.shape[1]);
  const earlier = causalMask(target.shape[1]);
  const memory = stack(embed(source, part(w, 'source')), part(w, 'encoder'), form, (x, wi) =>
    encoderBlock(x, wi, form, words),
  );
  const y = stack(embed(target, part(w, 'target')), part(w, 'decoder'), form, (x, wi) =>
    decoderBlock(x, memory, wi, form, { seen: earlier, memorySeen: words }),
  );
  return linear(y, part(w, 'head'));
}
// #endregion
