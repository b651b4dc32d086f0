/**
 * Observable Plot on a server-side DOM: gives back the axes and marks as one shape, and the scales, so that labels and
 * legends can be drawn around them. Both packages are loaded at the first chart.
 */

import type { Numbers } from './check';
import type { Domain } from './domain';
import { widest } from './measure';
import { element, roundNumbers, type Shape } from './svg';
import { theme } from './theme';
import { logFormat, logTicks } from './ticks';

const PADDING = 8;

export interface Axis {
  label: string;
  log?: boolean;
  domain?: Domain;
}

interface Pairs {
  x: Numbers;
  y: Numbers;
}

/** An axis whose range must be given, because a function or a grid is drawn over it. */
export interface FixedAxis {
  label: string;
  domain: Domain;
}

/** The size of the plot area in pixels, without axis labels and legends; by default 520 × 320. */
export interface Size {
  width?: number;
  height?: number;
}

/** The area between the axes. Its upper left corner is (0, 0); ticks and their labels hang outside. */
export interface PlotArea {
  width: number;
  height: number;
  shape: Shape;
  x(value: number): number;
  y(value: number): number;
  /** The room taken by the tick labels left of the area. */
  left: number;
}

async function load() {
  const [Plot, { Window }] = await Promise.all([import('@observablehq/plot'), import('happy-dom')]);
  return { Plot, document: new Window().document };
}

let loaded: ReturnType<typeof load> | undefined;

type PlotLibrary = Awaited<ReturnType<typeof load>>['Plot'];
type PlotOptions = NonNullable<Parameters<PlotLibrary['plot']>[0]>;
type Plotted = ReturnType<PlotLibrary['plot']>;
type Marks = (Plot: PlotLibrary) => NonNullable<PlotOptions['marks']>;

interface PlotAreaOptions extends Size {
  /** `whole`: its numbers count something, such as epochs; there are no ticks between them. */
  x: Axis & { domain: Domain; ticks?: boolean; whole?: boolean };
  y: Axis & { domain: Domain; ticks?: boolean };
  color?: PlotOptions['color'];
}

export async function plotArea(options: PlotAreaOptions, marks: Marks = () => []): Promise<PlotArea> {
  const { x, y, color, width = 520, height = 320 } = options;
  loaded ??= load();
  const { Plot, document } = await loaded;
  const tickStyle = { tickSize: 0, tickPadding: PADDING, label: null, fontSize: theme.size.tick, color: theme.muted };
  const gridStyle = { stroke: theme.grid, strokeOpacity: 1 };
  const xTicks = ticksOf(x, width / 80);
  const yTicks = ticksOf(y, height / 45);
  const plot = Plot.plot({
    document: document as unknown as PlotOptions['document'],
    width,
    height,
    margin: 0,
    x: { domain: x.domain, type: x.log ? 'log' : 'linear', axis: null },
    y: { domain: y.domain, type: y.log ? 'log' : 'linear', axis: null },
    color,
    marks: [
      x.ticks === false ? null : Plot.gridX({ ...gridStyle, ...xTicks }),
      y.ticks === false ? null : Plot.gridY({ ...gridStyle, ...yTicks }),
      marks(Plot),
      x.ticks === false ? null : Plot.axisX({ ...tickStyle, ...xTicks }),
      y.ticks === false ? null : Plot.axisY({ ...tickStyle, ...yTicks }),
    ],
  });
  const tickLabels = Array.from(plot.querySelectorAll('[aria-label="y-axis tick label"] text'));
  return {
    width,
    height,
    shape: element('g', { fill: 'currentColor', 'text-anchor': 'middle' }, [{ markup: tidy(plot.innerHTML) }]),
    x: scaleOf(plot, 'x'),
    y: scaleOf(plot, 'y'),
    left:
      widest(
        tickLabels.map((label) => label.textContent ?? ''),
        theme.size.tick,
      ) + PADDING,
  };
}

const scaleOf = (plot: Plotted, name: 'x' | 'y') => plot.scale(name)?.apply as (value: number) => number;

function ticksOf({ log, domain, whole }: PlotAreaOptions['x'], count: number) {
  if (log) return { ticks: logTicks(domain, count), tickFormat: logFormat(domain) };
  return { ticks: Math.round(whole ? Math.min(count, domain[1] - domain[0]) : count) };
}

/** Plot's markup without its style sheet, its full-length numbers and its running clip numbers. */
function tidy(markup: string): string {
  const clips: string[] = [];
  return markup
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]+>/g, roundNumbers)
    .replace(/plot-clip-\d+/g, (id) => {
      if (!clips.includes(id)) clips.push(id);
      return `clip-${clips.indexOf(id) + 1}`;
    })
    .replace(/><\/(circle|line|path|rect)>/g, '/>');
}

/** Plot takes a sample for the middle of a cell, so the cells of samples on the ends of the domain reach over it. */
export function cellEdges([low, high]: Domain, count: number): [number, number] {
  const half = count === 1 ? 0 : (high - low) / (count - 1) / 2;
  return [low - half, high + half];
}

/** A series in pixels. */
export function inPixels({ x, y }: Pairs, area: PlotArea): [x: number[], y: number[]] {
  return [Array.from(x, (value) => area.x(value)), Array.from(y, (value) => area.y(value))];
}

/** The same without the points that lie outside the area. */
export function visible(pairs: Pairs, area: PlotArea): [x: number[], y: number[]] {
  const [x, y] = inPixels(pairs, area);
  const inside = (i: number) => x[i] >= 0 && x[i] <= area.width && y[i] >= 0 && y[i] <= area.height;
  return [x.filter((_, i) => inside(i)), y.filter((_, i) => inside(i))];
}
