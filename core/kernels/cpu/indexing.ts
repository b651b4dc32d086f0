/**
 * Picking elements by index, and the reverse: adding to the places an index names. Indices were checked by the
 * operation.
 */
import { contiguousElements, type Strided } from '../strided';

export function gather(x: Strided, index: Strided, y: Strided): void {
  const [from, places, to] = [contiguousElements(x), contiguousElements(index), contiguousElements(y)];
  const [outer, m, inner] = y.shape;
  const n = x.shape[1];
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < m; i++) for (let k = 0; k < inner; k++, at++) to[at] = from[(o * n + places[at]) * inner + k];
}

export function scatterAdd(source: Strided, index: Strided, y: Strided): void {
  const [from, places, to] = [contiguousElements(source), contiguousElements(index), contiguousElements(y)];
  const [outer, m, inner] = index.shape;
  const n = y.shape[1];
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < m; i++) for (let k = 0; k < inner; k++, at++) to[(o * n + places[at]) * inner + k] += from[at];
}

export function indexSelect(x: Strided, index: Strided, y: Strided): void {
  const [from, places, to] = [contiguousElements(x), contiguousElements(index), contiguousElements(y)];
  const [outer, m, inner] = y.shape;
  const n = x.shape[1];
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < m; i++) {
      const row = (o * n + places[i]) * inner;
      to.set(from.subarray(row, row + inner), (o * m + i) * inner);
    }
}

export function indexAdd(source: Strided, index: Strided, y: Strided): void {
  const [from, places, to] = [contiguousElements(source), contiguousElements(index), contiguousElements(y)];
  const [outer, m, inner] = source.shape;
  const n = y.shape[1];
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < m; i++) {
      const row = (o * n + places[i]) * inner;
      for (let k = 0; k < inner; k++) to[row + k] += from[at++];
    }
}
