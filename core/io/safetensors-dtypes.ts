/**
 * The number formats in safetensors files, and how each becomes one of ours. Bytes are little-endian, as on every
 * machine that runs Node today.
 */
import type { TypedArray } from '../kernels/strided';

export interface StoredType {
  /** Of one element. */
  bytes: number;
  /** The numbers in a buffer; throws what `refuse` makes of a reason when one of them has no place in our dtype. */
  read(buffer: ArrayBuffer, refuse: (reason: string) => Error): TypedArray;
}

export const storedTypes: ReadonlyMap<string, StoredType> = new Map<string, StoredType>([
  ['F64', { bytes: 8, read: (buffer) => new Float64Array(buffer) }],
  ['F32', { bytes: 4, read: (buffer) => new Float32Array(buffer) }],
  ['F16', { bytes: 2, read: (buffer) => fromHalf(new Uint16Array(buffer)) }],
  ['BF16', { bytes: 2, read: (buffer) => fromBfloat16(new Uint16Array(buffer)) }],
  ['I64', { bytes: 8, read: (buffer, refuse) => fromInt64(new BigInt64Array(buffer), refuse) }],
  ['I32', { bytes: 4, read: (buffer) => new Int32Array(buffer) }],
  ['I16', { bytes: 2, read: (buffer) => new Int32Array(new Int16Array(buffer)) }],
  ['I8', { bytes: 1, read: (buffer) => new Int32Array(new Int8Array(buffer)) }],
  ['U8', { bytes: 1, read: (buffer) => new Int32Array(new Uint8Array(buffer)) }],
  ['BOOL', { bytes: 1, read: (buffer, refuse) => fromBool(new Uint8Array(buffer), refuse) }],
]);

/** Half precision: 1 bit of sign, 5 of exponent, 10 of fraction; (−1)ˢ · 2ᵉ⁻¹⁵ · 1.f, and 0.f below the smallest e. */
export function fromHalf(words: Uint16Array): Float32Array {
  const numbers = new Float32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const sign = words[i] & 0x8000 ? -1 : 1;
    const exponent = (words[i] >> 10) & 31;
    const fraction = (words[i] & 1023) / 1024;
    if (exponent === 31) numbers[i] = fraction === 0 ? sign * Infinity : Number.NaN;
    else numbers[i] = sign * (exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction));
  }
  return numbers;
}

/** bfloat16 is the upper half of a float32. */
export function fromBfloat16(words: Uint16Array): Float32Array {
  const bits = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i++) bits[i] = words[i] << 16;
  return new Float32Array(bits.buffer);
}

function fromInt64(values: BigInt64Array, refuse: (reason: string) => Error): Int32Array {
  const numbers = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    numbers[i] = Number(values[i]);
    if (BigInt(numbers[i]) !== values[i]) throw refuse(`holds ${values[i]}, which does not fit into int32`);
  }
  return numbers;
}

function fromBool(bytes: Uint8Array, refuse: (reason: string) => Error): Int32Array {
  const strange = bytes.find((byte) => byte > 1);
  if (strange !== undefined) throw refuse(`is of truth values, 0 or 1, but holds ${strange}`);
  return new Int32Array(bytes);
}
