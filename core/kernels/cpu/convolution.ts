/**
 * Convolution over two axes and its two gradients. All three run through the same products
 *
 *   g[n, o, i, j] · w[o, c, u, v] · x[n, first(o) + c, i·stride + u·dilation − before, j·… + v·… − …]
 *
 * and differ in what they leave out of the product and sum into. Sums are kept in double precision until they are
 * whole, and four channels are added at a time: that reads and writes each sum a quarter as often.
 */
import type { ConvolutionSettings } from '../list/convolution';
import { contiguousElements, type Strided, type TypedArray } from '../strided';
import { addPlane, type Steps, slide, type Tap } from './sliding';

export function conv2d(x: Strided, weight: Strided, bias: Strided | null, y: Strided, by: ConvolutionSettings): void {
  const [from, w, to] = [x, weight, y].map(contiguousElements);
  const shift = bias && contiguousElements(bias);
  const [[N, C], [O, channels, kh, kw]] = [x.shape, weight.shape];
  const { taps, input, output } = slide(x.shape, [kh, kw], y.shape, by);
  const [perGroup, window] = [O / by.groups, kh * kw];
  const sums = new Float64Array(output.plane);
  for (let n = 0; n < N; n++) {
    for (let o = 0; o < O; o++) {
      const x0 = (n * C + Math.floor(o / perGroup) * channels) * input.plane;
      const w0 = o * channels * window;
      sums.fill(shift ? shift[o] : 0);
      for (const tap of taps)
        addPlanes(sums, 0, output, w, w0 + tap.index, window, channels, from, x0 + tap.start, input, tap);
      to.set(sums, (n * O + o) * output.plane);
    }
  }
}

export function conv2dInputGradient(g: Strided, weight: Strided, gx: Strided, by: ConvolutionSettings): void {
  const [gOut, w, to] = [g, weight, gx].map(contiguousElements);
  const [[N, C], [O, channels, kh, kw]] = [gx.shape, weight.shape];
  const { taps, input, output } = slide(gx.shape, [kh, kw], g.shape, by);
  const [perGroup, window] = [O / by.groups, kh * kw];
  const sums = new Float64Array(input.plane);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) {
      const o0 = Math.floor(c / channels) * perGroup; // the first of the outputs that have seen this channel
      const w0 = (o0 * channels + (c % channels)) * window;
      const g0 = (n * O + o0) * output.plane;
      sums.fill(0);
      for (const tap of taps)
        addPlanes(sums, tap.start, input, w, w0 + tap.index, channels * window, perGroup, gOut, g0, output, tap);
      to.set(sums, (n * C + c) * input.plane);
    }
  }
}

export function conv2dWeightGradient(x: Strided, g: Strided, gWeight: Strided, by: ConvolutionSettings): void {
  const [from, gOut, to] = [x, g, gWeight].map(contiguousElements);
  const [[N, C], [O, channels, kh, kw]] = [x.shape, gWeight.shape];
  const { taps, input, output } = slide(x.shape, [kh, kw], g.shape, by);
  const [perGroup, window] = [O / by.groups, kh * kw];
  const sums = new Float64Array(channels * window);
  for (let o = 0; o < O; o++) {
    sums.fill(0);
    for (let n = 0; n < N; n++) {
      const x0 = (n * C + Math.floor(o / perGroup) * channels) * input.plane;
      const g0 = (n * O + o) * output.plane;
      for (const tap of taps)
        addDotProducts(sums, tap.index, window, channels, gOut, g0, output, from, x0 + tap.start, input, tap);
    }
    to.set(sums, o * channels * window);
  }
}

/** to += Σ w · plane over `count` planes of `from`, each with its weight. */
function addPlanes(
  to: Float64Array,
  t: number,
  toSteps: Steps,
  weights: TypedArray,
  w: number,
  weightStep: number,
  count: number,
  from: TypedArray,
  f: number,
  fromSteps: Steps,
  tap: Tap,
): void {
  const { plane, down, across } = fromSteps;
  let rest = count;
  for (; rest >= 4; rest -= 4, w += 4 * weightStep, f += 4 * plane) {
    const wa = weights[w];
    const wb = weights[w + weightStep];
    const wc = weights[w + 2 * weightStep];
    const wd = weights[w + 3 * weightStep];
    for (let i = tap.top; i < tap.bottom; i++) {
      let at = t + i * toSteps.down + tap.left * toSteps.across;
      let a = f + i * down + tap.left * across;
      for (let j = tap.left; j < tap.right; j++, at += toSteps.across, a += across)
        to[at] += wa * from[a] + wb * from[a + plane] + wc * from[a + 2 * plane] + wd * from[a + 3 * plane];
    }
  }
  for (; rest > 0; rest--, w += weightStep, f += plane) addPlane(to, t, toSteps, weights[w], from, f, fromSteps, tap);
}

/** to[0], to[step], … += the dot product of the plane of g with each of `count` planes of x. */
function addDotProducts(
  to: Float64Array,
  t: number,
  step: number,
  count: number,
  g: TypedArray,
  g0: number,
  gSteps: Steps,
  x: TypedArray,
  x0: number,
  { plane, down, across }: Steps,
  { top, bottom, left, right }: Tap,
): void {
  let rest = count;
  for (; rest >= 4; rest -= 4, t += 4 * step, x0 += 4 * plane) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = top; i < bottom; i++) {
      let at = x0 + i * down + left * across;
      for (let k = g0 + i * gSteps.down + left, end = k + right - left; k < end; k++, at += across) {
        const gk = g[k];
        a += gk * x[at];
        b += gk * x[at + plane];
        c += gk * x[at + 2 * plane];
        d += gk * x[at + 3 * plane];
      }
    }
    to[t] += a;
    to[t + step] += b;
    to[t + 2 * step] += c;
    to[t + 3 * step] += d;
  }
  for (; rest > 0; rest--, t += step, x0 += plane) {
    let sum = 0;
    for (let i = top; i < bottom; i++) {
      let at = x0 + i * down + left * across;
      for (let k = g0 + i * gSteps.down + left, end = k + right - left; k < end; k++, at += across) sum += g[k] * x[at];
    }
    to[t] += sum;
  }
}
