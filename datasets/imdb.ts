/**
 * IMDB: 50,000 film reviews, half to learn from and half to test on, half of each liked (Maas et al., 2011), from the
 * folder imdb/ below DATASETS_DIR: the folders train/pos, train/neg, test/pos and test/neg of the original (or its
 * aclImdb/ around them), or CSV files with the columns review and sentiment, plain or packed by gzip.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Generator, type Tensor, tensor } from '../core';
import { readCsv } from '../core/io/csv';
import { damaged, fileError, readText } from '../core/io/files';
import { checkCount, findReal, notThere } from './labelled';
import { reviews } from './reviews';

export interface ReviewTexts {
  texts: string[];
  /** 1 where the writer liked the film, 0 where not: int32 [N]. */
  y: Tensor;
}

export interface ReviewSets {
  train: ReviewTexts;
  test: ReviewTexts;
  /** Which data this is, in one line. */
  source: string;
}

export interface ImdbOptions {
  /** How many reviews of each set, counted from its first; all there are unless given. */
  train?: number;
  test?: number;
}

/** A review before it is a row of tensors. */
interface Review {
  text: string;
  liked: boolean;
}

export async function imdb({ train, test }: ImdbOptions = {}): Promise<ReviewSets> {
  if (train !== undefined) checkCount('imdb: train', train);
  if (test !== undefined) checkCount('imdb: test', test);
  const folder = findReal('imdb');
  if (!folder) throw notThere('imdb');
  const sets = await readSets(folder, { train, test });
  return {
    ...sets,
    source: `IMDB: ${sets.train.texts.length} film reviews to learn from, ${sets.test.texts.length} to test on`,
  };
}

/** IMDB where DATASETS_DIR has it; elsewhere generated reviews, 5,000 and 2,000 unless given, in the same form. */
export async function imdbOrReviews({
  train,
  test,
  generator,
}: ImdbOptions & { generator?: Generator } = {}): Promise<ReviewSets> {
  if (findReal('imdb')) return imdb({ train, test });
  const [learn, judge] = [train ?? 5000, test ?? 2000];
  return {
    train: reviews(learn, { generator }),
    test: reviews(judge, { generator }),
    source: `generated film reviews: ${learn} to learn from, ${judge} to test on (DATASETS_DIR has no IMDB)`,
  };
}

async function readSets(folder: string, { train, test }: ImdbOptions): Promise<Pick<ReviewSets, 'train' | 'test'>> {
  const root = [join(folder, 'aclImdb'), folder].find((path) => existsSync(join(path, 'train')));
  if (root)
    return { train: await readFolders(join(root, 'train'), train), test: await readFolders(join(root, 'test'), test) };
  const tables = await readTables(folder);
  return { train: take(tables.train, train), test: take(tables.test, test) };
}

/** The files of pos/ and neg/ in turns, so that any beginning has as many of each. */
async function readFolders(folder: string, count?: number): Promise<ReviewTexts> {
  const [liked, disliked] = [await listTexts(join(folder, 'pos')), await listTexts(join(folder, 'neg'))];
  const files = Array.from({ length: Math.max(liked.length, disliked.length) }, (_, i) => [
    { path: liked[i], liked: true },
    { path: disliked[i], liked: false },
  ])
    .flat()
    .filter(({ path }) => path !== undefined);
  checkEnough(files.length, count, folder);
  const found: Review[] = [];
  for (const { path, liked } of files.slice(0, count))
    found.push({ text: checkText(await readText(path), path), liked });
  return toSet(found);
}

async function listTexts(folder: string): Promise<string[]> {
  const texts = (await list(folder)).filter((name) => name.endsWith('.txt'));
  if (texts.length === 0) throw new Error(`imdb: ${folder} has no reviews: expected files such as 0_9.txt`);
  return texts.sort((a, b) => parseInt(a, 10) - parseInt(b, 10) || (a < b ? -1 : 1)).map((name) => join(folder, name));
}

const list = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error) => {
    throw fileError('read', folder, error);
  });

/** Reviews and the file they come from. */
interface Table {
  path: string;
  found: Review[];
}

/** One file for training and one for testing, told by their names; or one file alone, the first half for training. */
async function readTables(folder: string): Promise<{ train: Table; test: Table }> {
  const names = (await list(folder)).filter((name) => /\.csv(\.gz)?$/i.test(name)).sort();
  const named = (part: string) => names.filter((name) => name.toLowerCase().includes(part));
  const [train, test] = [named('train'), named('test')];
  if (train.length === 1 && test.length === 1 && train[0] !== test[0])
    return { train: await readTable(join(folder, train[0])), test: await readTable(join(folder, test[0])) };
  if (names.length !== 1)
    throw new Error(
      `imdb: ${folder} should have the folders train and test, or one CSV file with "train" in its name and one with ` +
        `"test", or one CSV file alone; it has ${names.join(', ') || 'none of these'}`,
    );
  const { path, found } = await readTable(join(folder, names[0]));
  if (found.length === 1) throw damaged(path, 'it has 1 review, and both parts need one');
  const half = Math.ceil(found.length / 2);
  return { train: { path, found: found.slice(0, half) }, test: { path, found: found.slice(half) } };
}

const LABELS = new Map([
  ['positive', true],
  ['negative', false],
  ['1', true],
  ['0', false],
]);

async function readTable(path: string): Promise<Table> {
  const [heading, ...rows] = await readCsv(path);
  const [text, label] = ['review', 'sentiment'].map((name) => (heading ?? []).indexOf(name));
  if (text < 0 || label < 0) throw damaged(path, 'its first line does not name the columns review and sentiment');
  if (rows.length === 0) throw damaged(path, 'it has no reviews');
  const found = rows.map((row, i) => {
    const liked = LABELS.get(row[label]);
    if (liked === undefined)
      throw damaged(path, `review ${i + 1} has the sentiment "${row[label]}", which is not positive, negative, 1 or 0`);
    return { text: checkText(row[text], path, `review ${i + 1}`), liked };
  });
  return { path, found };
}

function checkText(text: string, path: string, what = 'the review'): string {
  if (text.trim() === '') throw damaged(path, `${what} is empty`);
  return text;
}

function take({ path, found }: Table, count?: number): ReviewTexts {
  checkEnough(found.length, count, path);
  return toSet(found.slice(0, count));
}

function checkEnough(found: number, count: number | undefined, place: string): void {
  if (count !== undefined && count > found)
    throw new Error(`imdb: ${place} has ${found} reviews for this part, fewer than the ${count} asked for`);
}

const toSet = (found: readonly Review[]): ReviewTexts => ({
  texts: found.map(({ text }) => text),
  y: tensor(Int32Array.from(found, ({ liked }) => Number(liked))),
});
