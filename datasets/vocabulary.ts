/**
 * Tokens numbered: which number each has, and back. Number 0 fills up sequences, number 1 stands for every token that
 * was not counted; then come markers such as <start>, then the tokens, the most frequent first.
 */
const PADDING = '<pad>';
const UNKNOWN = '<unk>';

export interface VocabularyOptions {
  /** At most so many numbers, everything counted: padding, unknown, markers and tokens. */
  size?: number;
  /** Tokens that come less often are unknown. */
  minCount?: number;
  /** Extra tokens with numbers of their own, from 2 up. */
  markers?: readonly string[];
}

export class Vocabulary {
  private readonly ids: ReadonlyMap<string, number>;

  private constructor(private readonly tokens: readonly string[]) {
    this.ids = new Map(tokens.map((token, id) => [token, id]));
    if (this.ids.size === tokens.length) return;
    const twice = tokens.find((token, id) => this.ids.get(token) !== id);
    throw new Error(`Vocabulary: the token ${JSON.stringify(twice)} is there twice; each has one number`);
  }

  /** Counts the tokens of all texts; of two that come equally often, the one seen first has the smaller number. */
  static of(
    texts: Iterable<readonly string[]>,
    { size = Infinity, minCount = 1, markers = [] }: VocabularyOptions = {},
  ): Vocabulary {
    const special = [PADDING, UNKNOWN, ...markers];
    if (!(size >= special.length))
      throw new Error(
        `Vocabulary: a size of ${size} has no room for ${special.join(', ')}; give at least ${special.length}`,
      );
    const counts = new Map<string, number>();
    for (const text of texts) for (const token of text) counts.set(token, (counts.get(token) ?? 0) + 1);
    for (const token of special) counts.delete(token); // these have their numbers already
    const frequent = [...counts].filter(([, count]) => count >= minCount).sort((a, b) => b[1] - a[1]);
    return new Vocabulary([...special, ...frequent.map(([token]) => token)].slice(0, size));
  }

  /** How many numbers there are. */
  get length(): number {
    return this.tokens.length;
  }

  /** The number of a token: 1 for one that is unknown. */
  id(token: string): number {
    return this.ids.get(token) ?? 1;
  }

  token(id: number): string {
    const token = this.tokens[id];
    if (token === undefined)
      throw new Error(`Vocabulary: there is no token ${id}; the numbers go from 0 to ${this.length - 1}`);
    return token;
  }

  encode(tokens: readonly string[]): number[] {
    return tokens.map((token) => this.id(token));
  }

  decode(ids: Iterable<number>): string[] {
    return Array.from(ids, (id) => this.token(id));
  }

  toJSON(): { tokens: readonly string[] } {
    return { tokens: this.tokens };
  }

  /** From what `JSON.parse` gives of a vocabulary that `JSON.stringify` wrote. */
  static fromJSON(json: unknown): Vocabulary {
    const tokens = (json as { tokens?: unknown } | null)?.tokens;
    if (!Array.isArray(tokens) || tokens.some((token) => typeof token !== 'string'))
      throw new Error('Vocabulary.fromJSON: expected { tokens: […] } with a list of texts');
    if (tokens[0] !== PADDING || tokens[1] !== UNKNOWN)
      throw new Error(
        `Vocabulary.fromJSON: the tokens begin with ${PADDING} and ${UNKNOWN}, not ${tokens.slice(0, 2)}`,
      );
    return new Vocabulary(tokens);
  }
}
