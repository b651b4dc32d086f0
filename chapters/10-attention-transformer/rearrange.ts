/**
 * A small task, digits to be sorted or reversed, and a transformer of which parts can be left out. Each place of the
 * row says which digit belongs there; so every place has to look at others. order.ts, ablations.ts and depth.ts use it.
 */
import { currentDevice, nn, noGrad, ops, optim, randint, type Tensor } from '../../core';
import { attention } from './transformer';

const DIGITS = 10;

export type Task = 'sort' | 'reverse';

/** Rows of random digits and what each place should say: [4, 1, 7] → [1, 4, 7] or [7, 1, 4]. */
export function deal(task: Task, rows: number, length: number): [x: Tensor, target: Tensor] {
  const x = randint(0, DIGITS, [rows, length]); // [N, T]
  return [x, task === 'sort' ? x.sort()[0] : x.flip(1)];
}

export interface Parts {
  residuals: boolean;
  norm: 'first' | 'last' | 'none';
  scale: boolean;
  positions: 'sinusoidal' | 'learned' | 'none';
}

export const WHOLE: Parts = { residuals: true, norm: 'first', scale: true, positions: 'sinusoidal' };

export interface Size {
  length: number;
  depth: number;
  width: number;
  heads: number;
}

/** A block as in transformer.ts, as a module, with what the parts say. */
class Block extends nn.Module {
  readonly project: nn.Linear;
  readonly mix: nn.Linear;
  readonly wide: nn.Linear;
  readonly back: nn.Linear;
  readonly norms: nn.LayerNorm[];
  /** Who looked at whom in the last forward: [N, H, T, T]. */
  weights: Tensor | null = null;

  constructor(
    private readonly width: number,
    private readonly heads: number,
    private readonly parts: Parts,
  ) {
    super();
    this.project = new nn.Linear(width, 3 * width);
    this.mix = new nn.Linear(width, width);
    this.wide = new nn.Linear(width, 4 * width);
    this.back = new nn.Linear(4 * width, width);
    this.norms = parts.norm === 'none' ? [] : [new nn.LayerNorm(width), new nn.LayerNorm(width)];
  }

  override forward(x: Tensor): Tensor {
    const attended = this.around(x, this.norms[0], (y) => this.attend(y));
    return this.around(attended, this.norms[1], (y) => this.back.forward(this.wide.forward(y).relu()));
  }

  // #region around
  private around(x: Tensor, norm: nn.LayerNorm, f: (x: Tensor) => Tensor): Tensor {
    const y = f(this.parts.norm === 'first' ? norm.forward(x) : x);
    const sum = this.parts.residuals ? x.add(y) : y;
    return this.parts.norm === 'last' ? norm.forward(sum) : sum;
  }
  // #endregion

  private attend(x: Tensor): Tensor {
    const [N, T] = x.shape;
    const cut = (y: Tensor): Tensor => y.reshape(N, T, this.heads, -1).transpose(1, 2); // [N, H, T, d]
    const [q, k, v] = this.project.forward(x).split(this.width, -1).map(cut);
    const [context, weights] = attention(q, k, v, this.parts.scale ? {} : { scale: 1 });
    this.weights = weights;
    return this.mix.forward(context.transpose(1, 2).reshape(N, T, this.width));
  }
}

export class Network extends nn.Module {
  readonly embedding: nn.Embedding;
  readonly positions: nn.SinusoidalPositions | nn.LearnedPositions | null;
  readonly blocks: Block[];
  readonly norm: nn.LayerNorm | null;
  readonly head: nn.Linear;
  /** What came out of each block in the last forward. */
  seen: Tensor[] = [];

  constructor({ length, depth, width, heads }: Size, parts: Parts = WHOLE) {
    super();
    this.embedding = new nn.Embedding(DIGITS, width);
    this.positions = positionsFor(parts, length, width);
    this.blocks = Array.from({ length: depth }, () => new Block(width, heads, parts));
    this.norm = parts.norm === 'first' ? new nn.LayerNorm(width) : null; // otherwise nothing tames the sum
    this.head = new nn.Linear(width, DIGITS);
    for (const { weight } of this.blocks.flatMap(({ project, mix, wide, back }) => [project, mix, wide, back])) {
      weight.become(nn.init.xavierUniform(weight.shape)); // as Vaswani et al. and PyTorch's nn.Transformer begin
    }
  }

  /** [N, T] digits → [N, T, 10] scores. */
  override forward(digits: Tensor): Tensor {
    let x = this.embedding.forward(digits); // [N, T, D]
    if (this.positions) x = this.positions.forward(x);
    this.seen = this.blocks.map((block) => {
      x = block.forward(x);
      if (x.requiresGrad) x.retainGrad();
      return x;
    });
    return this.head.forward(this.norm ? this.norm.forward(x) : x);
  }
}

function positionsFor({ positions }: Parts, length: number, width: number) {
  if (positions === 'none') return null;
  return positions === 'learned' ? new nn.LearnedPositions(length, width) : new nn.SinusoidalPositions(width);
}

const lossOf = (model: Network, [x, target]: [Tensor, Tensor]): Tensor =>
  ops.crossEntropy(model.forward(x).reshape(-1, DIGITS), target.reshape(-1));

export interface Course {
  task: Task;
  batch: number;
  steps: number;
  rate: number;
  warmup?: number;
}

/** Trains on fresh rows all the time, so nothing can be learned by heart. Returns the loss of every step. */
export async function learn(
  model: Network,
  length: number,
  { task, batch, steps, rate, warmup = 0 }: Course,
  tick: () => Promise<void> = async () => {},
): Promise<number[]> {
  const optimizer = new optim.Adam(model.parameters(), { lr: rate });
  const losses: Tensor[] = [];
  for (let step = 1; step <= steps; step++) {
    optimizer.paramGroups[0].lr = rate * Math.min(1, step / (warmup + 1));
    const loss = lossOf(model, deal(task, batch, length));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(loss);
    await tick();
  }
  return [...(await ops.stack(losses).data())];
}

/** The share of right digits in fresh rows. */
export async function accuracy(model: Network, task: Task, length: number, rows = 500): Promise<number> {
  const [x, target] = deal(task, rows, length);
  return noGrad(() => model.forward(x).argmax(-1).eq(target).to('float32').mean()).item();
}

/** The norm of the loss's gradient along what comes out of each block, from the first to the last. */
export async function gradientByDepth(model: Network, task: Task, length: number, rows = 64): Promise<number[]> {
  model.zeroGrad();
  lossOf(model, deal(task, rows, length)).backward();
  const norms = await Promise.all(model.seen.map((x) => x.grad!.norm().item()));
  model.zeroGrad();
  return norms;
}

export const onDevice = (model: Network): Promise<Network> => model.to(currentDevice());
