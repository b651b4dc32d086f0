/**
 * What the generated pictures are drawn on: filled outlines and lines, laid over what is there by as much of each
 * pixel as they cover, judged by the signed distance of its middle.
 */

export const SIDE = 32; // pixels
const AREA = SIDE * SIDE;

export type Point = readonly [x: number, y: number];
export type Colour = readonly [red: number, green: number, blue: number];

/** The x and y of one point after the other. */
export type Outline = readonly number[];

export class Canvas {
  /** From where the drawer sees a point to pixels. */
  place: (point: Point) => Point = (point) => point;

  /** Three planes, red, green and blue, row by row. */
  constructor(private readonly pixels: Float32Array) {}

  fill(outline: Outline, colour: Colour): void {
    const edges = edgesOf(outline, this.place);
    this.paint(edges, 0, colour, (x, y) => (isInside(x, y, edges) ? -1 : 1) * distance(x, y, edges));
  }

  line(points: Outline, width: number, colour: Colour): void {
    const [a, b] = [this.place([0, 0]), this.place([1, 0])];
    const pen = Math.max(0.35, (width * Math.hypot(b[0] - a[0], b[1] - a[1])) / 2); // half the width, in pixels
    const edges = edgesOf(points, this.place).slice(0, -1); // it does not return to its start
    this.paint(edges, pen, colour, (x, y) => distance(x, y, edges) - pen);
  }

  ellipse([x, y]: Point, [width, height]: Point, colour: Colour, turn = 0): void {
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const corners = Array.from({ length: CORNERS }, (_, i) => {
      const angle = (2 * Math.PI * i) / CORNERS;
      const [right, down] = [width * Math.cos(angle), height * Math.sin(angle)];
      return [x + cos * right - sin * down, y + sin * right + cos * down];
    });
    this.fill(corners.flat(), colour);
  }

  box([left, top]: Point, [right, bottom]: Point, colour: Colour): void {
    this.fill([left, top, right, top, right, bottom, left, bottom], colour);
  }

  /** Lays this share of a colour over a pixel. */
  blend(pixel: number, colour: Colour, share: number): void {
    for (let channel = 0; channel < 3; channel++) {
      const at = channel * AREA + pixel;
      this.pixels[at] += share * (colour[channel] - this.pixels[at]);
    }
  }

  /** Colours what lies within `reach` of the edges, or between them, by how far the middle of a pixel is outside. */
  private paint(edges: Edge[], reach: number, colour: Colour, outside: (x: number, y: number) => number): void {
    const [left, right] = pixelsWithin(edges.flatMap(({ x, dx }) => [x, x + dx]), reach); // biome-ignore format: short
    const [top, bottom] = pixelsWithin(edges.flatMap(({ y, dy }) => [y, y + dy]), reach); // biome-ignore format: short
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const cover = Math.min(0.5 - outside(x + 0.5, y + 0.5), 1);
        if (cover > 0) this.blend(y * SIDE + x, colour, cover);
      }
    }
  }
}

const CORNERS = 14; // of what stands for an ellipse

/** The first and the last pixel within reach of these places. */
const pixelsWithin = (places: number[], reach: number): [number, number] => [
  Math.max(0, Math.floor(Math.min(...places) - reach - 0.5)),
  Math.min(SIDE - 1, Math.floor(Math.max(...places) + reach + 0.5)),
];

/** Where an edge starts and how it runs, in pixels. */
interface Edge {
  x: number;
  y: number;
  dx: number;
  dy: number;
  squared: number;
}

/** From each point to the next, and from the last to the first. */
function edgesOf(outline: Outline, place: (point: Point) => Point): Edge[] {
  const corners = Array.from({ length: outline.length / 2 }, (_, i) => place([outline[2 * i], outline[2 * i + 1]]));
  return corners.map(([x, y], i) => {
    const next = corners[(i + 1) % corners.length];
    const [dx, dy] = [next[0] - x, next[1] - y];
    return { x, y, dx, dy, squared: dx * dx + dy * dy || 1 };
  });
}

/** From a point to the nearest edge. */
function distance(x: number, y: number, edges: readonly Edge[]): number {
  let nearest = Number.POSITIVE_INFINITY; // squared
  for (const edge of edges) {
    const px = x - edge.x;
    const py = y - edge.y;
    const t = Math.max(0, Math.min((px * edge.dx + py * edge.dy) / edge.squared, 1)); // how far along the edge
    const [awayX, awayY] = [px - t * edge.dx, py - t * edge.dy];
    nearest = Math.min(nearest, awayX * awayX + awayY * awayY);
  }
  return Math.sqrt(nearest);
}

/** Each edge that a ray to the right crosses takes the point out of the outline or into it. */
function isInside(x: number, y: number, edges: readonly Edge[]): boolean {
  let inside = false;
  for (const edge of edges) {
    const [px, py] = [x - edge.x, y - edge.y];
    if (py < 0 !== py < edge.dy && px < (edge.dx * py) / edge.dy) inside = !inside;
  }
  return inside;
}

/** Random numbers, taken one after the other. */
export class Chances {
  private next = 0;

  constructor(private readonly values: ArrayLike<number>) {}

  between(low: number, high: number): number {
    if (this.next === this.values.length) throw new Error(`pictures: a picture takes more than ${this.next} chances`);
    return low + (high - low) * this.values[this.next++];
  }

  /** A whole number from 0 to count - 1. */
  below(count: number): number {
    return Math.floor(this.between(0, count));
  }

  /** True in this share of cases. */
  maybe(share: number): boolean {
    return this.between(0, 1) < share;
  }
}

/** Hue in turns of the circle, saturation and lightness from 0 to 1. */
export function hsl(hue: number, saturation: number, lightness: number): Colour {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  const channel = (start: number) => {
    const k = (start + 12 * hue) % 12;
    return lightness - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [channel(0), channel(8), channel(4)];
}
