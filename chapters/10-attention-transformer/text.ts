/**
 * Text as tokens, characters or byte pairs; a text in two parts; and how a model's surprise is counted so that all of
 * them can be compared.
 */
import { type Tensor, tensor } from '../../core';
import { BytePairs, characters, proseOrFile, Vocabulary } from '../../datasets';

/** Text to numbers, and back. */
export interface Tokeniser {
  kind: 'characters' | 'byte pairs';
  length: number;
  encode(text: string): number[];
  decode(ids: Iterable<number>): string;
  toJSON(): unknown;
}

const byCharacter = (vocabulary: Vocabulary): Tokeniser => ({
  kind: 'characters',
  length: vocabulary.length,
  encode: (text) => vocabulary.encode(characters(text)),
  decode: (ids) => vocabulary.decode(ids).join(''),
  toJSON: () => vocabulary.toJSON(),
});

const byPairs = (pairs: BytePairs): Tokeniser => ({
  kind: 'byte pairs',
  length: pairs.length,
  encode: (text) => pairs.encode(text),
  decode: (ids) => pairs.decode(ids),
  toJSON: () => pairs.toJSON(),
});

/** Characters, or with a `size` byte pairs, so many. */
export const tokeniserFor = (text: string, size?: number): Tokeniser =>
  size ? byPairs(BytePairs.train(text, { size })) : byCharacter(Vocabulary.of([characters(text)]));

export const tokeniserFromJSON = (kind: Tokeniser['kind'], json: unknown): Tokeniser =>
  kind === 'characters' ? byCharacter(Vocabulary.fromJSON(json)) : byPairs(BytePairs.fromJSON(json));

export interface Parts {
  training: string;
  test: string;
  /** All characters there are. */
  alphabet: string[];
  source: string;
}

/** The last tenth of a text is never learned from. */
export function partsOf(text: string, source: string): Parts {
  const all = characters(text);
  const cut = Math.floor(0.9 * all.length);
  return {
    training: all.slice(0, cut).join(''),
    test: all.slice(cut).join(''),
    alphabet: [...new Set(all)],
    source,
  };
}

/** At most `length` characters of a file, or of what there is; 0 takes all. */
export async function readParts(file: string | undefined, length: number): Promise<Parts> {
  const { text, source } = await proseOrFile({ path: file, length: length || undefined });
  return partsOf(text, source);
}

export const idsOf = (tokeniser: Tokeniser, text: string): Tensor => tensor(Int32Array.from(tokeniser.encode(text)));

/** e to the mean surprise of a character, whatever the tokens were. */
export const perCharacter = (surprise: number, text: string): number => Math.exp(surprise / characters(text).length);
