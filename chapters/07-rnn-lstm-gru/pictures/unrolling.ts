/**
 * The picture of unrolling.ts: on the left the cell as a loop, on the right the same cell once for every step of time,
 * with values going right and gradients coming back.
 */
import { arrow, drawing, type Figure, group, mix, path, rect, type Shape, text, theme } from '../../../core/io/charts';

interface Numbers {
  w: number;
  u: number;
  target: number;
  loss: number;
}

const [WIDTH, HEIGHT, GAP] = [84, 52, 78];
const TOP = 46;
const LOOP = 150; // the room of the loop on the left
const FORWARD = theme.series[0];
const BACKWARD = theme.series[1];
const centred = { anchor: 'middle', middle: true } as const;

export function unrollingFigure(
  steps: { x: number; h: number }[],
  shares: { gh: number }[],
  { w, u, target, loss }: Numbers,
): Figure {
  const left = (t: number) => LOOP + 40 + t * (WIDTH + GAP);
  const end = left(steps.length) - GAP;
  const cells = steps.flatMap(({ x, h }, t) => {
    const last = t === steps.length - 1;
    return [
      group(cell(`h${sub(t + 1)} = ${short(h)}`), { x: left(t), y: TOP }),
      group(input(`x${sub(t + 1)} = ${short(x)}`, `· ${short(w)}`), { x: left(t) + WIDTH / 2, y: TOP + HEIGHT }),
      group(link(last ? 'loss' : `· ${short(u)}`, shares[t].gh), { x: left(t) + WIDTH, y: TOP }),
    ];
  });
  return drawing(
    end + GAP + 112,
    TOP + HEIGHT + 96,
    [
      group(loop(u, w), { y: TOP }),
      text(LOOP - 8, TOP + HEIGHT / 2, '=', { ...centred, size: 22, fill: theme.muted }),
      ...cells,
      text(end + GAP + 4, TOP + 20, `loss = ${short(loss)}`, { bold: true }),
      text(end + GAP + 4, TOP + 40, `½·(h − ${short(target)})²`, { fill: theme.muted }),
      text(left(0), TOP + HEIGHT + 90, 'above: values, forward', { fill: FORWARD }),
      text(end + GAP, TOP + HEIGHT + 90, 'below: gradients of h, back through time', { fill: BACKWARD, anchor: 'end' }),
    ],
    { title: 'A loop, and the same loop unrolled in time' },
  );
}

const short = (value: number): string => String(Number(value.toFixed(3))).replace('-', '−');
const sub = (index: number): string => '₀₁₂₃₄₅₆₇₈₉'[index];

function cell(label: string): Shape[] {
  return [
    rect(0, 0, WIDTH, HEIGHT, { fill: mix(theme.card, FORWARD, 0.1), stroke: theme.muted, radius: 6 }),
    text(WIDTH / 2, 17, 'tanh', { ...centred, fill: theme.muted }),
    text(WIDTH / 2, 36, label, { ...centred, bold: true }),
  ];
}

/** From below: what comes in, and the weight it is multiplied by. */
function input(label: string, weight: string): Shape[] {
  return [
    arrow(0, 46, 0, 4, { stroke: FORWARD }),
    text(8, 28, weight, { fill: FORWARD, middle: true }),
    text(0, 58, label, centred),
  ];
}

/** To the next step, and back: what the state is multiplied by, and the gradient it gets. */
function link(label: string, gradient: number): Shape[] {
  return [
    arrow(5, 18, GAP - 5, 18, { stroke: FORWARD }),
    text(GAP / 2, 8, label, { ...centred, fill: FORWARD }),
    arrow(GAP - 5, 36, 5, 36, { stroke: BACKWARD }),
    text(GAP / 2, 50, short(gradient), { ...centred, fill: BACKWARD }),
  ];
}

function loop(u: number, w: number): Shape[] {
  const [right, bow] = [20 + WIDTH, 26];
  return [
    group(
      [
        rect(0, 0, WIDTH, HEIGHT, { fill: mix(theme.card, FORWARD, 0.1), stroke: theme.muted, radius: 6 }),
        text(WIDTH / 2, 17, 'tanh', { ...centred, fill: theme.muted }),
        text(WIDTH / 2, 36, 'h', { ...centred, bold: true }),
      ],
      { x: 20 },
    ),
    path(`M${right},${HEIGHT / 2}h16v${-HEIGHT / 2 - bow}H4V${HEIGHT / 2}h6`, { stroke: FORWARD }),
    arrow(9, HEIGHT / 2, 18, HEIGHT / 2, { stroke: FORWARD }),
    text(20 + WIDTH / 2, -bow - 9, `· ${short(u)}`, { ...centred, fill: FORWARD }),
    group(input('x', `· ${short(w)}`), { x: 20 + WIDTH / 2, y: HEIGHT }),
  ];
}
