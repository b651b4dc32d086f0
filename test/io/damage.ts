/** Ways to spoil a file, each with what was done. */

export interface Damage {
  what: string;
  bytes: Uint8Array;
}

/** Every proper beginning of the bytes. */
export function* truncated(bytes: Uint8Array): Generator<Damage> {
  for (let length = 0; length < bytes.length; length++) {
    yield { what: `cut after ${length} bytes`, bytes: bytes.slice(0, length) };
  }
}

/** Every third bit turned, one at a time: three is no divisor of eight, so that every place in a byte has its turn. */
export function* flipped(bytes: Uint8Array): Generator<Damage> {
  for (let bit = 0; bit < 8 * bytes.length; bit += 3) {
    const copy = Uint8Array.from(bytes);
    copy[bit >> 3] ^= 1 << (bit & 7);
    yield { what: `bit ${bit & 7} of byte ${bit >> 3} turned`, bytes: copy };
  }
}

/** More at the end than there should be. */
export function* oversized(bytes: Uint8Array): Generator<Damage> {
  for (const extra of [[0], [0x20], [0x0a, 0x0a], new Array(1000).fill(0xff), bytes]) {
    yield { what: `${extra.length} bytes added`, bytes: Uint8Array.from([...bytes, ...extra]) };
  }
}
