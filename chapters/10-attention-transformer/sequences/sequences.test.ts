/**
 * The page about sequences: what it says exactly, and its programs as a reader runs them.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { manualSeed, nn, noGrad, ops, randint, type Tensor, tensor } from '../../../core';
import { characters, prose } from '../../../datasets';
import { runScript } from '../../../tools/run';
import { fromTable, spell } from '../beam';
import { differenceInPieces, multiplyAdds, timed } from '../cache';
import { Classifier } from '../classifier';
import { load, perplexity, save } from '../gpt';
import { GPT, learn, write } from '../gpt-model';
import { NGrams } from '../ngrams';
import { topScores } from '../sampling';
import { beamSearch } from '../search';
import { datePairs, drawPairs, END, readBook, START, untilEnd } from '../tasks';
import { idsOf, perCharacter, tokeniserFor } from '../text';
import { align, greedy, Translator } from '../translator';

const numbers = (t: Tensor): number[] => [...t.dataSync()];
const furthest = (a: Tensor, b: Tensor): number => a.sub(b).abs().max().itemSync();
const out = mkdtempSync(join(tmpdir(), 'sequences-'));
afterAll(() => rmSync(out, { recursive: true }));

describe('the classifier', () => {
  const shape = { width: 64, heads: 2, headDim: 32, wide: 256, dropout: 0.1 };

  test('the parameters of the setting of the curriculum', () => {
    const words = 20_000 * 64;
    const rest = 4 * 64 + (64 * 256 + 256) + (256 * 64 + 64) + 65; // norms, small network, score
    expect(new Classifier(20_000, shape).parameterCount()).toBe(words + 4 * (64 * 64 + 64) + rest);
    const keras = new Classifier(20_000, { ...shape, headDim: 64 });
    expect(keras.parameterCount()).toBe(words + 3 * (64 * 128 + 128) + (128 * 64 + 64) + rest);
    expect(new Classifier(20_000, shape).parameterCount()).toBe(1_330_049);
    expect(keras.parameterCount()).toBe(1_346_625);
  });

  test('what is behind the padding cannot be felt', () => {
    manualSeed(1);
    const model = new Classifier(9, { width: 8, heads: 2, headDim: 4, wide: 16, dropout: 0.1 }).eval();
    const mask = tensor([[1, 1, 1, 0, 0]], { dtype: 'int32' });
    const score = (ids: number[]) => noGrad(() => model.forward(tensor([ids], { dtype: 'int32' }), mask)).itemSync();
    expect(score([3, 4, 5, 6, 7])).toBeCloseTo(score([3, 4, 5, 0, 0]), 6);
    expect(Math.abs(score([3, 4, 5, 0, 0]) - score([3, 5, 4, 0, 0]))).toBeGreaterThan(1e-4); // it knows places
  });
});

describe('tasks', () => {
  test('one day in six styles', () => {
    const pairs = datePairs(31_838);
    expect(pairs.map(({ source }) => source)).toEqual([
      '4 March 1987',
      'March 4, 1987',
      'Wed, 4 March 1987',
      '4-Mar-1987',
      '4.3.1987',
      '3/4/1987',
    ]);
    for (const { target } of pairs) expect(target).toBe('1987-03-04');
    expect(datePairs(0)[2]).toEqual({ source: 'Mon, 1 January 1900', target: '1900-01-01' });
  });

  test('what is tested was not learned', () => {
    manualSeed(0);
    const { train, test: fresh } = drawPairs('dates', { train: 3000, test: 200 }, { shortest: 1, longest: 1 });
    const days = new Set(train.map(({ target }) => target));
    for (const { target } of fresh) expect(days.has(target)).toBe(false);
    const sorted = drawPairs('sort', { train: 10, test: 10 }, { shortest: 3, longest: 6 }).test;
    for (const { source, target } of sorted) expect(target).toBe([...source].sort().join(''));
    const reversed = drawPairs('reverse', { train: 10, test: 10 }, { shortest: 3, longest: 6 }).test;
    for (const { source, target } of reversed) expect(target).toBe([...source].reverse().join(''));
    const all = () => drawPairs('sort', { train: 2000, test: 10 }, { shortest: 1, longest: 1 });
    expect(all).toThrow(/nearly all sort pairs/);
  });
});

describe('the translator', () => {
  manualSeed(2);
  const book = readBook('reverse', { train: 100, test: 12 }, { shortest: 2, longest: 5 });
  const model = new Translator(book.vocabularies, { width: 16, heads: 4, layers: 2 }).eval();
  const { source, mask, given, answer } = book.test;

  test('what is given is the answer, a step later', () => {
    const [first, second] = [given, answer].map((t) => numbers(t.slice(0)));
    expect(first[0]).toBe(START);
    expect(second.slice(0, second.indexOf(END))).toEqual(first.slice(1, 1 + second.indexOf(END)));
    expect([untilEnd([7, END, 8]), untilEnd([7, 8])]).toEqual([[7], [7, 8]]);
  });

  test('with a cache, symbol by symbol, it says what it says all at once', () => {
    const together = noGrad(() => model.forward(source, mask, given));
    const oneByOne = noGrad(() => {
      const reading = model.read(source, mask);
      const caches = model.decoder.layers.map(() => new nn.KeyValueCache());
      return ops.concat(
        given.split(1, 1).map((symbol) => model.say(symbol, reading, caches)),
        1,
      );
    });
    expect(furthest(together, oneByOne)).toBeLessThan(1e-5);
    const said = noGrad(() => greedy(model, source, mask, 3));
    expect(numbers(said.slice(null, 0))).toEqual(numbers(together.slice(null, 0).argmax(1)));
  });

  test('the parameters of the translator of dates', () => {
    const dates = readBook('dates', { train: 3000, test: 1 }, { shortest: 1, longest: 1 });
    expect(new Translator(dates.vocabularies, { width: 32, heads: 4, layers: 2 }).parameterCount()).toBe(62_031);
  });

  test('an alignment has a row for each symbol said, and each row adds up to 1', async () => {
    const { source: letters, said, weights } = await align(model, '3142', book, 4);
    expect(letters).toEqual(['3', '1', '4', '2']);
    expect(weights).toHaveLength(said.length);
    for (const row of weights) expect(row.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5);
  });
});

describe('beam search', () => {
  const find = async (width: number) => (await beamSearch(fromTable, { width, end: 6, most: 3 })).map(spell);

  test('the table by hand: greedy misses the likeliest sentence, a beam of two finds it', async () => {
    expect(await find(1)).toEqual(['a cat']);
    expect(await find(2)).toEqual(['the cat', 'a cat']);
    const [{ logP }] = await beamSearch(fromTable, { width: 9, end: 6, most: 3 });
    expect(Math.exp(logP)).toBeCloseTo(0.36, 12);
  });

  test('a beam as wide as all sentences finds all, in order', async () => {
    const all = await beamSearch(fromTable, { width: 9, end: 6, most: 3 });
    expect(all).toHaveLength(9);
    expect(all.reduce((sum, { logP }) => sum + Math.exp(logP), 0)).toBeCloseTo(1, 12);
    expect(all.map(({ logP }) => logP)).toEqual(all.map(({ logP }) => logP).sort((a, b) => b - a));
  });
});

describe('counting', () => {
  test('a 3-gram by hand', () => {
    const model = new NGrams('abab', 2, ['a', 'b']);
    // nothing before: a twice, b twice; after a: b twice; after ba: b once
    expect(model.probabilities([])).toEqual([0.5, 0.5]);
    expect(model.probabilities(['a'])[1]).toBeCloseTo((2 + 2 * 0.5) / 4, 12);
    expect(model.probabilities(['b', 'a'])[1]).toBeCloseTo((1 + 2 * 0.75) / 3, 12);
    for (const before of [[], ['a'], ['b', 'a'], ['b', 'b']])
      expect(model.probabilities(before).reduce((sum, p) => sum + p)).toBeCloseTo(1, 12);
    expect(new NGrams('abab', 0, ['a', 'b']).surprise('ab')).toBeCloseTo(2 * Math.LN2, 12);
  });
});

describe('the GPT', () => {
  const text = prose(3000);
  const shape = { context: 12, width: 16, heads: 4, layers: 2 };
  const tokeniser = tokeniserFor(text);
  const made = (): GPT => {
    manualSeed(3);
    return new GPT({ ...shape, tokens: tokeniser.length }).eval();
  };

  test('in pieces with a cache, it says what it says at once', async () => {
    const ids = randint(0, 20, [1, 12]);
    for (const sizes of [new Array<number>(12).fill(1), [5, 1, 6], [1, 11]])
      expect(await differenceInPieces(made(), ids, sizes)).toBeLessThan(1e-5);
  });

  test('writes the same with and without a cache, also when its window is full', async () => {
    const [plain, cached] = [await timed(made(), 40, false), await timed(made(), 40, true)];
    expect(cached.tokens).toEqual(plain.tokens);
    expect(new Set(cached.tokens).size).toBeGreaterThan(1);
  });

  test('no place sees what comes later', () => {
    const scores = (ids: number[]) =>
      noGrad(() =>
        made()
          .forward(tensor([ids], { dtype: 'int32' }))
          .narrow(1, 0, 3),
      );
    expect(furthest(scores([3, 4, 5, 6]), scores([3, 4, 5, 9]))).toBe(0);
  });

  test('is asked for the next token only once it has been read', async () => {
    const seen: number[] = [];
    const writing = write(made(), [2, 3], (scores) => {
      seen.push(scores.length);
      return 5;
    });
    expect([(await writing.next()).value, (await writing.next()).value]).toEqual([5, 5]);
    expect(seen).toEqual([tokeniser.length, tokeniser.length]);
  });

  test('perplexity: who thinks all alike hesitates among all; each token but the first is judged once', async () => {
    const model = made();
    for (const parameter of model.next.parameters()) parameter.become(ops.mul(parameter, 0).detach());
    for (const part of [text.slice(0, 100), text.slice(0, 13), text.slice(0, 5)])
      expect(await perplexity(model, tokeniser, part)).toBeCloseTo(tokeniser.length, 3);
    const pairs = tokeniserFor(text, 300);
    const other = new GPT({ ...shape, tokens: pairs.length }).eval();
    for (const parameter of other.next.parameters()) parameter.become(ops.mul(parameter, 0).detach());
    const ids = pairs.encode(text.slice(0, 200));
    const letters = characters(pairs.decode(ids.slice(1))).length;
    const expected = pairs.length ** ((ids.length - 1) / letters);
    expect((await perplexity(other, pairs, text.slice(0, 200))) / expected).toBeCloseTo(1, 4);
    expect(perCharacter(Math.log(64) + Math.log(4), 'the cat!')).toBeCloseTo(2, 12);
  });

  test('perplexity agrees with a window that holds all of the text', async () => {
    const model = made();
    const ids = tokeniser.encode(text.slice(0, 12));
    const row = (part: number[]) => tensor(part, { dtype: 'int32' });
    const scores = noGrad(() => model.forward(row(ids.slice(0, -1)).unsqueeze(0)).squeeze(0));
    const mean = ops.crossEntropy(scores, row(ids.slice(1))).itemSync();
    expect(await perplexity(model, tokeniser, text.slice(0, 12))).toBeCloseTo(Math.exp(mean), 4);
  });

  test('learns', async () => {
    const losses = await learn(made().train(), idsOf(tokeniser, text), { steps: 30, batch: 8, rate: 0.02 });
    expect(losses).toHaveLength(30);
    expect(losses[29]).toBeLessThan(losses[0] - 0.5);
  });

  test.each([0, 300])('saved and loaded it is the same, %s byte pairs', async (size) => {
    const own = tokeniserFor(text, size);
    const model = new GPT({ ...shape, tokens: own.length }).eval();
    const file = join(out, `gpt-${size}.safetensors`);
    await save(file, { model, tokeniser: own });
    const loaded = await load(file);
    expect(loaded.tokeniser.encode('The bear, said Tom.')).toEqual(own.encode('The bear, said Tom.'));
    const ids = randint(0, own.length, [2, 7]);
    const [a, b] = [model, loaded.model].map((one) => noGrad(() => one.forward(ids)));
    expect(furthest(a, b)).toBe(0);
  });

  test('the parameters of the default setting, and what a character costs', () => {
    const sizes = { tokens: 53, context: 64, width: 64, heads: 4, layers: 2 };
    expect(new GPT(sizes).parameterCount()).toBe(106_933);
    expect(multiplyAdds(sizes, 1, true)).toBe(101_696 + 256);
    expect(
      Math.round(
        multiplyAdds({ ...sizes, tokens: 64 }, 512, false) / multiplyAdds({ ...sizes, tokens: 64 }, 512, true),
      ),
    ).toBe(290);
  });

  test('multiply-adds of writing, counted as the core counts', () => {
    const model = made();
    const count = (read: number) => nn.summary(model.blocks, [1, read, 16]).multiplyAdds;
    const plain = [1, 2, 3].reduce((sum, read) => sum + count(read) + read * 16 * tokeniser.length, 0);
    expect(multiplyAdds({ ...shape, tokens: tokeniser.length }, 3, false)).toBe(plain);
    const blocks = [1, 2, 3].reduce((sum, seen) => sum + 2 * (12 * 16 * 16 + 2 * seen * 16), 0);
    expect(multiplyAdds({ ...shape, tokens: tokeniser.length }, 3, true)).toBe(blocks + 3 * 16 * tokeniser.length);
  });
});

test('top-k', () => {
  expect(topScores([1, 3, 2], 2)).toEqual([-Infinity, 3, 2]);
  expect(topScores([1, 3, 2], 9)).toEqual([1, 3, 2]);
});

const run = (name: string, args: string[], input?: string) =>
  runScript(`chapters/10-attention-transformer/${name}.ts`, [...args, '--out', out], {
    input,
    env: { DATASETS_DIR: '' },
  });

const small = (text: string): string[] => text.split(' ');
const SCRIPTS: [name: string, args: string[], figures: string[]][] = [
  ['classifier', small('--quick --reviews 200 --test 40 --epochs 1'), ['classifier']],
  ['seq2seq', small('--pairs 200 --test 10 --epochs 1 --width 8 --layers 1'), ['alignment']],
  ['ngrams', small('--letters 5000 --back 2'), []],
];

describe('scripts', { timeout: 120_000 }, () => {
  test.each(SCRIPTS)('%s runs, draws, and says what to do next', async (name, args, figures) => {
    const { code, stdout, stderr } = await run(name, args);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('predictions', async () => {
    const half = small('--pairs 200 --test 5 --longest 6 --width 8 --beams 4 --predict');
    expect((await run('beam', half, '1\n')).stdout).toContain('You predicted: more often right.');
    const { stdout } = await run('cache', small('--longest 16 --width 8 --predict'), '1\n');
    expect(stdout).toContain('You predicted: less than 3 times.');
  });

  test('a GPT learns from a file of yours, is saved, and writes again without learning', async () => {
    const [file, saved] = [join(out, 'own.txt'), join(out, 'own.safetensors')];
    writeFileSync(file, 'the cat sat on the mat. '.repeat(60));
    const tiny = small('--steps 3 --width 8 --context 16 --layers 1 --length 5 --begin the --pairs 260');
    const trained = await run('gpt', ['--file', file, '--save', saved, ...tiny]);
    expect([trained.code, trained.code === 0 ? '' : trained.stderr]).toEqual([0, '']);
    const again = await run('gpt', ['--sample', saved, '--begin', 'the', '--length', '5']);
    expect(again.stdout).toMatch(/tokens\/s\]\nthe/);
    expect(again.stdout).not.toContain('perplexity');
  });

  test('wrong flags get one line and exit code 2, what cannot work one line and exit code 1', async () => {
    const short = join(out, 'short.txt');
    writeFileSync(short, 'too short');
    for (const [expected, name, ...args] of [
      [2, 'seq2seq', '--task', 'cook'],
      [2, 'gpt', '--temperature', '0'],
      [1, 'gpt', '--file', short],
      [1, 'gpt', '--sample', short],
      [1, 'seq2seq', '--width', '9'],
    ] as [number, string, ...string[]][]) {
      const { code, stderr } = await run(name, args);
      expect([code, stderr.trim().split('\n').length], `${name} ${args.join(' ')}: ${stderr}`).toEqual([expected, 1]);
    }
  });
});
