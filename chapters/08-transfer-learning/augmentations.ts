/**
 * Changes of a picture [3, H, W] that do not change what it shows: mirrored, turned, enlarged, cut, other colours.
 */
import { rand, type Tensor, tensor } from '../../core';

/** Random numbers one after the other, equally likely in 0 to 1. */
export type Chance = () => number;

/** They come from the common generator, and so begin at the seed. */
export function chances(count = 4096): Chance {
  let [numbers, next] = [rand([count], { device: 'cpu' }).dataSync(), 0];
  return () => {
    if (next === count) [numbers, next] = [rand([count], { device: 'cpu' }).dataSync(), 0];
    return numbers[next++];
  };
}

const between = (chance: Chance, low: number, high: number): number => low + (high - low) * chance();

/** A picture as plain numbers: channel by channel, row by row. */
export interface Picture {
  values: Float32Array;
  side: number;
}

type Augmentation = (picture: Picture, chance: Chance) => Picture;

// #region warp
/** Each pixel is fetched from where `source` says, measured from the middle; between pixels, from the four around. */
function warp({ values, side }: Picture, source: (x: number, y: number) => [x: number, y: number]): Picture {
  const warped = new Float32Array(values.length);
  const middle = (side - 1) / 2;
  const inside = (at: number) => Math.min(side - 1, Math.max(0, at)); // beyond the rim its colour goes on
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [x, y] = source(column - middle, row - middle).map((at) => inside(at + middle));
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [right, bottom] = [inside(left + 1), inside(top + 1)];
      for (let at = 0; at < values.length; at += side * side) {
        const pixel = (i: number, j: number) => values[at + i * side + j];
        const above = pixel(top, left) * (1 - x + left) + pixel(top, right) * (x - left);
        const below = pixel(bottom, left) * (1 - x + left) + pixel(bottom, right) * (x - left);
        warped[at + row * side + column] = above * (1 - y + top) + below * (y - top);
      }
    }
  }
  return { values: warped, side };
}
// #endregion

// #region ways
export const flip: Augmentation = (picture, chance) => (chance() < 0.5 ? mirror(picture) : picture);

export const mirror = (picture: Picture): Picture => warp(picture, (x, y) => [-x, y]);

export const upsideDown = (picture: Picture): Picture => warp(picture, (x, y) => [x, -y]);

/** By up to 15 degrees either way. */
export const rotation: Augmentation = (picture, chance) =>
  turned(picture, between(chance, -Math.PI / 12, Math.PI / 12));

export function turned(picture: Picture, angle: number): Picture {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return warp(picture, (x, y) => [cos * x + sin * y, cos * y - sin * x]);
}

export const zoom: Augmentation = (picture, chance) => {
  const scale = between(chance, 0.8, 1.2);
  return warp(picture, (x, y) => [x / scale, y / scale]);
};

/** A part of 60 to 100 % of the area, a little wider or higher than square, stretched to the whole. */
export const randomResizedCrop: Augmentation = (picture, chance) => {
  const [area, ratio] = [between(chance, 0.6, 1), between(chance, 0.85, 1.18)];
  const [width, height] = [Math.min(1, Math.sqrt(area * ratio)), Math.min(1, Math.sqrt(area / ratio))];
  const right = between(chance, -0.5, 0.5) * (1 - width) * picture.side;
  const down = between(chance, -0.5, 0.5) * (1 - height) * picture.side;
  return warp(picture, (x, y) => [x * width + right, y * height + down]);
};

/** Brightness, contrast and each colour by up to 30 %, and no value leaves 0 to 1. */
export const colourJitter: Augmentation = ({ values, side }, chance) => {
  const contrast = between(chance, 0.7, 1.3);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const light = [0, 1, 2].map(() => between(chance, 0.7, 1.3)); // red, green, blue
  const jittered = values.map((value, i) => {
    const colour = light[Math.floor(i / (side * side)) % 3];
    return Math.min(1, Math.max(0, colour * (mean + contrast * (value - mean))));
  });
  return { values: jittered, side };
};
// #endregion

export const AUGMENTATIONS = {
  flip,
  rotation,
  zoom,
  'random resized crop': randomResizedCrop,
  'colour jitter': colourJitter,
};

/** All of them, one after the other. */
export const augmented: Augmentation = (picture, chance) =>
  Object.values(AUGMENTATIONS).reduce((changed, augment) => augment(changed, chance), picture);

/** Every picture of [N, 3, H, W] (or [N, 1, H, W]) changed, each by chances of its own. */
export async function changed(x: Tensor, augment: Augmentation, chance = chances()): Promise<Tensor> {
  const [N, , , side] = x.shape;
  const values = Float32Array.from(await x.data());
  const size = values.length / N;
  for (let n = 0; n < N; n++) {
    const picture = { values: values.slice(n * size, (n + 1) * size), side };
    values.set(augment(picture, chance).values, n * size);
  }
  return tensor(values, { shape: [...x.shape] });
}
