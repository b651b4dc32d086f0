/**
 * A network that writes: it reads letter by letter and says after each one how likely every letter is to be the next.
 * What it has learned is measured on names it never saw, and shown by letting it write.
 */
import { manualSeed, nn, noGrad, ops, optim, rand, randperm, type Tensor, tensor, train } from '../../core';
import { characters, namesOrGenerated, proseOrFile, Vocabulary } from '../../datasets';
import { integer, number, numbers, path, phrase, script, toggle } from '../shared/script';
import { nextLetterFigure, perplexityFigure } from './language/pictures/characters';

const PADDING = 0;
const MARKERS = ['<start>', '<end>'];

/** Letters and the letters after them, int32 [N, T] both. */
export interface Sheet {
  x: Tensor;
  y: Tensor;
}

export interface Book {
  vocabulary: Vocabulary;
  training: Sheet;
  test: Sheet;
  /** All names, those of the test heap first; none when it is a running text. */
  names: string[];
  source: string;
}

// #region names
/** <start> a d a  is what it reads, and  a d a <end>  what it has to say. */
function nameSheet(names: readonly string[], vocabulary: Vocabulary): Sheet {
  const [start, end] = vocabulary.encode(MARKERS);
  const letters = names.map((name) => vocabulary.encode(characters(name)));
  const x = train.padSequences(letters.map((ids) => [start, ...ids])).tokens;
  const y = train.padSequences(letters.map((ids) => [...ids, end])).tokens;
  return { x, y };
}
// #endregion

/** A tenth of the names is never learned from. */
export async function readNames({ names, source }: { names: string[]; source: string }): Promise<Book> {
  const different = [...new Set(names)]; // a name that is tested must not have been learned
  const vocabulary = Vocabulary.of(different.map(characters), { markers: MARKERS });
  const order = await randperm(different.length, { device: 'cpu' }).data();
  const mixed = Array.from(order, (place) => different[place]);
  const cut = Math.ceil(different.length / 10);
  return {
    vocabulary,
    training: nameSheet(mixed.slice(cut), vocabulary),
    test: nameSheet(mixed.slice(0, cut), vocabulary),
    names: mixed,
    source,
  };
}

/** A running text in pieces of `length`; its last tenth is never learned from. */
export async function readText(file: string | undefined, length: number, most: number): Promise<Book> {
  const { text, source } = await proseOrFile({ path: file, length: most });
  const all = characters(text);
  const vocabulary = Vocabulary.of([all], { markers: MARKERS });
  const ids = vocabulary.encode(all);
  const cut = Math.floor(0.9 * ids.length);
  const sheet = (part: number[]): Sheet => {
    const starts = Array.from({ length: Math.floor((part.length - 1) / length) }, (_, i) => i * length);
    if (starts.length === 0) throw new Error(`a text of ${all.length} characters is too short for pieces of ${length}`);
    const pieces = (shift: number) => starts.map((start) => part.slice(start + shift, start + shift + length));
    return { x: train.padSequences(pieces(0)).tokens, y: train.padSequences(pieces(1)).tokens };
  };
  return { vocabulary, training: sheet(ids.slice(0, cut)), test: sheet(ids.slice(cut)), names: [], source };
}

// #region writer
export class Writer extends nn.Module {
  readonly letters: nn.Embedding;
  readonly memory: nn.GRU;
  readonly next: nn.Linear;

  constructor(symbols: number, { width, units }: Shape) {
    super();
    this.letters = new nn.Embedding(symbols, width);
    this.memory = new nn.GRU(width, units);
    this.next = new nn.Linear(units, symbols);
  }

  /** A score for every letter that could follow each of these, and what it remembers after the last. */
  read(letters: Tensor, state: Tensor | null = null): [scores: Tensor, state: Tensor] {
    const [states, last] = this.memory.forward(this.letters.forward(letters), state); // [N, T, units]
    return [this.next.forward(states), last]; // [N, T, symbols], [1, N, units]
  }

  override forward(letters: Tensor): Tensor {
    return this.read(letters)[0].permute(0, 2, 1); // [N, symbols, T], as crossEntropy wants them
  }
}
// #endregion

export interface Shape {
  width: number;
  units: number;
}

export interface Plan {
  epochs: number;
  batch: number;
  rate: number;
}

const loss = (scores: Tensor, letters: Tensor): Tensor => ops.crossEntropy(scores, letters, { ignoreIndex: PADDING });
const metrics = [train.perplexity({ ignoreIndex: PADDING })];

export function learn(model: Writer, { training, test }: Book, { epochs, batch, rate }: Plan, tick = () => {}) {
  const optimizer = new optim.Adam(model.parameters(), { lr: rate });
  return train.fit(model, {
    ...training,
    validation: test, // looked at only, nothing is chosen by it
    batchSize: batch,
    epochs,
    loss,
    optimizer,
    metrics,
    callbacks: [{ batchEnd: () => tick() }],
    progress: false,
  });
}

