/**
 * Where the generated pictures take place: sky and ground, mist, clouds or stripes, with things that do not matter
 * before and behind, and the view from which the one that matters is seen.
 */
import { type Canvas, type Chances, type Colour, hsl, type Point, SIDE } from './pictures-canvas';

/** The colours of a thing. */
export interface Colours {
  body: Colour;
  /** What is set off from the body: a roof, a wing, petals. */
  trim: Colour;
  /** Legs, beaks, tyres, doors. */
  ink: Colour;
  /** Windows. */
  glass: Colour;
}

/** Any hue, between two shades. */
const anyColour = (chances: Chances, [dark, light]: Point): Colour =>
  hsl(chances.between(0, 1), chances.between(0.1, 0.9), chances.between(dark, light));

const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
  a[2] + share * (b[2] - a[2]),
];

const difference = (a: Colour, b: Colour): number =>
  Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]);

/** Fills the canvas, and finds colours that can be seen before it. */
export function drawScene(canvas: Canvas, chances: Chances): Colours {
  const night = chances.maybe(0.3);
  const shades: Point = night ? [0.12, 0.38] : [0.6, 0.9];
  const [first, second] = [anyColour(chances, shades), anyColour(chances, shades)];
  const near = mix(first, second, chances.between(0.2, 0.7));
  const share = [horizon, fog, clouds, stripes][chances.below(4)](chances);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) canvas.blend(y * SIDE + x, mix(first, near, share(x / SIDE, y / SIDE)), 1);
  }
  drawClutter(canvas, chances, [first, near]);
  const body = apartFrom([first, near], chances, night ? [0.5, 0.85] : [0.15, 0.5]);
  return {
    body,
    trim: apartFrom([first, near, body], chances, night ? [0.4, 0.8] : [0.2, 0.6]),
    ink: hsl(chances.between(0, 1), 0.2, night ? chances.between(0.4, 0.65) : chances.between(0.02, 0.2)),
    glass: hsl(chances.between(0, 1), 0.4, night ? chances.between(0.05, 0.2) : chances.between(0.8, 0.98)),
  };
}

/** A colour unlike these: the best of a few. */
function apartFrom(others: readonly Colour[], chances: Chances, shades: Point): Colour {
  const candidates = Array.from({ length: 4 }, () => anyColour(chances, shades));
  const apart = (colour: Colour) => Math.min(...others.map((other) => difference(colour, other)));
  return candidates.reduce((best, colour) => (apart(colour) > apart(best) ? colour : best));
}

type Scene = (x: number, y: number) => number;

function horizon(chances: Chances): Scene {
  const height = chances.between(0.4, 0.9);
  const slope = chances.between(-0.15, 0.15);
  return (x, y) => {
    const below = y - height - slope * (x - 0.5);
    return below > 0 ? 1 - 0.3 * below : 0.5 * (y / height) ** 2;
  };
}

function fog(chances: Chances): Scene {
  const angle = chances.between(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (x, y) => 0.5 + 0.7 * (cos * (x - 0.5) + sin * (y - 0.5));
}

const LATTICE = 6;

function clouds(chances: Chances): Scene {
  const heights = Array.from({ length: LATTICE * LATTICE }, () => chances.between(0, 1));
  const smooth = (t: number) => t * t * (3 - 2 * t);
  return (x, y) => {
    const [column, row] = [Math.floor(x * (LATTICE - 1)), Math.floor(y * (LATTICE - 1))];
    const [right, down] = [smooth(x * (LATTICE - 1) - column), smooth(y * (LATTICE - 1) - row)];
    const at = (r: number, c: number) => heights[r * LATTICE + c];
    const above = at(row, column) + right * (at(row, column + 1) - at(row, column));
    const below = at(row + 1, column) + right * (at(row + 1, column + 1) - at(row + 1, column));
    return above + down * (below - above);
  };
}

function stripes(chances: Chances): Scene {
  const angle = chances.between(0, Math.PI);
  const often = chances.between(10, 35);
  const [cos, sin] = [often * Math.cos(angle), often * Math.sin(angle)];
  return (x, y) => 0.5 + 0.35 * Math.sin(cos * x + sin * y);
}

/** Round, long and angular things that belong to no class. */
function drawClutter(canvas: Canvas, chances: Chances, scene: readonly Colour[]): void {
  const pieces = chances.below(4);
  for (let i = 0; i < pieces; i++) {
    const colour = mix(scene[i % 2], anyColour(chances, [0.2, 0.9]), chances.between(0.2, 0.6));
    const [x, y, size] = [chances.between(0, SIDE), chances.between(0, SIDE), chances.between(1.5, 5)];
    const [right, down] = [chances.between(-1, 1), chances.between(-1, 1)];
    const kind = chances.below(3);
    if (kind === 0) canvas.ellipse([x, y], [size, size * (0.75 + 0.25 * right)], colour);
    else if (kind === 1) canvas.line([x, y, x + 12 * right, y + 12 * down], size / 3, colour);
    else canvas.fill([x, y, x + size, y + 3 * right, x + 3 * down, y + size], colour);
  }
}

/** A twig or a post before the thing, in some of the pictures. */
export function drawFront(canvas: Canvas, chances: Chances): void {
  if (!chances.maybe(0.3)) return;
  const foot = chances.between(0, SIDE);
  const tip = [foot + chances.between(-6, 6), chances.between(8, 24)];
  canvas.line([foot, SIDE, ...tip], chances.between(0.7, 1.5), anyColour(chances, [0.2, 0.8]));
}

/** From the box of a thing, -1 to 1 both ways, to pixels: its size, its turn, its place, and a bend. */
export function takeView(chances: Chances): (point: Point) => Point {
  const size = chances.between(9.5, 14.5);
  const [wide, high] = [size * chances.between(0.85, 1.15), size * chances.between(0.85, 1.15)];
  const side = chances.maybe(0.5) ? 1 : -1;
  const turn = chances.between(-0.3, 0.3); // radians
  const [right, down] = [chances.between(-5, 5), chances.between(-5, 5)];
  const [bend, along, start] = [chances.between(0, 0.08), chances.between(1, 3), chances.between(0, 6)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return ([px, py]) => {
    const x = side * wide * (px + bend * Math.sin(along * py + start));
    const y = high * (py + bend * Math.sin(along * px + start));
    return [SIDE / 2 + right + cos * x - sin * y, SIDE / 2 + down + sin * x + cos * y];
  };
}

/** Light and dark of the whole, and the noise of a camera. */
export function grain(pixels: Float32Array, random: ArrayLike<number>): void {
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.max(0, Math.min(pixels[i] + 0.1 * (random[i] - 0.5), 1));
  }
}
