/**
 * Cats and dogs: from CIFAR-10 where it is, else generated; and pictures made larger for networks that learned on
 * large ones.
 */
import { Generator, type Tensor, tensor, train } from '../../core';
import { cifar10, findReal, type ImageFolder } from '../../datasets';
import { NEW, picturesOf } from './small';

export interface Task {
  train: { x: Tensor; y: Tensor };
  test: { x: Tensor; y: Tensor };
  names: string[];
  source: string;
}

/** So many of each to learn from, and so many of each to be judged by. */
export async function catsAndDogs(seed: number, perClass: number, testing: number): Promise<Task> {
  if (!findReal('cifar10')) {
    const [learn, test] = [picturesOf(NEW, 2 * perClass, 100 + seed), picturesOf(NEW, 2 * testing, 200 + seed)];
    return { train: learn, test, names: NEW, source: `generated cats and dogs, ${perClass} of each to learn from` };
  }
  const sets = await cifar10({ train: 10_000 });
  return {
    train: await pick(sets.train, sets.names, perClass, seed),
    test: await pick(sets.test, sets.names, testing, 0),
    names: NEW,
    source: `cats and dogs of CIFAR-10, ${perClass} of each to learn from`,
  };
}

/** `count` of each new class (fewer where there are fewer), in turns; each seed takes others while there are any. */
async function pick({ x, y }: { x: Tensor; y: Tensor }, names: readonly string[], count: number, seed: number) {
  const labels = Array.from(await y.data());
  const places = NEW.map((name) => {
    const label = names.indexOf(name);
    const all = labels.flatMap((found, i) => (found === label ? [i] : []));
    const skipped = count * (seed % Math.max(1, Math.floor(all.length / count)));
    return all.slice(skipped, skipped + count);
  });
  const each = Math.min(...places.map((list) => list.length));
  const order = Array.from({ length: each }, (_, i) => places.map((list) => list[i])).flat();
  return {
    x: x.indexSelect(0, tensor(Int32Array.from(order))),
    y: tensor(Int32Array.from({ length: order.length }, (_, i) => i % NEW.length)),
  };
}

/** A folder of one's own: a quarter of each class is set aside. */
export async function fromFolder({ x, y, names, source }: ImageFolder, seed: number): Promise<Task> {
  const parts = await train.trainTestSplit([x, y], { testSize: 0.25, stratify: y, generator: new Generator(seed) });
  const [learn, test] = [parts.train, parts.test].map(([pictures, labels]) => ({ x: pictures, y: labels }));
  return { train: learn, test, names, source };
}

// #region enlarge
/** [N, 3, H, W] → [N, 3, side, side]: every new value lies between its neighbours, down and across (bilinear). */
export function enlarge(x: Tensor, side: number): Tensor {
  const [down, across] = [between(x.shape[2], side), between(x.shape[3], side)];
  return down.matmul(x).matmul(across.transpose());
}

/** [to, from]: row i has the weights of the old places that new place i lies between. */
function between(from: number, to: number): Tensor {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const first = Math.min(from - 2, Math.floor(place));
    weights[i * from + first] = first + 1 - place;
    weights[i * from + first + 1] = place - first;
  }
  return tensor(weights, { shape: [to, from] });
}
// #endregion
