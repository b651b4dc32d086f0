/**
 * One GRU reads a sentence, a second one writes its translation: without and with attention over everything the first
 * one remembered.
 */
import { full, manualSeed, nn, noGrad, ops, optim, type Tensor, train } from '../../core';
import { translations, Vocabulary } from '../../datasets';
import { integer, number, phrase, script } from '../shared/script';
import { type ByLength, type Look, lengthFigure, lookFigure, planFigure } from './language/pictures/translation';

const [PADDING, START, END] = [0, 2, 3]; // their numbers in every vocabulary
const MARKERS = ['<start>', '<end>'];

export interface Pair {
  source: string;
  target: string;
}

/** Pairs as numbers: sources with their mask [N, S], and what the decoder is given and shall answer [N, T]. */
export interface Sheet {
  pairs: Pair[];
  source: Tensor;
  mask: Tensor;
  given: Tensor;
  target: Tensor;
}

export interface Book {
  vocabularies: { source: Vocabulary; target: Vocabulary };
  training: Sheet;
  test: Sheet;
  about: string;
}

const tokensOf = (text: string): string[] => text.split(' ');

export function readBook(count: { train: number; test: number }): Book {
  const { train: pairs, test, about } = translations(count);
  const vocabularyOf = (side: keyof Pair) =>
    Vocabulary.of(
      pairs.map((pair) => tokensOf(pair[side])),
      { markers: MARKERS },
    );
  const vocabularies = { source: vocabularyOf('source'), target: vocabularyOf('target') };
  return { vocabularies, about, training: sheetOf(pairs, vocabularies), test: sheetOf(test, vocabularies) };
}

// #region sheet
function sheetOf(pairs: Pair[], vocabularies: Book['vocabularies']): Sheet {
  const sources = pairs.map((pair) => vocabularies.source.encode(tokensOf(pair.source)));
  const targets = pairs.map((pair) => vocabularies.target.encode(tokensOf(pair.target)));
  const { tokens: source, mask } = train.padSequences(sources);
  const given = train.padSequences(targets.map((target) => [START, ...target])).tokens; // <start> the red  house
  const target = train.padSequences(targets.map((target) => [...target, END])).tokens; //  the     red house <end>
  return { pairs, source, mask, given, target };
}
// #endregion

// #region attend
/** Each query takes a mixture of all states, in shares that say how well it agrees with each. */
export function attend(queries: Tensor, states: Tensor, mask: Tensor): [mixture: Tensor, shares: Tensor] {
  const scores = queries.matmul(states.transpose()).div(Math.sqrt(states.shape[2])); // [N, T, S]
  const shares = scores.where(mask.unsqueeze(1), -1e9).softmax(); // [N, T, S]: a row adds up to 1, padding gets 0
  return [shares.matmul(states), shares]; // [N, T, units]
}
// #endregion

/** What the encoder leaves: its states after all words, the last of them, and which of the words are none. */
interface Reading {
  states: Tensor; // [N, S, units]
  last: Tensor; // [1, N, units]
  mask: Tensor; // [N, S]
}

export interface Shape {
  width: number;
  units: number;
  attention: boolean;
}

// #region translator
export class Translator extends nn.Module {
  readonly sourceWords: nn.Embedding;
  readonly encoder: nn.GRU;
  readonly targetWords: nn.Embedding;
  readonly decoder: nn.GRU;
  readonly mix: nn.Linear;
  readonly next: nn.Linear;

  constructor(
    { source, target }: Book['vocabularies'],
    private readonly shape: Shape,
  ) {
    super();
    const { width, units, attention } = shape;
    this.sourceWords = new nn.Embedding(source.length, width);
    this.encoder = new nn.GRU(width, units);
    this.targetWords = new nn.Embedding(target.length, width);
    this.decoder = new nn.GRU(width, units);
    this.mix = new nn.Linear(attention ? 2 * units : units, units);
    this.next = new nn.Linear(units, target.length);
  }

  encode(source: Tensor, mask: Tensor): Reading {
    const [states, last] = this.encoder.forward(this.sourceWords.forward(source), null, { mask });
    return { states, last, mask };
  }

