/**
 * The full encoder-decoder of core/nn with everything around it that it needs to translate: embeddings, positions, a
 * score for each symbol, training with the right answers given, and translation without.
 */
import { full, manualSeed, nn, noGrad, ops, optim, type Tensor, train } from '../../core';
import { characters } from '../../datasets';
import { type Book, PADDING, type Sheet, START, untilEnd, type Vocabularies } from './tasks';

export interface Shape {
  width: number;
  heads: number;
  layers: number;
}

/** What the encoder leaves, and which of it is no padding. */
export interface Reading {
  memory: Tensor; // [N, S, D]
  mask: Tensor; // [N, 1, S]
}

export class Translator extends nn.Module {
  readonly source: nn.Embedding;
  readonly target: nn.Embedding;
  readonly positions: nn.SinusoidalPositions;
  readonly encoder: nn.TransformerEncoder;
  readonly decoder: nn.TransformerDecoder;
  readonly next: nn.Linear;

  constructor(symbols: Vocabularies, { width: D, heads, layers }: Shape) {
    super();
    const form = { dimFeedforward: 4 * D, dropout: 0, normFirst: true };
    this.source = new nn.Embedding(symbols.source.length, D);
    this.target = new nn.Embedding(symbols.target.length, D);
    this.positions = new nn.SinusoidalPositions(D);
    const [encoderBlock, decoderBlock] = [nn.TransformerEncoderLayer, nn.TransformerDecoderLayer];
    this.encoder = new nn.TransformerEncoder(() => new encoderBlock(D, heads, form), layers, new nn.LayerNorm(D));
    this.decoder = new nn.TransformerDecoder(() => new decoderBlock(D, heads, form), layers, new nn.LayerNorm(D));
    this.next = new nn.Linear(D, symbols.target.length);
  }

  // #region forward
  /** Once for each sentence. source, mask: [N, S] */
  read(source: Tensor, mask: Tensor): Reading {
    const seen = mask.unsqueeze(1); // [N, 1, S]
    const x = this.positions.forward(this.source.forward(source)); // [N, S, D]
    return { memory: this.encoder.forward(x, { mask: seen }), mask: seen };
  }

  /** For each place of what is written so far, a score for every symbol that could follow it. */
  say(written: Tensor, { memory, mask }: Reading, caches?: nn.KeyValueCache[]): Tensor {
    const start = caches?.[0].length ?? 0;
    const x = this.positions.forward(this.target.forward(written), { start }); // [N, T, D]
    const y = this.decoder.forward(x, memory, { causal: true, memoryMask: mask, caches }); // [N, T, D]
    return this.next.forward(y); // [N, T, symbols]
  }

  /** Learning, all places at once: what is given is the right answer, whatever the decoder would have said. */
  override forward(source: Tensor, mask: Tensor, given: Tensor): Tensor {
    return this.say(given, this.read(source, mask));
  }
  // #endregion
}

export interface Plan {
  epochs: number;
  batch: number;
  rate: number;
}

const loss = (scores: Tensor, answer: Tensor): Tensor =>
  ops.crossEntropy(scores.permute(0, 2, 1), answer, { ignoreIndex: PADDING });

/** The rate grows at first and falls to nearly 0 at the end. */
export function learn(model: Translator, { training }: Book, { epochs, batch, rate }: Plan, tick = () => {}) {
  const { source, mask, given, answer } = training;
  const optimizer = new optim.Adam(model.parameters(), { lr: rate });
  const totalSteps = epochs * Math.ceil(source.shape[0] / batch);
  const schedule = new optim.OneCycleLR(optimizer, { maxLr: rate, totalSteps });
  return train.fit(model, {
    x: [source, mask, given],
    y: answer,
    batchSize: batch,
    epochs,
    loss,
    optimizer,
    clipNorm: 1,
    callbacks: [train.followSchedule(schedule, { every: 'batch' }), { batchEnd: () => tick() }],
    progress: false,
  });
}

// #region greedy
/** Without teacher: the likeliest symbol is written, and then given as the next one. Returns [N, most]. */
export function greedy(model: Translator, source: Tensor, mask: Tensor, most: number): Tensor {
  const reading = model.read(source, mask);
  const caches = model.decoder.layers.map(() => new nn.KeyValueCache());
  let symbol = full([source.shape[0], 1], START, { dtype: 'int32' }); // [N, 1]
  const written: Tensor[] = [];
  for (let t = 0; t < most; t++) {
    symbol = model.say(symbol, reading, caches).argmax(2); // [N, 1]
    written.push(symbol);
  }
  return ops.concat(written, 1); // what follows the first <end> does not count
}
// #endregion

/** The model's own translation of every source of a sheet. */
export async function translateAll(model: Translator, sheet: Sheet, { vocabularies }: Book): Promise<string[]> {
  const { source, mask, answer } = sheet;
  const said = (await noGrad(() => greedy(model.eval(), source, mask, answer.shape[1] + 1)).array()) as number[][];
  return said.map((ids) => vocabularies.target.decode(untilEnd(ids)).join(''));
}

/** One life: trained, and asked about everything that was set aside. */
export async function live(seed: number, book: Book, shape: Shape, plan: Plan, tick = () => {}) {
  manualSeed(seed);
  const model = new Translator(book.vocabularies, shape);
  const { curves } = await learn(model, book, plan, tick);
  const said = await translateAll(model, book.test, book);
  const right = said.map((text, i) => text === book.test.pairs[i].target);
  return { model, book, curves, said, right, exact: right.filter(Boolean).length / right.length };
}

export type Life = Awaited<ReturnType<typeof live>>;

/** A source, what was written, and how much each symbol written looked at each symbol read, the mean of all heads. */
export interface Alignment {
  source: string[];
  said: string[];
  weights: number[][];
}

// #region align
/** Listens to the cross-attention of the last decoder block while it writes. */
export async function align(model: Translator, text: string, { vocabularies }: Book, most = 30): Promise<Alignment> {
  const { tokens, mask } = train.padSequences([vocabularies.source.encode(characters(text))]);
  const [ids] = (await noGrad(() => greedy(model.eval(), tokens, mask, most)).array()) as number[][];
  const said = untilEnd(ids);
  const cross = model.decoder.layers[model.decoder.layers.length - 1].multiheadAttn;
  let asked: Tensor[] = []; // what the queries, and what the keys are made of
  const stop = cross.registerForwardHook((_, inputs) => {
    asked = inputs.slice(0, 2) as Tensor[];
  });
  const weights = noGrad(() => {
    model.say(train.padSequences([[START, ...said]]).tokens, model.read(tokens, mask));
    stop();
    return cross.forward(asked[0], asked[1], asked[1], { needWeights: true })[1]!.mean(1); // [1, T, S]
  });
  const [rows] = (await weights.array()) as number[][][];
  return { source: characters(text), said: [...vocabularies.target.decode(said), '<end>'], weights: rows };
}
// #endregion
