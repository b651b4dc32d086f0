/**
 * One workload, everybody: each prepares it in its process, shows its outputs, and then all are timed in turns, so that
 * what the machine does besides strikes everybody alike.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { full, manualSeed, randint, randn, type Tensor } from '../../core';
import type { Entrant, Program } from './contestants';
import { Process } from './process';
import type { Answer, Device, Preparation } from './serve';
import type { Draw, Workload } from './workloads';

const ROUNDS = 5;
const ROUND = 0.5; // seconds
/** Whose run takes longer is run once. */
const LONG = 5000; // ms
/** How many runs of an operation a GPU is given at once. */
const REPEATS = 20;
/** Allowed distance of outputs, relative to the largest of them: sums in single precision, three steps of training. */
const TOLERANCE = 2e-3;

export interface Result {
  title: string;
  kind: Entrant['kind'];
  /** ms: of each round the median, and of those the least; what else the machine does can only add. */
  time?: number;
  /** ms: the median of each round; of a long run, the run. */
  rounds: number[];
  /** Bytes: the most its process ever had, the language's own included; on a GPU the most that its tensors took. */
  peak?: number;
  missing?: string;
}

export async function play(
  workload: Workload,
  device: Device,
  entrants: Entrant[],
  show: (text: string) => void,
): Promise<Result[]> {
  const file = join(tmpdir(), `bench-${process.pid}.bin`);
  const processes = new Map<Program, Process>();
  try {
    const repeats = device === 'gpu' && workload.kind === 'operation' ? REPEATS : 1;
    const preparation = { ...writeValues(workload, file), repeats };
    const players: Player[] = [];
    for (const entrant of entrants) {
      show(`${workload.name}: ${entrant.title} prepares`);
      const player = new Player(entrant, processes, preparation);
      await player.prepare(players[0]?.outputs);
      players.push(player);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const player of players) {
        show(`${workload.name}: round ${round + 1} of ${ROUNDS}, ${player.entrant.title}`);
        await player.run();
      }
    }
    return players.map((player) => player.result());
  } finally {
    for (const each of processes.values()) each.stop();
    rmSync(file, { force: true });
  }
}

class Player {
  outputs: number[][] | undefined;
  private readonly rounds: number[] = [];
  private isLong = false;
  private peak: number | undefined;
  private missing: string | undefined;
  private preparedIn: Process | undefined;

  constructor(
    readonly entrant: Entrant,
    private readonly processes: Map<Program, Process>,
    private readonly preparation: Preparation,
  ) {}

  /** The first to prepare is the one whose outputs the others are held against. */
  async prepare(expected: number[][] | undefined): Promise<void> {
    const { who, program } = this.entrant;
    this.preparedIn = this.processes.get(program);
    if (!this.preparedIn || this.preparedIn.hasEnded) {
      this.preparedIn = new Process(program);
      this.processes.set(program, this.preparedIn);
    }
    const answer = await this.preparedIn.ask({ who, prepare: this.preparation });
    this.note(answer);
    if (!answer.outputs) return;
    this.outputs = answer.outputs;
    const distance = expected ? distanceOf(answer.outputs, expected) : 0;
    if (!(distance <= TOLERANCE)) this.missing = `its outputs are not ours (distance ${distance.toExponential(1)})`;
    const [time] = answer.milliseconds as number[];
    this.isLong = time > LONG;
    if (this.isLong) this.rounds.push(time);
  }

  async run(): Promise<void> {
    if (this.missing || this.isLong) return;
    if (this.preparedIn?.hasEnded) await this.prepare(this.outputs); // through another who shares it
    const answer = (await this.preparedIn?.ask({ who: this.entrant.who, time: ROUND })) as Answer;
    this.note(answer);
    if (answer.milliseconds) this.rounds.push(median(answer.milliseconds));
  }

  private note({ missing, peak }: Answer): void {
    this.missing ??= missing;
    if (peak !== undefined) this.peak = Math.max(this.peak ?? 0, peak);
  }

  result(): Result {
    const { rounds, peak, missing } = this;
    const { title, kind } = this.entrant;
    return { title, kind, time: missing ? undefined : Math.min(...rounds), rounds, peak, missing };
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The largest distance between two lists of outputs, relative to the largest value; of the runs that both made. */
function distanceOf(actual: number[][], expected: number[][]): number {
  let [most, largest] = [0, 1e-30];
  for (let run = 0; run < Math.min(actual.length, expected.length); run++) {
    if (actual[run].length !== expected[run].length) return Infinity;
    for (const [i, e] of expected[run].entries()) {
      most = Math.max(most, Math.abs(actual[run][i] - e)); // a NaN stays
      largest = Math.max(largest, Math.abs(e));
    }
  }
  return most / largest;
}

/* ------------------------------------------------------------------------------------- what all start from */

function writeValues({ name, parameters, data, units = [] }: Workload, file: string): Omit<Preparation, 'repeats'> {
  manualSeed(0);
  const parts: Uint8Array[] = [];
  let offset = 0;
  const add = (draws: Record<string, Draw>): Preparation['data'] =>
    Object.fromEntries(
      Object.entries(draws).map(([key, one]) => {
        const values = draw(one).dataSync();
        const place = { shape: one.shape, offset, whole: one.below !== undefined };
        parts.push(new Uint8Array(values.slice().buffer));
        offset += values.byteLength;
        return [key, place];
      }),
    );
  const preparation = { name, file, parameters: add(parameters), data: add(data), units };
  writeFileSync(file, Buffer.concat(parts));
  return preparation;
}

function draw({ shape, deviation = 1, below, value }: Draw): Tensor {
  if (below !== undefined) return randint(0, below, shape, { dtype: 'int32' });
  return value === undefined ? randn(shape).mul(deviation) : full(shape, value);
}
