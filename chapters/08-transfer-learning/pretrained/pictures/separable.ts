/**
 * The pictures of separable.ts: which numbers one number of a convolution is made of, and how wide a signal is on its
 * way through a block.
 */
import { arrow, drawing, type Figure, group, line, rect, type Shape, text, theme } from '../../../../core/io/charts';

const SIDE = 56; // of a map
const STEP = 68; // from map to map
const CELL = SIDE / 7;

interface Column {
  count: number;
  /** On which maps a window lies, and how many places wide it is. */
  seen: readonly number[];
  size: 1 | 3;
  label: string;
}

function column({ count, seen, size, label }: Column, x: number, most: number, colour: string): Shape {
  const window = (SIDE - size * CELL) / 2;
  const maps = Array.from({ length: count }, (_, i) => {
    const y = topOf(count, i, most);
    const mark = rect(x + window, y + window, size * CELL, size * CELL, { fill: colour, stroke: theme.ink });
    return group([
      rect(x, y, SIDE, SIDE, { fill: theme.card, stroke: theme.muted }),
      ...(seen.includes(i) ? [mark] : []),
    ]);
  });
  const caption = text(x + SIDE / 2, most * STEP + 12, label, { anchor: 'middle', fill: theme.muted });
  return group([...maps, caption]);
}

/** The columns stand on one middle line. */
const topOf = (count: number, i: number, most: number): number => (i + (most - count) / 2) * STEP;

/** From the windows of one column to a place of the next. */
function strands(from: Column, to: Column, x: number, next: number, most: number, colour: string): Shape {
  const [target] = to.seen;
  const end = topOf(to.count, target, most) + SIDE / 2;
  const sources = to.size === 1 && from.size === 3 && from.count === to.count ? [target] : from.seen;
  return group(
    sources.map((i) => {
      const start = topOf(from.count, i, most) + SIDE / 2;
      return line(x + SIDE / 2, start, next + SIDE / 2, end, { stroke: colour, strokeWidth: 2 });
    }),
  );
}

function stages(columns: readonly Column[], title: string, x: number): Shape {
  const gap = SIDE + 74;
  const most = Math.max(...columns.map(({ count }) => count));
  const colours = [theme.series[1], theme.series[0], theme.series[2]];
  const lines = columns.slice(1).map((to, i) => strands(columns[i], to, i * gap, (i + 1) * gap, most, colours[i]));
  return group(
    [
      text(0, 12, title, { bold: true }),
      group([...columns.map((each, i) => column(each, i * gap, most, colours[i])), ...lines], { y: 34 }),
    ],
    { x },
  );
}

export function separableFigure(): Figure {
  const all = [0, 1, 2];
  const whole = stages(
    [
      { count: 3, seen: all, size: 3, label: '3 × 3 of each' },
      { count: 4, seen: [1], size: 1, label: 'one number' },
    ],
    'whole',
    20,
  );
  const apart = stages(
    [
      { count: 3, seen: [0], size: 3, label: '3 × 3 of one' },
      { count: 3, seen: [0, 1, 2], size: 1, label: '1 × 1 of each' },
      { count: 4, seen: [1], size: 1, label: 'one number' },
    ],
    'taken apart: depthwise, then pointwise',
    310,
  );
  return drawing(690, 34 + 4 * STEP + 16, [whole, apart], {
    title: 'Where one number comes from: three maps go in, four come out',
  });
}

const PER_CHANNEL = 0.9; // pixels of height

/** The signal through a block: heights are numbers of channels. */
function channels(counts: readonly number[], names: readonly string[], y: number, title: string, note: string): Shape {
  const step = 150;
  const middle = 134;
  const bars = counts.map((count, i) => {
    const height = count * PER_CHANNEL;
    return group([
      rect(i * step, middle - height / 2, 34, height, { fill: theme.series[0], stroke: theme.ink, radius: 3 }),
      text(i * step + 17, middle + height / 2 + 17, String(count), { anchor: 'middle' }),
    ]);
  });
  const arrows = names.map((name, i) =>
    group([
      arrow(i * step + 42, middle, (i + 1) * step - 8, middle, { stroke: theme.muted }),
      text(i * step + 92, middle - 8, name, { anchor: 'middle', fill: theme.muted, size: theme.size.tick }),
    ]),
  );
  const end = (counts.length - 1) * step + 17;
  const above = middle - (Math.max(...counts) * PER_CHANNEL) / 2 - 20;
  const foot = middle - (counts[0] * PER_CHANNEL) / 2 - 3;
  const orange = { stroke: theme.series[1], strokeWidth: 2 };
  const skip = group([
    line(17, foot, 17, above, orange),
    line(17, above, end, above, orange),
    arrow(end, above, end, foot, orange),
  ]);
  return group(
    [text(0, 12, title, { bold: true }), text(0, 30, note, { fill: theme.muted }), skip, ...bars, ...arrows],
    { y },
  );
}

export function invertedFigure(): Figure {
  const whole = channels(
    [128, 32, 32, 128],
    ['1 × 1', '3 × 3', '1 × 1'],
    0,
    'a residual block of a deep ResNet: wide, narrow, wide',
    'the sum (orange) joins the wide ends',
  );
  const inverted = channels(
    [24, 144, 144, 24],
    ['1 × 1', '3 × 3, depthwise', '1 × 1'],
    250,
    'an inverted residual of MobileNetV2: narrow, wide, narrow',
    'the sum joins the narrow ends; only they need be kept',
  );
  return drawing(500, 465, [whole, inverted], { title: 'Numbers of channels on the way through a block' });
}
