/**
 * A siamese net: two points go through the same network, and all it is told is whether they belong together. It learns
 * a map on which that can be seen.
 */
import { contrastiveLoss, manualSeed, type nn, noGrad, optim, randint, type Tensor } from '../../core';
import { moons } from '../../datasets';
import { integer, number, script } from '../shared/script';
import { stack } from './autoencoder';
import { mapsFigure } from './pictures/siamese';

const MARGIN = 2;

// #region distance
/** 2-128-128-2: where a point comes to lie on the map. */
export const network = (): nn.Sequential => stack([2, 128, 128, 2]);

/** How far apart two points come to lie: the same network twice. */
export function distance(model: nn.Layer, a: Tensor, b: Tensor): Tensor {
  const apart = model.forward(a).sub(model.forward(b)); // [N, 2]
  return apart.pow(2).sum(1).add(1e-12).sqrt(); //         [N]; the root has no slope at 0
}
// #endregion

export interface Pairs {
  a: Tensor; // [N, 2]
  b: Tensor; // [N, 2]
  isDifferent: Tensor; // [N]: 1 when the two lie on different moons
}

// #region pairs
/** Pairs of points on two moons, of which only is told whether they lie on the same one. */
export function pairs(count: number, noise: number): Pairs {
  const { x, y } = moons(4 * count, { noise });
  const pick = () => randint(0, 4 * count, [count]);
  const [first, second] = [pick(), pick()];
  const isDifferent = y.indexSelect(0, first).ne(y.indexSelect(0, second)).to('float32');
  return { a: x.indexSelect(0, first), b: x.indexSelect(0, second), isDifferent };
}
// #endregion

// #region learn
export async function learn(model: nn.Layer, { a, b, isDifferent }: Pairs, steps: number, tick = async () => {}) {
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.01 });
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const loss = contrastiveLoss(distance(model, a, b), isDifferent, { margin: MARGIN });
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(await loss.item());
    await tick();
  }
  return losses;
}
// #endregion

/** The share of pairs that a distance of half the margin judges rightly. */
export async function judged(model: nn.Layer, { a, b, isDifferent }: Pairs): Promise<number> {
  const said = noGrad(() => distance(model, a, b)).gt(MARGIN / 2);
  return said.eq(isDifferent.to('int32')).to('float32').mean().item();
}

/** The mean distance of pairs that belong together, and of pairs that do not. */
async function meanDistances(model: nn.Layer, { a, b, isDifferent }: Pairs): Promise<[number, number]> {
  const apart = noGrad(() => distance(model, a, b));
  const mean = (mask: Tensor) => apart.mul(mask).sum().div(mask.sum()).item();
  return [await mean(isDifferent.eq(0)), await mean(isDifferent)];
}

// #region name
/** With one named point of each moon: every other has the name of the nearer one on the map. */
export async function namedByOne(model: nn.Layer, x: Tensor, y: Tensor): Promise<number> {
  const map = noGrad(() => model.forward(x)); // [N, 2]; the moons take turns, so rows 0 and 1 are one of each
  const to = (named: number) => map.sub(map.slice(named)).pow(2).sum(1);
  return to(1).lt(to(0)).eq(y).to('float32').mean().item();
}
// #endregion

export async function live(
  seed: number,
  settings: { pairs: number; noise: number; steps: number },
  tick?: () => Promise<void>,
) {
  manualSeed(seed);
  const [training, fresh] = [pairs(settings.pairs, settings.noise), pairs(1000, settings.noise)];
  const { x, y } = moons(400, { noise: settings.noise });
  const model = network();
  const [before, after] = [{}, {}] as Record<'training' | 'fresh' | 'named', number>[];
  const judge = async (into: typeof before) => {
    into.training = await judged(model, training);
    into.fresh = await judged(model, fresh);
    into.named = await namedByOne(model, x, y);
    return { map: noGrad(() => model.forward(x)), distances: await meanDistances(model, fresh) };
  };
  const first = await judge(before);
  const losses = await learn(model, training, settings.steps, tick);
  const last = await judge(after);
  return { x, y, losses, before, after, maps: [first.map, last.map], distances: [first.distances, last.distances] };
}

export type Life = Awaited<ReturnType<typeof live>>;

script({
  about: 'A siamese net with contrastive loss: from "same" and "different" to a map.',
  options: {
    pairs: integer(100, { min: 10, max: 10_000, help: 'pairs to learn from' }),
    noise: number(0.2, { min: 0, max: 1, help: 'how far the points stray from their moon' }),
    steps: integer(3000, { min: 1, max: 100_000, help: 'steps of SGD, all pairs in each' }),
  },
  settings: { quick: { steps: 1000 }, full: { steps: 10_000 } },
  next: 'npm run exercises 09',
  async run({ options: { seed, ...settings }, section, table, figure, progress }) {
    const bar = progress(settings.steps, 'training');
    const life = await live(seed, settings, bar.tick);
    bar.done();
    section('pairs', `${settings.pairs} pairs, ${settings.steps} steps of SGD`);
    const row = (
      name: string,
      judge: Record<'training' | 'fresh' | 'named', number>,
      [same, different]: [number, number],
    ) => [
      name,
      same.toFixed(2),
      different.toFixed(2),
      judge.training.toFixed(3),
      judge.fresh.toFixed(3),
      judge.named.toFixed(3),
    ];
    table(
      ['', 'distance, same', 'different', 'training pairs right', 'fresh pairs right', 'named by one example'],
      [row('before', life.before, life.distances[0]), row('after', life.after, life.distances[1])],
    );
    await figure('siamese', await mapsFigure(life));
  },
});
