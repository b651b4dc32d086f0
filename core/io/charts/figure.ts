/**
 * A figure: one picture on its own opaque light card, so that it reads on a light and on a dark page alike, with its
 * title on top. `save` writes it twice, as SVG and as PNG at double density.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { widest, wrap } from './measure';
import { element, escapeText, group, rect, type Shape, text } from './svg';
import { theme } from './theme';

const TITLE_LINE = 21;

export interface Figure {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What lies on the card; `panels` puts several on one card. */
  readonly content: Shape;
  /** Writes `path.svg` and `path.png`, making the folder if it is missing, and returns both paths. */
  save(pathWithoutExtension: string): Promise<string[]>;
}

/** A figure from shapes: `width` × `height` is the room they use; title and margins are added around it. */
export function drawing(
  width: number,
  height: number,
  children: readonly Shape[],
  { title }: { title: string },
): Figure {
  const room = Math.max(width, widest(title.split(' '), theme.size.title, true));
  const heading = wrap(title, room, theme.size.title, true);
  const top = heading.length * TITLE_LINE + 8;
  const content = group([
    text(0, theme.size.title - 2, heading.join('\n'), { size: theme.size.title, bold: true }),
    group(children, { y: top }),
  ]);
  return onCard(Math.ceil(room) + 2 * theme.margin, Math.ceil(height + top) + 2 * theme.margin, content, title);
}

function onCard(width: number, height: number, content: Shape, title: string): Figure {
  const card = rect(0.5, 0.5, width - 1, height - 1, { fill: theme.card, stroke: theme.border, radius: 8 });
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'font-family': theme.font,
    color: theme.ink,
  };
  const label = element('title', {}, [{ markup: escapeText(title) }]);
  const moved = group([content], { x: theme.margin, y: theme.margin });
  const { markup: svg } = element('svg', attributes, [label, card, moved]);
  return { svg, width, height, content, save: (path) => save(svg, path) };
}

async function save(svg: string, path: string): Promise<string[]> {
  const png = await toPng(svg);
  const files = [`${path}.svg`, `${path}.png`];
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(files[0], `${svg}\n`);
    await writeFile(files[1], png);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Error(`figure: cannot write ${path}.svg and .png (${reason}); choose a folder that you may write to`);
  }
  return files;
}

/**
 * Two pixels of the PNG for each of the SVG; a chart's flat colours fit into a palette, which makes the file a third as
 * large, pictures do not. On a machine without any font letters become empty boxes (the SVG is not touched by that).
 */
async function toPng(svg: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const palette = !svg.includes('<image');
  return sharp(Buffer.from(svg), { density: 144 }).png({ palette, dither: 0, compressionLevel: 9 }).toBuffer();
}
