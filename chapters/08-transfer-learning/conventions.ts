/**
 * What a file of weights does not say: the same weights, with one convention wrong at a time. Nothing fails; the
 * network is only less often right.
 */
import { noGrad, type Tensor } from '../../core';
import { integer, script } from '../shared/script';
import { type Conventions, KERAS, PYTORCH } from './conv-norm';
import { loadSmall, OLD, picturesOf } from './small';

// #region mistakes
const as = (prepare: Conventions['prepare']): Partial<Conventions> => ({ prepare });

export const MISTAKES: Record<string, Partial<Conventions>> = {
  'as trained': {},
  'eps 1e-5 instead of 1e-3': { eps: PYTORCH.eps },
  'stride 2 padded on all sides': { padding: PYTORCH.padding },
  'values from 0 to 1': as((x) => x),
  "ImageNet's mean and deviation": as(PYTORCH.prepare),
  'values from 0 to 255': as((x) => x.mul(255)),
  'blue, green, red': as((x) => KERAS.prepare(x.flip(1))),
  'rows and columns exchanged': as((x) => KERAS.prepare(x.transpose())),
};
// #endregion

/** How often the small network is right under these conventions, and how far its scores are from the right ones. */
export async function examine(mistake: Partial<Conventions>, x: Tensor, y: Tensor) {
  const conventions = { ...KERAS, ...mistake };
  const [right, network] = [await loadSmall(), await loadSmall(conventions)];
  const scores = noGrad(() => network.forward(conventions.prepare(x)));
  const expected = noGrad(() => right.forward(KERAS.prepare(x)));
  const accuracy = await noGrad(() => scores.argmax(1).eq(y).to('float32').mean()).item();
  return { accuracy, apart: await noGrad(() => scores.sub(expected).abs().max()).item() };
}

script({
  about: 'One convention wrong at a time: what it does to a pretrained network.',
  options: { count: integer(400, { min: 8, help: 'fresh pictures of the classes that the network knows' }) },
  settings: { quick: { count: 160 }, full: { count: 2000 } },
  next: 'npx ts-node chapters/08-transfer-learning/classify.ts',
  async run({ options: { count, seed }, section, table }) {
    section('conventions', `The small network on ${count} fresh pictures of ${OLD.length} classes`);
    const { x, y } = picturesOf(OLD, count, seed + 1);
    const rows = [];
    for (const [name, mistake] of Object.entries(MISTAKES)) {
      const { accuracy, apart } = await examine(mistake, x, y);
      rows.push([name, accuracy.toFixed(3), apart.toFixed(3)]);
    }
    table(['', 'right', 'scores differ by at most'], rows);
  },
});
