/**
 * Views of views of views: any composition of slice, permute, expand, squeeze, unsqueeze and reshape, against a model
 * that only knows how to find one element. Run over the numbers 0, 1, 2, …, the model also says which element each
 * result came from, which is all that backward needs.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Range, type Tensor, tensor } from '../../core';
import { sizeOf } from '../../core/tensor/shape';

/** A shape, and the value at each index. */
interface Model {
  shape: number[];
  at(index: number[]): number;
}

interface Step {
  name: string;
  ofTensor(x: Tensor): Tensor;
  ofModel(x: Model): Model;
}

/** Makes a legal step for a shape out of random numbers. */
type StepMaker = (shape: number[], random: () => number) => Step;

const slice: StepMaker = (shape, random) => {
  const ranges: Range[] = shape.map((extent) => {
    const kind = random() % 4;
    if (kind === 0) return null;
    if (kind === 1 && extent > 0) return (random() % (2 * extent)) - extent;
    return [random() % (extent + 2), random() % (extent + 2), 1 + (random() % 3)];
  });
  const kept = shape.map((_, axis) => axis).filter((axis) => typeof ranges[axis] !== 'number');
  return {
    name: `slice(${JSON.stringify(ranges)})`,
    ofTensor: (x) => x.slice(...ranges),
    ofModel: (x) => {
      const places = shape.map((extent, axis) => placesIn(extent, ranges[axis]));
      return {
        shape: kept.map((axis) => places[axis].length),
        at: (index) => x.at(shape.map((_, axis) => places[axis][kept.includes(axis) ? index[kept.indexOf(axis)] : 0])),
      };
    },
  };
};

/** The places along one axis that a range takes, by walking along it. */
function placesIn(extent: number, range: Range): number[] {
  const all = Array.from({ length: extent }, (_, i) => i);
  if (range === null) return all;
  if (typeof range === 'number') return all.slice(range).slice(0, 1);
  const [start, stop, step = 1] = range;
  return all.slice(start ?? 0, stop ?? extent).filter((_, i) => i % step === 0);
}

const permute: StepMaker = (shape, random) => {
  const left = shape.map((_, axis) => axis);
  const order = shape.map(() => left.splice(random() % left.length, 1)[0]);
  return {
    name: `permute(${order})`,
    ofTensor: (x) => x.permute(...order),
    ofModel: (x) => ({
      shape: order.map((axis) => shape[axis]),
      at: (index) => x.at(shape.map((_, axis) => index[order.indexOf(axis)])),
    }),
  };
};

const expand: StepMaker = (shape, random) => {
  const wider = shape.map((extent) => (extent === 1 ? random() % 4 : extent));
  const target = [...Array.from({ length: random() % 2 }, () => random() % 3), ...wider];
  return {
    name: `expand(${target})`,
    ofTensor: (x) => x.expand(...target),
    ofModel: (x) => ({
      shape: target,
      at: (index) => x.at(index.slice(target.length - shape.length).map((i, axis) => (shape[axis] === 1 ? 0 : i))),
    }),
  };
};

const unsqueeze: StepMaker = (shape, random) => {
  const place = random() % (shape.length + 1);
  return {
    name: `unsqueeze(${place})`,
    ofTensor: (x) => x.unsqueeze(place),
    ofModel: (x) => ({ shape: shape.toSpliced(place, 0, 1), at: (index) => x.at(index.toSpliced(place, 1)) }),
  };
};

const squeeze: StepMaker = (shape) => {
  const ones = shape.map((_, axis) => axis).filter((axis) => shape[axis] === 1);
  return {
    name: 'squeeze()',
    ofTensor: (x) => x.squeeze(),
    ofModel: (x) => ({
      shape: shape.filter((extent) => extent !== 1),
      at: (index) => x.at(ones.reduce((longer, axis) => longer.toSpliced(axis, 0, 0), index)),
    }),
  };
};

