/**
 * A row of the table: one sample of one operation, beside the way PyTorch says the same. What is checked of it stands
 * in the tests of this folder; a row only says what to compute.
 */
import type { Tensor } from '../../core';
import { draw, type Input, type Sample } from './inputs';

export type Run = (...inputs: Tensor[]) => Tensor | Tensor[];

/** What cannot be asked of a row, and why. */
export interface Exceptions {
  /** Why central differences say nothing here: a kink, a jump, single precision inside. */
  noDifferences?: string;
  /** Why the gradient has no gradient. */
  noSecondOrder?: string;
  /** Why a GPU may say something else; gpu/README.md lists these reasons, with the operations. */
  noGpu?: string;
  /** How many times the usual tolerance it needs, and why. */
  looser?: { times: number; why: string };
}

/** For rows that compute with what is no ordinary number. (Moving it, or leaving it out, works on a GPU too.) */
export const NOT_ORDINARY = { noGpu: 'shaders may take it that NaN and infinity do not occur' };
export const DOUBLE_PRECISION = { noGpu: 'shaders have no double precision' };

export interface Row extends Exceptions {
  operation: string;
  name: string;
  inputs: Sample[];
  run: Run;
  /**
   * A Python expression of the inputs a, b, c, … with `torch`, `F` (torch.nn.functional) and the helpers of
   * test/reference/make.py.
   */
  torch: string;
}

/** Inputs that must be refused, with the whole message. */
export interface Refusal {
  name: string;
  inputs: Sample[];
  run: (...inputs: Tensor[]) => unknown;
  message: string;
}

export interface Operation {
  name: string;
  rows: Row[];
  refusals: Refusal[];
}

type Entry = (operation: string) => Row | Refusal;

/** Everything the table says about one operation. */
export function operation(name: string, ...entries: (Entry | Entry[])[]): Operation {
  const made = entries.flat().map((entry) => entry(name));
  return {
    name,
    rows: made.filter((entry): entry is Row => 'torch' in entry),
    refusals: made.filter((entry): entry is Refusal => 'message' in entry),
  };
}

export function row(title: string, inputs: Input[], run: Run, torch: string, exceptions: Exceptions = {}): Entry {
  return (operation) => {
    const name = `${operation}: ${title}`;
    return { operation, name, inputs: samples(inputs, name), run, torch, ...exceptions };
  };
}

export function refuses(title: string, inputs: Input[], run: Refusal['run'], message: string): Entry {
  return (operation) => {
    const name = `${operation} refuses ${title}`;
    return { name, inputs: samples(inputs, name), run, message };
  };
}

const samples = (inputs: Input[], name: string): Sample[] =>
  inputs.map((input, i) => draw(input, `${name}, input ${i}`));
