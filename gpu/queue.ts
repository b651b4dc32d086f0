/**
 * Commands to the GPU. A launch only writes down what is to be done; the commands go off together, when a value is read
 * or many have gathered. They are carried out in the order of writing, each seeing what those before it wrote.
 */
import type { Strided, TypedArray } from '../core/kernels/strided';
import { BYTES, newTypedArray, releasedMessage } from '../core/kernels/strided';
import { Storage } from '../core/memory/lifetimes';
import { allocator, bufferAt } from './buffers';
import { device, explainLoss } from './device';
import { type Pipeline, pipelineOf } from './pipelines';

/** What a kernel is told beside its buffers: at most 64 words of 32 bits. */
const PARAMETERS = 256; // bytes; also the alignment that every GPU accepts
/** Launches that may gather before they are sent off. */
const GATHERED = 1024;
/** Lists of buffers that a kernel keeps the bindings of. */
const KEPT = 1024;
/** The number of workgroups along one axis of a grid. */
const WIDEST = 65535;

const words = new Uint32Array((GATHERED * PARAMETERS) / 4);
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

let ring: GPUBuffer | null = null; // the parameters of all gathered launches
let encoder: GPUCommandEncoder | null = null;
let pass: GPUComputePassEncoder | null = null;
let gathered = 0;

/** A float among the parameters. */
export function asFloat(value: number): number {
  float[0] = value;
  return bits[0];
}

/* ----------------------------------------------------------------------------------------------- the flag */

const complaints: string[] = [];
let flagTensor: Strided | null = null;

/** One word that kernels raise when they meet an index out of range; the next read looks at it. */
export function flag(): Strided {
  if (!flagTensor) {
    const size = allocator.blockSize(4);
    const storage = new Storage('gpu', allocator.allocate(size) as number, 4, size);
    flush(); // the buffer may have been another tensor's, and be written by what has gathered
    device().queue.writeBuffer(bufferAt(storage.address), 0, new Uint32Array(1));
    flagTensor = { storage, shape: [1], strides: [1], offset: 0, dtype: 'int32', device: 'gpu' };
  }
  return flagTensor;
}

/** What the flag is raised to when this is the trouble. */
export function complaint(text: string): number {
  const known = complaints.indexOf(text);
  return known < 0 ? complaints.push(text) : known + 1;
}

/* -------------------------------------------------------------------------------------------- launching */

export interface Launch {
  /** The file in kernels/. */
  kernel: string;
  /** Its override constants: what the compiler may know. */
  constants?: Record<string, number>;
  /** In the order of its bindings, from 0; the parameters follow them. */
  buffers: readonly Strided[];
  parameters: readonly number[];
  /** How many workgroups; spread over a grid where there are many. */
  groups: number;
}

export function launch({ kernel, constants, buffers, parameters, groups }: Launch): void {
  if (groups === 0) return;
  if (gathered === GATHERED) flush();
  const pipeline = pipelineOf(kernel, constants);
  words.set(parameters, (gathered * PARAMETERS) / 4);
  encoder ??= device().createCommandEncoder();
  pass ??= encoder.beginComputePass();
  pass.setPipeline(pipeline.compute);
  pass.setBindGroup(0, bindingOf(pipeline, buffers), [gathered * PARAMETERS]);
  pass.dispatchWorkgroups(Math.min(groups, WIDEST), Math.ceil(groups / WIDEST));
  gathered++;
}

/** The same buffers meet in the same kernels step after step: their bindings are kept. */
function bindingOf({ layout, bindings }: Pipeline, buffers: readonly Strided[]): GPUBindGroup {
  let key = '';
  for (const x of buffers) key += `${addressOf(x)} `;
  let binding = bindings.get(key);
  if (!binding) {
    if (bindings.size === KEPT) bindings.clear();
    ring ??= device().createBuffer({ size: words.byteLength, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
    const entries = buffers.map((x, place) => ({ binding: place, resource: { buffer: bufferOf(x) } }));
    const parameters = { binding: buffers.length, resource: { buffer: ring, size: PARAMETERS } };
    binding = device().createBindGroup({ layout, entries: [...entries, parameters] });
    bindings.set(key, binding);
  }
  return binding;
}

function addressOf({ storage, dtype }: Strided): number {
  if (storage.released) throw new Error(releasedMessage(storage.bytes / BYTES[dtype]));
  return storage.address;
}

function bufferOf(x: Strided): GPUBuffer {
  return bufferAt(addressOf(x));
}

/** Sends off what has gathered. */
export function flush(): void {
  if (!encoder) return;
  pass?.end();
  device().queue.writeBuffer(ring as GPUBuffer, 0, words, 0, (gathered * PARAMETERS) / 4);
  device().queue.submit([encoder.finish()]);
  [encoder, pass, gathered] = [null, null, 0];
}

/** Values into a contiguous tensor. What was written down before is done before. */
export function write(values: TypedArray, y: Strided): void {
  if (values.length === 0) return;
  flush();
  const unshared = values.slice() as TypedArray & ArrayBufferView<ArrayBuffer>; // a GPU takes no shared memory
  device().queue.writeBuffer(bufferOf(y), y.offset * BYTES[y.dtype], unshared);
}

/** The values of a contiguous tensor, when everything before has been computed. */
export async function read(x: Strided): Promise<TypedArray> {
  const n = x.shape.reduce((product, extent) => product * extent, 1);
  if (n === 0) return newTypedArray(x.dtype, 0);
  const size = n * BYTES[x.dtype];
  const source = bufferOf(x);
  const flagged = bufferOf(flag());
  flush();
  const staging = device().createBuffer({ size: size + 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const copying = device().createCommandEncoder();
  copying.copyBufferToBuffer(source, x.offset * BYTES[x.dtype], staging, 0, size);
  copying.copyBufferToBuffer(flagged, 0, staging, size, 4);
  device().queue.submit([copying.finish()]);
  await staging.mapAsync(GPUMapMode.READ).catch(explainLoss);
  device(); // what the GPU has refused in the meantime comes to light here
  const bytes = staging.getMappedRange();
  const values = newTypedArray(x.dtype, n);
  new Uint8Array(values.buffer).set(new Uint8Array(bytes, 0, size));
  const raised = new Uint32Array(bytes, size, 1)[0];
  staging.destroy();
  if (raised > 0) {
    device().queue.writeBuffer(flagged, 0, new Uint32Array(1));
    throw new Error(complaints[raised - 1]);
  }
  return values;
}