const reshape: StepMaker = (shape, random) => {
  const size = sizeOf(shape);
  const divisors = Array.from({ length: size }, (_, i) => i + 1).filter((n) => size % n === 0);
  const first = size === 0 ? random() % 3 : divisors[random() % divisors.length];
  const target = size === 0 ? [first, 0] : [first, size / first];
  return {
    name: `reshape(${target})`,
    ofTensor: (x) => x.reshape(...target),
    ofModel: (x) => ({ shape: target, at: ([i, j]) => x.at(unravel(i * target[1] + j, shape)) }),
  };
};

/** The index of the n-th element in row-major order. */
function unravel(n: number, shape: number[]): number[] {
  const index: number[] = [];
  for (const extent of shape.toReversed()) {
    index.unshift(n % extent);
    n = Math.floor(n / extent);
  }
  return index;
}

const makers = [slice, permute, expand, unsqueeze, squeeze, reshape];
const MOST = 400; // elements, so that expanding stays quick

const valuesOf = (x: Model): number[] => Array.from({ length: sizeOf(x.shape) }, (_, n) => x.at(unravel(n, x.shape)));

/** A beginning and a few steps from it. */
const journeys = fc.record({
  shape: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
  choices: fc.array(fc.nat(999), { minLength: 60, maxLength: 60 }),
  length: fc.integer({ min: 1, max: 5 }),
});

function travel({ shape, choices, length }: { shape: number[]; choices: number[]; length: number }) {
  const start = tensor(
    Array.from({ length: sizeOf(shape) }, (_, i) => i),
    { shape, dtype: 'float64', requiresGrad: true },
  );
  let chosen = 0;
  const random = (): number => choices[chosen++ % choices.length];
  let model: Model = { shape, at: (index) => index.reduce((n, i, axis) => n * shape[axis] + i, 0) };
  let view = start.mul(1);
  const path: string[] = [];
  for (let i = 0; i < length && model.shape.length > 0; i++) {
    const step = makers[random() % makers.length](model.shape, random);
    const next = step.ofModel(model);
    if (sizeOf(next.shape) > MOST || next.shape.length > 6) break;
    [model, view] = [next, step.ofTensor(view)];
    path.push(step.name);
  }
  return { start, view, model, path: path.join(', ') };
}

describe('views', () => {
  test('show what a model that finds one element at a time shows', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const { view, model, path } = travel(journey);
        expect(view.shape, path).toEqual(model.shape);
        expect([...view.dataSync()], path).toEqual(valuesOf(model));
      }),
      { numRuns: 500 },
    );
  });

  test('send each gradient back to where its value came from', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const { start, view, model, path } = travel(journey);
        const origins = valuesOf(model);
        const expected = new Array<number>(start.size).fill(0);
        origins.forEach((origin, i) => {
          expected[origin] += i + 1;
        });
        view.backward(
          tensor(
            origins.map((_, i) => i + 1),
            { shape: view.shape, dtype: 'float64' },
          ),
        );
        expect([...(start.grad as Tensor).dataSync()], path).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('share the bytes of their base', () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const views = [
      x.transpose(),
      x.permute(1, 0),
      x.slice(0),
      x.slice(null, [0, null, 2]),
      x.narrow(1, 1, 2),
      x.unsqueeze(0),
      x.unsqueeze(0).squeeze(),
      x.unsqueeze(0).expand(4, 2, 3),
      x.reshape(6),
      x.flatten(),
      x.detach(),
      ...x.split(2, 1),
    ];
    for (const view of views) expect(view.storage).toBe(x.storage);
  });

  test('reshape copies when it must, clone always, toContiguous when it helps', () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(x.transpose().reshape(6).arraySync()).toEqual([1, 4, 2, 5, 3, 6]);
    expect(x.transpose().reshape(6).storage).not.toBe(x.storage);
    expect(x.clone().storage).not.toBe(x.storage);
    expect(x.toContiguous()).toBe(x);
    expect(x.transpose().toContiguous().strides).toEqual([2, 1]);
  });

  test('split gives back the pieces in order', () => {
    const x = tensor([0, 1, 2, 3, 4, 5, 6]);
    expect(x.split(3).map((piece) => piece.arraySync())).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(x.split([2, 0, 5]).map((piece) => piece.shape)).toEqual([[2], [0], [5]]);
  });
});
