/**
 * Embedding: a table of vectors, one for each word, that is learned.
 */
import { embedding } from '../ops/indexing';
import { arange } from '../tensor/create';
import type { Generator } from '../tensor/random';
import type { Tensor } from '../tensor/tensor';
import { checkSizes } from './check';
import { normal } from './init';
import { Module, Parameter } from './module';

export interface EmbeddingOptions {
  /** The row of this index is 0 and stays so: it stands for nothing. */
  paddingIdx?: number;
  generator?: Generator;
}

/** int32 indices of any shape → a new last axis of `embeddingDim`. The table is standard normal at first. */
export class Embedding extends Module {
  readonly weight: Parameter; // [numEmbeddings, embeddingDim]
  readonly paddingIdx: number | null;

  constructor(numEmbeddings: number, embeddingDim: number, { paddingIdx, generator }: EmbeddingOptions = {}) {
    super();
    checkSizes('Embedding', { numEmbeddings, embeddingDim });
    const table = normal([numEmbeddings, embeddingDim], 1, { generator });
    this.paddingIdx = paddingIdx ?? null;
    this.weight = new Parameter(paddingIdx === undefined ? table : withoutRow(table, paddingIdx));
  }

  override forward(index: Tensor): Tensor {
    return embedding(index, this.weight, { paddingIdx: this.paddingIdx });
  }
}

function withoutRow(table: Tensor, row: number): Tensor {
  const rows = table.shape[0];
  if (!Number.isInteger(row) || row < -rows || row >= rows)
    throw new Error(`Embedding: paddingIdx ${row} is none of the ${rows} rows`);
  const isOther = arange(0, rows, 1, { device: table.device }).ne(row < 0 ? row + rows : row);
  return table.where(isOther.unsqueeze(1), 0);
}
