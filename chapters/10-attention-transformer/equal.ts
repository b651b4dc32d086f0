/**
 * Is it the same? Every part of transformer.ts beside the layer of core/nn (or the operation of core/ops) that does the
 * same, with the same weights: what comes out, and the gradient of every weight and every input.
 */
import { currentDevice, type DType, nn, ops, randint, randn, type Tensor, tensor } from '../../core';
import { script } from '../shared/script';
import { blocksFigure, wholeFigure } from './pictures/blocks';
import {
  attention,
  causalMask,
  decoderBlock,
  encoderBlock,
  type Form,
  layerNorm,
  multiHead,
  paddingMask,
  sinusoids,
  transformer,
  type Weights,
} from './transformer';

const [N, S, T, D, HEADS, WORDS] = [3, 5, 4, 12, 3, 11]; // none divides another by chance, apart from D by HEADS
const LENGTHS = [5, 2, 4]; // words in each source
const LAYERS = 2;

/** The encoder-decoder of 2017, of the core's layers. */
class EncoderDecoder extends nn.Module {
  readonly source = new nn.Embedding(WORDS, D);
  readonly target = new nn.Embedding(WORDS, D);
  readonly positions = new nn.SinusoidalPositions(D);
  readonly encoder: nn.TransformerEncoder;
  readonly decoder: nn.TransformerDecoder;
  readonly head = new nn.Linear(D, WORDS);

  constructor(normFirst: boolean) {
    super();
    const options = { ...OPTIONS, normFirst };
    const last = () => (normFirst ? new nn.LayerNorm(D) : null);
    this.encoder = new nn.TransformerEncoder(() => new nn.TransformerEncoderLayer(D, HEADS, options), LAYERS, last());
    this.decoder = new nn.TransformerDecoder(() => new nn.TransformerDecoderLayer(D, HEADS, options), LAYERS, last());
  }

  override forward(source: Tensor, target: Tensor, mask: Tensor): Tensor {
    const embed = (words: Tensor, table: nn.Embedding) =>
      this.positions.forward(table.forward(words).mul(Math.sqrt(D)));
    const memory = this.encoder.forward(embed(source, this.source), { mask });
    const y = this.decoder.forward(embed(target, this.target), memory, { causal: true, memoryMask: mask });
    return this.head.forward(y);
  }
}

const OPTIONS = { dimFeedforward: 20, dropout: 0 };
const form = (normFirst: boolean): Form => ({ heads: HEADS, layers: LAYERS, normFirst });

/** One part both ways. Inputs that are words (int32) have no gradient. */
export interface Pair<Layer extends nn.Module = nn.Module> {
  name: string;
  layer: Layer;
  inputs: Tensor[];
  byLayer(layer: Layer, ...inputs: Tensor[]): Tensor;
  byHand(weights: Weights, ...inputs: Tensor[]): Tensor;
}

const pair = <Layer extends nn.Module>(parts: Pair<Layer>): Pair => parts as unknown as Pair;

/** A module with nothing to learn, for operations. */
class Nothing extends nn.Module {
  override forward(x: Tensor): Tensor {
    return x;
  }
}

/** Everything in this chapter that the core has too. */
export function pairs(dtype: DType): Pair[] {
  const random = (...shape: number[]): Tensor => randn(shape, { dtype });
  const words = paddingMask(LENGTHS, S); // [N, 1, 1, S]
  const mask = words.squeeze(1); //         [N, 1, S], as the layers want it
  const earlier = causalMask(T);
  const qkv = (queries: number) => [random(N, HEADS, queries, 4), random(N, HEADS, S, 4), random(N, HEADS, S, 5)];
  const [x, memory] = [random(N, T, D), random(N, S, D)];
  const heads = () => new nn.MultiheadAttention(D, HEADS);
  return [
    pair({
      name: 'attention',
      layer: new Nothing(),
      inputs: qkv(T),
      byLayer: (_, q, k, v) => ops.scaledDotProductAttention(q, k, v),
      byHand: (_, q, k, v) => attention(q, k, v)[0],
    }),
    pair({
      name: 'attention, causal',
      layer: new Nothing(),
      inputs: qkv(S),
      byLayer: (_, q, k, v) => ops.scaledDotProductAttention(q, k, v, { causal: true }),
      byHand: (_, q, k, v) => attention(q, k, v, { seen: causalMask(S) })[0],
    }),
    pair({
      name: 'attention, padding masked',
      layer: new Nothing(),
      inputs: qkv(T),
      byLayer: (_, q, k, v) => ops.scaledDotProductAttention(q, k, v, { mask: words }),
      byHand: (_, q, k, v) => attention(q, k, v, { seen: words })[0],
    }),
    pair({
      name: 'heads, self-attention, causal',
      layer: heads(),
      inputs: [x],
      byLayer: (layer, a) => layer.forward(a, a, a, { causal: true })[0],
      byHand: (w, a) => multiHead(a, a, w, HEADS, earlier),
    }),
    pair({
      name: 'heads, cross-attention, padding',
      layer: heads(),
      inputs: [x, memory],
      byLayer: (layer, a, b) => layer.forward(a, b, b, { mask })[0],
      byHand: (w, a, b) => multiHead(a, b, w, HEADS, words),
    }),
    pair({
      name: 'sinusoidal positions',
      layer: new nn.SinusoidalPositions(D),
      inputs: [x],
      byLayer: (layer, a) => layer.forward(a),
      byHand: (_, a) => a.add(tensor(sinusoids(T, D), { dtype })),
    }),
    pair({
      name: 'layer norm',
      layer: new nn.LayerNorm(D),
      inputs: [x],
      byLayer: (layer, a) => layer.forward(a),
      byHand: (w, a) => layerNorm(a, w),
    }),
    ...[false, true].flatMap((normFirst) => {
      const when = normFirst ? 'norm first' : 'norm last';
      return [
        pair({
          name: `encoder block, ${when}`,
          layer: new nn.TransformerEncoderLayer(D, HEADS, { ...OPTIONS, normFirst }),
          inputs: [memory],
          byLayer: (layer, a) => layer.forward(a, { mask }),
          byHand: (w, a) => encoderBlock(a, w, form(normFirst), words),
        }),
        pair({
          name: `decoder block, ${when}`,
          layer: new nn.TransformerDecoderLayer(D, HEADS, { ...OPTIONS, normFirst }),
          inputs: [x, memory],
          byLayer: (layer, a, b) => layer.forward(a, b, { causal: true, memoryMask: mask }),
          byHand: (w, a, b) => decoderBlock(a, b, w, form(normFirst), { seen: earlier, memorySeen: words }),
        }),
        pair({
          name: `encoder-decoder, ${when}`,
          layer: new EncoderDecoder(normFirst),
          inputs: [randint(0, WORDS, [N, S]), randint(0, WORDS, [N, T])],
          byLayer: (layer, a, b) => layer.forward(a, b, mask),
          byHand: (w, a, b) => transformer(a, b, LENGTHS, w, form(normFirst)),
        }),
      ];
    }),
  ];
}

