/**
 * What the page about pretrained networks states about chance: how good the small network is, what a forgotten batch
 * norm costs, and how far the recipe and the heads get.
 */
import { manualSeed } from '../../../core';
import { findReal } from '../../../datasets';
import type { Bound, Claim } from '../../shared/claims';
import { examine, MISTAKES } from '../conventions';
import { teach, type Way } from '../forgotten';
import { catsAndDogs, enlarge } from '../pets';
import { chooseBase, follow } from '../recipe';
import * as heads from '../resnet-heads';
import { accuracyOnOld, loadSmall, OLD, picturesOf } from '../small';

const GENERATED = 'pictures (generated)';

const small: Claim = {
  script: 'small.ts',
  figure: 'the small network, 1,000 fresh pictures of its eight classes',
  bound: { atLeast: 0.98 },
  run: async (seed) => ({ value: await accuracyOnOld(await loadSmall(), 1000, 500 + seed), data: GENERATED }),
};

const mistaken = (mistake: string, bound: Bound): Claim => ({
  script: 'conventions.ts',
  figure: `the small network, ${mistake}`,
  bound,
  async run(seed) {
    const { x, y } = picturesOf(OLD, 400, 600 + seed);
    return { value: (await examine(MISTAKES[mistake], x, y)).accuracy, data: GENERATED };
  },
});

const after = (figure: string, way: Way, key: 'old' | 'fresh', bound: Bound): Claim => ({
  script: 'forgotten.ts',
  figure,
  bound,
  async run(seed) {
    const lesson = await teach(seed, way, { count: 200, epochs: 8 });
    return { value: lesson[key][lesson[key].length - 1], data: GENERATED };
  },
});

/** The curriculum's setting: 200 of each to learn from, ten epochs a phase. */
const recipe = (figure: string, phase: 0 | 1, weights: string | null, bound: Bound, rate = 1e-5): Claim => ({
  script: 'recipe.ts',
  figure,
  bound,
  async run(seed) {
    manualSeed(seed);
    const base = await chooseBase(weights ?? undefined);
    const task = await catsAndDogs(seed, 200, 200);
    const prepare: typeof base.prepare = (x) => base.prepare(weights === null ? x : enlarge(x, 128));
    const phases = await follow({ ...base, prepare }, task, { epochs: 10, top: 3, rate, decay: 0.7 });
    return { value: phases[phase].fresh[9], data: task.source };
  },
});

const withHead = (head: string, bound: Bound): Claim => ({
  script: 'resnet-heads.ts',
  figure: `cats and dogs, ${head}, default setting`,
  bound,
  async run(seed) {
    const network = await heads.pretrain(seed, 1600, 10);
    const task = await catsAndDogs(seed, 200, 200);
    const life = await heads.tune(seed, network, head, task, { epochs: 10, rate: 0.001 });
    return { value: life.fresh[9], data: task.source };
  },
});

const [mobileNet, cifar] = [findReal('imagenet/mobilenet_v1_0.25_224.safetensors'), findReal('cifar10')];

const onPhotos: Claim[] =
  mobileNet && cifar
    ? [
        recipe('cats and dogs at 128 × 128, MobileNetV1 0.25, head alone', 0, mobileNet, { atLeast: 0.72 }),
        recipe('cats and dogs at 128 × 128, MobileNetV1 0.25, both phases', 1, mobileNet, { atLeast: 0.73 }),
      ]
    : [];

/** Without real photos: with them the small network and the narrow ResNet have learned another world. */
const onGenerated: Claim[] = cifar
  ? []
  : [
      recipe('cats and dogs, the small network, head alone', 0, null, { atLeast: 0.92 }),
      recipe('cats and dogs, the small network, both phases', 1, null, { atLeast: 0.92 }),
      recipe('cats and dogs, the small network, both phases at 0.001', 1, null, { atLeast: 0.975 }, 0.001),
      ...Object.keys(heads.HEADS).map((head) => withHead(head, { atLeast: 0.92 })),
    ];

export const pretrainedClaims: Claim[] = [
  small,
  mistaken('stride 2 padded on all sides', { between: [0.85, 0.975] }),
  mistaken('values from 0 to 1', { atMost: 0.3 }),
  after('the old classes after, batch norm forgotten', 'forgotten', 'old', { atMost: 0.45 }),
  after('the old classes after, freeze()', 'frozen', 'old', { atLeast: 0.98 }),
  after('cats and dogs by night, batch norm forgotten', 'forgotten', 'fresh', { atLeast: 0.9 }),
  after('cats and dogs by night, freeze()', 'frozen', 'fresh', { atMost: 0.88 }),
  ...onGenerated,
  ...onPhotos,
];
