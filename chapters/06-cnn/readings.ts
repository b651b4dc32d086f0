/**
 * Convolution three times: the loops of the formula, the core's operation, and the shader that computes it on a GPU.
 * On whole numbers, which are added without rounding, all three must agree to the bit.
 */
import { conv2d, currentDevice, type NestedNumbers, randint, randn, type Tensor } from '../../core';
import { script } from '../shared/script';
import { convolve, type Pictures, type Sides } from './convolution';

/** Pictures, filters and the way to slide: sizes that differ from each other, so that no mistake stays hidden. */
export interface Layer {
  pictures: number[]; // N, C, H, W
  filters: number[]; //  O, C, k, k
  stride: number;
  padding: Sides;
}

export const LAYERS: Layer[] = [
  { pictures: [1, 1, 5, 5], filters: [1, 1, 3, 3], stride: 1, padding: [0, 0] },
  { pictures: [2, 3, 9, 7], filters: [5, 3, 3, 3], stride: 1, padding: [1, 1] },
  { pictures: [3, 4, 8, 11], filters: [6, 4, 5, 5], stride: 2, padding: [1, 2] },
];

interface Operands {
  x: Tensor;
  w: Tensor;
  b: Tensor;
}

/** Random operands, on the CPU: whole numbers from −9 to 9, or numbers of all kinds. */
export function operandsOf({ pictures, filters }: Layer, kind: 'whole' | 'any'): Operands {
  const onCpu = { device: 'cpu' } as const;
  const draw = (shape: number[]) =>
    kind === 'whole' ? randint(-9, 10, shape, onCpu).to('float32') : randn(shape, onCpu);
  return { x: draw(pictures), w: draw(filters), b: draw([filters[0]]) };
}

// #region loops
export async function byLoops({ x, w, b }: Operands, { stride, padding }: Layer): Promise<number[]> {
  const [pictures, filters, biases] = await Promise.all([x, w, b].map((t): Promise<NestedNumbers> => t.array()));
  const y = convolve(pictures as Pictures, filters as Pictures, biases as number[], { stride, padding });
  return y.flat(3);
}
// #endregion

// #region operation
/** The core's operation, on the device on which the tensors are. */
export async function byOperation({ x, w, b }: Operands, { stride, padding }: Layer): Promise<number[]> {
  const y = conv2d(x, w, b, { stride, padding: [padding, padding] }); // top and bottom; left and right
  return [...(await y.data())];
}
// #endregion

// #region shader
/** The same call; on a GPU it launches gpu/kernels/conv2d.wgsl. */
export async function byShader({ x, w, b }: Operands, layer: Layer): Promise<number[]> {
  const [xThere, wThere, bThere] = await Promise.all([x, w, b].map((t): Promise<Tensor> => t.to('gpu')));
  return byOperation({ x: xThere, w: wThere, b: bThere }, layer);
}
// #endregion

export const largestDifference = (a: number[], b: number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i])));

const shown = ({ pictures, filters, stride, padding }: Layer): string =>
  `${pictures.join('×')} by ${filters.join('×')}, stride ${stride}, zeros ${padding.join(' + ')}`;

script({
  about: 'Convolution in three readings: loops, the core, a shader; they must agree.',
  next: 'npx ts-node chapters/06-cnn/edges.ts',
  async run({ say, section, table }) {
    section('equal', 'How far from the loops of the formula?');
    const isThere = currentDevice() === 'gpu';
    const rows: (string | number)[][] = [];
    for (const layer of LAYERS) {
      for (const kind of ['whole', 'any'] as const) {
        const operands = operandsOf(layer, kind);
        const loops = await byLoops(operands, layer);
        const apart = async (other: Promise<number[]>) => largestDifference(loops, await other);
        const operation = await apart(byOperation(operands, layer));
        const shader = isThere ? await apart(byShader(operands, layer)) : null;
        rows.push([shown(layer), kind, loops.length, written(operation), shader === null ? '' : written(shader)]);
      }
    }
    table(['pictures and filters', 'numbers', 'outputs', 'operation', 'shader'], rows);
    say(isThere ? '' : '\nThe shader was not asked: --device gpu runs it.');
  },
});

const written = (difference: number): string => (difference === 0 ? '0' : difference.toExponential(0));
