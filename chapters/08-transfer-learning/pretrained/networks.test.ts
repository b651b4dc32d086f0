/**
 * The three networks: names, shapes and counts; their numbers against PyTorch's, against an independent composition,
 * and, where the real weights are, against the reference logits.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { manualSeed, nn, noGrad, ops, randn, type Tensor, tensor } from '../../../core';
import { loadSafetensors, saveSafetensors } from '../../../core/io';
import { findReal } from '../../../datasets';
import { temporaryFolder } from '../../../test/io/folder';
import { readClassNames } from '../class-names';
import { likeliest, readMiddle } from '../classify';
import { type Pretrained, PYTORCH } from '../conv-norm';
import { MobileNetV1 } from '../mobilenet-v1';
import { MobileNetV2, roundToEights } from '../mobilenet-v2';
import { enlarge } from '../pets';
import { loadNetwork, recognise } from '../recognise';
import { ResNet18 } from '../resnet';
import { separable, separableLayer, whole, wholeLayer } from '../separable';

beforeEach(() => manualSeed(0));

const largestDifference = (a: Tensor, b: Tensor): number => noGrad(() => a.sub(b).abs().max()).itemSync();
const weightsOf = (network: nn.Module): [string, Tensor][] =>
  Object.entries(network.stateDict()).filter(([name]) => !name.endsWith('num_batches_tracked'));

/** Weights and statistics as a trained network might have them, so that a wrong one shows. */
function scramble<Network extends nn.Module>(network: Network): Network {
  const values = weightsOf(network).map(([name, t]): [string, Tensor] => {
    if (name.endsWith('running_var')) return [name, randn(t.shape).abs().add(0.5)];
    return [
      name,
      t.rank > 1
        ? t.mul(2)
        : randn(t.shape)
            .div(5)
            .add(name.endsWith('weight') ? 1 : 0),
    ];
  });
  network.loadStateDict(Object.fromEntries(values), { strict: false });
  network.eval();
  return network;
}

describe('counts', () => {
  test.each<[string, nn.Module, number]>([
    ['MobileNetV1, width 1', new MobileNetV1(), 4_231_976],
    ['MobileNetV1, width 0.25', new MobileNetV1({ width: 0.25 }), 470_072],
    ['MobileNetV2, width 1', new MobileNetV2(), 3_504_872],
    ['MobileNetV2, width 0.35', new MobileNetV2({ width: 0.35 }), 1_677_128],
    ['MobileNetV2, width 1.4', new MobileNetV2({ width: 1.4 }), 6_108_776],
    ['ResNet-18', new ResNet18(), 11_689_512],
  ])('%s', (_, network, count) => expect(network.parameterCount()).toBe(count));

  test('a separable convolution, by formula and counted', () => {
    const [channels, out, side] = [5, 7, 6];
    const kinds = [
      [wholeLayer(channels, out), whole],
      [separableLayer(channels, out), separable],
    ] as const;
    for (const [layer, formula] of kinds)
      expect(nn.summary(layer, [1, channels, side, side]).multiplyAdds).toBe(formula(channels, out, side * side));
    expect(separable(128, 128, 1) / whole(128, 128, 1)).toBeCloseTo(1 / 9 + 1 / 128, 12);
  });

  test('channels are multiples of 8', () => {
    const wanted = [16, 24, 32, 64, 96, 160, 320];
    expect(wanted.map((c) => roundToEights(0.35 * c))).toEqual([8, 8, 16, 24, 32, 56, 112]);
  });
});

