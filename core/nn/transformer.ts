/**
 * Transformer blocks (Vaswani et al., 2017): attention, then a small network for each place, each with a shortcut past
 * it and a norm. Names are PyTorch's. The norm stands behind the sum as in the paper, x ← norm(x + f(x)), or before the
 * function with normFirst, x ← x + f(norm(x)), which learns deep stacks more easily.
 */
import { gelu, relu } from '../ops/activations';
import type { Generator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { type AttentionCall, type KeyValueCache, MultiheadAttention } from './attention';
import { checkSizes } from './check';
import { Dropout } from './dropout';
import { Linear } from './linear';
import { Module } from './module';
import { LayerNorm } from './normalisation';

export interface TransformerLayerOptions {
  /** The width between the two layers of the small network. */
  dimFeedforward?: number;
  dropout?: number;
  activation?: 'relu' | 'gelu';
  layerNormEps?: number;
  normFirst?: boolean;
  /** The width of one head; dModel / nhead unless given. */
  headDim?: number;
  generator?: Generator;
}

/** What the two kinds of blocks share. */
abstract class TransformerLayer extends Module {
  readonly selfAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly linear2: Linear;
  readonly dropout: Dropout; // one layer, used in each of the places where something is dropped
  protected readonly normFirst: boolean;
  private readonly activation: (x: Tensor) => Tensor;

  constructor(
    dModel: number,
    nhead: number,
    {
      dimFeedforward = 2048,
      dropout = 0.1,
      activation = 'relu',
      normFirst = false,
      headDim,
      generator,
    }: TransformerLayerOptions,
  ) {
    super();
    this.selfAttn = new MultiheadAttention(dModel, nhead, { dropout, headDim, generator });
    this.linear1 = new Linear(dModel, dimFeedforward, { generator });
    this.linear2 = new Linear(dimFeedforward, dModel, { generator });
    this.dropout = new Dropout(dropout, { generator });
    this.normFirst = normFirst;
    if (activation !== 'relu' && activation !== 'gelu')
      throw new Error(`${this.constructor.name}: the activation is 'relu' or 'gelu', not '${String(activation)}'`);
    this.activation = activation === 'relu' ? relu : (x) => gelu(x);
  }

  /** x + f(x), with the norm before the function or behind the sum. */
  protected beside(x: Tensor, norm: LayerNorm, f: (x: Tensor) => Tensor): Tensor {
    const through = (y: Tensor): Tensor => this.dropout.forward(f(y));
    return this.normFirst ? x.add(through(norm.forward(x))) : norm.forward(x.add(through(x)));
  }

  protected attendToSelf(x: Tensor, call: AttentionCall): Tensor {
    return this.selfAttn.forward(x, x, x, call)[0];
  }

  /** The same small network at each place: wide, then back. */
  protected feedForward(x: Tensor): Tensor {
    const wide = this.activation(this.linear1.forward(x)); // [N, T, F]
    return this.linear2.forward(this.dropout.forward(wide));
  }
}

export interface EncoderCall {
  /** As in MultiheadAttention: [N, 1, T] says which words are no padding. */
  mask?: Tensor | null;
  causal?: boolean;
}

/** Every place looks at all places (at those before it with causal: GPT's block). x: [N, T, dModel] */
export class TransformerEncoderLayer extends TransformerLayer {
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super(dModel, nhead, options);
    const eps = options.layerNormEps;
    this.norm1 = new LayerNorm(dModel, { eps });
    this.norm2 = new LayerNorm(dModel, { eps });
  }

  override forward(x: Tensor, call: EncoderCall & { cache?: KeyValueCache } = {}): Tensor {
    const attended = this.beside(x, this.norm1, (y) => this.attendToSelf(y, call));
    return this.beside(attended, this.norm2, (y) => this.feedForward(y));
  }
}

export interface DecoderCall extends EncoderCall {
  /** Which places of the memory each place of x sees: [N, 1, Tm] says which are no padding. */
  memoryMask?: Tensor | null;
}

/** Every place looks at those of its own sequence, then at the encoder's. x: [N, T, dModel]; memory: [N, Tm, dModel] */
export class TransformerDecoderLayer extends TransformerLayer {
  readonly multiheadAttn: MultiheadAttention;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly norm3: LayerNorm;

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super(dModel, nhead, options);
    const { layerNormEps: eps, dropout = 0.1, headDim, generator } = options;
    this.multiheadAttn = new MultiheadAttention(dModel, nhead, { dropout, headDim, generator });
    this.norm1 = new LayerNorm(dModel, { eps });
    this.norm2 = new LayerNorm(dModel, { eps });
    this.norm3 = new LayerNorm(dModel, { eps });
  }

  override forward(
    x: Tensor,
    memory: Tensor,
    { memoryMask, ...call }: DecoderCall & { cache?: KeyValueCache } = {},
  ): Tensor {
    const lookUp = (y: Tensor): Tensor => this.multiheadAttn.forward(y, memory, memory, { mask: memoryMask })[0];
    const attended = this.beside(x, this.norm1, (y) => this.attendToSelf(y, call));
    const informed = this.beside(attended, this.norm2, lookUp);
    return this.beside(informed, this.norm3, (y) => this.feedForward(y));
  }
}

/** A cache for each layer of a stack. */
interface Caches {
  caches?: readonly KeyValueCache[];
}

abstract class TransformerStack<Layer extends TransformerLayer> extends Module {
  readonly layers: readonly Layer[];
  readonly norm: LayerNorm | null;

  /** As many layers as asked for, each made anew; `norm` stands behind the last, where the layers have theirs first. */
  constructor(make: () => Layer, numLayers: number, norm: LayerNorm | null = null) {
    super();
    checkSizes(this.constructor.name, { numLayers });
    this.layers = Array.from({ length: numLayers }, make);
    this.norm = norm;
  }

  protected throughAll(
    x: Tensor,
    caches: Caches['caches'],
    run: (layer: Layer, x: Tensor, cache?: KeyValueCache) => Tensor,
  ): Tensor {
    if (caches && caches.length !== this.layers.length)
      throw new Error(
        `${this.constructor.name}: ${this.layers.length} layers need as many caches, not ${caches.length}`,
      );
    const y = this.layers.reduce((signal, layer, i) => run(layer, signal, caches?.[i]), x);
    return this.norm ? this.norm.forward(y) : y;
  }
}

export class TransformerEncoder extends TransformerStack<TransformerEncoderLayer> {
  override forward(x: Tensor, { caches, ...call }: EncoderCall & Caches = {}): Tensor {
    return this.throughAll(x, caches, (layer, y, cache) => layer.forward(y, { ...call, cache }));
  }
}

export class TransformerDecoder extends TransformerStack<TransformerDecoderLayer> {
  override forward(x: Tensor, memory: Tensor, { caches, ...call }: DecoderCall & Caches = {}): Tensor {
    return this.throughAll(x, caches, (layer, y, cache) => layer.forward(y, memory, { ...call, cache }));
  }
}
