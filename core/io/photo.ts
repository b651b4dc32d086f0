/**
 * Photos as tensors: JPEG, PNG and WebP are decoded by sharp, turned as their EXIF says, brought to a size and cut, in
 * the way of torchvision's Resize and CenterCrop. Grey and CMYK become RGB, and what is transparent turns white.
 */
import type { Sharp } from 'sharp';
import { tensor } from '../tensor/create';
import type { Tensor } from '../tensor/tensor';
import { damaged, readBytes } from './files';

export interface PhotoOptions {
  /** A number: the shorter side gets so many pixels, the proportions stay. Two: exactly this [height, width]. */
  size?: number | readonly [height: number, width: number];
  /** So much is then cut out of the middle, a square or [height, width]. */
  crop?: number | readonly [height: number, width: number];
}

const FORMATS = ['jpeg', 'png', 'webp'];
const LIMIT = 100e6; // pixels: 1.2 GB as numbers

/**
 * Values from 0 to 1: [3, height, width]. As networks for ImageNet want it, `{ size: 256, crop: 224 }`; those that want
 * bytes / 127.5 − 1 get it by `.mul(2).sub(1)`.
 */
export async function readPhoto(path: string, { size, crop }: PhotoOptions = {}): Promise<Tensor> {
  checkExtents('size', size);
  checkExtents('crop', crop);
  const { photo, extents } = await open(path);
  checkPixels(path, 'it has', extents, 'make a smaller copy of it');
  const [height, width] = resized(extents, size);
  checkPixels(path, 'size would give it', [height, width], 'take a smaller size');
  const [cropHeight, cropWidth] = crop === undefined ? [height, width] : pair(crop);
  if (cropHeight > height || cropWidth > width) {
    const fault = `crop takes ${cropWidth} × ${cropHeight} pixels of the ${width} × ${height} there are`;
    throw new Error(`${path}: ${fault}; let size make the picture larger first`);
  }
  const [top, left] = [half(height - cropHeight), half(width - cropWidth)];
  const bytes = await photo
    .resize(width, height, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false })
    .extract({ left, top, width: cropWidth, height: cropHeight })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer()
    .catch(({ message }: Error) => {
      throw damaged(path, `it cannot be decoded (${message.split('\n')[0]})`);
    });
  return tensor(planes(bytes), { shape: [3, cropHeight, cropWidth] });
}

/** A photo whose head alone was read, and the [height, width] it will have. */
async function open(path: string): Promise<{ photo: Sharp; extents: readonly [number, number] }> {
  const bytes = await readBytes(path);
  const { default: sharp } = await import('sharp');
  try {
    const photo = sharp(bytes, { autoOrient: true, ignoreIcc: true, limitInputPixels: false });
    const { format, autoOrient } = await photo.metadata();
    if (FORMATS.includes(format)) return { photo, extents: [autoOrient.height, autoOrient.width] };
  } catch {
    // What is no picture at all is answered in the same way as a picture of another kind.
  }
  throw damaged(path, 'it is no JPEG, PNG or WebP');
}

function checkPixels(path: string, what: string, [height, width]: readonly [number, number], mend: string): void {
  if (height * width <= LIMIT) return;
  throw new Error(`${path}: ${what} ${width} × ${height} pixels, more than ${LIMIT / 1e6} million; ${mend}`);
}

/** From red, green and blue of each pixel to all red, all green, all blue, and from bytes to shares. */
function planes(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length);
  const area = bytes.length / 3;
  for (let i = 0; i < area; i++) {
    for (let channel = 0; channel < 3; channel++) values[channel * area + i] = bytes[3 * i + channel] / 255;
  }
  return values;
}

const pair = (extents: number | readonly [number, number]): readonly [number, number] =>
  typeof extents === 'number' ? [extents, extents] : extents;

function resized([height, width]: readonly [number, number], size: PhotoOptions['size']): readonly [number, number] {
  if (size === undefined) return [height, width];
  if (typeof size !== 'number') return size;
  const scale = size / Math.min(height, width);
  return height < width ? [size, Math.floor(width * scale)] : [Math.floor(height * scale), size];
}

/** Half a pixel goes to the even side, as Python's round has it; else the cut would lie one beside torchvision's. */
const half = (rest: number): number => (rest % 4 === 3 ? (rest + 1) / 2 : Math.floor(rest / 2));

function checkExtents(name: string, extents: PhotoOptions['size']): void {
  if (extents === undefined || pair(extents).every((extent) => Number.isInteger(extent) && extent >= 1)) return;
  throw new Error(`readPhoto: ${name} is a whole number from 1 up, or two of them, not ${extents}`);
}
