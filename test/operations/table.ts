/**
 * The table of operations: everything that the tests of this folder check, row by row. A new operation is one entry in
 * its family's file.
 */
import { activations } from './activations';
import { arithmetic } from './arithmetic';
import { attentions } from './attention';
import { compare } from './compare';
import { convolutions } from './convolution';
import { dropouts } from './dropout';
import { embeddings } from './embedding';
import { indexing } from './indexing';
import { losses } from './losses';
import { math } from './math';
import { normalisations } from './normalisation';
import { optimizers } from './optimizers';
import { pooling } from './pooling';
import { products } from './product';
import { random } from './random';
import { recurrent } from './recurrent';
import { reduce } from './reduce';
import { shape } from './shape';
import { softmaxes } from './softmax';

export type { Row } from './row';

export const operations = [
  arithmetic,
  math,
  activations,
  compare,
  reduce,
  shape,
  indexing,
  embeddings,
  products,
  convolutions,
  pooling,
  softmaxes,
  normalisations,
  attentions,
  dropouts,
  losses,
  recurrent,
  random,
  optimizers,
].flat();

export const rows = operations.flatMap((operation) => operation.rows);
/** Those through which gradients flow. */
export const differentiable = rows.filter((row) => row.inputs.some((input) => input.wantsGradient));
export const refusals = operations.flatMap((operation) => operation.refusals);
