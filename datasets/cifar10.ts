/**
 * CIFAR-10: 60,000 small photos of ten kinds of things, 32 × 32 colour pixels each (Krizhevsky, "Learning multiple
 * layers of features from tiny images", 2009), from the folder cifar10/ below DATASETS_DIR: the files of the "binary
 * version", as many as there are, packed by gzip or not.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Generator, type Tensor, tensor } from '../core';
import { damaged, readBytes, readText } from '../core/io/files';
import { checkCount, findReal, notThere } from './labelled';
import { pictureNames, pictures } from './pictures';

export interface ColourPictures {
  /** Values from 0 to 1: [N, 3, 32, 32]. */
  x: Tensor;
  /** What they show, 0 to 9: int32 [N]. */
  y: Tensor;
}

export interface PictureSets {
  train: ColourPictures;
  test: ColourPictures;
  /** What the labels stand for. */
  names: string[];
  /** Which data this is, in one line. */
  source: string;
}

export interface Cifar10Options {
  /** How many pictures of each set, counted from its first: all there are unless given. */
  train?: number;
  test?: number;
}

const CLASSES = 10;
const SIZE = 3 * 32 * 32;
const RECORD = 1 + SIZE; // a label, then all red, all green, all blue

export async function cifar10({ train, test }: Cifar10Options = {}): Promise<PictureSets> {
  if (train !== undefined) checkCount('cifar10: train', train);
  if (test !== undefined) checkCount('cifar10: test', test);
  const folder = findFolder();
  if (!folder) throw notThere('cifar10');
  const training = await readPictures(folder, ['data_batch'], train);
  const testing = await readPictures(folder, ['test_batch', 'valid'], test);
  return {
    train: training,
    test: testing,
    names: await readNames(folder),
    source: `CIFAR-10: ${training.y.shape[0]} photos to learn from, ${testing.y.shape[0]} to test on`,
  };
}

/** CIFAR-10 where DATASETS_DIR has it; elsewhere generated pictures in the same form: 5,000 and 1,000 unless given. */
export async function cifarOrPictures({
  train,
  test,
  generator,
}: Cifar10Options & { generator?: Generator } = {}): Promise<PictureSets> {
  if (findFolder()) return cifar10({ train, test });
  const [learn, judge] = [train ?? 5000, test ?? 1000];
  return {
    train: pictures(learn, { generator }),
    test: pictures(judge, { generator }),
    names: pictureNames,
    source: `generated pictures: ${learn} to learn from, ${judge} to test on (DATASETS_DIR has no CIFAR-10)`,
  };
}

/** The archive unpacks into a folder of its own. */
const findFolder = (): string | null => findReal('cifar10/cifar-10-batches-bin') ?? findReal('cifar10');

/** From the files that begin with the first of these words that any begins with. */
async function readPictures(folder: string, words: readonly string[], count?: number): Promise<ColourPictures> {
  const names = readdirSync(folder).sort();
  const files = words
    .map((word) => names.filter((name) => name.startsWith(word) && /\.bin(\.gz)?$/.test(name)))
    .find((found) => found.length > 0);
  if (!files)
    throw new Error(`cifar10: ${folder} has no ${words.map((word) => `${word}*.bin`).join(' and no ')}; put it there`);
  const parts: Uint8Array[] = [];
  let found = 0;
  for (const name of files) {
    if (count !== undefined && found >= count) break;
    const records = await readRecords(join(folder, name));
    parts.push(records);
    found += records.length / RECORD;
  }
  const wanted = count ?? found;
  if (wanted > found)
    throw new Error(
      `cifar10: ${files.join(', ')} in ${folder} has ${found} pictures, fewer than the ${wanted} asked for`,
    );
  const x = new Float32Array(wanted * SIZE);
  const y = new Int32Array(wanted);
  let i = 0;
  for (const records of parts) {
    for (let at = 0; at < records.length && i < wanted; at += RECORD, i++) {
      y[i] = records[at];
      for (let pixel = 0; pixel < SIZE; pixel++) x[i * SIZE + pixel] = records[at + 1 + pixel] / 255;
    }
  }
  return { x: tensor(x, { shape: [wanted, 3, 32, 32] }), y: tensor(y) };
}

async function readRecords(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  if (bytes.length === 0 || bytes.length % RECORD !== 0)
    throw damaged(path, `its ${bytes.length} bytes are no whole number of records of ${RECORD}`);
  for (let at = 0; at < bytes.length; at += RECORD) {
    if (bytes[at] >= CLASSES)
      throw damaged(path, `picture ${at / RECORD} has the label ${bytes[at]}, none from 0 to 9`);
  }
  return bytes;
}

async function readNames(folder: string): Promise<string[]> {
  const path = join(folder, 'batches.meta.txt');
  const names = (await readText(path)).split(/\r?\n/).filter((line) => line.trim() !== '');
  if (names.length !== CLASSES) throw damaged(path, `it has ${names.length} names instead of ${CLASSES}`);
  return names;
}
