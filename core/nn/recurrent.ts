/**
 * Recurrent layers: RNN, LSTM and GRU, in several storeys and both directions. Each storey and direction is one
 * sequence of ops/recurrent.ts; what is here stacks them, under PyTorch's names: weight_ih_l0, weight_hh_l1_reverse.
 */
import type { RnnNonlinearity } from '../kernels/kernels';
import { dropout } from '../ops/dropout';
import { gru, lstm, type RecurrentOptions, type RecurrentWeights, rnn } from '../ops/recurrent';
import { concat, stack } from '../ops/shape';
import { ones } from '../tensor/create';
import type { Generator } from '../tensor/random';
import { formatShape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { checkProbability, checkSizes } from './check';
import { uniform } from './init';
import { Module, Parameter } from './module';

export interface RecurrentLayerOptions {
  /** Storeys: each reads the states of the one below. */
  numLayers?: number;
  bias?: boolean;
  /** x and output are [N, T, …], or [T, N, …] when false. */
  batchFirst?: boolean;
  /** Of what goes from one storey to the next, drawn anew at each step of time. */
  dropout?: number;
  /** Of the states that go from one step of time to the next, drawn once for a sequence (Gal and Ghahramani, 2016). */
  recurrentDropout?: number;
  /** A second set of weights reads from the end to the start; outputs stand side by side. */
  bidirectional?: boolean;
  generator?: Generator;
}

export interface RecurrentCall {
  /**
   * int32 [N, T] (or [T, N], as x): 1 takes part; 0 is padding, over which the state is carried, also into the output
   * there.
   */
  mask?: Tensor | null;
}

/** The parameters of one storey in one direction. */
export type RecurrentParameters = {
  weightIh: Parameter; // [G·H, I]
  weightHh: Parameter; // [G·H, H]
  biasIh: Parameter | null; // [G·H]
  biasHh: Parameter | null; // [G·H]
};

/** What one storey gives in one direction: its output, and the last state of each kind [N, H]. */
type Run = [output: Tensor, last: Tensor[]];

abstract class Recurrent extends Module {
  /** By storey, then by direction. The G gates follow each other: LSTM i, f, g, o; GRU r, z, n. */
  readonly weights: readonly (readonly RecurrentParameters[])[];
  private readonly options: Required<Omit<RecurrentLayerOptions, 'numLayers' | 'bias' | 'generator'>>;
  private readonly generator: Generator | undefined;

  constructor(
    gates: number,
    readonly inputSize: number,
    readonly hiddenSize: number,
    {
      numLayers = 1,
      bias = true,
      batchFirst = true,
      dropout = 0,
      recurrentDropout = 0,
      bidirectional = false,
      generator,
    }: RecurrentLayerOptions,
  ) {
    super();
    const layer = this.constructor.name;
    checkSizes(layer, { inputSize, hiddenSize, numLayers });
    checkProbability(layer, 'dropout', dropout);
    checkProbability(layer, 'recurrentDropout', recurrentDropout);
    if (dropout > 0 && numLayers === 1)
      throw new Error(`${layer}: dropout lies between storeys, and there is one; put an nn.Dropout behind it instead`);
    this.options = { batchFirst, dropout, recurrentDropout, bidirectional };
    this.generator = generator;

    const bound = 1 / Math.sqrt(hiddenSize);
    const draw = (...shape: number[]): Parameter => new Parameter(uniform(shape, bound, { generator }));
    const rows = gates * hiddenSize;
    const directions = bidirectional ? 2 : 1;
    this.weights = Array.from({ length: numLayers }, (_, storey) =>
      Array.from({ length: directions }, () => ({
        weightIh: draw(rows, storey === 0 ? inputSize : directions * hiddenSize),
        weightHh: draw(rows, hiddenSize),
        biasIh: bias ? draw(rows) : null,
        biasHh: bias ? draw(rows) : null,
      })),
    );
  }

  protected override fields(): [string, unknown][] {
    return this.weights.flatMap((directions, storey) =>
      directions.flatMap((parameters, direction) =>
        Object.entries(parameters).map(([name, parameter]): [string, unknown] => [
          `${name}L${storey}${direction === 1 ? 'Reverse' : ''}`,
          parameter,
        ]),
      ),
    );
  }

  /** One storey in one direction, from the given states [N, H] or from zeros. */
  protected abstract run(
    x: Tensor,
    initial: Tensor[] | null,
    weights: RecurrentWeights,
    options: RecurrentOptions,
  ): Run;

  /** All storeys. States of each kind are [storeys · directions, N, H], as in PyTorch. */
  protected runAll(x: Tensor, initial: readonly Tensor[] | null, { mask }: RecurrentCall): Run {
    const { batchFirst, bidirectional, dropout: p } = this.options;
    if (initial) this.checkStates(initial);
    let signal = x;
    const states: Tensor[][] = [];
    this.weights.forEach((directions, storey) => {
      const runs = directions.map((weights, direction) => {
        const place = storey * directions.length + direction;
        const recurrentDropout = this.drawRecurrentDropout(signal);
        const options = { batchFirst, mask, recurrentDropout, reverse: direction === 1 };
        return this.run(signal, initial?.map((kind) => kind.slice(place)) ?? null, weights, options);
      });
      const output = bidirectional ? concat([runs[0][0], runs[1][0]], 2) : runs[0][0]; // [N, T, directions · H]
      const isLast = storey === this.weights.length - 1;
      signal = isLast ? output : dropout(output, p, { training: this.training, generator: this.generator });
      states.push(...runs.map(([, last]) => last));
    });
    return [signal, states[0].map((_, kind) => stack(states.map((last) => last[kind])))];
  }

  private checkStates(states: readonly Tensor[]): void {
    const count = this.weights.length * this.weights[0].length;
    for (const { shape } of states) {
      if (shape.length === 3 && shape[0] === count) continue;
      throw new Error(
        `${this.constructor.name}: a state is [storeys · directions, N, H] = [${count}, N, ${this.hiddenSize}], ` +
          `not of shape ${formatShape(shape)}`,
      );
    }
  }

  private drawRecurrentDropout({ shape, dtype, device }: Tensor): Tensor | null {
    const { recurrentDropout: p, batchFirst } = this.options;
    if (!this.training || p === 0) return null;
    const whole = ones([shape[batchFirst ? 0 : 1], this.hiddenSize], { dtype, device });
    return dropout(whole, p, { generator: this.generator }); // [N, H]
  }

  multiplyAdds([x]: readonly Tensor[]): number {
    const steps = x.shape[0] * x.shape[1];
    const used = this.weights.flat().map(({ weightIh, weightHh }) => weightIh.size + weightHh.size);
    return steps * used.reduce((sum, size) => sum + size, 0);
  }
}

export interface RnnLayerOptions extends RecurrentLayerOptions {
  nonlinearity?: RnnNonlinearity;
}

/** hₜ = f(W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh) (Elman, 1990; Keras: SimpleRNN). Returns [output, h]. */
export class RNN extends Recurrent {
  readonly nonlinearity: RnnNonlinearity;

  constructor(inputSize: number, hiddenSize: number, { nonlinearity = 'tanh', ...options }: RnnLayerOptions = {}) {
    super(1, inputSize, hiddenSize, options);
    this.nonlinearity = nonlinearity;
  }

  protected override run(
    x: Tensor,
    initial: Tensor[] | null,
    weights: RecurrentWeights,
    options: RecurrentOptions,
  ): Run {
    const [output, h] = rnn(x, initial?.[0] ?? null, weights, { nonlinearity: this.nonlinearity, ...options });
    return [output, [h]];
  }

  override forward(x: Tensor, h0: Tensor | null = null, call: RecurrentCall = {}): [output: Tensor, h: Tensor] {
    const [output, [h]] = this.runAll(x, h0 && [h0], call);
    return [output, h];
  }
}

/** Hochreiter and Schmidhuber (1997), with the forget gate of Gers et al. (2000). Returns [output, [h, c]]. */
export class LSTM extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentLayerOptions = {}) {
    super(4, inputSize, hiddenSize, options);
  }

  protected override run(
    x: Tensor,
    initial: Tensor[] | null,
    weights: RecurrentWeights,
    options: RecurrentOptions,
  ): Run {
    return lstm(x, initial && [initial[0], initial[1]], weights, options);
  }

  override forward(
    x: Tensor,
    state: readonly [h0: Tensor, c0: Tensor] | null = null,
    call: RecurrentCall = {},
  ): [output: Tensor, state: [h: Tensor, c: Tensor]] {
    const [output, [h, c]] = this.runAll(x, state, call);
    return [output, [h, c]];
  }
}

/** Cho et al. (2014), in PyTorch's form: the reset gate stands after the product. Returns [output, h]. */
export class GRU extends Recurrent {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentLayerOptions = {}) {
    super(3, inputSize, hiddenSize, options);
  }

  protected override run(
    x: Tensor,
    initial: Tensor[] | null,
    weights: RecurrentWeights,
    options: RecurrentOptions,
  ): Run {
    const [output, h] = gru(x, initial?.[0] ?? null, weights, options);
    return [output, [h]];
  }

  override forward(x: Tensor, h0: Tensor | null = null, call: RecurrentCall = {}): [output: Tensor, h: Tensor] {
    const [output, [h]] = this.runAll(x, h0 && [h0], call);
    return [output, h];
  }
}