/** A network that has read what there is to learn from, and its perplexities epoch by epoch. */
export async function live(seed: number, book: Book, shape: Shape, plan: Plan, tick = () => {}) {
  manualSeed(seed);
  const model = new Writer(book.vocabulary.length, shape);
  const { curves } = await learn(model, book, plan, tick);
  return { model, curves, perplexity: curves.valPerplexity[curves.valPerplexity.length - 1] };
}

// #region counts
/** The perplexity of somebody who counts which letter follows the last `seen` ones, and adds a tenth to every count. */
export async function perplexityOfCounts({ vocabulary, training, test }: Book, seen: number): Promise<number> {
  const counts = new Map<string, Float64Array>();
  const countsAfter = (before: string) => counts.get(before) ?? new Float64Array(vocabulary.length).fill(0.1);
  for (const { before, letter } of await pairsOf(training, seen)) {
    const after = countsAfter(before);
    after[letter]++;
    counts.set(before, after);
  }
  const surprises = (await pairsOf(test, seen)).map(({ before, letter }) => {
    const after = countsAfter(before);
    return -Math.log(after[letter] / after.reduce((sum, count) => sum + count));
  });
  return Math.exp(surprises.reduce((sum, surprise) => sum + surprise) / surprises.length);
}
// #endregion

/** Every letter to be said with those before it. */
async function pairsOf({ x, y }: Sheet, seen: number): Promise<{ before: string; letter: number }[]> {
  const [given, wanted] = [(await x.array()) as number[][], (await y.array()) as number[][]];
  return given.flatMap((row, i) =>
    row.flatMap((_, t) => {
      const before = row.slice(Math.max(0, t + 1 - seen), t + 1).join(' ');
      return wanted[i][t] === PADDING ? [] : [{ before: seen === 0 ? '' : before, letter: wanted[i][t] }];
    }),
  );
}

// #region sample
/** p = softmax(scores / temperature): below 1 the likely letters gain, above 1 the unlikely ones. */
export function probabilities(scores: ArrayLike<number>, temperature: number): number[] {
  const highest = Math.max(...Array.from(scores));
  const powers = Array.from(scores, (score) => Math.exp((score - highest) / temperature));
  const sum = powers.reduce((total, power) => total + power);
  return powers.map((power) => power / sum);
}

/** The place on which a number between 0 and 1 falls when each has as much room as it is likely. */
export function draw(p: readonly number[], chance: number): number {
  let end = 0;
  const place = p.findIndex((room) => {
    end += room;
    return chance < end;
  });
  return place < 0 ? p.length - 1 : place; // rounding may leave a crumb
}
// #endregion

// #region write
/** Letters to follow `begin`, each drawn and then read as the next one; `count` texts at once. */
export async function write(model: Writer, begin: number[], { count, temperature, most }: Style): Promise<number[][]> {
  const written: number[][] = Array.from({ length: count }, () => []);
  let letters = tensor(Int32Array.from(written.flatMap(() => begin)), { shape: [count, begin.length] });
  let state: Tensor | null = null;
  for (let t = 0; t < most; t++) {
    const [scores, last] = noGrad(() => model.eval().read(letters, state));
    const rows = (await scores.slice(null, -1).array()) as number[][]; // [count, symbols]
    const chances = await rand([count], { device: 'cpu' }).data();
    const drawn = rows.map((row, i) => draw(probabilities(row, temperature), chances[i]));
    drawn.forEach((letter, i) => void written[i].push(letter));
    letters = tensor(Int32Array.from(drawn), { shape: [count, 1] });
    state = last;
  }
  return written;
}
// #endregion

export interface Style {
  count: number;
  temperature: number;
  most: number;
}

const nameOf = (ids: readonly number[], vocabulary: Vocabulary): string => {
  const end = ids.indexOf(vocabulary.id('<end>'));
  return vocabulary.decode(ids.slice(0, end < 0 ? ids.length : end)).join('');
};

/** How likely each letter of a name and its end were, by the network. */
export async function trustIn(model: Writer, name: string, vocabulary: Vocabulary): Promise<number[]> {
  const { x, y } = nameSheet([name], vocabulary);
  const wanted = await y.data();
  const [scores] = noGrad(() => model.eval().read(x)); // [1, T, symbols]
  const [p] = (await scores.softmax().array()) as number[][][];
  return p.map((row, t) => row[wanted[t]]);
}

// #region perplexity
/** Right answers with the probabilities p: as unsure as somebody who chooses among so many, all equally likely. */
export const perplexityOf = (p: readonly number[]): number =>
  p.reduce((product, one) => product * (1 / one), 1) ** (1 / p.length);
// #endregion

/** Scores for the letter after `begin`. */
async function scoresAfter(model: Writer, begin: string, book: Book): Promise<number[]> {
  const x = tensor([beginning(begin, book)], { dtype: 'int32' });
  const [scores] = noGrad(() => model.eval().read(x));
  return [...(await scores.slice(0, -1).data())];
}

/** The numbers of what a text begins with; a name begins with <start>. */
const beginning = (begin: string, { vocabulary, names }: Pick<Book, 'vocabulary' | 'names'>): number[] =>
  vocabulary.encode([...(names.length > 0 ? ['<start>'] : []), ...characters(begin)]);

