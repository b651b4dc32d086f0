/**
 * The pictures of equal.ts: an encoder block with its norms last and first, and the whole encoder-decoder.
 */
import {
  arrow,
  drawing,
  type Figure,
  group,
  line,
  mix,
  path,
  rect,
  type Shape,
  text,
  theme,
} from '../../../core/io/charts';

const [WIDTH, HEIGHT, GAP] = [150, 34, 22]; // of a box, and between two
const STEP = HEIGHT + GAP;

type Kind = 'look' | 'think' | 'norm' | 'sum' | 'words';
const COLOURS: Record<Kind, string> = {
  look: theme.series[0],
  think: theme.series[2],
  norm: theme.series[4],
  sum: theme.muted,
  words: theme.muted,
};

interface Box {
  kind: Kind;
  label: string;
  /** How many boxes below the shortcut that ends here begins. */
  shortcut?: number;
  /** What comes in from the side. */
  from?: 'memory';
}

const look = (label = 'attention'): Box => ({ kind: 'look', label });
const think: Box = { kind: 'think', label: 'feed-forward' };
const norm: Box = { kind: 'norm', label: 'layer norm' };
const sum = (shortcut: number): Box => ({ kind: 'sum', label: '+', shortcut });
const words = (label: string): Box => ({ kind: 'words', label });

/** Boxes from the bottom up, joined by arrows; the lowest has its middle at y = 0. */
function column(boxes: Box[]): Shape[] {
  return boxes.flatMap((box, i) => {
    const y = -i * STEP;
    const colour = COLOURS[box.kind];
    const small = box.kind === 'sum';
    const half = small ? 11 : HEIGHT / 2;
    const below = i > 0 && boxes[i - 1].kind === 'sum' ? 11 : HEIGHT / 2;
    const shapes = [
      small
        ? rect(-11, y - 11, 22, 22, { fill: theme.card, stroke: colour, radius: 11 })
        : rect(-WIDTH / 2, y - half, WIDTH, HEIGHT, { fill: mix(theme.card, colour, 0.16), stroke: colour, radius: 5 }),
      text(0, y, box.label, { anchor: 'middle', middle: true, bold: box.kind !== 'words' }),
    ];
    if (i > 0) shapes.push(arrow(0, y + STEP - below, 0, y + half + 2, { stroke: theme.ink }));
    if (box.shortcut) shapes.push(shortcut(y, y + box.shortcut * STEP + HEIGHT / 2 + GAP / 2));
    return shapes;
  });
}

/** Leaves the way at `from`, passes the boxes on their left, and ends in the sum at `to`. */
function shortcut(to: number, from: number): Shape {
  const side = -WIDTH / 2 - 16;
  const out = `M0,${from}H${side + 8}Q${side},${from} ${side},${from - 8}`;
  const back = `V${to + 8}Q${side},${to} ${side + 8},${to}H-20`;
  const colour = theme.series[1];
  return group([path(out + back, { stroke: colour }), arrow(-24, to, -13, to, { stroke: colour })]);
}

const NORM_LAST = [words('x'), look(), sum(1), norm, think, sum(1), norm];
const NORM_FIRST = [words('x'), norm, look(), sum(2), norm, think, sum(2)];
const DECODER = [
  words('x'),
  look('causal attention'),
  sum(1),
  norm,
  look('cross-attention'),
  sum(1),
  norm,
  think,
  sum(1),
  norm,
];

const heading = (label: string, y: number): Shape => text(0, y, label, { anchor: 'middle', bold: true });

export function blocksFigure(): Figure {
  const columns = [
    { label: 'encoder block, norm last (2017)', boxes: NORM_LAST },
    { label: 'encoder block, norm first', boxes: NORM_FIRST },
    { label: 'decoder block, norm last', boxes: DECODER },
  ];
  const floor = 9 * STEP + HEIGHT / 2 + 34;
  const shapes = columns.map(({ label, boxes }, i) =>
    group([...column(boxes), heading(label, -(boxes.length - 1) * STEP - HEIGHT / 2 - 16)], {
      x: 110 + i * 250,
      y: floor,
    }),
  );
  const cross = { x: 110 + 2 * 250 + WIDTH / 2, y: floor - 4 * STEP };
  const memory = group(
    [arrow(70, 0, 3, 0, { stroke: theme.series[0] }), text(74, 0, 'memory', { middle: true, fill: theme.series[0] })],
    cross,
  );
  return drawing(830, floor + HEIGHT / 2 + 6, [...shapes, memory], { title: 'Three blocks, from the bottom up' });
}

const ENCODER_SIDE = [
  words('source words'),
  words('embedding + positions'),
  { kind: 'look', label: 'encoder block' },
  { kind: 'look', label: 'encoder block' },
] as Box[];
const DECODER_SIDE = [
  words('target words so far'),
  words('embedding + positions'),
  { kind: 'think', label: 'decoder block' },
  { kind: 'think', label: 'decoder block' },
  words('linear, softmax'),
  words('next word'),
] as Box[];

export function wholeFigure(): Figure {
  const floor = 5 * STEP + HEIGHT / 2 + 4;
  const [left, right] = [WIDTH / 2 + 2, WIDTH / 2 + 302];
  const top = floor - 3 * STEP; // the last encoder block
  const colour = theme.series[0];
  const bus = (left + right) / 2;
  const memory = [
    line(left + WIDTH / 2, top, bus, top, { stroke: colour }),
    line(bus, top, bus, top + STEP, { stroke: colour }),
    ...[top, top + STEP].map((y) => arrow(bus, y, right - WIDTH / 2 - 3, y, { stroke: colour })),
    text(bus, top - 10, 'memory', { fill: colour, anchor: 'middle' }),
  ];
  return drawing(
    right + WIDTH / 2 + 2,
    floor + HEIGHT / 2 + 4,
    [
      group(column(ENCODER_SIDE), { x: left, y: floor }),
      group(column(DECODER_SIDE), { x: right, y: floor }),
      ...memory,
    ],
    { title: 'The encoder-decoder' },
  );
}
