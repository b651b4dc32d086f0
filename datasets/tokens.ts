/**
 * Text in pieces: words or characters. (Pieces between the two, learned from text: byte-pairs.ts.)
 */
const TAG = /<\/?[a-z][^<>]*>/gi;
const WORD_OR_SIGN = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*|\S/gu;

/**
 * Words in lower case, and every sign of punctuation as a piece of its own: `it isn't <b>bad</b>!` gives it, isn't,
 * bad and the mark. Tags count as space.
 */
export function words(text: string): string[] {
  return text.replace(TAG, ' ').replace(/’/g, "'").toLowerCase().match(WORD_OR_SIGN) ?? [];
}

/** One by one; what Unicode numbers as one character stays whole, such as most emoji. */
export const characters = (text: string): string[] => [...text];
