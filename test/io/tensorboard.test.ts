/** Event files: the same bytes as TensorBoard's own writer, and what the callback puts into them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { arange, Generator, mseLoss, nn, optim, randn, type Tensor, tensor, train, zeros } from '../../core';
import { SummaryWriter, tensorBoard } from '../../core/io';
import { crc32c, maskedCrc32c } from '../../core/io/crc32c';
import * as protobuf from '../../core/io/protobuf';
import { temporaryFolder } from './folder';

const folder = temporaryFolder();
const ascii = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('CRC-32C', () => {
  // RFC 3720, appendix B.4, and the check value of every table of checksums.
  test.each([
    ['nothing', new Uint8Array(0), 0],
    ['123456789', ascii('123456789'), 0xe3069283],
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 times 255', new Uint8Array(32).fill(255), 0x62a8ab43],
    ['0 to 31', Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    ['31 to 0', Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ])('of %s', (_, bytes, crc) => {
    expect(crc32c(bytes)).toBe(crc);
  });

  test('masked, as TensorFlow does it', () => {
    const crc = 0x8a9136aa;
    expect(maskedCrc32c(new Uint8Array(32))).toBe((((crc << 17) | (crc >>> 15)) + 0xa282ead8) >>> 0);
  });
});

describe('protocol buffers', () => {
  test.each([
    ['the example of the documentation', protobuf.whole(1, 150), '089601'],
    ['a text', protobuf.text(2, 'testing'), '120774657374696e67'],
    ['a message', protobuf.message(3, [protobuf.whole(1, 150)]), '1a03089601'],
    ['zero', protobuf.whole(1, 0), '0800'],
    ['the largest whole number', protobuf.whole(1, Number.MAX_SAFE_INTEGER), '08ffffffffffffff0f'],
    ['a high field number', protobuf.whole(16, 1), '800101'],
    ['a float', protobuf.float(1, -2), '0d000000c0'],
    ['a double', protobuf.double(1, 1), '09000000000000f03f'],
    ['a packed list', protobuf.doubles(6, [1, 2]), '3210000000000000f03f0000000000000040'],
    ['an empty list', protobuf.doubles(6, []), '3200'],
  ])('%s', (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  test('has no varint for a fraction or a negative number', () => {
    for (const value of [-1, 0.5, NaN, 2 ** 53]) expect(() => protobuf.varint(value)).toThrow(`${value} is no whole`);
  });
});

/* -------------------------------------------------------------------------------------- reading it back */

type Field = number | Uint8Array;

/** The fields of a message by number; nested messages are left as bytes. */
function parse(bytes: Uint8Array): Record<number, Field[]> {
  const fields: Record<number, Field[]> = {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const next = (length: number): number => {
    at += length;
    return at - length;
  };
  while (at < bytes.length) {
    const tag = varint();
    const read = [
      varint,
      () => view.getFloat64(next(8), true),
      () => {
        const length = varint();
        return bytes.subarray(next(length), at);
      },
      undefined,
      undefined,
      () => view.getFloat32(next(4), true),
    ][tag & 7] as () => Field;
    fields[tag >> 3] ??= [];
    fields[tag >> 3].push(read());
  }
  return fields;
}

interface Value {
  step: number;
  tag: string;
  fields: Record<number, Field[]>;
}

/** The values in an event file, whose records must follow each other without a gap and carry the right checksums. */
function readValues(path: string): Value[] {
  const bytes = readFileSync(path);
  const values: Value[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    const message = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 8)).toBe(maskedCrc32c(bytes.subarray(at, at + 8)));
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(message));
    const event = parse(message);
    for (const value of event[5] ? parse(event[5][0] as Uint8Array)[1] : []) {
      const fields = parse(value as Uint8Array);
      values.push({ step: event[2][0] as number, tag: String(Buffer.from(fields[1][0] as Uint8Array)), fields });
    }
    at += 16 + length;
  }
  return values;
}

const only = (path: string): string => join(path, readdirSync(path)[0]);

