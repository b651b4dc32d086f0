/**
 * The process of one contestant: prepares the workload it is told, and times it when asked. Requests and answers are
 * lines of JSON on standard input and output. `PyTorch` speaks the same language (peers/pytorch.py).
 *
 *   serve.ts ours | tensorflow.mjs | jax.mjs
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

/** Does it once, to the end. Returns a step's loss; of an operation the output, and only where it is to be read. */
export type Go = (read: boolean) => Promise<ArrayLike<number> | null>;

/** A contestant says for each workload how it prepares it; what is not there it cannot do. */
export interface Contestant {
  start(): Promise<void>;
  /** Its first run compiles, and says nothing about the others. */
  compiles?: boolean;
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
}

export type Request = { prepare: Preparation } | { time: number };

/** After `prepare`: the first outputs, and how long one run took, or why there are none. After `time`: all runs. */
export interface Answer {
  outputs?: number[][];
  milliseconds?: number[];
  missing?: string;
  /** The most memory that this process ever had, in bytes. */
  peak: number;
}

/** A run that takes longer is not repeated. */
const LONG = 5000; // ms
/** How many of an output's values are compared. */
const SAMPLED = 1000;

let go: Go;

async function answer(request: Request, contestant: Contestant): Promise<Omit<Answer, 'peak'>> {
  if ('time' in request) return { milliseconds: await time(request.time) };
  const { name, file, parameters, data, units } = request.prepare;
  const prepare = contestant.workloads[name];
  if (!prepare) return { missing: 'cannot do it' };
  const bytes = readFileSync(file);
  go = prepare({ parameters: readAll(parameters, bytes), data: readAll(data, bytes), units });
  const outputs: number[][] = [];
  let last = 0;
  while (outputs.length < 3 && (last < LONG || (contestant.compiles && outputs.length < 2))) {
    const start = performance.now();
    const output = (await go(true)) as ArrayLike<number>;
    last = performance.now() - start;
    const every = Math.ceil(output.length / SAMPLED);
    outputs.push(Array.from(output).filter((_, i) => i % every === 0));
  }
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
function time(seconds: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const benchmark = new Benchmark({
      defer: true,
      maxTime: seconds,
      minSamples: 3,
      fn: (deferred: { resolve(): void }) => {
        go(false).then(() => deferred.resolve(), reject);
      },
    });
    benchmark.on('complete', () => resolve(benchmark.stats.sample.map((s) => s * 1000)));
    benchmark.on('error', () => reject(benchmark.error));
    benchmark.run();
  });
}

async function main(name: string): Promise<void> {
  const contestant: Contestant =
    name === 'ours' ? require('./ours').ours : (await import(`${__dirname}/peers/${name}`)).contestant;
  await contestant.start();
  for await (const line of createInterface({ input: process.stdin })) {
    const done = await answer(JSON.parse(line), contestant).catch((error: Error) => ({
      missing: error.message.split('\n')[0],
    }));
    process.stdout.write(`${JSON.stringify({ ...done, peak: process.resourceUsage().maxRSS * 1024 })}\n`);
  }
  process.exit(0);
}

if (require.main === module) {
  main(process.argv[2]).catch((error: Error) => {
    process.stdout.write(`${JSON.stringify({ missing: error.message.split('\n')[0], peak: 0 })}\n`);
    process.exitCode = 1;
  });
}
