/**
 * The process of a contestant, or of several: prepares the workload it is told, and times it when asked. Requests and
 * answers are lines of JSON on standard input and output. `PyTorch` speaks the same language (peers/pytorch.py).
 *
 *   serve.ts cpu | gpu
 *   serve.ts cpu wasm      what TensorFlow.js computes with
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Benchmark from 'benchmark';
import type { Unit } from './workloads';

export interface Values {
  shape: number[];
  values: Float32Array | Int32Array;
}

/** What a workload starts from, the whole numbers in an Int32Array. */
export interface Inputs {
  parameters: Record<string, Values>;
  data: Record<string, Values>;
  units: Unit[];
}

/** Does it so often, to the end. Returns a step's loss; of an operation the output, and only where it is to be read. */
export type Go = (read: boolean, times: number) => Promise<ArrayLike<number> | null>;

/** A contestant says for each workload how it prepares it; what is not there it cannot do. */
export interface Contestant {
  start(device: Device): Promise<void>;
  /** Its first run compiles, and says nothing about the others; on a GPU everybody's does. */
  compiles?: boolean;
  /** The most bytes it ever had on the device, where that is not the process's memory and it knows. */
  peak?(): number;
  workloads: Record<string, (inputs: Inputs) => Go>;
}

/** Where a tensor lies in the file of values. */
interface Place {
  shape: number[];
  offset: number;
  whole: boolean;
}

export interface Preparation {
  name: string;
  file: string;
  parameters: Record<string, Place>;
  data: Record<string, Place>;
  units: Unit[];
  /**
   * On a GPU the way to it and back takes longer than many an operation: there, so many are on their way at once, and
   * a run's time is one part of theirs; unless a run takes long anyway.
   */
  repeats: number;
}

export type Device = 'cpu' | 'gpu';

/** `who`: the module of the contestant; it is loaded when it is first asked. */
export type Request = { who: string } & ({ prepare: Preparation } | { time: number });

/** After `prepare`: the first outputs, and how long one run took, or why there are none. After `time`: all runs. */
export interface Answer {
  outputs?: number[][];
  milliseconds?: number[];
  missing?: string;
  /** The most memory that this process ever had, in bytes, or that it ever had on the device. */
  peak?: number;
}

/** A run that takes longer is not repeated. */
const LONG = 5000; // ms
/** A run that takes longer hides the way to a GPU and back. */
const LASTING = 50; // ms
/** How many of an output's values are compared. */
const SAMPLED = 1000;

/** A contestant, and what it has prepared. */
interface Seat {
  contestant: Contestant;
  go?: Go;
  /** Runs that are timed together. */
  times: number;
}

async function answer(request: Request, seat: Seat, device: Device): Promise<Answer> {
  const { contestant } = seat;
  if ('time' in request) {
    const all = await time(seat.go as Go, seat.times, request.time);
    return { milliseconds: all.map((milliseconds) => milliseconds / seat.times) };
  }
  const { name, file, parameters, data, units, repeats } = request.prepare;
  const prepare = contestant.workloads[name];
  if (!prepare) return { missing: 'cannot do it' };
  const bytes = readFileSync(file);
  const go = prepare({ parameters: readAll(parameters, bytes), data: readAll(data, bytes), units });
  const compiles = contestant.compiles || device === 'gpu';
  const outputs: number[][] = [];
  let last = 0;
  while (outputs.length < 3 && (last < LONG || (compiles && outputs.length < 2))) {
    const start = performance.now();
    const output = (await go(true, 1)) as ArrayLike<number>;
    last = performance.now() - start;
    const every = Math.ceil(output.length / SAMPLED);
    outputs.push(Array.from(output).filter((_, i) => i % every === 0));
  }
  [seat.go, seat.times] = [go, last < LASTING ? repeats : 1];
  return { outputs, milliseconds: [last] };
}

const readAll = (places: Record<string, Place>, bytes: Buffer): Record<string, Values> =>
  Object.fromEntries(
    Object.entries(places).map(([name, { shape, offset, whole }]) => {
      const length = shape.reduce((product, extent) => product * extent, 1);
      const own = bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + 4 * length);
      return [name, { shape, values: whole ? new Int32Array(own) : new Float32Array(own) }];
    }),
  );

/** Runs for about so many seconds; the milliseconds of each round of runs. */
function time(go: Go, times: number, seconds: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const benchmark = new Benchmark({
      defer: true,
      maxTime: seconds,
      minSamples: 3,
      fn: (deferred: { resolve(): void }) => {
        go(false, times).then(() => deferred.resolve(), reject);
      },
    });
    benchmark.on('complete', () => resolve(benchmark.stats.sample.map((s) => s * 1000)));
    benchmark.on('error', () => reject(benchmark.error));
    benchmark.run();
  });
}

async function main(device: Device): Promise<void> {
  const seats = new Map<string, Promise<Seat>>();
  const seatOf = (name: string): Promise<Seat> => {
    if (!seats.has(name)) seats.set(name, sitDown(name, device));
    return seats.get(name) as Promise<Seat>;
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    const done = await seatOf(request.who)
      .then(async (seat) => ({ ...(await answer(request, seat, device)), peak: peakOf(seat.contestant, device) }))
      .catch((error: Error): Answer => ({ missing: error.message.split('\n')[0] }));
    process.stdout.write(`${JSON.stringify(done)}\n`);
  }
  process.exit(0);
}

async function sitDown(name: string, device: Device): Promise<Seat> {
  const contestant: Contestant =
    name === 'ours' ? require('./ours').ours : (await import(`${__dirname}/peers/${name}`)).contestant;
  await contestant.start(device);
  return { contestant, times: 1 };
}

const peakOf = ({ peak }: Contestant, device: Device): number | undefined =>
  device === 'cpu' ? process.resourceUsage().maxRSS * 1024 : peak?.();

if (require.main === module) void main(process.argv[2] as Device);
