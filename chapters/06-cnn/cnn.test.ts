/**
 * What the lesson works out by hand, and what it says is always so.
 */
import { describe, expect, test } from 'vitest';
import { avgPool2d, manualSeed, maxPool2d, nn, noGrad, type Tensor, tensor } from '../../core';
import { digits, pictures, reviews } from '../../datasets';
import { claims } from './claims';
import * as classifier from './classifier';
import { outputSize, type Plane, pool, samePadding, slide } from './convolution';
import { accuracyOn, cnn, learn } from './digits';
import { answers, FILTERS } from './edges';
import { ANSWERS, change, shifted } from './pooling';
import { byLoops, byOperation, LAYERS, largestDifference, operandsOf } from './readings';
import { flipped, harm, saliency } from './saliency';
import { signals } from './seeing';
import { centred, moved, NETWORKS } from './shifted';
import { measures, STEPS, seenPixels } from './sizes';
import { FILTER, PICTURE, WAYS } from './sliding';
import * as text from './text';

describe('by hand', () => {
  test('nine windows, nine numbers', () => {
    expect(slide(PICTURE, FILTER)).toEqual([
      [0, 15, 15],
      [5, 15, 10],
      [10, 10, 5],
    ]);
  });

  test('stride and padding', () => {
    const planes = WAYS.map(({ stride, padding }) => slide(PICTURE, FILTER, { stride, padding: padding(5, 3) }));
    expect(planes.map(({ length }) => length)).toEqual([3, 5, 2, 3]);
    expect(planes[1].map((row) => row[4])).toEqual([-10, -15, -15, -15, -10]); // zeros beyond the edge are an edge
    expect(planes[2]).toEqual([
      [0, 15],
      [10, 5],
    ]);
  });

  test('output sizes: 30, 15, 13, 6, 4', () => {
    expect(outputSize(32, 3, 1, [0, 0])).toBe(30);
    expect(measures(STEPS, 32, 3).map(({ size }) => size)).toEqual([30, 15, 13, 6, 4]);
    expect([samePadding(32, 3, 1), samePadding(32, 3, 2)]).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  test('896 parameters in the first layer, 88,502,400 in a dense one of its size', () => {
    expect(measures(STEPS, 32, 3).map(({ parameters }) => parameters)).toEqual([896, 0, 18_496, 0, 36_928]);
    expect(new nn.Conv2d(3, 32, 3).parameterCount()).toBe(896);
    expect(32 * 30 * 30 * (3 * 32 * 32 + 1)).toBe(88_502_400);
  });

  test('pooling, and what a shift leaves of it', () => {
    const [largest, mean] = [pool(ANSWERS, 2, 'max'), pool(ANSWERS, 2, 'average')];
    expect(largest).toEqual([
      [9, 3, 1],
      [2, 8, 2],
      [1, 2, 6],
    ]);
    expect(mean[0]).toEqual([2.75, 1.25, 0.25]);
    const x = tensor([[ANSWERS]]);
    expect(maxPool2d(x, 2).dataSync()).toEqual(Float32Array.from(largest.flat()));
    expect(avgPool2d(x, 2).dataSync()).toEqual(Float32Array.from(mean.flat()));
    const changes = [1, 2, 3, 6].map((size) => change(pool(ANSWERS, size, 'max'), pool(shifted(ANSWERS), size, 'max')));
    expect(changes).toEqual([...changes].sort((a, b) => b - a));
    expect(changes[3]).toBe(0);
  });

  test('edge filters: 0 on flat ground, 4 at an edge', async () => {
    const values = await answers();
    const row = (name: string): number[] => values[Object.keys(FILTERS).indexOf(name)];
    expect(row('right less left')).toEqual([0, 4, -4, 0, 0]);
    expect(row('below less above')).toEqual([0, 0, 0, 4, 0]);
    expect(row('middle less around')).toEqual([0, -3, -3, -3, 8]);
  });
});

describe('three readings', () => {
  test.each(LAYERS)('loops and operation agree to the bit on whole numbers: $filters', async (layer) => {
    const operands = operandsOf(layer, 'whole');
    expect(largestDifference(await byLoops(operands, layer), await byOperation(operands, layer))).toBe(0);
  });

  test.each(LAYERS)('and nearly on others: $filters', async (layer) => {
    const operands = operandsOf(layer, 'any');
    expect(largestDifference(await byLoops(operands, layer), await byOperation(operands, layer))).toBeLessThan(1e-4);
  });
});

describe('the classifier', () => {
  test('has the sizes of the lesson', () => {
    const { rows, parameters, multiplyAdds } = nn.summary(classifier.classifier(), [1, 3, 32, 32]);
    const sides = rows.filter(({ kind }) => /Conv|Pool/.test(kind)).map(({ outputs }) => outputs[0][2]);
    expect(sides).toEqual([30, 15, 13, 6, 4]);
    expect(rows.find(({ kind }) => kind === 'Flatten')?.outputs).toEqual([[1, 1024]]);
    expect(rows.find(({ name }) => name === '0')?.parameters).toBe(896);
    expect([parameters, multiplyAdds]).toEqual([122_570, 4_548_608]);
  });

  test('has a variant with dropout, max pooling after both convolutions', () => {
    const { rows } = nn.summary(classifier.withDropout(), [1, 3, 32, 32]);
    const kinds = rows.map(({ kind }) => kind).filter((kind) => /Conv|Pool|Dropout|Linear/.test(kind));
    expect(kinds).toEqual(['Conv2d', 'MaxPool2d', 'Conv2d', 'MaxPool2d', 'Linear', 'Dropout', 'Linear']);
    expect(rows.find(({ kind }) => kind === 'Flatten')?.outputs).toEqual([[1, 2304]]);
    expect(classifier.dense().parameterCount()).toBe(123_330);
  });

  test('sees as far as the formula says', async () => {
    manualSeed(0);
    const { layers } = classifier.classifier(8);
    const fields = measures(STEPS, 32, 3).map(({ field }) => field);
    expect(fields).toEqual([3, 4, 8, 10, 18]);
    expect(await seenPixels(layers.slice(0, 6), 32)).toBe(fields[3]);
  });

  test('can learn a batch by heart', async () => {
    manualSeed(0);
    const sets = { train: pictures(50, { classes: [0, 3, 6] }), test: pictures(10), names: [], source: '' };
    const { accuracy } = await classifier.learn(classifier.classifier(8), sets, 100);
    expect(accuracy[99]).toBeGreaterThan(0.95);
  }, 60_000);
});

describe('seeing', () => {
  test('a network reads digits, hangs on their pixels, and can be deceived by a few', async () => {
    manualSeed(0);
    const model = await learn(cnn(), digits(960), { epochs: 3 });
    const { x, y } = digits(100);
    const accuracy = await accuracyOn(model, { x, y });
    expect(accuracy).toBeGreaterThan(0.6);
    const seen = await saliency(model, x, y).data();
    expect(seen.every((value) => value >= 0)).toBe(true);
    const deceived = await accuracyOn(model, { x: flipped(x, harm(model, x, y), 20), y });
    expect(deceived).toBeLessThan(0.7 * accuracy);
  }, 60_000);

  test('as many pixels are flipped as asked for', async () => {
    const x = tensor([
      [
        [
          [0, 0.2, 1],
          [0.5, 0.7, 0.1],
        ],
      ],
    ]);
    const rank = tensor([
      [
        [
          [1, 6, 3],
          [4, 5, 2],
        ],
      ],
    ]);
    const turned = await flipped(x, rank, 2).data();
    expect([...turned].map((value) => value.toFixed(1))).toEqual(['0.0', '0.8', '1.0', '0.5', '0.3', '0.1']);
  });

  test('signals are those of the whole network', async () => {
    manualSeed(1);
    const [model, { x }] = [cnn(), digits(2)];
    const all = noGrad(() => signals(model, x));
    expect(all.map(({ shape }) => shape[2]).slice(0, 7)).toEqual([28, 26, 26, 13, 11, 11, 5]);
    expect(await all[all.length - 1].data()).toEqual(await model.forward(x).data());
  });
});

describe('shifts', () => {
  test('a picture moves, zeros come in, and what leaves is lost', async () => {
    const x = tensor([
      [
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
      ],
    ]);
    const plane = async (t: Tensor) => (await t.slice(0, 0).array()) as Plane;
    expect(await plane(moved(x, 1, 0))).toEqual([
      [0, 1, 2],
      [0, 4, 5],
      [0, 7, 8],
    ]);
    expect(await plane(moved(x, 0, -2))).toEqual([
      [7, 8, 9],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(await plane(moved(x, 0, 0))).toEqual(await plane(x));
  });

  test('centred digits have the middle of their ink in the middle', async () => {
    const { x } = await centred(digits(20));
    const places = tensor(Array.from({ length: 36 }, (_, i) => i - 17.5));
    const ink = x.sum([1, 2, 3]); // [20]
    for (const axes of [
      [1, 2],
      [1, 3],
    ]) {
      const middle = await x.sum(axes).mul(places).sum(1).div(ink).abs().max().item();
      expect(middle).toBeLessThanOrEqual(0.51);
    }
  });

  test('after a move by 4 the global max says what it said, as long as no window meets the rim', async () => {
    manualSeed(2);
    const model = NETWORKS['convolutions, then global max']();
    const { x } = await centred(digits(20));
    const wide = x.pad([
      [0, 0],
      [0, 0],
      [16, 16],
      [16, 16],
    ]);
    const before = [...(await model.forward(wide).data())];
    const after = async (right: number) => [...(await model.forward(moved(wide, right, 0)).data())];
    expect(largestDifference(before, await after(4))).toBeLessThan(1e-5);
    expect(largestDifference(before, await after(3))).toBeGreaterThan(1e-3);
  });
});

describe('text', () => {
  const sizes = { vocabulary: 200, length: 40, embedding: 6, filters: 8 };
  const sets = () => ({ train: reviews(60), test: reviews(20), source: '' });

  test('the network of the full setting', () => {
    const model = new text.TextCnn({ vocabulary: 5000, length: 400, embedding: 128, filters: 128 }, 5);
    expect(model.parameterCount()).toBe(5000 * 128 + 128 * (128 * 5 + 1) + 128 * 129 + 129);
  });

  test('words are counted in the training heap alone, and padded with 0', async () => {
    manualSeed(0);
    const { training, vocabulary } = text.numbered(sets(), sizes);
    expect(training.x.shape).toEqual([60, 40]);
    const first = (await training.x.slice(0).data()) as Int32Array;
    const [words] = training.tokens;
    expect(vocabulary.decode(first.slice(0, 5))).toEqual(
      words.slice(0, 5).map((w) => vocabulary.token(vocabulary.id(w))),
    );
    expect([...first.slice(words.length)].every((id) => id === 0)).toBe(true);
  });

  test('what the words add is what the filters add', async () => {
    manualSeed(0);
    const { test: heap, vocabulary } = text.numbered(sets(), sizes);
    const model = new text.TextCnn({ ...sizes, vocabulary: vocabulary.length }, 5).eval();
    const added = await text.contributions(model, heap.x.slice(0), 5);
    const strongest = model
      .answers(heap.x.narrow(0, 0, 1))
      .max(2)
      .detach();
    strongest.requiresGrad = true;
    model.head.forward(strongest).backward();
    const whole = await (strongest.grad as Tensor).mul(strongest).sum().item();
    expect(added.reduce((sum, share) => sum + share)).toBeCloseTo(whole, 5);
  });
});

test('every claim names a script of this chapter', () => {
  const scripts = new Set(claims.map(({ script }) => script));
  for (const script of ['digits.ts', 'shifted.ts', 'seeing.ts', 'classifier.ts', 'text.ts'])
    expect(scripts).toContain(script);
});