describe('names and shapes', () => {
  test('of MobileNetV1, as in the converted files of Keras', () => {
    const state = new MobileNetV1({ width: 0.25 }).stateDict();
    const shapes: Record<string, number[]> = {
      'conv1.weight': [8, 3, 3, 3],
      'conv1_bn.running_mean': [8],
      'conv_dw_2.weight': [16, 1, 3, 3],
      'conv_pw_13.weight': [256, 256, 1, 1],
      'conv_pw_13_bn.running_var': [256],
      'conv_preds.weight': [1000, 256, 1, 1],
      'conv_preds.bias': [1000],
    };
    for (const [name, shape] of Object.entries(shapes)) expect(state[name].shape, name).toEqual(shape);
    expect(Object.keys(state).filter((name) => !name.endsWith('tracked'))).toHaveLength(137);
  });

  test('MobileNetV2 has 262 tensors, the first block no expansion', () => {
    const network = new MobileNetV2({ width: 0.35, classes: 101 });
    expect(weightsOf(network)).toHaveLength(262);
    const state = network.stateDict();
    expect(state['features.1.conv.0.0.weight'].shape).toEqual([16, 1, 3, 3]);
    expect(state['features.2.conv.1.0.weight'].shape).toEqual([48, 1, 3, 3]);
    expect(state['features.17.conv.3.bias'].shape).toEqual([112]);
    expect(state['classifier.1.weight'].shape).toEqual([101, 1280]);
  });

  test('maps shrink by 32 on the way', () => {
    for (const network of [
      new MobileNetV1({ width: 0.25 }),
      new MobileNetV2({ width: 0.35 }),
      new ResNet18({ channels: 4 }),
    ]) {
      const x = randn([2, 3, 64, 64]);
      const maps = noGrad(() => network.parts.reduce((signal, part) => part.forward(signal), x));
      expect([maps.shape[0], ...maps.shape.slice(2)]).toEqual([2, 2, 2]);
      expect(noGrad(() => network.describe(x)).shape).toEqual(maps.shape.slice(0, 2));
      expect(noGrad(() => network.forward(x)).shape).toEqual([2, 1000]);
    }
  });
});

/** MobileNetV1 once more, from its weights alone and the operations of the core. */
function composed(state: Record<string, Tensor>, x: Tensor): Tensor {
  const strides = [2, ...[1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1].flatMap((stride) => [stride, 1])];
  const names = ['conv1', ...Array.from({ length: 13 }, (_, i) => [`conv_dw_${i + 1}`, `conv_pw_${i + 1}`]).flat()];
  const spread = (t: Tensor) => t.reshape(1, -1, 1, 1);
  names.forEach((name, i) => {
    const weight = state[`${name}.weight`];
    const groups = name.includes('dw') ? weight.shape[0] : 1;
    const zeros = weight.shape[2] === 1 ? 0 : strides[i] === 2 ? [0, 1] : [1, 1];
    const padded = zeros === 0 ? x : x.pad([[0, 0], [0, 0], zeros, zeros] as [number, number][]);
    const y = ops.conv2d(padded, weight, null, { stride: strides[i], groups });
    const of = (what: string) => spread(state[`${name}_bn.${what}`]);
    const normed = y.sub(of('running_mean')).div(of('running_var').add(1e-3).sqrt()).mul(of('weight')).add(of('bias'));
    x = normed.clamp(0, 6);
  });
  const weight = state['conv_preds.weight'];
  return x.mean([2, 3]).matmul(weight.reshape(weight.shape[0], -1).transpose()).add(state['conv_preds.bias']);
}

test('MobileNetV1 is what its formula says', () => {
  const network = scramble(new MobileNetV1({ width: 0.25, classes: 9 }));
  const x = randn([2, 3, 64, 64]);
  const expected = noGrad(() => composed(network.stateDict(), x));
  expect(expected.abs().max().itemSync()).toBeGreaterThan(0.1);
  expect(
    largestDifference(
      noGrad(() => network.forward(x)),
      expected,
    ),
  ).toBeLessThan(1e-4);
});

