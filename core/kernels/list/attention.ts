/**
 * Attention as one kernel, without the matrix of all scores in memory: each query keeps a running maximum and sum while
 * it passes over the keys (Milakov and Gimelshein, 2018; Dao et al., 2022).
 *
 * Promise: in float32, with scores up to 10 in size, results are within 1e-5 of the exact ones, relative to the largest
 * of their kind.
 */
import type { Strided } from '../strided';

/**
 * A key to whose score a mask adds less than this takes no part: −∞, as other libraries have it, is understood, and no
 * kernel has to compute with it.
 */
export const LEFT_OUT = -1e30;

export interface AttentionSettings {
  /** Scores are multiplied by this, usually 1/√D. */
  scale: number;
  /** Query i of Tq sees key j of Tk only where j ≤ i + Tk − Tq: the last query sees all keys. */
  causal: boolean;
}

export interface AttentionKernels {
  /**
   * y[n, h, i] = Σ pⱼ · v[n, h, j] over the keys j that the query sees, with p the softmax of the scores
   * scale · q[n, h, i]·k[n, h, j] + mask. q: [N, H, Tq, D]; k: [N, H, Tk, D]; v: [N, H, Tk, Dv]; y: [N, H, Tq, Dv];
   * logSums: [N, H, Tq], the natural logarithm of each softmax's denominator, Σ e^score, for the gradient.
   * mask: null, or [N, H, Tq, Tk] with any strides (it usually repeats along some axes): int32 (1 takes part, 0 does
   * not) or of q's dtype (added to the scores). A query that sees no key gets 0, and a logSum of 0.
   */
  attention(
    q: Strided,
    k: Strided,
    v: Strided,
    mask: Strided | null,
    y: Strided,
    logSums: Strided,
    settings: AttentionSettings,
  ): void;
  /**
   * The gradients of q, k and v, from the forward's inputs and outputs and the gradient g of y. With p = e^(score −
   * logSum), ∂p = g[i]·v[j] and ∂s = p·(∂p − Σ p·∂p), where the sum over keys is g[i]·y[i]: gq[i] = scale · Σⱼ ∂s·k[j],
   * gk[j] = scale · Σᵢ ∂s·q[i], gv[j] = Σᵢ p·g[i].
   */
  attentionGradient(
    q: Strided,
    k: Strided,
    v: Strided,
    mask: Strided | null,
    y: Strided,
    logSums: Strided,
    g: Strided,
    gq: Strided,
    gk: Strided,
    gv: Strided,
    settings: AttentionSettings,
  ): void;
}
