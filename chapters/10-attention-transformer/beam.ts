/**
 * Greedy or with a beam: the likeliest next word is not always the beginning of the likeliest sentence. First by hand,
 * then with a translator that is still learning.
 */
import { manualSeed, noGrad, type Tensor, tensor } from '../../core';
import { choice, integer, number, numbers, script } from '../shared/script';
import { beamSearch, type Next, type Sentence } from './search';
import { beamFigure, treeFigure } from './sequences/pictures/beam';
import { type Book, END, readBook, START, untilEnd } from './tasks';
import { live, type Translator } from './translator';

// #region table
/** What a tiny model says after each beginning. */
export const TABLE: Record<string, Record<string, number>> = {
  '': { a: 0.5, the: 0.4, one: 0.1 },
  a: { cat: 0.4, dog: 0.35, bird: 0.25 },
  the: { cat: 0.9, dog: 0.05, bird: 0.05 },
  one: { cat: 0.4, dog: 0.3, bird: 0.3 },
};
// #endregion
const WORDS = ['a', 'the', 'one', 'cat', 'dog', 'bird', '<end>'];

/** Next words from the table; after two of them comes the end. */
export const fromTable: Next = async (sentences) =>
  sentences.map((ids) => {
    const chances = ids.length < 2 ? TABLE[ids.map((id) => WORDS[id]).join(' ')] : { '<end>': 1 };
    return WORDS.map((word) => Math.log((chances as Record<string, number>)[word] ?? 0));
  });

export const spell = ({ ids }: Sentence): string =>
  ids
    .map((id) => WORDS[id])
    .join(' ')
    .replace(' <end>', '');

/** The translator as a beam sees it: all sentences of the beam are one batch, over the same source. */
function nextOf(model: Translator, source: Tensor, mask: Tensor): Next {
  const reading = noGrad(() => model.read(source, mask)); // [1, S, D]
  return async (sentences) => {
    const [N, T] = [sentences.length, sentences[0].length + 1];
    const written = tensor(
      sentences.flatMap((ids) => [START, ...ids]),
      { shape: [N, T], dtype: 'int32' },
    );
    const scores = noGrad(() => {
      const memory = reading.memory.expand(N, ...reading.memory.shape.slice(1)); // [N, S, D]
      return model.say(written, { memory, mask: reading.mask }).slice(null, -1).logSoftmax(); // [N, symbols]
    });
    return (await scores.array()) as number[][];
  };
}

export interface Found {
  text: string;
  logP: number;
  right: boolean;
}

