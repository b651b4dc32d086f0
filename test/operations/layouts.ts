/**
 * The same values laid out in memory in ways that a careless kernel reads wrongly. What lies between and around them is
 * NaN (in int32: a number that is no place anywhere), so that a step beside the path is seen.
 */
import type { Shape, Tensor } from '../../core';
import { tensor } from '../../core';
import { contiguousStrides } from '../../core/tensor/shape';
import { viewOf } from '../../core/tensor/tensor';

export interface Layout {
  name: string;
  /** A tensor without a past that has the shape of x, and its values as far as the layout can hold them. */
  arrange(x: Tensor): Tensor;
}

const NO_PLACE = -(2 ** 30);

export const layouts: Layout[] = [
  { name: 'not at the beginning', arrange: (x) => laidOut(x, contiguousStrides(x.shape), 3) },
  { name: 'transposed', arrange: (x) => laidOut(x, contiguousStrides([...x.shape].reverse()).reverse(), 0) },
  {
    name: 'every second of more',
    arrange: (x) =>
      laidOut(
        x,
        contiguousStrides(x.shape.map((n) => 2 * n + 1)).map((step) => 2 * step),
        1,
      ),
  },
  { name: 'one repeated along the first long axis', arrange: (x) => laidOut(x, repeating(x.shape), 0) },
];

function repeating(shape: Shape): number[] {
  const along = shape.findIndex((extent) => extent > 1);
  const strides = contiguousStrides(shape.map((extent, axis) => (axis === along ? 1 : extent)));
  return strides.map((step, axis) => (axis === along ? 0 : step));
}

function laidOut(x: Tensor, strides: Shape, offset: number): Tensor {
  const { shape, dtype, device, requiresGrad } = x;
  const values = x.dataSync();
  const addresses = addressesOf(shape, strides, offset);
  const room = new Array<number>(Math.max(offset, ...addresses) + 3).fill(dtype === 'int32' ? NO_PLACE : Number.NaN);
  for (let i = values.length - 1; i >= 0; i--) room[addresses[i]] = values[i]; // of equal addresses the first counts
  const y = viewOf(tensor(room, { dtype, device }), shape, strides, offset);
  y.requiresGrad = requiresGrad;
  return y;
}

/** Where each element lies, in row-major order. */
function addressesOf(shape: Shape, strides: Shape, offset: number): number[] {
  let addresses = [offset];
  shape.forEach((extent, axis) => {
    addresses = addresses.flatMap((address) => Array.from({ length: extent }, (_, i) => address + i * strides[axis]));
  });
  return addresses;
}
