/**
 * The lessons tool on a small lesson that lies in places, and its parts one by one.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBlocks, replaceBlocks } from '../../tools/lessons/blocks';
import { difference, sameLine, sameText } from '../../tools/lessons/compare';
import { complaint, readLesson } from '../../tools/lessons/lesson';
import { codeRegion, outputRegion } from '../../tools/lessons/sources';
import { runScript } from '../../tools/run';

describe('blocks', () => {
  test('are found with their source, arguments and region', () => {
    const [first, second] = findBlocks(
      'a\n<!-- output: x.ts --rate 0.5 --say "two words" #end -->\n```text\n1\n2\n```\n' +
        '<!-- code: ../y.ts -->\n````ts\n````\n',
    );
    const args = ['--rate', '0.5', '--say', 'two words'];
    expect(first).toMatchObject({ kind: 'output', file: 'x.ts', args, region: 'end', language: 'text', shown: '1\n2' });
    expect(second).toMatchObject({ kind: 'code', file: '../y.ts', args: [], region: undefined, shown: '' });
  });

  test('inside another fence are text', () => {
    expect(findBlocks('````markdown\n<!-- code: x.ts -->\n```ts\n```\n````\n')).toEqual([]);
  });

  test.each([
    ['<!-- code: x.ts -->\n\n```ts\n```\n', /lesson:1: a fence that names its language/],
    ['<!-- code: x.ts -->\n```\n```\n', /lesson:1: a fence that names its language/],
    ['<!-- code: x.ts -->\n```ts\n', /lesson:2: this fence is never closed/],
  ])('without a proper fence are an error: %j', (lesson, message) => {
    expect(() => findBlocks(lesson)).toThrow(message);
  });

  test('are replaced without touching the rest', () => {
    const lesson = 'a\n<!-- code: x -->\n```ts\n```\nb\n<!-- code: y -->\n```ts\nold\nold\n```\nc';
    const [x, y] = findBlocks(lesson);
    const changes = [
      { block: x, text: 'one\ntwo' },
      { block: y, text: 'new' },
    ];
    expect(replaceBlocks(lesson, changes)).toBe(
      'a\n<!-- code: x -->\n```ts\none\ntwo\n```\nb\n<!-- code: y -->\n```ts\nnew\n```\nc',
    );
  });
});

describe('code regions', () => {
  const code = 'a\n  // #region outer\n  b\n\n    // #region inner\n    c\n    // #endregion\n  // #endregion\nd\n';

  test('are dedented, inner marks left out', () => {
    expect(codeRegion(code, 'outer')).toBe('b\n\n  c');
    expect(codeRegion(code, 'inner')).toBe('c');
    expect(codeRegion(code)).toBe('a\n  b\n\n    c\nd');
  });

  test('that are missing or never end are an error', () => {
    expect(() => codeRegion(code, 'other')).toThrow('there is no "// #region other"');
    expect(() => codeRegion('// #region a\nb', 'a')).toThrow('has no "// #endregion"');
  });
});

test('output is cut by its sections, without the closing lines', () => {
  const output = '#quick\nbefore\n#region a\n\nA \n#region b\nB\n#end\n\nNext: …\n';
  expect(outputRegion(output, 'a')).toBe('A');
  expect(outputRegion(output, 'b')).toBe('B');
  expect(outputRegion(output)).toBe('before\n\nA\nB');
  expect(() => outputRegion(output, 'c')).toThrow("no section('c') was printed");
});

describe('what counts as the same', () => {
  test.each([
    ['loss 0.123', 'loss 0.124'],
    ['loss 9.99', 'loss 10.00'],
    ['  9.99 |', ' 10.00 |'],
    ['-0.01 and 0.00', '0.00 and -0.01'],
    ['error 9.9e-7', 'error 1.0e-6'],
    ['accuracy 97 %', 'accuracy 98 %'],
    ['took 1.2 s', 'took 35 ms'],
    ['80/s', '1234.5/s'],
    ['1200 steps/s, 3 min', '7 steps/s, 40 s'],
    ['saved /opt/a/b.png', 'saved /var/c/d/e.png'],
    ['test   time', 'test    time'],
    ['────  ─────', '────  ──────'],
  ])('%s = %s', (shown, now) => expect(sameLine(shown, now)).toBe(true));

  test.each([
    ['loss 0.123', 'loss 0.125'],
    ['loss 0.12', 'loss 0.124'],
    ['loss 0.123', 'cost 0.123'],
    ['shape [2, 3]', 'shape [2, 4]'],
    ['50 epochs', '51 epochs'],
    ['accuracy 97 %', 'accuracy 99 %'],
    ['a  b', 'a b'],
    ['error 9.9e-7', 'error 9.9e-6'],
    ['h1 = 2.0', 'h2 = 2.0'],
    ['1.0', '1.0 2.0'],
    ['see chapters/01', 'see chapters/02'],
  ])('%s ≠ %s', (shown, now) => expect(sameLine(shown, now)).toBe(false));

  test('lines are counted', () => expect(sameText('a', 'a\nb')).toBe(false));

  test('the difference leaves out what agrees', () => {
    expect(difference('a\nb 1.00\nc\nd', 'a\nb 1.01\nX\nY\nd')).toBe('  - c\n  + X\n  + Y');
  });
});

describe('a lesson', () => {
  test('that lies is told where, what, and how to mend it', async () => {
    const lesson = await readLesson('test/house/fixtures/house/chapters/01-dice/README.md');
    expect(lesson.blocks).toBe(5);
    expect(lesson.errors).toEqual([
      expect.stringMatching(/README\.md:\d+: dice\.ts: there is no "\/\/ #region product"$/),
    ]);
    const told = complaint(lesson);
    expect(told).toContain('dice.ts #sum says something else now:\n  - const sum = 1;\n  + const sum = values.reduce(');
    expect(told).toContain('dice.ts --bias 1 --colour red says something else now:\n  - 6 throws of a red die: 1 2 3');
    expect(told).not.toContain('#means'); // 3.501 for 3.500 is no lie
    expect(told).toMatch(/Mend it with: npm run lessons test\/house\/fixtures\/house\/chapters\/01-dice$/);
  }, 60_000);

  test('is rewritten by npm run lessons, as little as possible, and is true then', async () => {
    const fixtures = join(__dirname, 'fixtures');
    const copy = mkdtempSync(join(fixtures, 'copy-'));
    try {
      cpSync(join(fixtures, 'house'), copy, { recursive: true });
      const read = () => readFileSync(join(copy, 'chapters/01-dice/README.md'), 'utf8');
      const before = read();
      const rewrite = () => runScript(join(__dirname, '../../tools/lessons.ts'), ['01-dice'], { cwd: copy });

      const first = await rewrite();
      expect(first.stdout).toBe('chapters/01-dice/README.md: 2 of 5 blocks rewritten\n');
      expect(first.stderr).toMatch(
        /^chapters\/01-dice\/README\.md:\d+: dice\.ts: there is no "\/\/ #region product"\n$/,
      );
      expect(first.code).toBe(1);
      expect(read()).toContain('6 throws of a red die: 2 3 4 5 6 7\n');
      expect(read()).toContain('```ts\nconst sum = values.reduce((a, b) => a + b, 0);\n```');
      expect(read().split('\n').slice(0, 18)).toEqual(before.split('\n').slice(0, 18));

      expect((await rewrite()).stdout).toBe('chapters/01-dice/README.md: 0 of 5 blocks rewritten\n');
    } finally {
      rmSync(copy, { recursive: true });
    }
  }, 60_000);

  test('that does not exist is one line', async () => {
    const { code, stderr } = await runScript('tools/lessons.ts', ['no-such-chapter']);
    expect(stderr).toBe('error: no lesson with quoted blocks matches "no-such-chapter"\n');
    expect(code).toBe(1);
  });
});