describe('PyTorch', () => {
  interface Line {
    name: string;
    side: number;
    shape: number[];
    names: string[];
    values: number[];
  }
  const folder = join(__dirname, 'fixtures');
  const lines = readFileSync(join(folder, 'outputs.jsonl'), 'utf8').trim().split('\n');
  const expected = new Map(lines.map((line) => JSON.parse(line) as Line).map((line) => [line.name, line]));
  const file = join(folder, 'resnet-18-narrow.safetensors');

  function check(network: Pretrained, { side, shape, names, values }: Line): void {
    expect(Object.keys(network.stateDict()).sort()).toEqual(names);
    const x = tensor(
      Float32Array.from({ length: 6 * side * side }, (_, i) => Math.sin(0.37 * i)),
      { shape: [2, 3, side, side] },
    );
    const y = noGrad(() => network.forward(x));
    expect(y.shape).toEqual(shape);
    expect(largestDifference(y, tensor(Float32Array.from(values), { shape }))).toBeLessThan(1e-4);
  }

  /** The weights that reference.py makes of waves. */
  function makeOfWaves<Network extends nn.Module>(network: Network): Network {
    const named = weightsOf(network).sort(([a], [b]) => (a < b ? -1 : 1));
    const waves = named.map(([name, { shape, size, rank }], n): [string, Tensor] => {
      const scale = rank > 1 ? Math.sqrt((2 * shape[0]) / size) : 0.1;
      const shift = rank === 1 && /(weight|running_var)$/.test(name) ? 1 : 0;
      return [
        name,
        tensor(
          Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + n) * scale + shift),
          { shape },
        ),
      ];
    });
    network.loadStateDict(Object.fromEntries(waves), { strict: false });
    network.eval();
    return network;
  }

  test('a state file of ResNet-18 loads and gives the same outputs', async () => {
    const { network, about, conventions } = await loadNetwork(file);
    expect(about).toBe('ResNet-18, 2 channels first, 7 classes');
    expect(conventions).toBe(PYTORCH);
    check(network, expected.get('resnet-18-narrow') as Line);
  });

  test('ResNet-18 whole', () => {
    check(makeOfWaves(new ResNet18({ classes: 20 })), expected.get('resnet-18') as Line);
  });

  test("MobileNetV2 whole, in PyTorch's conventions", () => {
    check(makeOfWaves(new MobileNetV2({ classes: 20, conventions: PYTORCH })), expected.get('mobilenet-v2') as Line);
  });
});

describe('a file is recognised', () => {
  const folder = temporaryFolder();
  const withoutCounters = (network: nn.Module) => Object.fromEntries(weightsOf(network));

  test.each<[string, Pretrained]>([
    ['MobileNetV1, width 0.25, 6 classes', new MobileNetV1({ width: 0.25, classes: 6 })],
    ['MobileNetV2, width 0.35, 6 classes', new MobileNetV2({ width: 0.35, classes: 6 })],
    ['MobileNetV2, width 0.5, 6 classes', new MobileNetV2({ width: 0.5, classes: 6 })],
  ])('%s', async (about, network) => {
    const file = join(folder, 'weights.safetensors');
    await saveSafetensors(file, withoutCounters(scramble(network)));
    const found = await loadNetwork(file);
    expect([found.about, found.classes]).toEqual([about, 6]);
    const x = randn([1, 3, 32, 32]);
    expect(
      largestDifference(
        noGrad(() => found.network.forward(x)),
        noGrad(() => network.forward(x)),
      ),
    ).toBe(0);
  });

  test('PyTorch counts batches: then its conventions hold', () => {
    expect(recognise(new MobileNetV2({ width: 0.35, classes: 2 }).stateDict()).conventions).toBe(PYTORCH);
  });

  test('or refused in one line', async () => {
    const state = withoutCounters(new MobileNetV1({ width: 0.25, classes: 6 }));
    expect(() => recognise({ weight: randn([2]) })).toThrow(/^the tensors \(weight, …\) are not those of/);
    const { 'conv_preds.weight': _, ...headless } = state;
    expect(() => recognise(headless)).toThrow('there is no tensor conv_preds.weight');
    const file = join(folder, 'other.safetensors');
    await saveSafetensors(file, { ...state, 'conv_pw_3.weight': randn([5, 5, 1, 1]) });
    await expect(loadNetwork(file)).rejects.toThrow(/other\.safetensors: loadStateDict: conv_pw_3\.weight has shape/);
  });
});

