/** Normalisation over rows (rmsNorm is a layerNorm without means) and over channels. */
import type { RunningStatistics } from '../kernels';
import type { Strided } from '../strided';
import { address, addressOrNull, borrow, wasm } from './host';

/** A block of the gradients has at least so many elements; and there are at most so many blocks, each with its sums. */
const BLOCK = 8192;
const MOST_BLOCKS = 64;

export function layerNorm(
  x: Strided,
  weight: Strided | null,
  bias: Strided | null,
  y: Strided,
  mean: Strided,
  rstd: Strided,
  eps: number,
): void {
  const [rows, n] = x.shape;
  const [w, b] = [addressOrNull(weight), addressOrNull(bias)];
  wasm.rowNorm(address(x), w, b, address(y), address(mean), address(rstd), rows, n, eps);
}

export function layerNormGradient(
  x: Strided,
  weight: Strided | null,
  mean: Strided,
  rstd: Strided,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
  gBias: Strided | null,
): void {
  const [gw, gb] = [addressOrNull(gWeight), addressOrNull(gBias)];
  inBlocks(x, gw !== 0 || gb !== 0, (partial, rows, n, rowsOfBlock) =>
    wasm.rowNormGradient(
      ...[address(x), addressOrNull(weight), address(mean), address(rstd), address(g), address(gx)],
      ...[gw, gb, partial, rows, n, rowsOfBlock],
    ),
  );
}

export function rmsNorm(x: Strided, weight: Strided | null, y: Strided, r: Strided, eps: number): void {
  const [rows, n] = x.shape;
  wasm.rowNorm(address(x), addressOrNull(weight), 0, address(y), 0, address(r), rows, n, eps);
}

export function rmsNormGradient(
  x: Strided,
  weight: Strided | null,
  r: Strided,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
): void {
  const gw = addressOrNull(gWeight);
  inBlocks(x, gw !== 0, (partial, rows, n, rowsOfBlock) =>
    wasm.rowNormGradient(
      ...[address(x), addressOrNull(weight), 0, address(r), address(g), address(gx)],
      ...[gw, 0, partial, rows, n, rowsOfBlock],
    ),
  );
}

/** Cuts the rows of a gradient into blocks and lends memory for what each of them sums over its rows. */
function inBlocks(
  { shape: [rows, n] }: Strided,
  sums: boolean,
  go: (partial: number, rows: number, n: number, rowsOfBlock: number) => void,
): void {
  const rowsOfBlock = Math.max(1, Math.ceil(rows / MOST_BLOCKS), Math.ceil(BLOCK / Math.max(1, n)));
  const blocks = Math.ceil(rows / rowsOfBlock);
  if (sums) borrow(4 * blocks * 2 * n, (partial) => go(partial, rows, n, rowsOfBlock));
  else go(0, rows, n, rowsOfBlock);
}

export function channelStatistics(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  eps: number,
  running: RunningStatistics | null,
): void {
  const [examples, channels, size] = x.shape;
  wasm.channelStatistics(
    ...[address(x), address(mean), address(rstd)],
    ...[addressOrNull(running?.mean ?? null), addressOrNull(running?.variance ?? null)],
    ...[examples, channels, size, eps, running?.momentum ?? 0],
  );
}

export function batchNorm(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  weight: Strided | null,
  bias: Strided | null,
  y: Strided,
): void {
  const [examples, channels, size] = x.shape;
  const [w, b] = [addressOrNull(weight), addressOrNull(bias)];
  wasm.batchNorm(address(x), address(mean), address(rstd), w, b, address(y), examples, channels, size);
}

export function batchNormGradient(
  x: Strided,
  mean: Strided,
  rstd: Strided,
  weight: Strided | null,
  g: Strided,
  gx: Strided,
  gWeight: Strided | null,
  gBias: Strided | null,
  fixed: boolean,
): void {
  const [examples, channels, size] = x.shape;
  wasm.batchNormGradient(
    ...[address(x), address(mean), address(rstd), addressOrNull(weight), address(g), address(gx)],
    ...[addressOrNull(gWeight), addressOrNull(gBias), examples, channels, size, Number(fixed)],
  );
}
