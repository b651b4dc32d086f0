/** Tells the assembly how windows slide. */
import type { Sliding } from '../list/convolution';
import { wasm } from './host';

type Pair = readonly [number, number];

/**
 * Says it, for the call that follows, and returns how many bytes a plane of the input takes when it is laid out for the
 * windows (assembly/sliding.ts); and whether it lies well as it is.
 */
export function slide(
  [height, width]: Pair,
  window: Pair,
  [rows, columns]: Pair,
  { stride: [down, across], dilation, before }: Sliding,
): { planeBytes: number; asItIs: boolean } {
  const tall = (rows - 1) * down + (window[0] - 1) * dilation[0] + 1; // what the windows cover
  const wide = (columns - 1) * across + (window[1] - 1) * dilation[1] + 1;
  const asItIs = across === 1 && before[0] === 0 && before[1] === 0 && tall <= height && wide <= width;
  const layout = asItIs ? [height, width] : [tall, Math.ceil(wide / across)];
  wasm.slide(height, width, ...window, rows, columns, down, across, ...dilation, ...before, ...layout);
  return { planeBytes: 4 * layout[0] * layout[1] * across, asItIs };
}