  // #region decode
  /** From words so far: a score for every word that could follow each, the state after all, and where it looked. */
  decode(given: Tensor, state: Tensor, { states, mask }: Reading) {
    const [output, last] = this.decoder.forward(this.targetWords.forward(given), state); // [N, T, units]
    const [mixture, shares] = this.shape.attention ? attend(output, states, mask) : [null, null];
    const known = mixture ? output.concat([mixture], 2) : output;
    return { scores: this.next.forward(this.mix.forward(known).tanh()), last, shares }; // scores: [N, T, words]
  }
  // #endregion

  /** With teacher forcing: what is given are the right words, whatever the decoder would have said itself. */
  override forward(source: Tensor, mask: Tensor, given: Tensor): Tensor {
    const reading = this.encode(source, mask);
    return this.decode(given, reading.last, reading).scores;
  }
}
// #endregion

export interface Plan {
  epochs: number;
  batch: number;
  rate: number;
}

const loss = (scores: Tensor, target: Tensor): Tensor =>
  ops.crossEntropy(scores.permute(0, 2, 1), target, { ignoreIndex: PADDING });

export function learn(model: Translator, { training }: Book, { epochs, batch, rate }: Plan, tick = () => {}) {
  const { source, mask, given, target } = training;
  return train.fit(model, {
    x: [source, mask, given],
    y: target,
    batchSize: batch,
    epochs,
    loss,
    optimizer: new optim.Adam(model.parameters(), { lr: rate }),
    callbacks: [{ batchEnd: () => tick() }],
    progress: false,
  });
}

// #region greedy
/** Without teacher: every word it says is what it is given next. Says the likeliest, up to `most` words. */
export function translate(model: Translator, source: Tensor, mask: Tensor, most: number): Tensor {
  const reading = model.encode(source, mask);
  let state = reading.last;
  let word = full([source.shape[0], 1], START, { dtype: 'int32' }); // [N, 1]
  const said: Tensor[] = [];
  for (let t = 0; t < most; t++) {
    const { scores, last } = model.decode(word, state, reading);
    word = scores.argmax(2); // [N, 1]
    state = last;
    said.push(word);
  }
  return ops.concat(said, 1); // [N, most]; what follows the first <end> does not count
}
// #endregion

export const untilEnd = (ids: readonly number[]): number[] => {
  const end = ids.indexOf(END);
  return ids.slice(0, end < 0 ? ids.length : end);
};

/** Its own translation of every sentence of a sheet. */
export async function translateAll(model: Translator, { source, mask, target }: Sheet, book: Book): Promise<string[]> {
  const most = target.shape[1] + 2;
  const said = (await noGrad(() => translate(model.eval(), source, mask, most)).array()) as number[][];
  return said.map((ids) => book.vocabularies.target.decode(untilEnd(ids)).join(' '));
}

/** The share of next words that are right when all words before them are. */
export async function taughtAccuracy(model: Translator, { source, mask, given, target }: Sheet): Promise<number> {
  const right = noGrad(() => {
    const says = model.eval().forward(source, mask, given).argmax(2);
    const counts = target.ne(PADDING);
    return says.eq(target).mul(counts).sum().to('float32').div(counts.sum().to('float32'));
  });
  return right.item();
}

/** One life: without or with attention, and its own translations of the test sentences. */
export async function live(seed: number, book: Book, shape: Shape, plan: Plan, tick = () => {}) {
  manualSeed(seed);
  const model = new Translator(book.vocabularies, shape);
  const { curves } = await learn(model, book, plan, tick);
  const said = await translateAll(model, book.test, book);
  const right = said.map((sentence, i) => sentence === book.test.pairs[i].target);
  const name = shape.attention ? 'with attention' : 'without';
  return { name, model, curves, said, right, taught: await taughtAccuracy(model, book.test) };
}

export type Life = Awaited<ReturnType<typeof live>>;

export const shareOf = (right: readonly boolean[]): number => right.filter(Boolean).length / right.length;
export const lengthOf = ({ source }: Pair): number => tokensOf(source).length;

/** The share of right translations among the test sentences of each length. */
export function byLength({ name, right }: Life, { pairs }: Sheet): ByLength {
  const lengths = [...new Set(pairs.map(lengthOf))].sort((a, b) => a - b);
  return {
    name,
    lengths,
    right: lengths.map((length) => shareOf(right.filter((_, i) => lengthOf(pairs[i]) === length))),
  };
}

