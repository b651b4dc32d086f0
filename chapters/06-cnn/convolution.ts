/**
 * Convolution as its formula says it: loops, nothing else. The slowest of the readings, and the one that judges the
 * others.
 */

export type Plane = number[][]; //     [H][W]
export type Pictures = Plane[][]; //   [N][C][H][W]; filters are [O][C][kh][kw]

/** Zeros around a picture: so many before the first row and column, so many after the last. */
export type Sides = readonly [before: number, after: number];

// #region size
/** How many windows of k places fit on n places and their padding, from one to the next `stride` further. */
export const outputSize = (n: number, k: number, stride: number, [before, after]: Sides): number =>
  Math.floor((n + before + after - k) / stride) + 1;
// #endregion

// #region same
/** The padding that makes ⌈n / stride⌉ of n places; of an odd number of zeros the last one goes to the end. */
export function samePadding(n: number, k: number, stride: number): Sides {
  const missing = Math.max(0, (Math.ceil(n / stride) - 1) * stride + k - n);
  return [Math.floor(missing / 2), Math.ceil(missing / 2)];
}
// #endregion

export interface Way {
  stride?: number;
  padding?: Sides;
}

// #region slide
/** One filter over one plane: y[i][j] = Σ w[u][v] · x[i·stride + u − before][j·stride + v − before]. */
export function slide(x: Plane, w: Plane, { stride = 1, padding = [0, 0] }: Way = {}): Plane {
  const [rows, columns] = [x, x[0]].map(({ length }) => outputSize(length, w.length, stride, padding));
  const y: Plane = [];
  for (let i = 0; i < rows; i++) {
    y.push([]);
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let u = 0; u < w.length; u++)
        for (let v = 0; v < w.length; v++)
          sum += w[u][v] * (x[i * stride + u - padding[0]]?.[j * stride + v - padding[0]] ?? 0); // 0 beyond the edge
      y[i].push(sum);
    }
  }
  return y;
}
// #endregion

// #region layer
/** A layer: a filter for each output channel, with a plane for each input channel. */
export const convolve = (x: Pictures, w: Pictures, b: number[], way: Way = {}): Pictures =>
  x.map((channels) =>
    w.map((filter, o) => {
      const seen = filter.map((plane, c) => slide(channels[c], plane, way));
      return seen[0].map((row, i) => row.map((_, j) => b[o] + seen.reduce((sum, y) => sum + y[i][j], 0)));
    }),
  );
// #endregion

// #region pool
/** Each window becomes one number: its largest, or its mean. */
export function pool(x: Plane, size: number, kind: 'max' | 'average', stride = size): Plane {
  const [rows, columns] = [x, x[0]].map(({ length }) => outputSize(length, size, stride, [0, 0]));
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => {
      const window = x.slice(i * stride, i * stride + size).flatMap((row) => row.slice(j * stride, j * stride + size));
      return kind === 'max' ? Math.max(...window) : window.reduce((sum, value) => sum + value) / window.length;
    }),
  );
}
// #endregion
