/**
 * A folder of photos: classes by the names of folders, hidden files left aside, one clear line for what is not so.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { imageFolder } from '../../datasets';
import { temporaryFolder } from '../io/folder';

const root = join(temporaryFolder(), 'animals');

async function photo(name: string, background: string, width = 6, height = 4): Promise<void> {
  const picture = sharp({ create: { width, height, channels: 3, background } });
  writeFileSync(join(root, name), await picture.toFormat(name.endsWith('webp') ? 'webp' : 'png').toBuffer());
}

beforeEach(async () => {
  rmSync(root, { recursive: true, force: true });
  for (const name of ['dogs', 'cats', '.git']) mkdirSync(join(root, name), { recursive: true });
  await photo('dogs/b.PNG', '#0000ff');
  await photo('cats/z.png', '#ff0000', 5, 9);
  await photo('cats/a.webp', '#00ff00');
  writeFileSync(join(root, 'cats', '.DS_Store'), 'hidden');
  writeFileSync(join(root, 'cats', 'notes.txt'), 'no picture');
  writeFileSync(join(root, 'about.txt'), 'no class');
});

test('one folder a class, in the order of the alphabet', async () => {
  const { x, y, names, files, source } = await imageFolder(root, { size: 3 });
  expect([x.shape, x.dtype, [...y.dataSync()], y.dtype]).toEqual([[3, 3, 3, 3], 'float32', [0, 0, 1], 'int32']);
  expect(names).toEqual(['cats', 'dogs']);
  expect(files).toEqual(['cats/a.webp', 'cats/z.png', 'dogs/b.PNG'].map((name) => join(root, name)));
  expect(source).toBe(`3 pictures of 2 classes from ${root}`);
  const middles = x.slice(null, null, 1, 1).dataSync();
  expect([...middles].map(Math.round)).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1]); // green, red, blue
});

test('a damaged picture is named', async () => {
  writeFileSync(join(root, 'dogs', 'c.jpg'), 'I am no photo');
  await expect(imageFolder(root, { size: 3 })).rejects.toThrow(`${join(root, 'dogs', 'c.jpg')}: it is no JPEG, PNG`);
});

test('folders that hold no classes', async () => {
  const load = (path: string) => imageFolder(path, { size: 3 });
  await expect(load(join(root, 'cats'))).rejects.toThrow(`${join(root, 'cats')} has no folders; it needs a folder of`);
  rmSync(join(root, 'dogs', 'b.PNG'));
  await expect(load(root)).rejects.toThrow(`imageFolder: ${join(root, 'dogs')} has no file that ends in .jpg, .jpeg`);
  rmSync(join(root, 'dogs'), { recursive: true });
  await expect(load(root)).rejects.toThrow('has only the folder cats; it needs a folder of pictures for each of two');
  await expect(load(join(root, 'missing'))).rejects.toThrow(/^cannot read .*missing: there is no such file or folder$/);
  await expect(load(join(root, 'about.txt'))).rejects.toThrow('cannot read');
});

test.each([0, 2.5, Number.NaN])('size %s is refused', async (size) => {
  await expect(imageFolder(root, { size })).rejects.toThrow(
    `imageFolder: size is a whole number from 1 up, not ${size}`,
  );
});
