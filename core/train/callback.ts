/**
 * What stands by while a model trains: a callback is a plain object with any of five functions, each waited for.
 */
import type { Module } from '../nn/module';
import type { Optimizer } from '../optim/optimizer';
import type { Tensor } from '../tensor/tensor';
import type { Logs } from './progress';

export interface Callback {
  fitBegin?(run: Run): unknown;
  epochBegin?(run: Run): unknown;
  /** After a step, with the batch's loss, which is still on the device. */
  batchEnd?(run: Run, loss: Tensor): unknown;
  /** After validation. An epoch that was stopped on its way has no end. */
  epochEnd?(run: Run, logs: Logs): unknown;
  /** However the run ended, also by an error: the place to close files. */
  fitEnd?(run: Run): unknown;
}

/** The run as its callbacks see it. */
export interface Run {
  readonly model: Module;
  readonly optimizer: Optimizer<{ lr: number }>;
  /** The epoch that runs, or has just ended, from 0. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps taken in this run. */
  readonly step: number;
  readonly history: History;
  /** Ends the run after the current step; at the end of an epoch, with it. */
  stop(reason: string): void;
  /** Prints a line without spoiling the bar. */
  say(line: string): void;
}

/** What a run has come to: the values by epoch under each name, and why it ended early, if it did. */
export interface History {
  /** How many were completed. */
  epochs: number;
  curves: Record<string, number[]>;
  /** 'interrupted' after Ctrl-C. */
  stopped: string | null;
}
