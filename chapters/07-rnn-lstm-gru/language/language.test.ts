/**
 * The page about language: what it says exactly, and its programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { manualSeed, nn, noGrad, ops, randn, type Tensor, tensor, train, zeros } from '../../../core';
import { Vocabulary, words } from '../../../datasets';
import { runScript } from '../../../tools/run';
import { draw, perplexityOf, perplexityOfCounts, probabilities, Writer } from '../characters';
import { changes, judge, judgeAll } from '../masking';
import { BagOfWords, Reader } from '../sentiment';
import { attend, readBook, Translator, taughtAccuracy, translate, untilEnd } from '../translation';
import { lookUp, shareUnknown, toNumbers } from '../words';

const ids = (...rows: number[][]): Tensor => tensor(rows, { dtype: 'int32' });
const numbers = (t: Tensor): number[] => [...t.dataSync()];
const furthest = (a: Tensor, b: Tensor): number => a.sub(b).abs().max().itemSync();

describe('from words to numbers', () => {
  const vocabulary = Vocabulary.of([['a', 'b', 'c', 'a']]); // a: 2, b: 3, c: 4

  test('cut at the front, filled at the front, and the mask says so', () => {
    const { tokens, mask } = toNumbers(['a b c a', 'b', 'never a'], vocabulary, 3);
    expect(tokens.arraySync()).toEqual([
      [3, 4, 2],
      [0, 0, 3],
      [0, 1, 2],
    ]);
    expect(mask.arraySync()).toEqual([
      [1, 1, 1],
      [0, 0, 1],
      [0, 1, 1],
    ]);
  });

  test('a one-hot vector times the table is a row of the table', () => {
    const { product, taken } = noGrad(() => lookUp(ids([4, 0, 2]).slice(0), new nn.Embedding(5, 3)));
    expect(numbers(product)).toEqual(numbers(taken));
  });

  test('the share of words that a vocabulary does not know', () => {
    expect(
      shareUnknown(
        [
          ['a', 'x'],
          ['b', 'c', 'y', 'a', 'a', 'z'],
        ],
        vocabulary,
      ),
    ).toBe(3 / 8);
  });
});

describe('masks', () => {
  const shape = { width: 5, units: 7, dense: 3, dropout: 0.2 };

  test.each(['LSTM', 'GRU'] as const)('%s: padding changes nothing with the mask, something without', async (cell) => {
    manualSeed(1);
    const model = new Reader(cell, 20, shape).eval();
    const reviews = [ids([3, 9, 12, 5, 4]), ids([19, 2])];
    const alone = await judgeAll(model, reviews, { masked: false });
    for (const padding of [{ before: 8 }, { after: 8 }, { before: 3, after: 90 }]) {
      expect(changes(alone, await judgeAll(model, reviews, { ...padding, masked: true })).largest).toBe(0);
      expect(changes(alone, await judgeAll(model, reviews, { ...padding, masked: false })).largest).toBeGreaterThan(
        1e-4,
      );
    }
  });

  test('reviews of different lengths in one block are judged as each alone', async () => {
    manualSeed(2);
    const model = new Reader('LSTM', 20, shape).eval();
    const rows = [[3, 9, 12, 5], [7], [11, 2, 2]];
    const { tokens, mask } = train.padSequences(rows, { side: 'before' });
    const together = numbers(noGrad(() => model.forward(tokens, mask).sigmoid()));
    for (const [i, row] of rows.entries())
      expect(together[i]).toBeCloseTo(await judge(model, ids(row), { masked: false }), 6);
  });
});

test('a bag of words adds up one number for each word, and does not look at their order', () => {
  const model = new BagOfWords(5);
  model.weights.weight.become(tensor([[0], [0.5], [2], [-3], [10]]));
  const scores = noGrad(() => model.forward(ids([0, 2, 2, 3], [3, 2, 0, 2], [0, 0, 1, 4])));
  expect(numbers(scores)).toEqual([1, 1, 10.5]);
});

describe('translation', () => {
  manualSeed(3);
  const book = readBook({ train: 60, test: 20 });
  const { source, mask, given, target } = book.test;

  test('attention is the one of the core, and padding gets no share', () => {
    const [queries, states] = [randn([2, 3, 4]), randn([2, 5, 4])];
    const seen = ids([1, 1, 1, 1, 1], [1, 1, 0, 0, 0]);
    const [mixture, shares] = attend(queries, states, seen);
    const expected = ops.scaledDotProductAttention(queries, states, states, { mask: seen.unsqueeze(1) });
    expect(furthest(mixture, expected)).toBeLessThan(1e-6);
    expect(numbers(shares.slice(1, null, [2, 5]))).toEqual(new Array(9).fill(0));
    for (const sum of numbers(shares.sum(2))) expect(sum).toBeCloseTo(1, 6);
  });

  test('what is given is the answer, a step later', async () => {
    const [first, second] = [((await given.array()) as number[][])[0], ((await target.array()) as number[][])[0]];
    expect(first[0]).toBe(2);
    expect(second.slice(0, second.indexOf(3))).toEqual(first.slice(1, 1 + second.indexOf(3)));
    expect(untilEnd([7, 8, 3, 9])).toEqual([7, 8]);
    expect(untilEnd([7, 8])).toEqual([7, 8]);
  });

  test.each([true, false])('attention %s: all words at once say what they say one by one', (attention) => {
    manualSeed(4);
    const model = new Translator(book.vocabularies, { width: 6, units: 8, attention }).eval();
    const together = noGrad(() => model.forward(source, mask, given));
    const oneByOne = noGrad(() => {
      const reading = model.encode(source, mask);
      let state = reading.last;
      const scores = given.split(1, 1).map((word) => {
        const step = model.decode(word, state, reading);
        state = step.last;
        return step.scores;
      });
      return ops.concat(scores, 1);
    });
    expect(furthest(together, oneByOne)).toBeLessThan(1e-5);
    const said = noGrad(() => translate(model, source, mask, 4));
    expect(said.shape).toEqual([20, 4]);
    expect(numbers(said.slice(null, 0))).toEqual(numbers(together.slice(null, 0).argmax(1)));
  });

  test('accuracy under a teacher counts real words only', async () => {
    const model = new Translator(book.vocabularies, { width: 4, units: 4, attention: false });
    model.next.weight.become(zeros(model.next.weight.shape));
    model.next.bias?.become(
      ops
        .oneHot(ids([3]), book.vocabularies.target.length)
        .to('float32')
        .reshape(-1),
    ); // <end>
    const wanted = numbers(target).filter((id) => id !== 0);
    expect(await taughtAccuracy(model, book.test)).toBeCloseTo(20 / wanted.length, 6);
  });
});

test('the parameters of the full setting', () => {
  const shape = { width: 128, units: 128, dense: 64, dropout: 0.2 };
  expect(new Reader('LSTM', 10_000, shape).parameterCount()).toBe(1_280_000 + 132_096 + 8256 + 65);
  expect(new Reader('GRU', 10_000, shape).parameterCount()).toBe(1_280_000 + 99_072 + 8256 + 65);
});

describe('characters', () => {
  test('perplexity by hand', () => {
    expect(perplexityOf([1 / 6, 1 / 6, 1 / 6])).toBeCloseTo(6, 12);
    expect(perplexityOf([1 / 2, 1 / 4, 1 / 8])).toBeCloseTo(4, 12);
    expect(perplexityOf([1, 1, 0.001])).toBeCloseTo(10, 10);
  });

  test('is e to the mean cross-entropy', async () => {
    manualSeed(5);
    const model = new Writer(6, { width: 3, units: 4 });
    const [x, y] = [ids([2, 4, 5]), ids([4, 5, 3])];
    const scores = noGrad(() => model.forward(x)); // [1, 6, 3]
    const p = [4, 5, 3].map((letter, t) => scores.softmax(1).slice(0, letter, t).itemSync());
    expect(await train.perplexity().of(scores, y)).toBeCloseTo(perplexityOf(p), 4);
  });

  test('temperature', () => {
    const scores = [1, 3, 4].map(Math.log);
    const near = (p: number[], expected: number[]) =>
      p.forEach((one, i) => void expect(one).toBeCloseTo(expected[i], 12));
    near(probabilities(scores, 1), [1 / 8, 3 / 8, 4 / 8]);
    near(probabilities(scores, 0.5), [1 / 26, 9 / 26, 16 / 26]);
    expect([0, 0.124, 0.126, 0.49, 0.51, 0.999].map((chance) => draw([1 / 8, 3 / 8, 4 / 8], chance))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });

  test('counting letters', async () => {
    const vocabulary = Vocabulary.of([['a', 'b']], { markers: ['<start>', '<end>'] }); // a: 4, b: 5
    const sheet = { x: ids([2, 4, 5, 4]), y: ids([4, 5, 4, 3]) }; // "aba"
    const book = { vocabulary, training: sheet, test: sheet, names: ['aba'], source: '' };
    // counts: a 2, b 1, <end> 1, and a tenth for each of six
    const p = [2.1, 1.1, 2.1, 1.1].map((count) => count / 4.6);
    expect(await perplexityOfCounts(book, 0)).toBeCloseTo(perplexityOf(p), 10);
    // after <start>: a; after a: b and <end>; after b: a
    const after = [1.1 / 1.6, 1.1 / 2.6, 1.1 / 1.6, 1.1 / 2.6];
    expect(await perplexityOfCounts(book, 1)).toBeCloseTo(perplexityOf(after), 10);
  });
});

test('words and signs', () => {
  expect(words('It <br />isn’t BAD!')).toEqual(['it', "isn't", 'bad', '!']);
});

const out = mkdtempSync(join(tmpdir(), 'language-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[], input?: string) =>
  runScript(`chapters/07-rnn-lstm-gru/${name}.ts`, [...args, '--out', out], { input, env: { DATASETS_DIR: '' } });

const small = (text: string): string[] => text.split(' ');
const SCRIPTS: [name: string, args: string[], figures: string[]][] = [
  ['words', small('--reviews 50'), ['words']],
  ['masking', small('--reviews 200 --epochs 1'), ['masking']],
  ['translation', small('--quick --pairs 200 --test 40 --epochs 1'), ['translation', 'translation-lengths']],
  ['characters', small('--quick --names 200 --epochs 1 --temperatures 1'), ['characters-temperature']],
];

describe.concurrent('scripts', { timeout: 120_000 }, () => {
  test.each(SCRIPTS)('%s runs, draws, and says what to do next', async (name, args, figures) => {
    const { code, stdout, stderr } = await run(name, args);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('sentiment asks first, and tells what each thinks of a review of yours', async () => {
    const args = [...small('--quick --reviews 200 --test 40 --epochs 1 --predict'), '--review', 'Not bad!'];
    const { code, stdout } = await run('sentiment', args, '2\n');
    expect(code).toBe(0);
    expect(stdout).toContain('You predicted: about equal.');
    expect(stdout).toMatch(/\nnot .*\nbad .*\n! /);
  });

  test('characters reads a file of yours', async () => {
    const file = join(out, 'own.txt');
    writeFileSync(file, 'the cat sat on the mat. '.repeat(60));
    const { stdout } = await run('characters', ['--quick', '--file', file, '--epochs', '2', '--begin', 'the ']);
    expect(stdout).toMatch(/temperature 0\.3: the /);
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['words', '--reviews', 'many'],
      ['masking', '--mask'],
      ['sentiment', '--review', ' '],
      ['translation', '--units', '0'],
      ['characters', '--temperatures', 'hot'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });

  test('what cannot work is said in one line', async () => {
    const file = join(out, 'short.txt');
    writeFileSync(file, 'too short');
    const { code, stderr } = await run('characters', ['--file', file]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('too short for pieces of 64')]);
    const cold = await run('characters', ['--temperatures', '1,0']);
    expect([cold.code, cold.stderr.trim()]).toEqual([1, expect.stringContaining('a temperature is above 0, not 0')]);
  });
});
