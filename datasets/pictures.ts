/**
 * Ten classes of 32 × 32 colour pictures, drawn: things anyone can name, of any colour, size and turn, at any place of
 * any scene, for whoever has no CIFAR-10. The shape alone tells the class, so that a network has to look for shapes:
 * of 1,000 new ones a dense net (256 hidden units, 5,000 pictures, ten epochs) names 46 %, the CNN of chapter 06 after
 * eight epochs 92 to 94 % (two seeds each).
 */
import { type Generator, rand, tensor } from '../core';
import { checkCount, inTurns, type Labelled } from './labelled';
import { Canvas, Chances, SIDE } from './pictures-canvas';
import { drawFront, drawScene, grain, takeView } from './pictures-scenes';
import { things } from './pictures-things';

/** What the ten classes show, in the order of their labels. */
export const pictureNames: string[] = Object.keys(things);

export interface PicturesOptions {
  generator?: Generator;
  /** Some of the ten, in an order of one's own; labels then count along this list. */
  classes?: readonly number[];
}

export interface Pictures extends Labelled {
  /** What the labels stand for. */
  names: string[];
}

const CHANCES = 400; // random numbers that a picture is made of, beside its grain
const SIZE = 3 * SIDE * SIDE;

/** `count` pictures x [N, 3, 32, 32] of values from 0 to 1, and what they show, y [N]: the classes in turns. */
export function pictures(
  count: number,
  { generator, classes = [...pictureNames.keys()] }: PicturesOptions = {},
): Pictures {
  checkCount('pictures', count);
  checkClasses(classes);
  const names = classes.map((label) => pictureNames[label]);
  const labels = inTurns(count, names.length);
  const pixels = new Float32Array(count * SIZE);
  for (let i = 0; i < count; i++) {
    const random = rand([CHANCES + SIZE], { generator, device: 'cpu' }).dataSync();
    const picture = pixels.subarray(i * SIZE, (i + 1) * SIZE);
    drawPicture(names[labels[i]], new Chances(random.subarray(0, CHANCES)), picture);
    grain(picture, random.subarray(CHANCES));
  }
  const x = tensor(pixels, { shape: [count, 3, SIDE, SIDE] });
  return { x, y: tensor(labels), names, source: `${count} generated pictures of ${names.length} classes` };
}

function checkClasses(classes: readonly number[]): void {
  const known = classes.every((label) => Object.hasOwn(pictureNames, label));
  if (classes.length > 0 && known && new Set(classes).size === classes.length) return;
  throw new Error(`pictures: classes are different numbers from 0 to ${pictureNames.length - 1}, not [${classes}]`);
}

function drawPicture(name: string, chances: Chances, pixels: Float32Array): void {
  const canvas = new Canvas(pixels);
  const colours = drawScene(canvas, chances);
  canvas.place = takeView(chances);
  things[name](canvas, colours, chances);
  canvas.place = (point) => point;
  drawFront(canvas, chances);
}