/** A tensor of its own with the same values, which collects its own gradient. */
function copyOf(t: Tensor): Tensor {
  const copy = t.detach().clone();
  copy.requiresGrad = t.dtype !== 'int32';
  return copy;
}

/** Both ways with the same weights and inputs, forward and back: the largest differences. */
export async function compare({ layer, inputs, byLayer, byHand }: Pair) {
  const weights = Object.fromEntries(layer.namedParameters().map(([name, weight]) => [name, copyOf(weight)]));
  const [forLayer, forHand] = [inputs.map(copyOf), inputs.map(copyOf)];
  const y = byLayer(layer, ...forLayer);
  const byHandY = byHand(weights, ...forHand);
  const g = randn(y.shape, { dtype: y.dtype }); // what a loss might send back, each number of y its own
  y.backward(g);
  byHandY.backward(g);

  const gradients = [...layer.namedParameters().map(([, weight]) => weight), ...forLayer].map(({ grad }) => grad);
  const gradientsByHand = [...Object.values(weights), ...forHand].map(({ grad }) => grad);
  // inputs that are words have none
  const compared = gradients.flatMap((one, i) => (one ? [difference(gradientsByHand[i]!, one)] : []));
  return {
    values: await difference(byHandY, y),
    gradients: Math.max(...(await Promise.all(compared))),
    compared: compared.length,
  };
}

/** The largest difference, where the largest value is more than 1 as a part of it. */
async function difference(a: Tensor, b: Tensor): Promise<number> {
  const [apart, size] = await Promise.all([a.sub(b).abs().max().item(), b.abs().max().item()]);
  return apart / Math.max(1, size);
}

/** Weights as training might leave them: none is 0 or 1, so that one taken for another shows. */
export async function prepared(layer: nn.Module, dtype: DType): Promise<void> {
  for (const weight of layer.parameters()) weight.become(weight.detach().add(randn(weight.shape).mul(0.2)));
  if (dtype === 'float64') layer.to(dtype);
  else await layer.to(currentDevice());
}

script({
  about: 'Every part of the transformer by hand beside the layer of the core: values and gradients.',
  next: 'npx ts-node chapters/10-attention-transformer/cost.ts',
  async run({ section, say, table, figure, options }) {
    const [dtype, limit, words] =
      options.device === 'gpu' ? (['float32', 1e-4, '1e-4'] as const) : (['float64', 1e-12, '1e-12'] as const);
    const told = (apart: number) => (apart < limit ? `below ${words}` : apart.toExponential(1));
    section('equal', 'By hand and from the core: largest differences');
    const rows: string[][] = [];
    for (const one of pairs(dtype)) {
      await prepared(one.layer, dtype);
      const { values, gradients, compared } = await compare(one);
      rows.push([one.name, String(one.layer.parameterCount()), told(values), String(compared), told(gradients)]);
    }
    table(['part', 'weights', 'values', 'gradients of', 'gradients'], rows);
    say(`\nwidth ${D}, ${HEADS} heads, ${dtype}; encoder and decoder with ${LAYERS} blocks each`);
    await figure('blocks', blocksFigure());
    await figure('transformer', wholeFigure());
  },
});
