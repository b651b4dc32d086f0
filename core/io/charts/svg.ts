/**
 * A tiny SVG builder: shapes are pieces of markup, made by functions named after what they draw. Coordinates are
 * pixels, x to the right and y downward; numbers are rounded to two decimals and texts escaped.
 */

import { theme } from './theme';

/** A finished piece of SVG, to be put into a group or a drawing. */
export interface Shape {
  readonly markup: string;
}

export type Attributes = Record<string, string | number | undefined>;

export interface Style {
  fill?: string;
  stroke?: string;
  strokeWidth?: number;
  dashed?: boolean;
  opacity?: number;
}

export interface TextStyle {
  size?: number;
  fill?: string;
  bold?: boolean;
  italic?: boolean;
  /** Which part of the text stands at x. */
  anchor?: 'start' | 'middle' | 'end';
  /** y is the middle of the text instead of its foot. */
  middle?: boolean;
  /** A rim in the card's colour, for a text that lies over lines. */
  halo?: boolean;
  /** Degrees, clockwise, around (x, y). */
  rotate?: number;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// Control characters other than tab and newline are not allowed in XML, not even escaped.
const CONTROL = /[^\P{Cc}\t\n]/gu;

export function escapeText(text: string): string {
  return text.replace(CONTROL, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign]);
}

// A colour such as #d55e00 holds what looks like a number; it is matched first, to be left alone.
const COLOUR_OR_LONG_NUMBER = /#[0-9a-f]{3,8}\b|-?\d*\.\d{3,}(e[-+]?\d+)?|-?\d+(\.\d+)?e[-+]?\d+/gi;

/** Cuts every number in a piece of markup to two decimals. */
export function roundNumbers(markup: string): string {
  return markup.replace(COLOUR_OR_LONG_NUMBER, (found) => (found.startsWith('#') ? found : round(Number(found))));
}

const round = (value: number): string => String(Math.round(value * 100) / 100 + 0);

function attribute(element: string, name: string, value: string | number): string {
  if (typeof value === 'string') return ` ${name}="${escapeText(value)}"`;
  if (Number.isFinite(value)) return ` ${name}="${round(value)}"`;
  throw new Error(`svg: <${element}> was given ${name} = ${value}; coordinates must be finite numbers`);
}

/** Any SVG element; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes = {}, children: readonly Shape[] = []): Shape {
  let head = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) head += attribute(name, key, value);
  }
  const inner = children.map((child) => child.markup).join('');
  return { markup: inner === '' ? `<${head}/>` : `<${head}>${inner}</${name}>` };
}

function paint({ fill = 'none', stroke, strokeWidth, dashed, opacity }: Style): Attributes {
  return {
    fill,
    stroke,
    'stroke-width': strokeWidth,
    'stroke-dasharray': dashed ? '5 4' : undefined,
    'stroke-linejoin': stroke === undefined ? undefined : 'round',
    opacity,
  };
}

const withInk = (style: Style): Style => ({ stroke: theme.ink, strokeWidth: 1.5, ...style });

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  { radius, ...style }: Style & { radius?: number } = {},
): Shape {
  return element('rect', { x, y, width, height, rx: radius, ...paint(style) });
}

export function circle(cx: number, cy: number, r: number, style: Style = {}): Shape {
  return element('circle', { cx, cy, r, ...paint(style) });
}

export function line(x1: number, y1: number, x2: number, y2: number, style: Style = {}): Shape {
  return element('line', { x1, y1, x2, y2, ...paint(withInk(style)), fill: undefined });
}

/** A path in SVG's own language: `M0,0L10,5`. */
export function path(d: string, style: Style = {}): Shape {
  return element('path', { d: roundNumbers(d), ...paint(withInk(style)) });
}

/** A line through many points. */
export function polyline(x: ArrayLike<number>, y: ArrayLike<number>, style: Style = {}): Shape {
  return path(`M${Array.from(x, (value, index) => `${round(value)},${round(y[index])}`).join('L')}`, style);
}

/** A filled arrow head with its tip at (x, y), pointing along `angle` (radians). */
export function arrowHead(
  x: number,
  y: number,
  angle: number,
  { stroke = theme.ink, strokeWidth = 1.5 }: Style,
): Shape {
  const length = 5 + 2 * strokeWidth;
  const corner = (turn: number) => `${x - length * Math.cos(angle + turn)},${y - length * Math.sin(angle + turn)}`;
  return path(`M${x},${y}L${corner(0.42)}L${corner(-0.42)}Z`, { fill: stroke, stroke: 'none', strokeWidth: 0 });
}

export function arrow(x1: number, y1: number, x2: number, y2: number, style: Style = {}): Shape {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  // The shaft ends inside the head, so that its blunt end does not show at the tip.
  const shaft = line(x1, y1, x2 - 4 * Math.cos(angle), y2 - 4 * Math.sin(angle), style);
  return group([shaft, arrowHead(x2, y2, angle, style)]);
}

/** A text; `\n` begins a new line below. */
export function text(x: number, y: number, content: string, style: TextStyle = {}): Shape {
  const { size = theme.size.label, fill = theme.ink, bold, italic, anchor = 'start', middle, halo, rotate } = style;
  if (content === '') return { markup: '' };
  const lines = content.split('\n');
  const step = size * 1.3;
  const first = middle ? y + 0.36 * size - ((lines.length - 1) * step) / 2 : y;
  const attributes = {
    x,
    y: first,
    'font-size': size,
    fill,
    'font-weight': bold ? 'bold' : undefined,
    'font-style': italic ? 'italic' : undefined,
    'text-anchor': anchor === 'start' ? undefined : anchor,
    transform: rotate === undefined ? undefined : `rotate(${round(rotate)} ${round(x)} ${round(y)})`,
    ...(halo ? { stroke: theme.card, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' } : {}),
  };
  if (lines.length === 1) return element('text', attributes, [{ markup: escapeText(content) }]);
  const spans = lines.map((part, index) =>
    element('tspan', { x, y: first + index * step }, [{ markup: escapeText(part) }]),
  );
  return element('text', attributes, spans);
}

/** Shapes moved together by (x, y). */
export function group(children: readonly Shape[], { x = 0, y = 0 } = {}): Shape {
  if (children.every((child) => child.markup === '')) return { markup: '' };
  const transform = x === 0 && y === 0 ? undefined : `translate(${round(x)},${round(y)})`;
  return element('g', { transform }, children);
}

/** Shapes of which only what lies between (0, 0) and (width, height) is seen. */
export function clipped(width: number, height: number, children: readonly Shape[]): Shape {
  return element('svg', { width, height, overflow: 'hidden' }, children);
}
