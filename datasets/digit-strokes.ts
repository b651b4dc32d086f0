/**
 * How people write the ten digits: for each digit several ways, for each way its strokes, in a box from −1 to 1 (x to
 * the right, y down) that they fill from top to bottom.
 */
export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

const STEPS = 6; // pieces between two given points

/** Straight from point to point, in small pieces that can be bent later. */
const line = (...points: Point[]): Stroke => join(points, (i, t) => mix(points[i], points[i + 1], t));

/** A smooth curve through the points: the slope at each is that between its neighbours. */
function curve(...points: Point[]): Stroke {
  const at = (i: number) => points[Math.max(0, Math.min(i, points.length - 1))];
  return join(points, (i, t) => {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    return [catmullRom(t, a[0], b[0], c[0], d[0]), catmullRom(t, a[1], b[1], c[1], d[1])];
  });
}

/** b + ½·((c − a)·t + (2a − 5b + 4c − d)·t² + (3b − 3c + d − a)·t³): b at t = 0, c at t = 1 (Catmull and Rom, 1974) */
const catmullRom = (t: number, a: number, b: number, c: number, d: number): number =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

/** Part of an ellipse, angles in degrees, clockwise from the right. */
function arc([x, y]: Point, rx: number, ry: number, from: number, sweep: number): Stroke {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = ((from + (sweep * i) / 24) * Math.PI) / 180;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });
}

function join(points: readonly Point[], between: (index: number, t: number) => Point): Stroke {
  const pieces = points.slice(1).flatMap((_, i) => Array.from({ length: STEPS }, (_, s) => between(i, s / STEPS)));
  return [...pieces, points[points.length - 1]];
}

const mix = (a: Point, b: Point, t: number): Point => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];

// biome-ignore format: a stroke reads better in one line
export const ways: readonly (readonly Stroke[])[][] = [
  [ // 0
    [arc([0, 0], 0.58, 1, -100, 365)],
    [arc([0, 0], 0.52, 1, -60, 345)],
    [curve([0.3, -0.8], [-0.15, -1], [-0.52, -0.35], [-0.45, 0.55], [0, 1], [0.45, 0.6], [0.52, -0.2],
      [0.25, -0.85], [-0.1, -0.8])],
  ],
  [ // 1
    [line([0, -1], [0, 1])],
    [line([-0.35, -0.6], [0.05, -1], [0.05, 1])],
    [line([-0.3, -0.65], [0.05, -1], [0.05, 1]), line([-0.35, 1], [0.42, 1])],
  ],
  [ // 2
    [curve([-0.5, -0.55], [-0.3, -0.9], [0.1, -1], [0.48, -0.68], [0.4, -0.2], [-0.05, 0.4], [-0.55, 0.95]),
      line([-0.55, 0.95], [0.6, 0.95])],
    [curve([-0.5, -0.6], [-0.2, -0.95], [0.25, -0.95], [0.48, -0.55], [0.25, 0], [-0.15, 0.55], [-0.48, 0.95],
      [-0.62, 0.75], [-0.35, 0.58], [0, 0.8], [0.35, 0.98], [0.65, 0.82])],
  ],
  [ // 3
    [curve([-0.5, -0.72], [-0.1, -1], [0.4, -0.75], [0.3, -0.25], [-0.12, -0.05]), curve([-0.12, -0.05],
      [0.4, 0.1], [0.5, 0.55], [0.1, 0.98], [-0.35, 0.95], [-0.55, 0.7])],
    [line([-0.45, -0.95], [0.45, -0.95], [-0.05, -0.15]), curve([-0.05, -0.15], [0.4, 0], [0.52, 0.45],
      [0.2, 0.93], [-0.25, 0.98], [-0.55, 0.75])],
  ],
  [ // 4
    [line([-0.3, -0.95], [-0.52, 0.2], [0.6, 0.2]), line([0.25, -0.5], [0.2, 1])],
    [line([0.3, 1], [0.3, -1], [-0.55, 0.3], [0.65, 0.3])],
    [curve([-0.42, -0.9], [-0.5, -0.2], [-0.3, 0.08], [0.1, 0.08], [0.45, -0.05]), line([0.5, -0.95], [0.32, 1])],
  ],
  [ // 5
    [line([0.5, -0.95], [-0.35, -0.95], [-0.42, -0.1]), curve([-0.42, -0.1], [-0.05, -0.25], [0.4, -0.05],
      [0.52, 0.4], [0.25, 0.88], [-0.2, 1], [-0.52, 0.8])],
    [curve([0.55, -1], [0, -0.95], [-0.35, -0.88], [-0.4, -0.4], [-0.32, -0.12], [0.1, -0.15], [0.48, 0.2],
      [0.42, 0.7], [0, 0.98], [-0.5, 0.85])],
  ],
  [ // 6
    [curve([0.38, -0.95], [-0.1, -0.7], [-0.45, -0.1], [-0.52, 0.45], [-0.25, 0.92], [0.15, 0.95], [0.45, 0.6],
      [0.35, 0.2], [0, 0.08], [-0.35, 0.28], [-0.5, 0.5])],
    [curve([0.1, -1], [-0.25, -0.4], [-0.45, 0.3], [-0.3, 0.85], [0.1, 0.98], [0.42, 0.65], [0.25, 0.25],
      [-0.15, 0.25], [-0.42, 0.5])],
  ],
  [ // 7
    [line([-0.5, -0.95], [0.5, -0.95], [-0.1, 1])],
    [line([-0.5, -0.95], [0.5, -0.95], [-0.1, 1]), line([-0.3, 0.05], [0.42, 0])],
    [line([-0.5, -0.78], [-0.46, -0.95], [0.5, -0.95]), curve([0.5, -0.95], [0.15, -0.3], [-0.05, 0.3], [-0.1, 1])],
  ],
  [ // 8
    [curve([0.4, -0.68], [0.05, -1], [-0.38, -0.72], [-0.2, -0.25], [0.15, 0], [0.45, 0.45], [0.25, 0.9],
      [-0.15, 0.98], [-0.48, 0.62], [-0.3, 0.2], [0.1, -0.12], [0.36, -0.4], [0.38, -0.72])],
    [arc([0, -0.52], 0.38, 0.48, 80, 365), arc([0, 0.48], 0.48, 0.52, -95, 365)],
  ],
  [ // 9
    [arc([-0.02, -0.5], 0.42, 0.48, -10, 365), line([0.4, -0.65], [0.3, 1])],
    [curve([0.4, -0.6], [0.1, -1], [-0.35, -0.8], [-0.4, -0.35], [-0.05, -0.1], [0.35, -0.35], [0.42, -0.7]),
      curve([0.42, -0.7], [0.45, -0.1], [0.35, 0.5], [0, 0.95], [-0.35, 0.88])],
  ],
];
