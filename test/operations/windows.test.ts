/**
 * Convolutions and poolings of every geometry against their definition: each window cut out by slices, then a product,
 * a maximum or a mean of what was cut out. Outputs and gradients.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  avgPool2d,
  conv2d,
  convTranspose2d,
  Generator,
  maxPool2d,
  ones,
  pad,
  randn,
  type Shape,
  stack,
  type Tensor,
} from '../../core';
import { DOUBLE, difference, valuesOf } from './close';
import { evaluate } from './evaluate';
import type { Run } from './row';

interface Axis {
  extent: number;
  kernel: number;
  stride: number;
  dilation: number;
  padding: [before: number, after: number];
}

type Axes = readonly [down: Axis, across: Axis];

/** How far the window can move. */
const room = ({ extent, kernel, dilation, padding: [before, after] }: Axis): number =>
  before + extent + after - (dilation * (kernel - 1) + 1);
const outputsOf = (axis: Axis): number => Math.floor(room(axis) / axis.stride) + 1;
const pairOf = <T>([down, across]: Axes, of: (axis: Axis) => T): [T, T] => [of(down), of(across)];

const upTo = (most: number, least = 1) => fc.integer({ min: least, max: most });
const pictures = ({ dilation = 3 } = {}) => {
  const padding = fc.tuple(upTo(3, 0), upTo(3, 0));
  const axis = fc.record({ extent: upTo(7), kernel: upTo(4), stride: upTo(3), dilation: upTo(dilation), padding });
  const fitting = axis.filter((axis) => room(axis) >= 0);
  return fc.record({
    axes: fc.tuple(fitting, fitting),
    examples: upTo(2),
    groups: upTo(3),
    perGroup: fc.tuple(upTo(6), upTo(3)), // channels in, channels out
    seed: upTo(2 ** 31),
  });
};
type Picture = ReturnType<typeof pictures> extends fc.Arbitrary<infer P> ? P : never;

const optionsOf = (axes: Axes) => ({
  stride: pairOf(axes, (axis) => axis.stride),
  padding: pairOf(axes, (axis) => axis.padding),
  dilation: pairOf(axes, (axis) => axis.dilation),
});

/** All windows: [N, C, kh·kw, H′, W′]. */
function cutOut(x: Tensor, axes: Axes, value: number): Tensor {
  const padded = pad(x, [[0, 0], [0, 0], ...axes.map((axis) => axis.padding)], { value });
  const through = (axis: Axis, u: number): [number, number, number] => {
    const start = u * axis.dilation;
    return [start, start + (outputsOf(axis) - 1) * axis.stride + 1, axis.stride];
  };
  const [kh, kw] = pairOf(axes, (axis) => axis.kernel);
  const seen = Array.from({ length: kh * kw }, (_, i) =>
    padded.slice(null, null, through(axes[0], Math.floor(i / kw)), through(axes[1], i % kw)),
  );
  return stack(seen, 2);
}

function leaves(seed: number, ...shapes: Shape[]): Tensor[] {
  const generator = new Generator(seed);
  return shapes.map((shape) => randn(shape, { dtype: 'float64', generator, requiresGrad: true }));
}

function expectSame(inputs: Tensor[], run: Run, definition: Run): void {
  const [actual, expected] = [evaluate(run, inputs), evaluate(definition, inputs)];
  expect(difference(actual.outputs.map(valuesOf), expected.outputs.map(valuesOf), DOUBLE), 'outputs').toBeNull();
  expect(difference(actual.gradients.map(valuesOf), expected.gradients.map(valuesOf), DOUBLE), 'gradients').toBeNull();
}

test('a convolution is a product with windows', () => {
  const check = ({ axes, examples, groups, perGroup: [inputs, outputs], seed }: Picture) => {
    const [N, C, O] = [examples, groups * inputs, groups * outputs];
    const extents = pairOf(axes, (axis) => axis.extent);
    const kernel = pairOf(axes, (axis) => axis.kernel);
    const places = pairOf(axes, outputsOf);
    expectSame(
      leaves(seed, [N, C, ...extents], [O, inputs, ...kernel], [O]),
      (x, w, b) => conv2d(x, w, b, { ...optionsOf(axes), groups }),
      (x, w, b) => {
        const windows = cutOut(x, axes, 0).reshape(N, groups, inputs * kernel[0] * kernel[1], places[0] * places[1]);
        const weights = w.reshape(groups, outputs, inputs * kernel[0] * kernel[1]);
        return weights
          .matmul(windows)
          .reshape(N, O, ...places)
          .add(b.reshape(-1, 1, 1));
      },
    );
  };
  fc.assert(fc.property(pictures(), check));
});

test('a transposed convolution is the transpose of a convolution', () => {
  const check = ({ axes, examples, groups, perGroup: [inputs, outputs], seed }: Picture) => {
    const [N, C, O] = [examples, groups * inputs, groups * outputs];
    const extents = pairOf(axes, (axis) => axis.extent);
    const kernel = pairOf(axes, (axis) => axis.kernel);
    const [x, w, z] = leaves(seed, [N, C, ...extents], [O, inputs, ...kernel], [N, O, ...pairOf(axes, outputsOf)]);
    const options = { ...optionsOf(axes), groups };
    const outputPadding = pairOf(axes, (axis) => room(axis) % axis.stride); // what the last window leaves unseen
    const there = conv2d(x, w, null, options);
    const back = convTranspose2d(z, w, null, { ...options, outputPadding });
    expect(back.shape).toEqual(x.shape);
    const [left, right] = [there.mul(z).sum().itemSync(), back.mul(x).sum().itemSync()];
    expect(Math.abs(left - right)).toBeLessThan(1e-9);
  };
  fc.assert(fc.property(pictures(), check));
});

/** Does every window see a value? */
const allSee = (axes: Axes): boolean =>
  cutOut(ones([1, 1, ...pairOf(axes, (axis) => axis.extent)]), axes, 0)
    .max(2)
    .min()
    .itemSync() === 1;

test('the largest value of each window', () => {
  const check = ({ axes, examples, groups, seed }: Picture) => {
    fc.pre(allSee(axes));
    const kernel = pairOf(axes, (axis) => axis.kernel);
    expectSame(
      leaves(seed, [examples, groups, ...pairOf(axes, (axis) => axis.extent)]),
      (x) => maxPool2d(x, kernel, optionsOf(axes)),
      (x) => cutOut(x, axes, -Infinity).max(2),
    );
  };
  fc.assert(fc.property(pictures(), check));
});

test.each([true, false])('the mean of each window, padding included: %s', (countIncludePad) => {
  const check = ({ axes, examples, groups, seed }: Picture) => {
    fc.pre(allSee(axes));
    const kernel = pairOf(axes, (axis) => axis.kernel);
    const { stride, padding } = optionsOf(axes);
    const shape = [examples, groups, ...pairOf(axes, (axis) => axis.extent)];
    const counted = cutOut(ones(shape, { dtype: 'float64' }), axes, countIncludePad ? 1 : 0).sum(2);
    expectSame(
      leaves(seed, shape),
      (x) => avgPool2d(x, kernel, { stride, padding, countIncludePad }),
      (x) => cutOut(x, axes, 0).sum(2).div(counted),
    );
  };
  fc.assert(fc.property(pictures({ dilation: 1 }), check));
});
