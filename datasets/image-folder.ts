/**
 * Photos of one's own: a folder that has a folder for each class, named after it, with JPEG, PNG or WebP files in it.
 * Node only: sharp decodes them.
 */
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Tensor, tensor } from '../core';
import { fileError } from '../core/io/files';
import { readPhoto } from '../core/io/photo';
import type { Labelled } from './labelled';

export interface ImageFolder extends Labelled {
  /** What the labels stand for: the names of the folders, in the order of the alphabet. */
  names: string[];
  /** Where each picture came from. */
  files: string[];
}

export interface ImageFolderOptions {
  /** How high and wide the pictures get: the shorter side is brought to it, the rest of the longer one is cut off. */
  size: number;
}

const EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp'];

/** The pictures x [N, 3, size, size] of values from 0 to 1, class after class, and their classes y [N]. */
export async function imageFolder(path: string, { size }: ImageFolderOptions): Promise<ImageFolder> {
  if (!(Number.isInteger(size) && size >= 1))
    throw new Error(`imageFolder: size is a whole number from 1 up, not ${size}`);
  const names = await visible(path, 'folders');
  if (names.length < 2) {
    const found = names.length ? `only the folder ${names[0]}` : 'no folders';
    throw new Error(`imageFolder: ${path} has ${found}; it needs a folder of pictures for each of two classes or more`);
  }
  const files: string[] = [];
  const labels: number[] = [];
  for (const [label, name] of names.entries()) {
    const pictures = (await visible(join(path, name), 'files')).filter(isPicture);
    if (pictures.length === 0)
      throw new Error(`imageFolder: ${join(path, name)} has no file that ends in ${EXTENSIONS.join(', ')}`);
    for (const picture of pictures) {
      files.push(join(path, name, picture));
      labels.push(label);
    }
  }
  const source = `${files.length} pictures of ${names.length} classes from ${path}`;
  return { x: await readAll(files, size), y: tensor(Int32Array.from(labels)), names, files, source };
}

/** What is in a folder, in the order of the alphabet; names that begin with a dot are hidden. */
async function visible(path: string, kind: 'files' | 'folders'): Promise<string[]> {
  try {
    const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
    const facts = await Promise.all(names.map((name) => stat(join(path, name)))); // follows links
    return names.filter((_, i) => facts[i].isDirectory() === (kind === 'folders'));
  } catch (error) {
    throw fileError('read', path, error);
  }
}

const isPicture = (name: string): boolean => EXTENSIONS.includes(extname(name).toLowerCase());

async function readAll(files: readonly string[], size: number): Promise<Tensor> {
  const picture = 3 * size * size;
  const pixels = new Float32Array(files.length * picture);
  for (const [i, file] of files.entries()) {
    const photo = await readPhoto(file, { size, crop: size });
    pixels.set(await photo.data(), i * picture);
  }
  return tensor(pixels, { shape: [files.length, 3, size, size] });
}
