/**
 * Attention in several heads: each looks at the sequence in its own way, in a space of its own (Vaswani et al., 2017).
 *
 *   headᵢ = softmax(Qᵢ·Kᵢᵀ / √d)·Vᵢ,  y = [head₁ … head_H]·W_oᵀ + b_o      with Q, K, V = x·Wᵀ + b, cut into heads
 */
import { proportions, scaledDotProductAttention } from '../ops/attention';
import { dropout } from '../ops/dropout';
import { linear } from '../ops/product';
import { concat } from '../ops/shape';
import { zeros } from '../tensor/create';
import type { Generator } from '../tensor/random';
import { formatShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { checkProbability, checkSizes } from './check';
import { xavierUniform } from './init';
import { Linear } from './linear';
import { Module, Parameter } from './module';

export interface MultiheadAttentionOptions {
  /** Of the proportions in which values are mixed. */
  dropout?: number;
  bias?: boolean;
  /** The width of one head; embedDim / numHeads unless given. */
  headDim?: number;
  generator?: Generator;
}

export interface AttentionCall {
  /**
   * [Tq, Tk], [N, Tq, Tk] or [N, H, Tq, Tk], with 1 for what is the same all along an axis: [N, 1, Tk] says which words
   * of each example are no padding. int32: 1 takes part, 0 is left out. A float mask is added to the scores.
   */
  mask?: Tensor | null;
  /** Each query sees the keys up to its own place; the last query sees all. */
  causal?: boolean;
  /** Keys and values of the calls before: what is new is put behind them, and the queries see all. */
  cache?: KeyValueCache;
  /** Return the proportions too, [N, H, Tq, Tk]; without them the matrix is never made. */
  needWeights?: boolean;
}

/**
 * What a model that writes word by word need not compute again. One for each attention layer, for one run; its tensors
 * live until clear(), or while somebody refers to it.
 */
export class KeyValueCache {
  private keys: Tensor | null = null; // [N, H, T, d]
  private values: Tensor | null = null;

  /** How many words are in it: the position of the next one. */
  get length(): number {
    return this.keys ? this.keys.shape[2] : 0;
  }

  /** Puts new ones behind those that are there; returns all. Gradients flow into the new ones only. */
  append(k: Tensor, v: Tensor): [keys: Tensor, values: Tensor] {
    const keys = this.keys ? concat([this.keys, k], 2) : k;
    const values = this.values ? concat([this.values, v], 2) : v;
    this.keys = keys.detach(); // detached, they are no step's and no noGrad block's to take away
    this.values = values.detach();
    return [keys, values];
  }

  clear(): void {
    this.keys = null;
    this.values = null;
  }
}

/**
 * query: [N, Tq, E]; key and value: [N, Tk, E], the same tensor as query for self-attention. Returns y [N, Tq, E],
 * and the weights or null: each head's own and before dropout, where PyTorch gives their mean.
 */
export class MultiheadAttention extends Module {
  readonly headDim: number;
  readonly inProjWeight: Parameter; // W_q, W_k, W_v one below the other: [3·H·d, E]
  readonly inProjBias: Parameter | null; // [3·H·d]
  readonly outProj: Linear;
  private readonly dropout: number;
  private readonly generator: Generator | undefined;

  constructor(
    readonly embedDim: number,
    readonly numHeads: number,
    { dropout = 0, bias = true, headDim = embedDim / numHeads, generator }: MultiheadAttentionOptions = {},
  ) {
    super();
    checkSizes('MultiheadAttention', { embedDim, numHeads });
    if (!Number.isInteger(headDim))
      throw new Error(`MultiheadAttention: embedDim ${embedDim} does not divide into ${numHeads} heads; give headDim`);
    checkSizes('MultiheadAttention', { headDim });
    checkProbability('MultiheadAttention', 'dropout', dropout);
    this.headDim = headDim;
    const width = numHeads * headDim;
    this.inProjWeight = new Parameter(xavierUniform([3 * width, embedDim], { generator }));
    this.inProjBias = bias ? new Parameter(zeros([3 * width])) : null;
    this.outProj = new Linear(width, embedDim, { bias, generator });
    this.outProj.bias?.become(zeros([embedDim]));
    this.dropout = dropout;
    this.generator = generator;
  }

  override forward(
    query: Tensor,
    key: Tensor = query,
    value: Tensor = key,
    { mask = null, causal = false, cache, needWeights = false }: AttentionCall = {},
  ): [y: Tensor, weights: Tensor | null] {
    this.checkInputs(query, key, value);
    const [q, k, v] = this.project(query, key, value); // [N, H, T, d]
    const [keys, values] = cache ? cache.append(k, v) : [k, v];
    const own = mask?.rank === 3 ? mask.unsqueeze(1) : mask; // the same for all heads
    const dropping = this.training && this.dropout > 0;
    if (!needWeights && !dropping)
      return [this.merge(scaledDotProductAttention(q, keys, values, { mask: own, causal })), null];

    const weights = proportions(q, keys, own, { causal, scale: 1 / Math.sqrt(this.headDim) }); // [N, H, Tq, Tk]
    const kept = dropout(weights, this.dropout, { training: this.training, generator: this.generator });
    return [this.merge(kept.matmul(values)), needWeights ? weights : null];
  }

  /** Each by its third of the weight, cut into heads; a tensor that serves twice meets all its thirds at once. */
  private project(query: Tensor, key: Tensor, value: Tensor): Tensor[] {
    const width = this.numHeads * this.headDim;
    const project = (x: Tensor, first: number, thirds: number): Tensor[] => {
      const weight = this.inProjWeight.narrow(0, first * width, thirds * width);
      const bias = this.inProjBias?.narrow(0, first * width, thirds * width) ?? null;
      return linear(x, weight, bias).split(width, -1); // [N, T, H·d] each
    };
    const all =
      query === key && key === value
        ? project(query, 0, 3)
        : key === value
          ? [...project(query, 0, 1), ...project(key, 1, 2)]
          : [query, key, value].flatMap((x, third) => project(x, third, 1));
    return all.map((x) => x.reshape(x.shape[0], x.shape[1], this.numHeads, this.headDim).transpose(1, 2));
  }

  /** The heads side by side again, mixed: [N, H, T, d] → [N, T, E]. */
  private merge(heads: Tensor): Tensor {
    return this.outProj.forward(heads.transpose(1, 2).flatten(2));
  }

  private checkInputs(...inputs: Tensor[]): void {
    for (const [i, { shape }] of inputs.entries()) {
      if (shape.length === 3 && shape[2] === this.embedDim) continue;
      const role = ['query', 'key', 'value'][i];
      throw new Error(
        `MultiheadAttention: the ${role} must be [N, T, ${this.embedDim}], not of shape ${formatShape(shape)}`,
      );
    }
  }

  /** The three projections and the two products of the heads; outProj counts its own. */
  multiplyAdds([query, key = query, value = key]: readonly Tensor[]): number {
    const width = this.numHeads * this.headDim;
    const [N, queries] = query.shape;
    return (query.size + key.size + value.size + 2 * N * queries * key.shape[1]) * width;
  }
}