/** A sentence, its translation, and the shares in which every word that was said looked at the words read. */
export async function look(model: Translator, { vocabularies }: Book, text: string): Promise<Look> {
  const ids = vocabularies.source.encode(tokensOf(text));
  const { tokens, mask } = train.padSequences([ids]);
  const said = untilEnd(((await noGrad(() => translate(model.eval(), tokens, mask, 20)).array()) as number[][])[0]);
  const shares = noGrad(() => {
    const reading = model.encode(tokens, mask);
    const { tokens: given } = train.padSequences([[START, ...said]]);
    return model.decode(given, reading.last, reading).shares; // [1, T, S]
  });
  if (!shares) throw new Error('look: this translator has no attention');
  const [rows] = (await shares.array()) as number[][][];
  return { source: tokensOf(text), said: [...vocabularies.target.decode(said), '<end>'], shares: rows };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

script({
  about: 'Encoder and decoder: two GRUs translate short sentences, without and with attention.',
  options: {
    pairs: integer(4000, { min: 100, max: 40_000, help: 'sentences to learn from' }),
    test: integer(500, { min: 10, max: 10_000, help: 'sentences to test on' }),
    width: integer(32, { min: 1, help: "of a word's vector" }),
    units: integer(64, { min: 1, help: 'of both states' }),
    epochs: integer(10, { min: 1, max: 1000, help: 'passes over the sentences' }),
    batch: integer(32, { min: 1, help: 'sentences for a step' }),
    rate: number(0.005, { min: 1e-6, max: 1, help: 'learning rate' }),
    sentence: phrase('the old woman does not see the red boat', {
      help: 'to be translated, its words parted by spaces',
    }),
  },
  settings: {
    quick: { pairs: 2000, test: 200, width: 16, units: 32, epochs: 10, batch: 64, rate: 0.02 },
    full: { pairs: 20_000, test: 2000, units: 128, epochs: 20, rate: 0.002 },
  },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/characters.ts',
  async run({ options, say, section, table, figure, progress }) {
    const { seed, pairs, test, sentence, ...plan } = options;
    const book = readBook({ train: pairs, test });
    section('pairs', 'English and French');
    say(`${book.about}\n`);
    table(
      ['English', 'French'],
      book.training.pairs.slice(0, 6).map(({ source, target }) => [source, target]),
    );

    const bar = progress(2 * plan.epochs * Math.ceil(pairs / plan.batch), 'training');
    const lives: Life[] = [];
    for (const attention of [false, true]) lives.push(await live(seed, book, { ...plan, attention }, plan, bar.tick));
    bar.done();
    section('table', `After ${plan.epochs} epochs, on ${test} sentences never seen`);
    table(
      ['', 'parameters', 'loss', 'next word right, when taught', 'whole sentence right, alone'],
      lives.map(({ name, model, curves, taught, right }) => [
        name,
        model.parameterCount(),
        curves.loss[curves.loss.length - 1].toFixed(3),
        percent(taught),
        percent(shareOf(right)),
      ]),
    );

    section('length', 'Whole sentences right, by the number of English words');
    const arms = lives.map((life) => byLength(life, book.test));
    table(
      ['words', 'sentences', ...arms.map(({ name }) => name)],
      arms[0].lengths.map((length, i) => [
        length,
        book.test.pairs.filter((pair) => lengthOf(pair) === length).length,
        ...arms.map(({ right }) => percent(right[i])),
      ]),
    );
    await figure('translation-lengths', await lengthFigure(arms));

    section('mistakes', 'What they say to short sentences, where one of them is wrong');
    const [plain, attentive] = lives;
    const places = book.test.pairs
      .map((_, i) => i)
      .filter((i) => !plain.right[i] && attentive.right[i] && lengthOf(book.test.pairs[i]) <= 5);
    table(
      ['English', 'without attention', 'with attention, and right'],
      places.slice(0, 5).map((i) => [book.test.pairs[i].source, plain.said[i], attentive.said[i]]),
    );

    section('look', `"${sentence}"`);
    const looks = [await look(attentive.model, book, sentence)];
    const [{ source, said, shares }] = looks;
    table(
      ['it says', 'and looks most at', 'share'],
      said.map((word, t) => {
        const most = Math.max(...shares[t]);
        return [word, source[shares[t].indexOf(most)], most.toFixed(2)];
      }),
    );
    await figure('translation-attention', await lookFigure(looks));
    await figure('translation', planFigure(['the', 'red', 'house'], ['la', 'maison', 'rouge']));
  },
});
