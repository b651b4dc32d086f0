/**
 * Digits drawn from strokes in many hands: 28 × 28 grey pictures like those of MNIST, for whoever has no real ones. A
 * hand takes one of the ways to write a digit, a pen, a size, a slant and a place, and bends everything a little.
 */
import { type Generator, rand, tensor } from '../core';
import { type Point, type Stroke, ways } from './digit-strokes';
import { checkCount, inTurns, type Labelled } from './labelled';

const SIDE = 28; // pixels
const CHANCES = 25; // random numbers that a hand is made of

/** `count` pictures x [N, 1, 28, 28] of values from 0 to 1, and what they show, y [N]: 0 to 9 in turns. */
export function digits(count: number, { generator }: { generator?: Generator } = {}): Labelled {
  checkCount('digits', count);
  const labels = inTurns(count, 10);
  const chances = rand([count, CHANCES], { generator, device: 'cpu' }).dataSync();
  const pixels = new Float32Array(count * SIDE * SIDE);
  for (let i = 0; i < count; i++) {
    const hand = takeHand(chances.subarray(i * CHANCES, (i + 1) * CHANCES), ways[labels[i]].length);
    const picture = pixels.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
    for (const stroke of ways[labels[i]][hand.way]) draw(stroke.map(hand.place), hand, picture);
  }
  const x = tensor(pixels, { shape: [count, 1, SIDE, SIDE] });
  return { x, y: tensor(labels), source: `${count} generated digits, drawn from strokes` };
}

interface Hand {
  /** Which of the ways to write the digit. */
  way: number;
  /** Half the width of its line in pixels, and how dark it is. */
  pen: number;
  ink: number;
  /** From the box of the strokes to pixels. */
  place(point: Point): Point;
}

function takeHand(chances: ArrayLike<number>, ways: number): Hand {
  let next = 0;
  const between = (low: number, high: number) => low + (high - low) * chances[next++];
  const way = Math.floor(between(0, ways));
  const height = between(7.5, 10); // pixels from the middle to the top
  const pen = height * between(0.07, 0.17);
  const ink = between(0.75, 1);
  const width = height * between(0.75, 1.15);
  const slant = between(-0.1, 0.4);
  const turn = between(-0.2, 0.2); // radians
  const [right, down] = [between(-2, 2), between(-2, 2)];
  const wobble = () => {
    const [size, across, along, start] = [between(0, 0.14), between(-3, 3), between(-3, 3), between(0, 2 * Math.PI)];
    return ([x, y]: Point) => size * Math.sin(across * x + along * y + start);
  };
  const wobbles = [wobble(), wobble(), wobble(), wobble()];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const place = (point: Point): Point => {
    const y = height * (point[1] + wobbles[0](point) + wobbles[1](point));
    const x = width * (point[0] + wobbles[2](point) + wobbles[3](point)) - slant * y;
    return [SIDE / 2 + right + cos * x - sin * y, SIDE / 2 + down + sin * x + cos * y];
  };
  return { way, pen, ink, place };
}

/** Darkens every pixel by as much of it as the line covers, judged by how far its middle is from the line's. */
function draw(line: Stroke, { pen, ink }: Hand, picture: Float32Array): void {
  const reach = pen + 0.5;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    const [left, right] = pixelsWithin(a[0], b[0], reach);
    const [top, bottom] = pixelsWithin(a[1], b[1], reach);
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const shade = ink * Math.min(1, reach - distance(x + 0.5, y + 0.5, a, b));
        if (shade > picture[y * SIDE + x]) picture[y * SIDE + x] = shade;
      }
    }
  }
}

/** The first and the last pixel that a line from a to b can touch. */
const pixelsWithin = (a: number, b: number, reach: number): [number, number] => [
  Math.max(0, Math.floor(Math.min(a, b) - reach)),
  Math.min(SIDE - 1, Math.floor(Math.max(a, b) + reach)),
];

/** From a point to the nearest one of the straight piece between a and b. */
function distance(x: number, y: number, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const along = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(along, 1));
  return Math.sqrt((x - a[0] - t * dx) ** 2 + (y - a[1] - t * dy) ** 2);
}
