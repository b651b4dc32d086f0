import { arange, ones, tensor } from '../../../../core';
import * as solution from '../solutions/causal';

type Answer = typeof solution;

export const aboveTheDiagonal: Answer = {
  ...solution,
  causal: (queries, keys) => ones([queries, keys], { dtype: 'int32' }).triu(),
};

export const notEvenItself: Answer = {
  ...solution,
  causal: (queries, keys) => ones([queries, keys], { dtype: 'int32' }).tril(keys - queries - 1),
};

/** Right for as many queries as keys; with a cache the last query would see the first word only. */
export const alignedAtTheStart: Answer = {
  ...solution,
  causal: (queries, keys) => ones([queries, keys], { dtype: 'int32' }).tril(),
};

export const oneWordTooMany: Answer = {
  ...solution,
  padding: (lengths, longest) =>
    arange(0, longest, 1, { dtype: 'int32' }).le(tensor(lengths, { dtype: 'int32' }).reshape(-1, 1, 1)),
};

export const paddingInFront: Answer = { ...solution, padding: (...sizes) => solution.padding(...sizes).flip(2) };

export const marksThePadding: Answer = { ...solution, padding: (...sizes) => solution.padding(...sizes).eq(0) };
