/**
 * The READMEs: every room has one, every link leads somewhere, every figure is shown.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../tools/files';
import { anchorsOf, linksOf } from './links';

const core = ['memory', 'tensor', 'kernels', 'autograd', 'ops', 'nn', 'optim', 'train', 'io'].map(
  (room) => `core/${room}`,
);
const chapters = readdirSync('chapters')
  .filter((name) => /^\d\d-/.test(name))
  .map((name) => `chapters/${name}`);
const rooms = ['.', 'chapters', 'chapters/shared', ...chapters, 'datasets', 'core', ...core, 'gpu', 'test', 'tools'];

const pages = listFiles().filter((file) => file.endsWith('.md'));
const read = (file: string) => readFileSync(file, 'utf8');

/** Why a link leads nowhere; undefined when it leads somewhere. */
function broken(page: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined; // another site
  const [path, anchor] = link.split('#');
  const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
  if (file.startsWith('..') || !existsSync(file)) return 'there is no such file';
  if (anchor === undefined) return undefined;
  const line = /^L(\d+)/.exec(anchor);
  if (line) return Number(line[1]) <= read(file).split('\n').length ? undefined : 'the file has fewer lines';
  const target = statSync(file).isDirectory() ? join(file, 'README.md') : file;
  return anchorsOf(read(target)).includes(anchor) ? undefined : 'there is no such heading';
}

describe('the reader of Markdown', () => {
  test('finds links and pictures, not those in code', () => {
    const page =
      '[a](x.md) ![b](<y.svg> "b") `[c](z)`\n```\n[d](w)\n```\n<img src="v.png"> <!-- [e](u) --> [`f`](t#g)\n';
    expect(linksOf(page)).toEqual(['x.md', 'y.svg', 't#g', 'v.png']);
  });

  test('names headings as GitHub does', () => {
    const page =
      '# One step, *two*!\n```\n# not a heading\n```\n## `code` & [link](x)\n## Same\n## Same\n<a id="here"></a>\n';
    expect(anchorsOf(page)).toEqual(['one-step-two', 'code--link', 'same', 'same-1', 'here']);
  });

  test('tells what is broken', () => {
    expect(broken('README.md', 'https://example.org')).toBeUndefined();
    expect(broken('test/README.md', 'house/links.ts')).toBeUndefined();
    expect(broken('test/README.md', 'house/links.ts#L1')).toBeUndefined();
    expect(broken('test/README.md', 'house/links.ts#L9999')).toBe('the file has fewer lines');
    expect(broken('test/README.md', 'house/nowhere.ts')).toBe('there is no such file');
    expect(broken('test/README.md', '../../outside')).toBe('there is no such file');
    expect(broken('tools/README.md', '../chapters/shared/README.md#a-lesson')).toBeUndefined();
    expect(broken('tools/README.md', '../chapters/shared#a-lesson')).toBeUndefined();
    expect(broken('tools/README.md', '../chapters/shared#no-such-heading')).toBe('there is no such heading');
  });
});

test.each(rooms)('%s has a README', (room) => {
  expect(existsSync(join(room, 'README.md'))).toBe(true);
});

test.each(pages)('the links of %s lead somewhere', (page) => {
  const complaints = linksOf(read(page)).map((link) => [link, broken(page, link)]);
  expect(complaints.filter(([, why]) => why !== undefined)).toEqual([]);
});

test('every figure is shown or linked in a README', () => {
  const withoutExtension = (file: string) => file.replace(/\.\w+$/, '');
  const shown = pages.flatMap((page) => linksOf(read(page)).map((link) => withoutExtension(join(dirname(page), link))));
  const figures = listFiles('chapters').filter((file) => file.includes('/figures/'));
  expect(figures.filter((file) => !shown.includes(withoutExtension(file)))).toEqual([]);
});
