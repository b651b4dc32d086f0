/**
 * Photos of every kind become red, green and blue from 0 to 1, turned, resized and cut; what is no photo is refused.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { type PhotoOptions, readPhoto } from '../../core/io';
import { temporaryFolder } from './folder';

const folder = temporaryFolder();
const path = join(folder, 'photo');

async function read(photo: Sharp | Uint8Array | string, options?: PhotoOptions) {
  writeFileSync(path, photo instanceof Uint8Array || typeof photo === 'string' ? photo : await photo.toBuffer());
  return readPhoto(path, options);
}

/** One colour all over. */
const plain = (width: number, height: number, ...colour: number[]): Sharp => {
  const pixels = Buffer.from(new Array(width * height).fill(colour).flat());
  return sharp(pixels, { raw: { width, height, channels: colour.length as 1 | 2 | 3 | 4 } });
};

/** Its red is 10 times the number of the column, its green 10 times that of the row. */
function ramps(width: number, height: number): Sharp {
  const pixels = Array.from({ length: width * height }, (_, i) => [10 * (i % width), 10 * Math.floor(i / width), 7]);
  return sharp(Buffer.from(pixels.flat()), { raw: { width, height, channels: 3 } });
}

test('bytes become values from 0 to 1, channel by channel', async () => {
  const x = await read(ramps(4, 2).png());
  expect([x.shape, x.dtype]).toEqual([[3, 2, 4], 'float32']);
  const bytes = [0, 10, 20, 30, 0, 10, 20, 30, 0, 0, 0, 0, 10, 10, 10, 10, 7, 7, 7, 7, 7, 7, 7, 7];
  expect(x.dataSync()).toEqual(Float32Array.from(bytes, (byte) => byte / 255));
});

test.each<[kind: string, photo: () => Sharp, rgb: number[], tolerance: number]>([
  ['a JPEG', () => plain(9, 9, 200, 100, 0).jpeg({ quality: 95 }), [200, 100, 0], 3],
  ['a WebP', () => plain(9, 9, 200, 100, 0).webp({ lossless: true }), [200, 100, 0], 0],
  ['a palette', () => plain(9, 9, 200, 100, 0).png({ palette: true }), [200, 100, 0], 0],
  ['grey', () => plain(9, 9, 100).toColourspace('b-w').png(), [100, 100, 100], 0],
  ['grey in a JPEG', () => plain(9, 9, 100).toColourspace('b-w').jpeg(), [100, 100, 100], 1],
  ['16 bits', () => plain(9, 9, 200, 100, 0).toColourspace('rgb16').png(), [200, 100, 0], 0],
  ['grey in 16 bits', () => plain(9, 9, 100).toColourspace('grey16').png(), [100, 100, 100], 1],
  ['CMYK', () => plain(9, 9, 200, 100, 0).toColourspace('cmyk').jpeg({ quality: 95 }), [200, 100, 0], 12],
  ['half transparent', () => plain(9, 9, 200, 100, 0, 128).png(), [227, 177, 127], 1],
  ['grey and transparent', () => plain(9, 9, 100, 0).toColourspace('b-w').png(), [255, 255, 255], 0],
])('%s', async (_, photo, rgb, tolerance) => {
  const x = await read(photo());
  expect(x.shape).toEqual([3, 9, 9]);
  const found = x.slice(null, 4, 4).dataSync();
  for (const [i, byte] of rgb.entries()) expect(Math.abs(255 * found[i] - byte)).toBeLessThan(tolerance + 0.01);
});

test('EXIF says how the camera was held', async () => {
  const upright = await read(ramps(4, 2).png());
  const turned = await read(ramps(4, 2).png().withMetadata({ orientation: 6 })); // a quarter to the right
  expect(turned.shape).toEqual([3, 4, 2]);
  expect(turned.dataSync()).toEqual(upright.flip(1).permute(0, 2, 1).dataSync());
});