/** For every pair of a sheet the likeliest sentence that a beam of this width finds. */
export async function searchAll(model: Translator, book: Book, width: number, tick = async () => {}): Promise<Found[]> {
  const { pairs, source, mask, answer } = book.test;
  const found: Found[] = [];
  model.eval();
  for (const [i, { target }] of pairs.entries()) {
    const next = nextOf(model, source.slice([i, i + 1]), mask.slice([i, i + 1]));
    const [{ ids, logP }] = await beamSearch(next, { width, end: END, most: answer.shape[1] + 2 });
    const text = book.vocabularies.target.decode(untilEnd(ids)).join('');
    found.push({ text, logP, right: text === target });
    await tick();
  }
  return found;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const shareRight = (found: readonly Found[]): number => mean(found.map(({ right }) => Number(right)));
export const meanLogP = (found: readonly Found[]): number => mean(found.map(({ logP }) => logP));
export const meanLength = (found: readonly Found[]): number => mean(found.map(({ text }) => text.length));

const CHOICES = ['more often right', 'about as often', 'less often right'] as const;

script({
  about: 'Beam search beside greedy: by hand, and with a translator that has not learned enough.',
  options: {
    task: choice(['sort', 'reverse', 'dates'], { help: 'what the translator learns' }),
    pairs: integer(4000, { min: 100, max: 1_000_000, help: 'to learn from' }),
    test: integer(300, { min: 1, max: 10_000, help: 'to search for' }),
    shortest: integer(6, { min: 1, max: 30, help: 'digits in a row' }),
    longest: integer(9, { min: 1, max: 30, help: 'digits in a row' }),
    width: integer(32, { min: 4, max: 512, help: 'of a vector' }),
    heads: integer(4, { min: 1, max: 16, help: 'of each attention' }),
    layers: integer(1, { min: 1, max: 12, help: 'blocks on either side' }),
    epochs: integer(1, { min: 1, max: 100, help: 'passes over the pairs' }),
    batch: integer(32, { min: 1, max: 1024, help: 'pairs in a step' }),
    rate: number(0.005, { min: 0, max: 1, help: 'highest learning rate' }),
    beams: numbers([2, 4, 8], { length: 'any', help: 'widths beside 1, which is greedy' }),
  },
  settings: { quick: { pairs: 3000, test: 100, beams: [2, 4] }, full: { test: 2000, beams: [2, 4, 8, 16] } },
  predict: {
    question: 'A beam finds likelier sentences than greedy. This translator is half taught: is a beam of 4 …',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/10-attention-transformer/ngrams.ts',
  async run({ options, section, say, table, figure, progress, predict, verdict }) {
    const guess = await predict();
    section('by-hand', 'By hand: what each beam finds');
    const end = WORDS.indexOf('<end>');
    const tries = [];
    for (const width of [1, 2]) tries.push(await beamSearch(fromTable, { width, end, most: 3 }));
    table(
      ['beam', 'best sentence', 'probability'],
      tries.map(([best], i) => [i + 1, spell(best), Math.exp(best.logP).toFixed(2)]),
    );
    await figure('beam-tree', treeFigure(TABLE));

    const { seed, pairs, test, epochs, batch } = options;
    manualSeed(seed);
    const book = readBook(options.task, { train: pairs, test }, options);
    const bar = progress(epochs * Math.ceil(pairs / batch), 'training');
    const { model } = await live(seed, book, options, options, () => bar.tick());
    bar.done();
    const beams = [1, ...options.beams];
    const searching = progress(beams.length * test, 'searching');
    const all: Found[][] = [];
    for (const width of beams) all.push(await searchAll(model, book, width, () => searching.tick()));
    searching.done();

    section('beams', `${test} rows to ${options.task}, searched for by a translator that saw ${pairs}`);
    const [greedy] = all;
    table(
      ['beam', 'likelier than greedy', 'mean ln p', 'mean length', 'right'],
      all.map((found, i) => [
        beams[i],
        found.filter(({ logP }, j) => logP > greedy[j].logP + 1e-4).length,
        meanLogP(found).toFixed(2),
        meanLength(found).toFixed(2),
        shareRight(found).toFixed(3),
      ]),
    );
    const rightLength = mean(book.test.pairs.map(({ target }) => target.length));
    say(`mean length of the right answers: ${rightLength.toFixed(2)}`);
    await figure(
      'beam',
      await beamFigure(
        all.map((found, i) => ({ width: beams[i], logP: meanLogP(found), length: meanLength(found) })),
        rightLength,
      ),
    );

    section('cases', 'Where the widest beam says something else than greedy');
    const widest = all[all.length - 1];
    const places = widest.map((_, j) => j).filter((j) => widest[j].text !== greedy[j].text);
    const better = places.filter((j) => widest[j].right).slice(0, 2);
    const worse = places.filter((j) => greedy[j].right).slice(0, 3);
    table(
      ['source', 'greedy', 'ln p', 'beam', 'ln p', 'right'],
      [...better, ...worse].map((j) => [
        book.test.pairs[j].source,
        greedy[j].text,
        greedy[j].logP.toFixed(2),
        widest[j].text,
        widest[j].logP.toFixed(2),
        widest[j].right ? 'beam' : 'greedy',
      ]),
    );

    section('verdict');
    const four = all[Math.max(0, beams.indexOf(4))];
    const gain = shareRight(four) - shareRight(greedy);
    const truth = gain > 0.01 ? CHOICES[0] : gain < -0.01 ? CHOICES[2] : CHOICES[1];
    say();
    verdict(
      guess,
      truth,
      `${shareRight(greedy).toFixed(3)} with greedy, ${shareRight(four).toFixed(3)} with the beam.`,
    );
  },
});
