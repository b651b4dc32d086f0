/**
 * Positions: attention sees a set, so where a word stands has to be added to it.
 */
import { tensor } from '../tensor/create';
import type { Generator } from '../tensor/random';
import { formatShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { checkSizes } from './check';
import { normal } from './init';
import { Module, Parameter } from './module';

export interface PositionOptions {
  /** The position of the first word: more than 0 where earlier ones are in a cache. */
  start?: number;
}

/**
 * Waves of growing length (Vaswani et al., 2017): x + table[start … start + T], with
 *
 *   table[t, 2i] = sin(t / 10000^(2i/D)),  table[t, 2i + 1] = cos(t / 10000^(2i/D))
 *
 * Nothing is learned, and no length is too long. x: [N, T, D]
 */
export class SinusoidalPositions extends Module {
  /** Computed when first needed, and again when a longer one is. */
  private table: Tensor | null = null; // [T, D]

  constructor(readonly dModel: number) {
    super();
    checkSizes('SinusoidalPositions', { dModel });
  }

  override forward(x: Tensor, { start = 0 }: PositionOptions = {}): Tensor {
    const length = checkSequence('SinusoidalPositions', x, this.dModel);
    return x.add(this.tableFor(x, start + length).narrow(0, start, length));
  }

  private tableFor({ dtype, device }: Tensor, length: number): Tensor {
    const old = this.table;
    if (old && old.shape[0] >= length && old.dtype === dtype && old.device === device) return old;
    const room = 2 ** Math.ceil(Math.log2(length)); // a sequence that grows word by word will need more soon
    this.table = tensor(waves(room, this.dModel), { shape: [room, this.dModel], dtype, device }).keep();
    return this.table;
  }
}

function waves(length: number, depth: number): Float64Array {
  const table = new Float64Array(length * depth);
  for (let t = 0; t < length; t++) {
    for (let d = 0; d < depth; d++) {
      const angle = t / 10000 ** ((d - (d % 2)) / depth);
      table[t * depth + d] = d % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return table;
}

/** A vector for each position up to `maxLength`, learned like the words' own: x + weight[start … start + T]. */
export class LearnedPositions extends Module {
  readonly weight: Parameter; // [maxLength, D]

  constructor(maxLength: number, dModel: number, { generator }: { generator?: Generator } = {}) {
    super();
    checkSizes('LearnedPositions', { maxLength, dModel });
    this.weight = new Parameter(normal([maxLength, dModel], 0.02, { generator })); // as in GPT-2
  }

  override forward(x: Tensor, { start = 0 }: PositionOptions = {}): Tensor {
    const [maxLength, dModel] = this.weight.shape;
    const length = checkSequence('LearnedPositions', x, dModel);
    if (start + length > maxLength) {
      throw new Error(
        `LearnedPositions: positions ${start} to ${start + length - 1} are asked for, ${maxLength} are learned; ` +
          'cut the sequence, or make maxLength larger',
      );
    }
    return x.add(this.weight.narrow(0, start, length));
  }
}

function checkSequence(layer: string, x: Tensor, dModel: number): number {
  if (x.rank < 2 || x.shape[x.rank - 1] !== dModel)
    throw new Error(`${layer}: the input must be [N, T, ${dModel}], not of shape ${formatShape(x.shape)}`);
  return x.shape[x.rank - 2];
}