test.each<[options: PhotoOptions, shape: number[]]>([
  [{}, [3, 12, 21]],
  [{ size: 8 }, [3, 8, 14]],
  [{ size: 7 }, [3, 7, 12]], // 12.25
  [{ size: 24 }, [3, 24, 42]],
  [{ size: [5, 6] }, [3, 5, 6]],
  [{ size: 8, crop: 7 }, [3, 7, 7]],
  [{ crop: [2, 20] }, [3, 2, 20]],
])('%j of 21 × 12 pixels gives %j', async (options, shape) => {
  expect((await read(ramps(21, 12).png(), options)).shape).toEqual(shape);
  const [, height, width] = shape;
  if (typeof options.size !== 'number' || options.crop) return;
  expect((await read(ramps(12, 21).png(), options)).shape).toEqual([3, width, height]);
});

test('crop takes the middle; half a pixel goes to the even side', async () => {
  const left = async (width: number) =>
    Math.round(25.5 * (await read(ramps(width, 4).png(), { crop: 4 })).dataSync()[0]);
  expect([await left(4), await left(5), await left(6), await left(7), await left(8), await left(9)]).toEqual([
    0, 0, 1, 2, 2, 2,
  ]);
});

test('making smaller takes the mean of what comes together', async () => {
  const stripes = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 2 ? 200 : 100)));
  const x = await read(sharp(stripes, { raw: { width: 64, height: 64, channels: 3 } }).png(), { size: 8 });
  const middle = x.slice(0, 4).dataSync().slice(1, 7);
  for (const value of middle) expect(Math.abs(255 * value - 150)).toBeLessThan(6);
});

/** The checksum of a chunk of a PNG file, as its specification has it. */
function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return ~rest >>> 0;
}

const jpeg = () => ramps(20, 20).resize(200, 200).jpeg().toBuffer();
const png = () => ramps(20, 20).png().toBuffer();

test.each<[kind: string, bytes: () => Promise<Uint8Array | string>, what: string]>([
  ['an empty file', async () => '', 'it is no JPEG, PNG or WebP'],
  ['text', async () => 'hello', 'it is no JPEG, PNG or WebP'],
  ['a drawing', async () => '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>', 'it is no JPEG, PNG'],
  ['a GIF', () => ramps(4, 4).gif().toBuffer(), 'it is no JPEG, PNG or WebP'],
  ['a JPEG cut short', async () => (await jpeg()).subarray(0, 900), 'it cannot be decoded'],
  ['a PNG cut short', async () => (await png()).subarray(0, 120), 'it cannot be decoded'],
  ['the head of a PNG', async () => (await png()).subarray(0, 20), 'it is no JPEG, PNG or WebP'],
])('%s is refused in one line', async (_, bytes, what) => {
  const error = (await read(await bytes()).catch((e: Error) => e)) as Error;
  expect(error.message).toContain(`${path}: ${what}`);
  expect(error.message).toMatch(/^[^\n]*; the file is damaged or of another kind: fetch or write it again$/);
});

test('missing files, pictures too large or too small', async () => {
  await expect(readPhoto(join(folder, 'none.jpg'))).rejects.toThrow('none.jpg: there is no such file or folder');
  await expect(readPhoto(folder)).rejects.toThrow('it is a folder, not a file');
  await expect(read(ramps(4, 4).png(), { crop: 5 })).rejects.toThrow('crop takes 5 × 5 pixels of the 4 × 4 there are');
  await expect(read(ramps(4, 4).png(), { size: 20_000 })).rejects.toThrow(
    `${path}: size would give it 20000 × 20000 pixels, more than 100 million; take a smaller size`,
  );
  const huge = await png();
  huge.writeUInt32BE(30_000, 16); // the width in its head
  huge.writeUInt32BE(20_000, 20);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  const refusal = `${path}: it has 30000 × 20000 pixels, more than 100 million; make a smaller copy of it`;
  await expect(read(huge)).rejects.toThrow(refusal);
});

test.each<PhotoOptions>([{ size: 0 }, { size: 2.5 }, { size: [3, -1] }, { crop: 0 }, { crop: [Number.NaN, 2] }])(
  '%j is refused',
  async (options) => {
    const [[name]] = Object.entries(options);
    await expect(read(ramps(4, 4).png(), options)).rejects.toThrow(`readPhoto: ${name} is a whole number from 1 up`);
  },
);
