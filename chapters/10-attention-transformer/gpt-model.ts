/**
 * A small GPT: a stack of blocks that look back only, trained to say which token comes next, and to write by saying it
 * again and again. How text becomes tokens is text.ts's business.
 */
import { arange, nn, noGrad, ops, optim, randint, type Tensor, tensor } from '../../core';

export interface Shape {
  /** How many tokens there are. */
  tokens: number;
  /** How far it can look back. */
  context: number;
  width: number;
  heads: number;
  layers: number;
}

// #region model
export class GPT extends nn.Module {
  readonly tokens: nn.Embedding;
  readonly places: nn.SinusoidalPositions;
  readonly blocks: nn.TransformerEncoder;
  readonly next: nn.Linear;

  constructor(readonly shape: Shape) {
    super();
    const { tokens, width: D, heads, layers } = shape;
    const form = { dimFeedforward: 4 * D, dropout: 0, activation: 'gelu', normFirst: true } as const;
    const block = () => new nn.TransformerEncoderLayer(D, heads, form);
    this.tokens = new nn.Embedding(tokens, D);
    this.places = new nn.SinusoidalPositions(D);
    this.blocks = new nn.TransformerEncoder(block, layers, new nn.LayerNorm(D));
    this.next = new nn.Linear(D, tokens);
  }

  /** For each place, a score for every token that could follow. With caches, ids are what is new: [N, 1]. */
  override forward(ids: Tensor, caches?: nn.KeyValueCache[]): Tensor {
    const start = caches?.[0].length ?? 0;
    const x = this.places.forward(this.tokens.forward(ids), { start }); // [N, T] → [N, T, D]
    const y = this.blocks.forward(x, { causal: true, caches }); //          [N, T, D]
    return this.next.forward(y); //                                         [N, T, tokens]
  }
}
// #endregion

export interface Plan {
  steps: number;
  batch: number;
  rate: number;
}

// #region train
/** Windows from anywhere in the text, and the same windows a token later. */
function windows(text: Tensor, batch: number, context: number): [x: Tensor, y: Tensor] {
  const starts = randint(0, text.size - context, [batch, 1]); //            [N, 1]
  const places = starts.add(arange(0, context, 1, { dtype: 'int32' })); // [N, T]
  const pick = (at: Tensor) => text.indexSelect(0, at.reshape(-1)).reshape(batch, context);
  return [pick(places), pick(places.add(1))];
}

/** Returns the loss of every step. The rate grows for a tenth of the steps, then falls along a cosine. */
export async function learn(
  model: GPT,
  text: Tensor,
  { steps, batch, rate }: Plan,
  after = async (_step: number) => {},
): Promise<number[]> {
  const optimizer = new optim.AdamW(model.parameters(), { lr: rate, betas: [0.9, 0.99] });
  const schedule = new optim.OneCycleLR(optimizer, { maxLr: rate, totalSteps: steps, pctStart: 0.1 });
  const losses: Tensor[] = [];
  for (let step = 1; step <= steps; step++) {
    const [x, y] = windows(text, batch, model.shape.context); //            [N, T] both
    const loss = ops.crossEntropy(model.forward(x).flatten(0, 1), y.flatten()); // [N·T, tokens], [N·T]
    optimizer.zeroGrad();
    loss.backward();
    optim.clipGradNorm(model.parameters(), 1);
    optimizer.step();
    schedule.step();
    losses.push(loss);
    await after(step);
  }
  return [...(await ops.stack(losses).data())];
}
// #endregion

// #region write
/** Chooses a token from the scores of all. */
export type Choose = (scores: ArrayLike<number>) => number;

/**
 * Tokens to follow `begin`, one at a time. With caches each step reads one token; without, all there are. When the
 * window is full, the older half is forgotten.
 */
export async function* write(model: GPT, begin: readonly number[], choose: Choose, { cached = true } = {}) {
  const { context } = model.shape;
  const fresh = () => (cached ? model.blocks.layers.map(() => new nn.KeyValueCache()) : undefined);
  let [seen, unread, caches] = [[...begin].slice(-context), 0, fresh()];
  for (;;) {
    if (seen.length > context) [seen, unread, caches] = [seen.slice(-Math.floor(context / 2)), 0, fresh()];
    const ids = tensor([seen.slice(unread)], { dtype: 'int32' }); //        [1, T], with caches soon [1, 1]
    const scores = noGrad(() => model.forward(ids, caches).slice(0, -1)); // [tokens]
    const token = choose(await scores.data());
    yield token;
    if (cached) unread = seen.length;
    seen.push(token);
  }
}
// #endregion
