/**
 * Anomaly mode: stops at the first operation that makes a NaN or an infinity out of finite numbers, forward or
 * backward, and says which it was and where in your code it was called. It reads every result, so it is slow, and
 * needs the CPU.
 */
import { elements } from '../kernels/strided';
import { densely, type Tensor } from '../tensor/tensor';

let watching = false;
let checksForward = true;

/** Runs `fn` in anomaly mode. */
export function detectAnomaly<T>(fn: () => T): T {
  const before = watching;
  watching = true;
  try {
    return fn();
  } finally {
    watching = before;
  }
}

/** The reader's line that called the operation, noted while watching. */
export function traceOf(): string | null {
  if (!watching) return null;
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  return lines.find((line) => !/[\\/]core[\\/](autograd|ops|nn|tensor)[\\/]/.test(line))?.trim() ?? null;
}

/** What backward computes on its way is judged as the backward of its operation, not as the forward of others. */
export function withoutForwardCheck<T>(fn: () => T): T {
  if (!watching) return fn();
  const before = checksForward;
  checksForward = false;
  try {
    return fn();
  } finally {
    checksForward = before;
  }
}

export function checkForward(name: string, y: Tensor): void {
  if (!watching || !checksForward) return;
  const found = firstBad(y);
  if (found) throw new Error(`anomaly: forward of '${name}' made ${found}${place(traceOf())}`);
}

export function checkBackward(name: string, input: number, gradient: Tensor, trace: string | null): void {
  if (!watching) return;
  const found = firstBad(gradient);
  if (found)
    throw new Error(
      `anomaly: backward of '${name}' made ${found} in the gradient of its input ${input}${place(trace)}`,
    );
}

const place = (trace: string | null): string => (trace ? ` (${trace})` : '');

function firstBad(t: Tensor): string | null {
  if (t.dtype === 'int32' || t.device !== 'cpu') return null;
  const dense = densely(t);
  const values = elements(dense).subarray(dense.offset, dense.offset + dense.size);
  const index = values.findIndex((x) => !Number.isFinite(x));
  if (index < 0) return null;
  const kind = Number.isNaN(values[index]) ? 'a NaN' : 'an infinity';
  return `${kind} at element ${index} of shape [${t.shape.join(',')}]`;
}
