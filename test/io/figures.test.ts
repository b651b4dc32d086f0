/** What holds for every kind of figure: well-formed, deterministic, escaped, nothing over anything else. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  barChart,
  drawing,
  type Figure,
  graphFigure,
  heatmap,
  lineChart,
  networkFigure,
  scatterChart,
  tableFigure,
  text,
} from '../../core/io/charts';
import { examples } from './examples';
import { type PlacedText, readSvg } from './svg-reader';

describe.each(Object.entries(examples))('%s', (_, make) => {
  let figure: Figure;
  beforeAll(async () => {
    figure = await make();
  });

  test('is well-formed, with its title and without doubled ids', () => {
    const { ids, texts } = readSvg(figure.svg);
    expect(new Set(ids).size).toBe(ids.length);
    expect(texts.length).toBeGreaterThan(0);
    expect(figure.svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /);
    expect(figure.svg).toContain(`viewBox="0 0 ${figure.width} ${figure.height}"`);
    expect(figure.svg).toMatch(/<title>[^<]+<\/title>/);
    expect(figure.svg).not.toMatch(/NaN|undefined|Infinity|plot-|⚠/);
  });

  test('has the same bytes when made again', async () => {
    expect((await make()).svg).toBe(figure.svg);
  });

  test('rounds its numbers to two decimals', () => {
    const withoutPictures = figure.svg.replace(/href="[^"]*"/g, '');
    expect(withoutPictures.match(/<[^>]*\d\.\d{3,}[^>]*>/)).toBeNull();
  });

  test('keeps every text on the card and off every other', () => {
    const { texts } = readSvg(figure.svg);
    for (const one of texts) {
      const inside = one.left >= 4 && one.right <= figure.width - 4 && one.top >= 4 && one.bottom <= figure.height - 4;
      expect(inside, `"${one.content}" leaves the card`).toBe(true);
    }
    expect(overlaps(texts)).toEqual([]);
  });
});

function overlaps(texts: readonly PlacedText[]): string[] {
  return texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `"${a.content}" and "${b.content}"`),
  );
}

test('the reader of SVG refuses what is broken, and sees overlapping texts', () => {
  expect(() => readSvg('<svg><g></svg>')).toThrow('</svg> closes nothing');
  expect(() => readSvg('<svg><text>a & b</text></svg>')).toThrow('bare &');
  expect(() => readSvg('<svg x="1" x="2"></svg>')).toThrow('given twice');
  expect(() => readSvg('<svg>')).toThrow('never closed');
  const crowded = drawing(100, 40, [text(0, 20, 'one'), text(5, 22, 'two')], { title: 'x' });
  expect(overlaps(readSvg(crowded.svg).texts)).toEqual(['"one" and "two"']);
  const lines = drawing(100, 40, [text(10, 10, 'up\ndown', { size: 10 })], { title: 'x' });
  const [, up, down] = readSvg(lines.svg).texts;
  expect([up.content, down.content, down.bottom - up.bottom, up.left - down.left]).toEqual(['up', 'down', 13, 0]);
});

test('labels of every kind are escaped', async () => {
  const name = `a < b & "c" > d`;
  const figures = [
    drawing(300, 20, [text(0, 10, name)], { title: name }),
    tableFigure({ title: name, columns: [name], rows: [[name]] }),
    graphFigure({ title: name, nodes: [{ id: '<', kind: 'value', label: name, lines: [name] }], edges: [] }),
    networkFigure({ title: name, layers: [{ name, units: 2, note: name }] }),
    await lineChart({ title: name, x: { label: name }, y: { label: name }, series: [{ name, y: [1, 2] }] }),
    await scatterChart({ title: name, x: { label: name }, y: { label: name }, groups: [{ name, x: [1], y: [1] }] }),
    await barChart({ title: name, y: { label: name }, bars: [{ name: 'x&', value: 1 }] }),
    await heatmap({ title: name, values: [1], rows: 1, columns: 1, rowLabels: [name], columnLabels: ['x&'] }),
  ];
  for (const figure of figures) {
    const contents = readSvg(figure.svg).texts.map((part) => part.content);
    expect(contents.join(' ')).toContain(name);
  }
});

test('control characters, which XML forbids, are left out', () => {
  const { texts } = readSvg(drawing(100, 20, [text(0, 10, 'a\u0000b\u001bc')], { title: 'x' }).svg);
  expect(texts.map((part) => part.content)).toContain('abc');
});

describe('save', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'figures-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('writes an SVG and a PNG of twice its size, and makes the folder', async () => {
    const figure = await examples.confusion();
    const path = join(folder, 'new', 'deeper', 'confusion');
    expect(await figure.save(path)).toEqual([`${path}.svg`, `${path}.png`]);
    expect(await readFile(`${path}.svg`, 'utf8')).toBe(`${figure.svg}\n`);
    const { width, height, format } = await sharp(`${path}.png`).metadata();
    expect([format, width, height]).toEqual(['png', 2 * figure.width, 2 * figure.height]);
  });

  test('the PNG is opaque inside its card, and the same when written again', async () => {
    const figure = await examples.perceptron();
    const [, first] = await figure.save(join(folder, 'first'));
    const [, second] = await (await examples.perceptron()).save(join(folder, 'second'));
    expect(await readFile(second)).toEqual(await readFile(first));
    const { data, info } = await sharp(first).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const alpha = (x: number, y: number) => data[(y * info.width + x) * 4 + 3];
    expect([alpha(30, 30), alpha(info.width >> 1, info.height >> 1), alpha(info.width - 30, info.height - 30)]).toEqual(
      [255, 255, 255],
    );
  });

  test('a folder that cannot be written to is one clear line', async () => {
    await writeFile(join(folder, 'file'), '');
    const figure = drawing(50, 20, [], { title: 'x' });
    const path = join(folder, 'file', 'figure');
    await expect(figure.save(path)).rejects.toThrow(
      /^figure: cannot write .*figure\.svg and \.png \(\w+\); choose a folder/,
    );
  });
});