script({
  about: 'A small language model by character: writes names, or a text like the one it has read.',
  options: {
    names: integer(4000, { min: 0, help: 'to learn from and to test on; 0 takes all there are' }),
    text: toggle({ help: 'a running text instead of names: Shakespeare if it is there, else generated tales' }),
    file: path(undefined, { help: 'the text, a file of your own' }),
    letters: integer(100_000, { min: 1000, help: 'of the text, at most' }),
    length: integer(64, { min: 4, max: 1000, help: 'of the pieces a text is cut into' }),
    width: integer(16, { min: 1, help: "of a letter's vector" }),
    units: integer(64, { min: 1, help: 'of the state' }),
    epochs: integer(12, { min: 1, max: 1000, help: 'passes over the training heap' }),
    batch: integer(32, { min: 1, help: 'names, or pieces, for a step' }),
    rate: number(0.005, { min: 1e-6, max: 1, help: 'learning rate' }),
    temperatures: numbers([0.3, 0.7, 1, 1.5], { length: 'any', help: 'to write at' }),
    begin: phrase('mar', { help: 'letters, to see what comes next' }),
  },
  settings: {
    quick: { names: 2000, letters: 20_000, units: 48, epochs: 6, rate: 0.02 },
    full: { names: 0, letters: 1_000_000, width: 32, units: 256, epochs: 20, rate: 0.002 },
  },
  next: 'npm run exercises 07',
  async run({ options, say, section, table, figure, progress }) {
    const { seed, file, temperatures, begin, ...plan } = options;
    const frozen = temperatures.find((temperature) => !(temperature > 0));
    if (frozen !== undefined) throw new Error(`a temperature is above 0, not ${frozen}`);
    const isText = plan.text || file !== undefined;
    const book = isText
      ? await readText(file, plan.length, plan.letters)
      : await readNames(await namesOrGenerated({ count: plan.names || undefined }));
    const { vocabulary, names } = book;
    section('data');
    const pieces = book.training.x.shape[0];
    say(`${book.source}; learned from: ${pieces} ${isText ? 'pieces' : 'different ones'}`);

    const bar = progress(plan.epochs * Math.ceil(pieces / plan.batch), 'training');
    const { model, curves, perplexity } = await live(seed, book, plan, plan, bar.tick);
    bar.done();

    if (!isText) {
      section('name', 'How likely it found each letter of a name it never saw');
      const p = await trustIn(model, names[0], vocabulary);
      table(
        ['letter', 'probability', '1 / probability'],
        [...names[0], '<end>'].map((letter, i) => [letter, p[i].toFixed(3), (1 / p[i]).toFixed(2)]),
      );
      say(`\nperplexity of this name, the geometric mean of the last column: ${perplexityOf(p).toFixed(2)}`);
    }

    section('perplexity', 'Among how many letters each hesitates, on what it never saw');
    const baselines = [
      { name: 'all equally likely', perplexity: vocabulary.length - 3 }, // neither <pad> nor <unk> nor <start>
      { name: 'counts letters', perplexity: await perplexityOfCounts(book, 0) },
      { name: 'counts after one letter', perplexity: await perplexityOfCounts(book, 1) },
      { name: 'counts after two letters', perplexity: await perplexityOfCounts(book, 2) },
    ];
    const network = { name: 'the network', perplexity };
    table(
      ['', 'perplexity'],
      [...baselines, network].map(({ name, perplexity }) => [name, perplexity.toFixed(2)]),
    );
    await figure('characters-perplexity', await perplexityFigure(curves, baselines));

    section('temperature', `After "${begin}"`);
    const scores = await scoresAfter(model, begin, book);
    const likely = scores.map((_, id) => id).sort((a, b) => scores[b] - scores[a]);
    const shown = likely.slice(0, 8);
    const rooms = temperatures.map((temperature) => ({ temperature, p: probabilities(scores, temperature) }));
    table(
      ['temperature', ...vocabulary.decode(shown)],
      rooms.map(({ temperature, p }) => [temperature, ...shown.map((id) => p[id].toFixed(3))]),
    );
    const bars = rooms.map(({ temperature, p }) => ({ temperature, p: shown.map((id) => p[id]) }));
    await figure('characters-temperature', await nextLetterFigure(begin, vocabulary.decode(shown), bars));

    section('writes', isText ? 'It writes' : 'Names it writes, and how many of 200 are in no list');
    if (isText) {
      for (const temperature of temperatures) {
        const [ids] = await write(model, beginning(begin, book), { count: 1, temperature, most: 300 });
        say(`temperature ${temperature}: ${begin}${vocabulary.decode(ids).join('')}\n`);
      }
    } else {
      const known = new Set(names);
      const rows: (string | number)[][] = [];
      for (const temperature of temperatures) {
        const ids = await write(model, beginning('', book), { count: 200, temperature, most: 20 });
        const written = ids.map((row) => nameOf(row, vocabulary));
        const fresh = written.filter((name) => !known.has(name)).length;
        rows.push([temperature, written.slice(0, 6).join(', '), fresh, new Set(written).size]);
      }
      table(['temperature', 'the first six', 'in no list', 'different'], rows);
    }
  },
});