describe('names of classes', () => {
  const folder = temporaryFolder();
  const read = async (text: string, classes = 3) => {
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(folder, 'names.txt'), text);
    return readClassNames(join(folder, 'names.txt'), classes);
  };

  test('one a line', async () => expect(await read('cat\r\nhot dog\n\nfish\n')).toEqual(['cat', 'hot dog', 'fish']));
  test('a table', async () => {
    expect(await read('index\twnid\tname\n1\tn1\tdog\n0\tn0\tgreat white\n2\tn2\tfish\n')).toEqual([
      'great white',
      'dog',
      'fish',
    ]);
  });
  test('too few', async () =>
    await expect(read('cat\ndog\n')).rejects.toThrow('it names 2 classes, the network knows 3'));
  test('twice the same label', async () => {
    await expect(read('0\ta\n1\tb\n1\tc\n')).rejects.toThrow('the row "1 c" does not begin with a label of its own');
  });
});

test('enlarge keeps a slope a slope, and does nothing at the same size', () => {
  const x = tensor([0, 1, 2, 3, 4, 5, 6, 7], { shape: [1, 1, 2, 4] });
  expect([
    ...enlarge(x.expand(1, 3, 2, 4), 8)
      .slice(0, 0, 0)
      .dataSync(),
  ]).toEqual([0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3]);
  const square = randn([2, 3, 5, 5]);
  expect(largestDifference(enlarge(square, 5), square)).toBeLessThan(1e-6);
});

const real = findReal('imagenet');
const PHOTOS = ['n01443537_goldfish', 'n02676566_acoustic_guitar', 'n04285008_sports_car', 'n07873807_pizza'];

describe.skipIf(!real)('real weights, where DATASETS_DIR has them', () => {
  const at = (file: string): string => join(real ?? '', file);
  const load = (kind: 'v1_0.25_224' | 'v2_0.35_224_food101') => loadNetwork(at(`mobilenet_${kind}.safetensors`));

  test.each(PHOTOS)('%s: logits and features to 1e-3', { timeout: 60_000 }, async (photo) => {
    const { tensors } = await loadSafetensors(at(`expected_${photo.slice(10)}.safetensors`));
    const [v1, v2] = [await load('v1_0.25_224'), await load('v2_0.35_224_food101')];
    expect(v1.about).toBe('MobileNetV1, width 0.25, 1000 classes');
    expect(v2.about).toBe('MobileNetV2, width 0.35, 101 classes');
    const { input } = tensors;
    const apart = (y: Tensor, name: string) => largestDifference(y, tensors[name]);
    expect(
      apart(
        noGrad(() => v1.network.forward(input)),
        'logits_mobilenet_v1',
      ),
    ).toBeLessThan(1e-3);
    expect(
      apart(
        noGrad(() => v2.network.describe(input)),
        'features_mobilenet_v2',
      ),
    ).toBeLessThan(1e-3);
    expect(
      apart(
        noGrad(() => v2.network.forward(input)),
        'logits_mobilenet_v2_food101',
      ),
    ).toBeLessThan(1e-3);
  });

  test.each(PHOTOS)('%s is named rightly', { timeout: 60_000 }, async (photo) => {
    const { network, classes, conventions } = await load('v1_0.25_224');
    const names = await readClassNames(at('imagenet_classes.tsv'), classes);
    const picture = await readMiddle(at(`photos/${photo}.JPEG`));
    const [first] = await likeliest(network, picture, { names, prepare: conventions.prepare });
    expect(first.name.replace(' ', '_')).toBe(photo.slice(10));
  });
});
