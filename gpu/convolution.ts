/** Convolution and its two gradients: kernels/conv2d, conv2d-input-gradient and conv2d-weight-gradient. */
import type { ConvolutionSettings } from '../core/kernels/kernels';
import type { Strided } from '../core/kernels/strided';
import { borrow } from './buffers';
import { count, fill } from './elements';
import { launch } from './queue';
import { reduce } from './reductions';

/** Positions of a chunk of the weight gradient, at least; and workgroups that keep a GPU busy. */
const SHORTEST = 1024;
const BUSY = 256;

/** A tile's longest side. */
const LONGEST = 64;

/** Threads along a side of a tile, which is four times as long: no more than the side of the matrix asks for. */
function threadsFor(extent: number): number {
  let threads = 2;
  while (4 * threads < Math.min(extent, LONGEST)) threads *= 2;
  return threads;
}

/** As many as there are of the longest: a shorter one is enough for all. */
const tilesAlong = (extent: number): number => Math.ceil(extent / LONGEST);

/** What all three are told, with the places of their tensors. */
interface Plan {
  rows: number; // of the product's result, for one group
  columns: number;
  /** Products of that size: groups, times chunks. */
  products: number;
  positions: number;
  places: [number, number, number, number, number?];
}

function parametersOf(x: Strided, weight: Strided, y: Strided, by: ConvolutionSettings, plan: Plan) {
  const [O, inputs, ...kernel] = weight.shape;
  const [TALL, WIDE] = [threadsFor(plan.rows), threadsFor(plan.columns)];
  const [down, across] = [tilesAlong(plan.rows), tilesAlong(plan.columns)];
  const squares = down * across * plan.products;
  const [first, second, third, fourth, fifth = 0] = plan.places;
  const parameters = [
    ...[O / by.groups, inputs, by.groups, plan.positions, down, across, squares],
    ...[first, second, third, fourth, fifth],
    ...[...x.shape.slice(2), ...y.shape.slice(2), ...kernel, ...by.stride, ...by.dilation, ...by.before],
  ];
  return { parameters, groups: squares, constants: { TALL, WIDE, DEPTH: Math.max(TALL, WIDE) } };
}

export function conv2d(x: Strided, weight: Strided, bias: Strided | null, y: Strided, by: ConvolutionSettings): void {
  const positions = y.shape[0] * y.shape[2] * y.shape[3];
  const rows = weight.shape[0] / by.groups;
  const places: Plan['places'] = [x.offset, weight.offset, bias?.offset ?? 0, y.offset];
  const plan = parametersOf(x, weight, y, by, { rows, columns: positions, products: by.groups, positions, places });
  launch({
    ...{ ...plan, kernel: 'conv2d', buffers: [x, weight, bias ?? weight, y] },
    constants: { ...plan.constants, BIAS: Number(bias !== null) },
  });
}

export function conv2dInputGradient(g: Strided, weight: Strided, gx: Strided, by: ConvolutionSettings): void {
  const positions = gx.shape[0] * gx.shape[2] * gx.shape[3];
  const rows = weight.shape[1];
  const places: Plan['places'] = [g.offset, weight.offset, 0, gx.offset];
  const plan = parametersOf(gx, weight, g, by, { rows, columns: positions, products: by.groups, positions, places });
  launch({ ...plan, kernel: 'conv2d-input-gradient', buffers: [g, weight, gx] });
}

export function conv2dWeightGradient(x: Strided, g: Strided, gWeight: Strided, by: ConvolutionSettings): void {
  const positions = g.shape[0] * g.shape[2] * g.shape[3];
  if (positions === 0) {
    fill(gWeight, 0);
    return;
  }
  const [O, inputs, kh, kw] = gWeight.shape;
  const [rows, columns] = [O / by.groups, inputs * kh * kw];
  const squares = tilesAlong(rows) * tilesAlong(columns) * by.groups;
  const chunks = Math.max(1, Math.min(Math.ceil(BUSY / squares), Math.floor(positions / SHORTEST)));
  const chunk = Math.ceil(positions / chunks);
  borrow([chunks, count(gWeight)], 'float32', (partial) => {
    const places: Plan['places'] = [x.offset, g.offset, chunk, partial.offset];
    const sizes = { rows, columns, products: by.groups * chunks, positions, places };
    launch({
      ...parametersOf(x, gWeight, g, by, sizes),
      ...{ kernel: 'conv2d-weight-gradient', buffers: [x, g, partial] },
    });
    const turned = { ...partial, shape: [count(gWeight), chunks], strides: [1, count(gWeight)] };
    reduce('sum', turned, { ...gWeight, shape: [count(gWeight)] }, 1);
  });
}
