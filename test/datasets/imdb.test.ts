/**
 * IMDB from folders and CSV files made here; generated reviews where there are none; one clear line for the rest.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Generator } from '../../core';
import { imdb, imdbOrReviews } from '../../datasets';
import { temporaryFolder } from '../io/folder';

const folder = temporaryFolder();
const inFolder = (name: string) => join(folder, 'imdb', name);
const write = (name: string, content: string | Uint8Array) => {
  mkdirSync(dirname(inFolder(name)), { recursive: true });
  writeFileSync(inFolder(name), content);
};

beforeEach(() => {
  rmSync(join(folder, 'imdb'), { recursive: true, force: true });
  mkdirSync(join(folder, 'imdb'));
  vi.stubEnv('DATASETS_DIR', folder);
});
afterEach(() => vi.unstubAllEnvs());

const failure = async (options = {}): Promise<string> => {
  const messages = [imdb, imdbOrReviews].map((load) => load(options).then(String, ({ message }: Error) => message));
  const [first, second] = await Promise.all(messages);
  expect(second).toBe(first);
  return first;
};

describe('folders', () => {
  const fill = (root: string) => {
    for (const part of ['train', 'test'])
      for (const kind of ['pos', 'neg'])
        for (const i of [0, 1, 2, 10]) write(`${root}${part}/${kind}/${i}_7.txt`, `${part} ${kind} ${i}`);
    write(`${root}train/unsup/0_0.txt`, 'unlabelled');
    write(`${root}train/pos/urls.csv`, 'no review');
  };

  test.each(['', 'aclImdb/'])('with "%s" around them, in turns and in the order of their numbers', async (root) => {
    fill(root);
    const { train, test, source } = await imdb();
    expect(train.texts).toEqual([0, 1, 2, 10].flatMap((i) => [`train pos ${i}`, `train neg ${i}`]));
    expect([[...train.y.dataSync()], train.y.dtype]).toEqual([[1, 0, 1, 0, 1, 0, 1, 0], 'int32']);
    expect([test.texts.length, test.texts[7]]).toEqual([8, 'test neg 10']);
    expect(source).toBe('IMDB: 8 film reviews to learn from, 8 to test on');
    expect((await imdbOrReviews({ train: 3, test: 1 })).train.texts).toEqual([
      'train pos 0',
      'train neg 0',
      'train pos 1',
    ]);
  });

  test('more of one kind than of the other', async () => {
    fill('');
    rmSync(inFolder('test/neg/2_7.txt'));
    rmSync(inFolder('test/neg/10_7.txt'));
    expect([...(await imdb()).test.y.dataSync()]).toEqual([1, 0, 1, 0, 1, 1]);
  });

  test('a missing folder, an empty one, an empty review, a review in another encoding', async () => {
    fill('');
    expect(await failure({ train: 9 })).toBe(
      `imdb: ${inFolder('train')} has 8 reviews for this part, fewer than the 9 asked for`,
    );
    write('test/pos/1_7.txt', Buffer.from([0x66, 0xe9, 0x65]));
    expect(await failure()).toContain(`${inFolder('test/pos/1_7.txt')}: it is no text in UTF-8`);
    write('test/pos/1_7.txt', ' \n');
    expect(await failure()).toContain(`${inFolder('test/pos/1_7.txt')}: the review is empty`);
    rmSync(inFolder('test/pos'), { recursive: true });
    expect(await failure()).toBe(`cannot read ${inFolder('test/pos')}: there is no such file or folder`);
    mkdirSync(inFolder('test/pos'));
    expect(await failure()).toContain(`imdb: ${inFolder('test/pos')} has no reviews`);
  });
});

describe('CSV files', () => {
  const rows = ['"Good, ""really""\nso.<br />",positive', 'Bad.,negative', '"So, so",0', 'Fine,1'];
  const table = (lines: string[]) => `review,sentiment\r\n${lines.join('\r\n')}\r\n`;

  test('one for each part, plain or packed', async () => {
    write('imdb_train_4.csv.gz', gzipSync(table(rows)));
    write('imdb_TEST.csv', 'sentiment,id,review\n0,7,No.\n');
    write('notes.txt', 'not mine');
    const { train, test, source } = await imdb();
    expect(train.texts).toEqual(['Good, "really"\nso.<br />', 'Bad.', 'So, so', 'Fine']);
    expect([[...train.y.dataSync()], test.texts, [...test.y.dataSync()]]).toEqual([[1, 0, 0, 1], ['No.'], [0]]);
    expect(source).toBe('IMDB: 4 film reviews to learn from, 1 to test on');
    expect((await imdb({ train: 2 })).train.texts).toHaveLength(2);
  });

  test('one alone: its first half is to learn from', async () => {
    write('IMDB Dataset.csv', table(rows));
    const { train, test } = await imdb();
    expect([train.texts.length, test.texts]).toEqual([2, ['So, so', 'Fine']]);
  });

  test.each<[what: string, content: string | Uint8Array, message: string]>([
    ['an empty file', '', 'its first line does not name the columns review and sentiment'],
    ['another heading', 'text,label\na,1\n', 'its first line does not name the columns review and sentiment'],
    ['no reviews', 'review,sentiment\n', 'it has no reviews'],
    ['one review, where two parts are to be made', table(rows.slice(0, 1)), 'it has 1 review, and both parts need one'],
    ['another sentiment', table([...rows, 'Well,neutral']), 'review 5 has the sentiment "neutral"'],
    ['an empty review', table([...rows, '"  ",positive']), 'review 5 is empty'],
    ['a quote that never ends', table([...rows, '"Well,positive']), 'a double quote opens a field that never ends'],
    ['a field too few', table([...rows, 'Well']), 'has 1 field, the first line 2'],
    ['a packed file cut short', gzipSync(table(rows)).subarray(0, 40), 'gzip cannot unpack it'],
    ['bytes of something else', Uint8Array.of(0xff, 0xfe, 0, 1), 'it is no text in UTF-8'],
  ])('%s', async (_, content, message) => {
    write('reviews.csv', content);
    const line = await failure();
    expect(line).toContain(message);
    expect(line).toContain(inFolder('reviews.csv'));
    expect(line).not.toContain('\n');
  });

  test('a file in the place of the folder', async () => {
    rmSync(join(folder, 'imdb'), { recursive: true });
    writeFileSync(join(folder, 'imdb'), '');
    expect(await failure()).toBe(`cannot read ${join(folder, 'imdb')}: a part of the path is a file, not a folder`);
    rmSync(join(folder, 'imdb'));
  });

  test('files that do not tell their part', async () => {
    expect(await failure()).toBe(
      `imdb: ${join(folder, 'imdb')} should have the folders train and test, or one CSV file with "train" in its ` +
        'name and one with "test", or one CSV file alone; it has none of these',
    );
    write('a.csv', table(rows));
    write('b.csv.gz', gzipSync(table(rows)));
    expect(await failure()).toContain('it has a.csv, b.csv.gz');
  });

  test('more reviews than there are', async () => {
    write('reviews.csv', table(rows));
    expect(await failure({ test: 3 })).toBe(
      `imdb: ${inFolder('reviews.csv')} has 2 reviews for this part, fewer than the 3 asked for`,
    );
    await expect(imdb({ train: 0 })).rejects.toThrow('imdb: train: count is a whole number from 1 up, not 0');
    await expect(imdb({ test: 1.5 })).rejects.toThrow('imdb: test: count is a whole number from 1 up, not 1.5');
  });
});

test.each([
  ['', 'imdb: DATASETS_DIR is not set; npm run datasets -- get imdb fetches it'],
  [__dirname, `imdb: there is no folder imdb in ${__dirname}; npm run datasets -- get imdb fetches it`],
])('without real files (DATASETS_DIR=%s) there are generated reviews', async (place, message) => {
  vi.stubEnv('DATASETS_DIR', place);
  await expect(imdb()).rejects.toThrow(message);
  const make = () => imdbOrReviews({ train: 11, test: 3, generator: new Generator(1) });
  const { train, test, source } = await make();
  expect(source).toBe('generated film reviews: 11 to learn from, 3 to test on (DATASETS_DIR has no IMDB)');
  expect([train.texts.length, train.y.shape, test.texts.length, test.y.shape]).toEqual([11, [11], 3, [3]]);
  expect((await make()).test.texts).toEqual(test.texts);
  expect(train.texts).not.toContain(test.texts[0]);
  await expect(imdbOrReviews({ train: 0 })).rejects.toThrow('count is a whole number from 1 up');
});
