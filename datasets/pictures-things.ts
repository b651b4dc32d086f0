/**
 * The ten things that the generated pictures show, each in the box from -1 to 1 both ways, x to the right and y down.
 * They share parts, as things do: wheels, windows, wings, legs, eyes.
 */
import type { Canvas, Chances, Colour, Point } from './pictures-canvas';
import type { Colours } from './pictures-scenes';

type Thing = (canvas: Canvas, colours: Colours, chances: Chances) => void;

export const things: Record<string, Thing> = { bird, car, cat, dog, fish, flower, house, plane, ship, truck };

function bird(canvas: Canvas, { body, trim, ink }: Colours, chances: Chances): void {
  for (const x of [-0.05, 0.2]) canvas.line([x, 0.4, x + 0.05, 0.95], 0.1, ink);
  canvas.fill([-0.4, 0, -1, 0.1, -0.95, 0.45, -0.3, 0.35], trim); // tail
  canvas.ellipse([0, 0.15], [0.58, 0.38], body, -0.35);
  canvas.ellipse([0.5, -0.4], [0.3, 0.3], body);
  canvas.fill([0.74, -0.52, 1.08, -0.35, 0.74, -0.25], ink); // beak
  const raised = chances.maybe(0.5);
  if (raised) canvas.fill([-0.35, 0.15, -0.6, -0.95, 0.25, 0.05], trim);
  else canvas.fill([0.3, 0, -0.65, 0.3, -0.1, 0.4], trim);
  eye(canvas, [0.56, -0.46]);
}

function car(canvas: Canvas, { body, ink, glass }: Colours, chances: Chances): void {
  const [front, back] = [chances.between(0.15, 0.5), chances.between(0.35, 0.75)];
  canvas.fill([-back - 0.15, 0, -back + 0.1, -0.5, front - 0.1, -0.5, front + 0.25, 0], body);
  canvas.fill([-1, 0, 0.9, 0, 1, 0.15, 1, 0.4, -1, 0.4], body);
  canvas.fill([-back + 0.02, -0.02, -back + 0.15, -0.38, -0.15, -0.38, -0.15, -0.02], glass);
  canvas.fill([-0.03, -0.02, -0.03, -0.38, front - 0.15, -0.38, front + 0.08, -0.02], glass);
  for (const x of [-0.58, 0.58]) wheel(canvas, [x, 0.42], 0.26, ink);
}

function truck(canvas: Canvas, { body, trim, ink, glass }: Colours, chances: Chances): void {
  const top = chances.between(-0.85, -0.5);
  canvas.box([-1, top], [0.35, 0.35], body);
  canvas.fill([0.4, 0.35, 0.4, -0.35, 0.75, -0.35, 1, 0, 1, 0.35], trim);
  canvas.fill([0.52, -0.02, 0.52, -0.25, 0.7, -0.25, 0.86, -0.02], glass);
  canvas.line([-1, 0.36, 1, 0.36], 0.1, ink);
  const places = chances.maybe(0.5) ? [-0.75, -0.25, 0.65] : [-0.6, 0.6];
  for (const x of places) wheel(canvas, [x, 0.48], 0.24, ink);
}

function cat(canvas: Canvas, { body, trim, ink }: Colours, chances: Chances): void {
  const tail = chances.between(0.6, 0.95);
  canvas.line([0.3, 0.85, tail, 0.75, tail, 0.3, tail - 0.15, 0.1], 0.17, body);
  canvas.ellipse([0, 0.5], [0.42, 0.5], body);
  canvas.fill([-0.5, -0.25, -0.5, -1, -0.05, -0.6], body); // ears
  canvas.fill([0.5, -0.25, 0.5, -1, 0.05, -0.6], body);
  canvas.ellipse([0, -0.3], [0.52, 0.42], body);
  for (const x of [-0.2, 0.2]) {
    eye(canvas, [x, -0.35]);
    canvas.line([x, -0.12, 3.2 * x, -0.2], 0.05, trim);
    canvas.line([x, 0.5, x, 0.95], 0.1, trim);
  }
  canvas.fill([-0.09, -0.2, 0.09, -0.2, 0, -0.08], ink);
}

function dog(canvas: Canvas, { body, trim, ink }: Colours, chances: Chances): void {
  const stride = chances.between(-0.12, 0.12);
  for (const x of [-0.55, -0.33, 0.2, 0.42]) canvas.line([x, 0.2, x + stride, 0.95], 0.16, body);
  canvas.line([-0.6, 0, -0.95, chances.between(-0.5, 0.1)], 0.14, body);
  canvas.ellipse([-0.08, 0.12], [0.62, 0.28], body);
  canvas.line([0.38, 0.05, 0.58, -0.3], 0.3, body);
  canvas.ellipse([0.6, -0.4], [0.27, 0.24], body);
  canvas.fill([0.65, -0.5, 1.02, -0.4, 1.02, -0.22, 0.6, -0.2], body); // muzzle
  canvas.ellipse([0.45, -0.3], [0.11, 0.27], trim, 0.2); // ear
  canvas.ellipse([1, -0.37], [0.08, 0.08], ink);
  eye(canvas, [0.68, -0.45]);
}

