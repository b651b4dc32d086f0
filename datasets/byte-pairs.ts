/**
 * Byte-pair encoding as in GPT-2 (Sennrich, Haddow and Birch, 2016; Radford et al., 2019): text as bytes, and what
 * often stands side by side joined to a token, again and again. Frequent words become one token, rare ones a few, and
 * since every byte is a token nothing is ever unknown.
 */
import { bytesOf, textOf } from './byte-text';

const BYTES = 256; // the first tokens
const LARGEST = 65_536;
const CACHED = 100_000; // pieces
const MOST_BYTES = 2 ** 26; // of all tokens together: merges from a stranger's file can double and double again

/** GPT-2's way to cut text before anything is joined: endings, words, numbers, signs, each with the space before it. */
const PIECES = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

type Pair = readonly [left: number, right: number];

export class BytePairs {
  /** The bytes of each token. */
  private readonly bytes: Uint8Array[] = Array.from({ length: BYTES }, (_, byte) => Uint8Array.of(byte));
  /** The token that a pair becomes. */
  private readonly joined = new Map<number, number>();
  private readonly cache = new Map<string, readonly number[]>();

  private constructor(private readonly merges: readonly Pair[]) {
    let total = BYTES;
    merges.forEach(([left, right], i) => {
      const [first, second] = [this.bytes[left], this.bytes[right]];
      total += first.length + second.length;
      if (total > MOST_BYTES) throw new Error('BytePairs: the tokens together are longer than 64 MiB');
      const whole = new Uint8Array(first.length + second.length);
      whole.set(first);
      whole.set(second, first.length);
      this.bytes.push(whole);
      this.joined.set(key(left, right), BYTES + i);
    });
  }

  /** Joins the most frequent pair until there are `size` tokens, or no pair is left that comes twice. */
  static train(text: string, { size }: { size: number }): BytePairs {
    if (!Number.isInteger(size) || size < BYTES || size > LARGEST)
      throw new Error(`BytePairs: size is a whole number from ${BYTES} to ${LARGEST}, not ${size}`);
    const counts = new PairCounts(text.match(PIECES) ?? []);
    const merges: Pair[] = [];
    while (BYTES + merges.length < size) {
      const pair = counts.mostFrequent();
      if (!pair) break;
      counts.join(pair, BYTES + merges.length);
      merges.push(pair);
    }
    return new BytePairs(merges);
  }

  /** How many tokens there are. */
  get length(): number {
    return this.bytes.length;
  }

  encode(text: string): number[] {
    const ids: number[] = [];
    for (const piece of text.match(PIECES) ?? []) for (const id of this.encodePiece(piece)) ids.push(id);
    return ids;
  }

  /** The text exactly as it was encoded; where tokens make no characters, as a model may invent them, `�`. */
  decode(ids: Iterable<number>): string {
    const parts = Array.from(ids, (id) => this.bytesOfToken(id));
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let end = 0;
    for (const part of parts) {
      bytes.set(part, end);
      end += part.length;
    }
    return textOf(bytes);
  }

  /** A token for showing: its text, or where that is no whole character, its bytes as in `\xf0\x9f`. */
  token(id: number): string {
    const bytes = this.bytesOfToken(id);
    const text = textOf(bytes);
    if (`${bytesOf(text)}` === `${bytes}`) return text;
    return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  }

  toJSON(): { merges: readonly Pair[] } {
    return { merges: this.merges };
  }

  /** From what `JSON.parse` gives of byte pairs that `JSON.stringify` wrote. */
  static fromJSON(json: unknown): BytePairs {
    const merges = (json as { merges?: unknown } | null)?.merges;
    if (!Array.isArray(merges)) throw new Error('BytePairs.fromJSON: expected { merges: [[left, right], …] }');
    const isToken = (id: unknown, i: number) =>
      Number.isInteger(id) && (id as number) >= 0 && (id as number) < BYTES + i;
    const wrong = merges.findIndex((pair, i) => pair?.length !== 2 || !isToken(pair[0], i) || !isToken(pair[1], i));
    if (wrong >= 0)
      throw new Error(
        `BytePairs.fromJSON: merge ${wrong} joins no two tokens before it: ${JSON.stringify(merges[wrong])}`,
      );
    return new BytePairs(merges);
  }

  private bytesOfToken(id: number): Uint8Array {
    const bytes = this.bytes[id];
    if (!bytes) throw new Error(`BytePairs: there is no token ${id}; the numbers go from 0 to ${this.length - 1}`);
    return bytes;
  }

  /** Joins pairs in the order in which they were learned. */
  private encodePiece(piece: string): readonly number[] {
    const known = this.cache.get(piece);
    if (known) return known;
    let ids = bytesOf(piece);
    for (;;) {
      const next = this.firstLearned(ids);
      if (next === undefined) break;
      const [left, right] = this.merges[next - BYTES];
      ids = joinIn(ids, left, right, next);
    }
    if (this.cache.size >= CACHED) this.cache.clear();
    this.cache.set(piece, ids);
    return ids;
  }

  private firstLearned(ids: readonly number[]): number | undefined {
    let first: number | undefined;
    for (let i = 1; i < ids.length; i++) {
      const id = this.joined.get(key(ids[i - 1], ids[i]));
      if (id !== undefined && (first === undefined || id < first)) first = id;
    }
    return first;
  }
}

const key = (left: number, right: number): number => left * LARGEST + right;

/** Every `left` followed by `right` becomes one token, from the first on. */
function joinIn(ids: readonly number[], left: number, right: number, joined: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      result.push(joined);
      i++;
    } else result.push(ids[i]);
  }
  return result;
}

/** How often each pair stands side by side, kept up to date: a merge looks only at the pieces it changes. */
class PairCounts {
  private readonly pieces: { ids: number[]; count: number }[];
  private readonly counts = new Map<number, number>();
  /** The pieces in which a pair stands, or once stood. */
  private readonly places = new Map<number, Set<number>>();

  constructor(pieces: Iterable<string>) {
    const counts = new Map<string, number>();
    for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    this.pieces = Array.from(counts, ([piece, count]) => ({ ids: bytesOf(piece), count }));
    for (const index of this.pieces.keys()) this.count(index, 1);
  }

  /** The pair that comes most often, at least twice; of several the one with the smallest numbers. */
  mostFrequent(): Pair | undefined {
    let [best, most] = [-1, 1];
    for (const [pair, count] of this.counts) {
      if (count > most || (count === most && best >= 0 && pair < best)) [best, most] = [pair, count];
    }
    return best < 0 ? undefined : [Math.floor(best / LARGEST), best % LARGEST];
  }

  join([left, right]: Pair, joined: number): void {
    const pair = key(left, right);
    for (const index of this.places.get(pair)!) {
      this.count(index, -1);
      this.pieces[index].ids = joinIn(this.pieces[index].ids, left, right, joined);
      this.count(index, 1);
    }
    this.places.delete(pair);
  }

  /** Adds the pairs of a piece, or takes them away. */
  private count(index: number, sign: 1 | -1): void {
    const { ids, count } = this.pieces[index];
    for (let i = 1; i < ids.length; i++) {
      const pair = key(ids[i - 1], ids[i]);
      const sum = (this.counts.get(pair) ?? 0) + sign * count;
      if (sum === 0) this.counts.delete(pair);
      else this.counts.set(pair, sum);
      if (sign < 0) continue;
      const places = this.places.get(pair);
      if (places) places.add(index);
      else this.places.set(pair, new Set([index]));
    }
  }
}
