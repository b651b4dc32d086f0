/**
 * A language model without a network: it counts which character follows the last ones. The baseline of gpt.ts.
 */
import { characters, Dice } from '../../datasets';
import { draw } from '../07-rnn-lstm-gru/characters';
import { integer, path, script } from '../shared/script';
import { perCharacter, readParts } from './text';

const STRENGTH = 2; // how many observations the shorter context is worth

/** What followed each context of up to `back` characters: with 1 a bigram model, with 2 a 3-gram model. */
export class NGrams {
  private readonly counts = new Map<string, Float64Array>();
  private readonly known = new Map<string, number[]>();
  private readonly numbers: Map<string, number>;

  constructor(
    text: string,
    readonly back: number,
    private readonly alphabet: readonly string[],
  ) {
    this.numbers = new Map(alphabet.map((character, number) => [character, number]));
    const all = characters(text);
    for (const [i, character] of all.entries())
      for (let length = 0; length <= Math.min(back, i); length++) {
        const before = all.slice(i - length, i).join('');
        if (!this.counts.has(before)) this.counts.set(before, new Float64Array(alphabet.length));
        this.counts.get(before)![this.numbers.get(character)!]++;
      }
  }

  // #region probabilities
  /** p(c | abc) = (count(abcc) + s·p(c | bc)) / (count(abc) + s): a context seen rarely trusts the shorter one. */
  probabilities(before: readonly string[]): number[] {
    const key = before.join('');
    const known = this.known.get(key);
    if (known) return known;
    const uniform = () => this.alphabet.map(() => 1 / this.alphabet.length);
    const shorter = before.length === 0 ? uniform() : this.probabilities(before.slice(1));
    const counts = this.counts.get(key) ?? new Float64Array(this.alphabet.length);
    const total = counts.reduce((sum, count) => sum + count);
    const p = shorter.map((q, c) => (counts[c] + STRENGTH * q) / (total + STRENGTH));
    this.known.set(key, p);
    return p;
  }
  // #endregion

  /** The surprise at a whole text: the sum of −ln p. */
  surprise(text: string): number {
    const all = characters(text);
    return all.reduce((sum, character, i) => {
      const p = this.probabilities(all.slice(Math.max(0, i - this.back), i));
      return sum - Math.log(p[this.numbers.get(character)!]);
    }, 0);
  }

  write(length: number, dice: Dice): string {
    const written: string[] = [];
    while (written.length < length) {
      const before = written.slice(Math.max(0, written.length - this.back));
      written.push(this.alphabet[draw(this.probabilities(before), dice.roll())]);
    }
    return written.join('');
  }
}

script({
  about: 'Counting as a language model: which character follows the last none, one, two …',
  options: {
    file: path(undefined, { help: 'a text of your own' }),
    letters: integer(200_000, { min: 0, help: 'of the text, at most; 0 takes all there are' }),
    back: integer(4, { min: 0, max: 8, help: 'the longest look back, in characters' }),
    sample: integer(100, { min: 0, max: 10_000, help: 'characters to be written by each' }),
  },
  settings: { quick: { letters: 60_000 }, full: { letters: 0 } },
  next: 'npx ts-node chapters/10-attention-transformer/gpt.ts',
  async run({ options, section, say, table }) {
    const { training, test, alphabet, source } = await readParts(options.file, options.letters);
    section('data');
    say(source);
    const models = Array.from({ length: options.back + 1 }, (_, back) => new NGrams(training, back, alphabet));
    section('perplexity', 'Perplexity per character, on the last tenth of the text');
    table(
      ['looks back', 'name', 'on what it counted', 'never seen'],
      models.map((model) => [
        model.back,
        ['1-gram', 'bigram'][model.back] ?? `${model.back + 1}-gram`,
        ...[training, test].map((text) => perCharacter(model.surprise(text), text).toFixed(2)),
      ]),
    );
    section('writes', 'What they write');
    const dice = new Dice();
    for (const model of models) say(`${model.back}: ${model.write(options.sample, dice).replaceAll('\n', '⏎')}\n`);
  },
});
