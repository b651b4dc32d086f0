/**
 * Event files, as TensorBoard reads them: `tensorboard --logdir runs` shows what a SummaryWriter writes below `runs/`.
 * A file is a sequence of records, each an Event message (its fields are given below by name) between checksums:
 *
 *   8 bytes   the length of the message, little-endian       4 bytes   checksum of these eight
 *   n bytes   the message                                    4 bytes   checksum of the message
 */
import { appendFileSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { formatShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { countInBins } from './charts/bins';
import { maskedCrc32c } from './crc32c';
import { fileError } from './files';
import * as protobuf from './protobuf';

const BUCKETS = 50; // of a histogram

/** Writes one event file into a folder of its own run. Every call is on the disk when it returns. */
export class SummaryWriter {
  readonly path: string;
  private readonly file: number;
  private static count = 0;

  constructor(folder: string) {
    const seconds = Math.floor(Date.now() / 1000);
    this.path = join(folder, `events.out.tfevents.${seconds}.${process.pid}.${SummaryWriter.count++}`);
    try {
      mkdirSync(folder, { recursive: true });
      this.file = openSync(this.path, 'ax');
    } catch (error) {
      throw fileError('write', this.path, error);
    }
    this.write([protobuf.text(3, 'brain.Event:2')]); // file_version
  }

  addScalar(tag: string, value: number, step: number): void {
    this.addValue(tag, step, protobuf.float(2, value)); // simple_value
  }

  /** How the values of a tensor are spread; infinities and NaN are left out. */
  async addHistogram(tag: string, values: Tensor, step: number): Promise<void> {
    this.addValue(tag, step, protobuf.message(5, histogram(await values.data()))); // histo
  }

  /** A picture [C, H, W] with C = 1 or 3: floats from 0 to 1, or whole numbers from 0 to 255. */
  async addImage(tag: string, image: Tensor, step: number): Promise<void> {
    const png = await encodePng(image);
    const [channels, height, width] = image.shape;
    const picture = [
      protobuf.whole(1, height),
      protobuf.whole(2, width),
      protobuf.whole(3, channels), // colorspace
      protobuf.bytes(4, png), // encoded_image_string
    ];
    this.addValue(tag, step, protobuf.message(4, picture)); // image
  }

  close(): void {
    closeSync(this.file);
  }

  private addValue(tag: string, step: number, value: Uint8Array): void {
    const summary = [protobuf.message(1, [protobuf.text(1, tag), value])]; // value: tag and what it is
    this.write([protobuf.whole(2, step), protobuf.message(5, summary)]); // step, summary
  }

  private write(fields: readonly Uint8Array[]): void {
    try {
      appendFileSync(this.file, record(Buffer.concat([protobuf.double(1, Date.now() / 1000), ...fields]))); // wall_time
    } catch (error) {
      throw fileError('write', this.path, error);
    }
  }
}

/** A message between its length and its checksums. */
export function record(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + message.length + 4);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(message.length), true);
  view.setUint32(8, maskedCrc32c(bytes.subarray(0, 8)), true);
  bytes.set(message, 12);
  view.setUint32(12 + message.length, maskedCrc32c(message), true);
  return bytes;
}

/**
 * The fields of a HistogramProto. Its buckets are given by their right edges; the first begins at the smallest value.
 */
function histogram(values: ArrayLike<number>): Uint8Array[] {
  const finite = Array.from(values).filter(Number.isFinite);
  if (finite.length === 0) return [protobuf.double(3, 0)];
  const { low, high, counts } = countInBins(finite, BUCKETS);
  const edges = counts.map((_, i) => low + ((high - low) * (i + 1)) / BUCKETS);
  const sum = finite.reduce((total, x) => total + x, 0);
  const sumOfSquares = finite.reduce((total, x) => total + x * x, 0);
  return [
    protobuf.double(1, low), // min
    protobuf.double(2, high), // max
    protobuf.double(3, finite.length), // num
    protobuf.double(4, sum),
    protobuf.double(5, sumOfSquares),
    protobuf.doubles(6, edges), // bucket_limit
    protobuf.doubles(7, counts), // bucket
  ];
}

async function encodePng(image: Tensor): Promise<Uint8Array> {
  const [channels, height, width] = image.shape;
  if (image.rank !== 3 || (channels !== 1 && channels !== 3) || image.size === 0)
    throw new Error(`addImage: a picture has the shape [1 or 3, height, width], not ${formatShape(image.shape)}`);
  const values = await image.data();
  const full = image.dtype === 'int32' ? 255 : 1;
  const pixels = new Uint8ClampedArray(values.length); // rounds, and holds what is outside at the ends
  for (let i = 0; i < values.length; i++) {
    const [channel, place] = [Math.floor(i / (height * width)), i % (height * width)];
    pixels[place * channels + channel] = (values[i] / full) * 255;
  }
  const { default: sharp } = await import('sharp');
  const picture = sharp(pixels, { raw: { width, height, channels } });
  return picture
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}
