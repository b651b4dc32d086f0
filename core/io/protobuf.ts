/**
 * As much of protocol buffers as TensorBoard's event files need. A message is the sequence of its fields; a field is a
 * tag, which is 8 · its number + how it is stored, and a value:
 *
 *   stored as 0   varint: 7 bits a byte, the lowest first, the top bit says that another byte follows
 *             1   eight bytes, little-endian
 *             2   a length as a varint, then that many bytes: texts, messages, packed lists
 *             5   four bytes, little-endian
 */

export function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`protobuf: ${value} is no whole number from 0 up, so it has no varint`);
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128); // a shift would cut at 32 bits
  return Uint8Array.of(...bytes, rest);
}

const field = (number: number, storage: number, ...value: Uint8Array[]): Uint8Array =>
  Buffer.concat([varint(8 * number + storage), ...value]);

export const whole = (number: number, value: number): Uint8Array => field(number, 0, varint(value));

export const double = (number: number, value: number): Uint8Array => field(number, 1, littleEndian([value]));

export function float(number: number, value: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setFloat32(0, value, true);
  return field(number, 5, new Uint8Array(bytes.buffer));
}

export const bytes = (number: number, value: Uint8Array): Uint8Array => field(number, 2, varint(value.length), value);

export const text = (number: number, value: string): Uint8Array => bytes(number, new TextEncoder().encode(value));

export const doubles = (number: number, values: readonly number[]): Uint8Array => bytes(number, littleEndian(values));

export const message = (number: number, fields: readonly Uint8Array[]): Uint8Array =>
  bytes(number, Buffer.concat(fields));

function littleEndian(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (const [i, value] of values.entries()) view.setFloat64(8 * i, value, true);
  return new Uint8Array(view.buffer);
}