function fish(canvas: Canvas, { body, trim, ink }: Colours, chances: Chances): void {
  const height = chances.between(0.32, 0.5);
  canvas.fill([-0.4, 0, -1, -0.45, -0.85, 0, -1, 0.45], trim);
  canvas.fill([-0.2, -0.2, 0.05, -0.2 - height, 0.4, -0.2], trim);
  canvas.ellipse([0.15, 0], [0.78, height], body);
  if (chances.maybe(0.5)) for (const x of [-0.2, 0.1]) canvas.line([x, -0.7 * height, x, 0.7 * height], 0.12, trim);
  canvas.line([0.4, -0.5 * height, 0.35, 0.5 * height], 0.07, ink);
  eye(canvas, [0.62, -0.1]);
}

function flower(canvas: Canvas, { body, trim, ink }: Colours, chances: Chances): void {
  const petals = 5 + chances.below(3);
  const start = chances.between(0, 2);
  canvas.line([0, -0.3, 0.05, 0.4, 0, 1], 0.12, ink);
  canvas.ellipse([0.3, 0.6], [0.3, 0.12], ink, -0.5);
  canvas.ellipse([-0.27, 0.7], [0.3, 0.12], ink, 0.5);
  for (let i = 0; i < petals; i++) {
    const angle = start + (2 * Math.PI * i) / petals;
    canvas.ellipse([0.38 * Math.cos(angle), -0.35 + 0.38 * Math.sin(angle)], [0.3, 0.17], body, angle);
  }
  canvas.ellipse([0, -0.35], [0.2, 0.2], trim);
}

function house(canvas: Canvas, { body, trim, ink, glass }: Colours, chances: Chances): void {
  const width = chances.between(0.6, 0.85);
  if (chances.maybe(0.6)) canvas.box([0.3, -0.9], [0.5, -0.3], ink); // chimney
  canvas.box([-width, -0.2], [width, 0.9], body);
  canvas.fill([-width - 0.15, -0.15, 0, -0.95, width + 0.15, -0.15], trim);
  const door = chances.between(-0.15, 0.15);
  canvas.box([door - 0.13, 0.35], [door + 0.13, 0.9], ink);
  for (const x of [-0.62 * width, 0.62 * width]) canvas.box([x - 0.15, 0.05], [x + 0.15, 0.38], glass);
}

function plane(canvas: Canvas, { body, trim, ink, glass }: Colours, chances: Chances): void {
  const span = chances.between(0.6, 0.9);
  canvas.fill([0.1, 0, -0.35, -span, -0.12, -span, 0.4, 0], trim); // far wing
  canvas.fill([-1, -0.5, -0.8, -0.5, -0.55, 0, -0.9, 0], trim); // fin
  canvas.fill([-0.95, -0.1, 0.6, -0.16, 0.9, -0.08, 1, 0.03, 0.8, 0.14, -0.7, 0.14], body);
  canvas.fill([0.05, 0.05, -0.45, span, -0.2, span, 0.4, 0.05], trim); // near wing
  for (let x = -0.5; x < 0.6; x += 0.25) canvas.ellipse([x, -0.05], [0.06, 0.05], ink);
  canvas.fill([0.7, -0.12, 0.86, -0.08, 0.92, 0, 0.72, 0], glass);
}

function ship(canvas: Canvas, { body, trim, ink, glass }: Colours, chances: Chances): void {
  if (chances.maybe(0.5)) {
    canvas.line([0, 0.4, 0, -1], 0.1, ink);
    canvas.fill([0.1, -0.95, 0.1, 0.25, 0.8, 0.25], trim); // sails
    canvas.fill([-0.1, -0.8, -0.1, 0.25, -0.65, 0.25], trim);
  } else {
    canvas.box([-0.25, -0.75], [0.02, -0.1], ink); // funnel
    canvas.box([-0.65, -0.25], [0.5, 0.4], trim);
    for (const x of [-0.45, -0.08, 0.29]) canvas.ellipse([x, 0.08], [0.1, 0.1], glass);
  }
  canvas.fill([-1, 0.3, 1, 0.3, 0.65, 0.85, -0.75, 0.85], body);
}

const WHITE: Colour = [0.95, 0.95, 0.95];
const BLACK: Colour = [0.05, 0.05, 0.05];

function wheel(canvas: Canvas, middle: Point, radius: number, tyre: Colour): void {
  canvas.ellipse(middle, [radius, radius], tyre);
  canvas.ellipse(middle, [0.4 * radius, 0.4 * radius], WHITE);
}

function eye(canvas: Canvas, middle: Point): void {
  canvas.ellipse(middle, [0.12, 0.12], WHITE);
  canvas.ellipse(middle, [0.06, 0.06], BLACK);
}
