/**
 * CRC-32C (Castagnoli), the checksum of TensorBoard's records: the remainder of the bytes, read as one long polynomial
 * over the field of 0 and 1, divided by 0x11EDC6F41 (here with its bits in reverse, a byte at a time by table).
 */
const POLYNOMIAL = 0x82f63b78;

/** The remainders of all single bytes. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  return remainder;
});

export function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) remainder = table[(remainder ^ byte) & 0xff] ^ (remainder >>> 8);
  return ~remainder >>> 0;
}

/** Turned and shifted by a constant: a checksum of data that holds checksums itself would be weak. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
