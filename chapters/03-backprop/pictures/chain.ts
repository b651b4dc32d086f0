/**
 * The way from one weight to the loss and back: values above, gradients below, and on every arrow what happens on it.
 */
import { arrow, drawing, type Figure, group, mix, rect, type Shape, text, theme } from '../../../core/io/charts';

interface Chain {
  w: number;
  z: number;
  a: number;
  loss: number;
  target: number;
  gw: number;
  gz: number;
  ga: number;
}

const [WIDTH, HEIGHT, GAP] = [96, 68, 112];
const FORWARD = theme.series[0];
const BACKWARD = theme.series[1];

export function chainFigure({ w, z, a, loss, target, gw, gz, ga }: Chain): Figure {
  const boxes = [
    { name: 'w1', value: w, gradient: gw },
    { name: 'z', value: z, gradient: gz },
    { name: 'a', value: a, gradient: ga },
    { name: 'loss', value: loss, gradient: 1 },
  ];
  const arrows = [
    { forward: '· x1 + …', slope: 1 },
    { forward: 'σ', slope: a * (1 - a) },
    { forward: `(a − ${target})²`, slope: ga },
  ];
  return drawing(
    left(3) + WIDTH,
    HEIGHT + 34,
    [
      ...boxes.map(({ name, value, gradient }, i) => box(left(i), name, value, gradient)),
      ...arrows.map(({ forward, slope }, i) => group(link(forward, slope), { x: left(i) + WIDTH })),
      text(0, HEIGHT + 28, 'above: forward, values', { fill: FORWARD }),
      text(left(3) + WIDTH, HEIGHT + 28, 'below: backward, slopes of the loss', { fill: BACKWARD, anchor: 'end' }),
    ],
    { title: 'One weight, its way to the loss, and the way back' },
  );
}

const left = (i: number): number => i * (WIDTH + GAP);
const short = (value: number): string => String(Number(value.toFixed(4))).replace('-', '−');

function box(x: number, name: string, value: number, gradient: number): Shape {
  const centred = { anchor: 'middle', middle: true } as const;
  return group(
    [
      rect(0, 0, WIDTH, HEIGHT, { fill: mix(theme.card, FORWARD, 0.1), stroke: theme.muted, radius: 6 }),
      text(WIDTH / 2, 14, name, { ...centred, bold: true }),
      text(WIDTH / 2, 33, short(value), { ...centred, fill: FORWARD }),
      text(WIDTH / 2, 52, short(gradient), { ...centred, fill: BACKWARD }),
    ],
    { x },
  );
}

/** Between two boxes: the operation on its way, and the slope it multiplies with on the way back. */
function link(forward: string, slope: number): Shape[] {
  const middle = { anchor: 'middle' } as const;
  return [
    arrow(6, 26, GAP - 6, 26, { stroke: FORWARD }),
    text(GAP / 2, 19, forward, { ...middle, fill: FORWARD }),
    arrow(GAP - 6, 44, 6, 44, { stroke: BACKWARD }),
    text(GAP / 2, 62, `× ${short(slope)}`, { ...middle, fill: BACKWARD }),
  ];
}
