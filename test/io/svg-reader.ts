/**
 * Reads the SVG of a figure back: refuses what is not well-formed, and finds where every text lies, so that tests can
 * ask whether texts overlap or leave the card.
 */
import { textWidth } from '../../core/io/charts';

export interface PlacedText {
  content: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface ReadSvg {
  texts: PlacedText[];
  ids: string[];
}

type Attributes = Record<string, string>;

interface Frame {
  name: string;
  /** Where the groups around it have moved the origin. */
  origin: readonly [x: number, y: number];
  /** Where a text stands, counted from there. */
  place: readonly [x: number, y: number];
  /** Degrees, clockwise; 0 for all texts but the slanted. */
  slant: number;
  size: number;
  bold: boolean;
  anchor: string;
}

const TOKEN = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<>]+)/y;
const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

export function readSvg(svg: string): ReadSvg {
  const result: ReadSvg = { texts: [], ids: [] };
  const stack: Frame[] = [
    { name: '', origin: [0, 0], place: [0, 0], slant: 0, size: 10, bold: false, anchor: 'start' },
  ];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < svg.length; end = TOKEN.lastIndex) {
    const match = TOKEN.exec(svg);
    if (!match) throw new Error(`not well-formed at: ${svg.slice(end, end + 60)}`);
    const [, closing, name, attributes = '', empty, text] = match;
    const frame = stack[stack.length - 1];
    if (text !== undefined) {
      addText(result, frame, plainText(text));
    } else if (closing) {
      if (stack.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const read = readAttributes(attributes);
      if (read.id) result.ids.push(read.id);
      if (!empty) stack.push(enter(frame, name, read));
    }
  }
  if (stack.length !== 1) throw new Error(`<${stack[stack.length - 1].name}> is never closed`);
  return result;
}

function plainText(text: string): string {
  if (/&(?!amp;|lt;|gt;|quot;)/.test(text)) throw new Error(`a bare & in: ${text}`);
  return text.replace(/&\w+;/g, (entity) => ENTITIES[entity]);
}

function readAttributes(text: string): Attributes {
  const pairs = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, plainText(value)] as const);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute is given twice: ${text}`);
  return Object.fromEntries(pairs);
}

function enter(outer: Frame, name: string, attributes: Attributes): Frame {
  const [, moveX = '0', moveY = '0'] = attributes.transform?.match(/translate\(([-\d.]+),([-\d.]+)\)/) ?? [];
  const size = Number(attributes['font-size'] ?? outer.size);
  const length = (value = '0') => (value.endsWith('em') ? parseFloat(value) * size : Number(value));
  return {
    name,
    origin: [outer.origin[0] + Number(moveX), outer.origin[1] + Number(moveY)],
    place: [length(attributes.x), length(attributes.y)],
    slant: Number(attributes.transform?.match(/rotate\(([-\d.]+) /)?.[1] ?? outer.slant),
    size,
    bold: attributes['font-weight'] ? attributes['font-weight'] === 'bold' : outer.bold,
    anchor: attributes['text-anchor'] ?? outer.anchor,
  };
}

const LEFT_OF_PLACE: Record<string, number> = { start: 0, middle: 0.5, end: 1 };

function addText({ texts }: ReadSvg, { name, origin, place, slant, size, bold, anchor }: Frame, content: string): void {
  if (name !== 'text' && name !== 'tspan') return;
  const width = textWidth(content, size, bold);
  const [x, y] = [origin[0] + place[0], origin[1] + place[1]];
  if (slant !== 0) {
    // Only where it begins: what lies between is not a rectangle.
    const angle = (slant * Math.PI) / 180;
    const start = LEFT_OF_PLACE[anchor] * width;
    const [left, bottom] = [x - start * Math.cos(angle), y - start * Math.sin(angle)];
    texts.push({ content, left, right: left + 1, top: bottom - 1, bottom });
    return;
  }
  const left = x - LEFT_OF_PLACE[anchor] * width;
  texts.push({ content, left, right: left + width, top: y - 0.7 * size, bottom: y });
}
