/**
 * A small network made of a base and a head, and three ways to teach it new classes: from scratch, by a new head on a
 * frozen base, by fine-tuning.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Generator, nn, ops, optim, type Tensor, train } from '../../core';
import { loadSafetensors, saveSafetensors } from '../../core/io';
import { pictures } from '../../datasets';

export interface Examples {
  x: Tensor; // [N, 3, 32, 32]
  y: Tensor; // [N]
}

// #region network
/** Four blocks; what becomes of a picture [N, 3, 32, 32] stands beside them. */
export const newBase = (): nn.Sequential =>
  new nn.Sequential(
    block(3, 8), //   [N, 8, 16, 16]: edges and colours
    block(8, 16), //  [N, 16, 8, 8]: corners, patterns
    block(16, 32), // [N, 32, 4, 4]: parts of things
    new nn.Sequential(new nn.Flatten(), new nn.Linear(512, 32), new nn.ReLU()), // [N, 32]: the features
  );

const block = (from: number, to: number): nn.Sequential =>
  new nn.Sequential(new nn.Conv2d(from, to, 3, { padding: 'same' }), new nn.ReLU(), new nn.MaxPool2d(2));

export const newHead = (classes: number): nn.Linear => new nn.Linear(32, classes);
// #endregion

/** Values around 0 instead of from 0 to 1. */
export const prepare = (x: Tensor): Tensor => x.sub(0.5).div(0.25);

/** Pictures of some of the ten classes, prepared; always the same ones for a seed. */
export function examples(count: number, classes: readonly number[], seed: number): Examples {
  const { x, y } = pictures(count, { classes, generator: new Generator(seed) });
  return { x: prepare(x), y };
}

export interface Training {
  epochs: number;
  rate: number;
  /** Called after each batch. */
  tick?: () => unknown;
}

const learn = (model: train.Model, { x, y }: Examples, optimizer: optim.Adam, { epochs, tick }: Training) =>
  train.fit(model, {
    x,
    y,
    epochs,
    batchSize: 32,
    loss: ops.crossEntropy,
    optimizer,
    callbacks: [{ batchEnd: () => tick?.() }],
    progress: false,
  });

export async function accuracyOn(model: train.Model, { x, y }: Examples): Promise<number> {
  return (await train.evaluate(model, { x, y, batchSize: 100, metrics: [train.accuracy()] })).accuracy;
}

// #region scratch
export async function fromScratch(seen: Examples, classes: number, training: Training): Promise<nn.Sequential> {
  const network = new nn.Sequential(newBase(), newHead(classes));
  await learn(network, seen, new optim.Adam(network.parameters(), { lr: training.rate }), training);
  return network;
}
// #endregion

// #region file
export const save = (network: nn.Sequential, file: string): Promise<void> => saveSafetensors(file, network.stateDict());

/** A network as it was saved; its head has a row of weights for each class. */
export async function load(file: string): Promise<nn.Sequential> {
  const { tensors } = await loadSafetensors(file);
  const network = new nn.Sequential(newBase(), newHead(tensors['1.weight'].shape[0]));
  network.loadStateDict(tensors);
  return network;
}
// #endregion

/** Lends a file, which is gone afterwards, whatever happens. */
export async function withFile<Result>(use: (file: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'transfer-'));
  try {
    return await use(join(folder, 'base.safetensors'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

// #region frozen
export async function extractFeatures(file: string, seen: Examples, classes: number, training: Training) {
  const [base] = (await load(file)).layers as [nn.Sequential];
  const head = newHead(classes); // the old one is left behind
  base.freeze();
  const features = await train.predict(base, { x: seen.x }); // [N, 32]; they stay the same, so ask once
  await learn(head, { x: features, y: seen.y }, new optim.Adam(head.parameters(), { lr: training.rate }), training);
  return new nn.Sequential(base, head);
}
// #endregion

// #region fine
/** The lowest block stays as it is; each of the others learns at half the rate of the one above it. */
export async function fineTune(network: nn.Sequential, seen: Examples, training: Training): Promise<nn.Sequential> {
  const [base, head] = network.layers as [nn.Sequential, nn.Linear];
  const top = [...base.layers].slice(1).reverse() as nn.Sequential[];
  for (const part of top) part.unfreeze();
  const groups = [head, ...top].map((part, depth) => ({ params: part.parameters(), lr: training.rate * 0.5 ** depth }));
  await learn(network, seen, new optim.Adam(groups, { lr: training.rate }), training);
  return network;
}
// #endregion
