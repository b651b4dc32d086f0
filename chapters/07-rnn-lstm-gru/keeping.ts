/**
 * The bias of the gate that keeps: LSTM's f, GRU's z. At 0 the gate stands half open, at 4 it lets 98 % through.
 */
import { full, type nn, noGrad, ops } from '../../core';

/** Both cells have their keeping gate in the second place: rows H to 2·H of what belongs to all gates. */
export function openKeepingGate({ weights, hiddenSize: H }: nn.LSTM | nn.GRU, bias: number): void {
  for (const { biasIh, biasHh } of weights.flat()) {
    for (const [parameter, value] of [
      [biasIh!, bias],
      [biasHh!, 0],
    ] as const) {
      const gates = parameter.detach().split(H, 0); // [H] each
      gates[1] = full([H], value, { device: parameter.device, dtype: parameter.dtype });
      parameter.become(noGrad(() => ops.concat(gates)));
    }
  }
}

/** A cell, and what its keeping gate starts with; null leaves it as the layer draws it, around 0. */
export interface Arm {
  cell: 'RNN' | 'LSTM' | 'GRU';
  bias: number | null;
}

export const nameOf = ({ cell, bias }: Arm): string => (bias === null ? cell : `${cell}, bias ${bias}`);

export const arms = (bias: number): Arm[] => [
  { cell: 'RNN', bias: null },
  { cell: 'LSTM', bias: null },
  { cell: 'GRU', bias: null },
  { cell: 'LSTM', bias },
  { cell: 'GRU', bias },
];
