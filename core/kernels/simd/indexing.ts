/** Picking elements by index, and adding to the places an index names. */
import type { Strided } from '../strided';
import { address, wasm } from './host';

export function gather(x: Strided, index: Strided, y: Strided): void {
  const [outer, m, inner] = y.shape;
  wasm.gather(address(x), address(index), address(y), outer, x.shape[1], m, inner);
}

export function scatterAdd(source: Strided, index: Strided, y: Strided): void {
  const [outer, m, inner] = index.shape;
  wasm.scatterAdd(address(source), address(index), address(y), outer, y.shape[1], m, inner);
}

export function indexSelect(x: Strided, index: Strided, y: Strided): void {
  const [outer, m, inner] = y.shape;
  wasm.indexSelect(address(x), address(index), address(y), outer, x.shape[1], m, inner);
}

export function indexAdd(source: Strided, index: Strided, y: Strided): void {
  const [outer, m, inner] = source.shape;
  wasm.indexAdd(address(source), address(index), address(y), outer, y.shape[1], m, inner);
}