describe('SummaryWriter', () => {
  afterEach(() => vi.useRealTimers());

  test('writes what TensorBoard’s own classes write', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 12_500 });
    const writer = new SummaryWriter(join(folder, 'same'));
    writer.addScalar('loss', 0.1, 7);
    writer.addScalar('Größe', NaN, 2 ** 40);
    await writer.addHistogram('weights', tensor([NaN, 0.5, -1, Infinity, 4, 0.5]), 1);
    writer.close();
    expect(writer.path).toMatch(/events\.out\.tfevents\.12\.\d+\.\d+$/);
    expect(hex(readFileSync(writer.path))).toBe(hex(readFileSync(join(__dirname, 'fixtures', 'events.bin'))));
  });

  test('writes pictures', async () => {
    const writer = new SummaryWriter(join(folder, 'pictures'));
    const grey = tensor([0, 0.5, 1, -3, 2, NaN], { shape: [1, 2, 3] });
    const colours = tensor([255, 0, 0, 255, 128, 300], { dtype: 'int32', shape: [3, 1, 2] });
    await writer.addImage('grey', grey, 0);
    await writer.addImage('colours', colours, 3);
    writer.close();

    const [first, second] = readValues(writer.path).map(({ step, tag, fields }) => {
      const { 1: height, 2: width, 3: channels, 4: png } = parse(fields[4][0] as Uint8Array);
      return { step, tag, size: [...channels, ...height, ...width], png: png[0] as Uint8Array };
    });
    expect(first).toMatchObject({ step: 0, tag: 'grey', size: [1, 2, 3] });
    expect(second).toMatchObject({ step: 3, tag: 'colours', size: [3, 1, 2] });
    const pixels = async (png: Uint8Array, space: string) => [
      ...(await sharp(png).toColourspace(space).raw().toBuffer()),
    ];
    expect((await sharp(first.png).metadata()).channels).toBe(1);
    expect(await pixels(first.png, 'b-w')).toEqual([0, 128, 255, 0, 255, 0]);
    expect(await pixels(second.png, 'srgb')).toEqual([255, 0, 128, 0, 255, 255]);
  });

  test('takes histograms of one value and of none', async () => {
    const writer = new SummaryWriter(join(folder, 'histograms'));
    for (const values of [tensor([2, 2, 2]), tensor([NaN]), zeros([0])]) await writer.addHistogram('h', values, 0);
    writer.close();
    const counts = readValues(writer.path).map(({ fields }) => parse(fields[5][0] as Uint8Array)[3][0]);
    expect(counts).toEqual([3, 0, 0]);
  });

  test('two in one folder do not meet', () => {
    const writers = [1, 2].map(() => new SummaryWriter(join(folder, 'two')));
    for (const writer of writers) writer.close();
    expect(readdirSync(join(folder, 'two')).length).toBe(2);
  });

  test('says what it cannot do', async () => {
    const writer = new SummaryWriter(join(folder, 'errors'));
    expect(() => writer.addScalar('loss', 1, -1)).toThrow('-1 is no whole number from 0 up');
    const refuse = (image: Tensor) => expect(writer.addImage('x', image, 0)).rejects.toThrow('addImage: a picture has');
    await refuse(zeros([2, 2]));
    await refuse(zeros([2, 3, 3]));
    await refuse(zeros([1, 0, 3]));
    writer.close();
    expect(() => writer.addScalar('loss', 1, 1)).toThrow(`cannot write ${writer.path}: `);
    expect(() => new SummaryWriter(writer.path)).toThrow(/^cannot write .*errors.*: /);
  });
});

test('the callback writes training, validation, rate and parameters by epoch', async () => {
  const generator = new Generator(5);
  const model = new nn.Linear(3, 1, { generator });
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
  const x = randn([20, 3], { generator });
  const runs = join(folder, 'runs');
  const history = await train.fit(model, {
    x,
    y: x.sum(1, { keepdim: true }),
    optimizer,
    loss: mseLoss,
    epochs: 3,
    validation: { x, y: arange(20).reshape(20, 1).to('float32') },
    callbacks: [tensorBoard(runs, { histograms: true })],
    generator,
    progress: false,
  });
  const values = (part: string) => readValues(only(join(runs, part)));
  const scalars = (part: string, tag: string) =>
    values(part)
      .filter((value) => value.tag === tag)
      .map(({ step, fields }) => [step, fields[2][0]]);
  const numbered = (curve: number[]) => curve.map((value, i) => [i + 1, Math.fround(value)]);
  expect(scalars('train', 'loss')).toEqual(numbered(history.curves.loss));
  expect(scalars('validation', 'loss')).toEqual(numbered(history.curves.valLoss));
  expect(scalars('train', 'learning rate')).toEqual(numbered([0.1, 0.1, 0.1]));
  const spread = values('train').filter(({ fields }) => fields[5]);
  expect(spread.map(({ tag }) => tag)).toEqual(['weight', 'bias', 'weight', 'bias', 'weight', 'bias']);
  expect(parse(spread[4].fields[5][0] as Uint8Array)[2][0]).toBe(model.weight.max().itemSync());
});
