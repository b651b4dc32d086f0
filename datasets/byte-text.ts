/**
 * Text as bytes and back, in UTF-8; with one thing more, so that any string of JavaScript comes back as it was: half
 * of a surrogate pair is written as the three bytes it would have as a character (an encoding known as WTF-8).
 */
export function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const rest = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), rest(0));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), rest(6), rest(0));
    else bytes.push(0xf0 | (code >> 18), rest(12), rest(6), rest(0));
  }
  return bytes;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true }); // keeps a mark at the beginning, as any other character

/** What is no character becomes `�`. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  let start = 0;
  for (let i = bytes.indexOf(0xed); i >= 0; i = bytes.indexOf(0xed, i + 1)) {
    const isHalf = bytes[i + 1] >= 0xa0 && bytes[i + 1] < 0xc0 && bytes[i + 2] >= 0x80 && bytes[i + 2] < 0xc0;
    if (!isHalf) continue;
    const half = 0xd000 | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f);
    text += utf8.decode(bytes.subarray(start, i)) + String.fromCharCode(half);
    start = i + 3;
  }
  return text + utf8.decode(bytes.subarray(start));
}
