/**
 * The exercises tool on a small chapter: one exercise open, one answered wrongly, one answered, and one whose
 * checks are too weak.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { expectClose, expectEqual, slope } from '../../chapters/shared/exercise';
import { examine, findExercises, type Load } from '../../tools/exercises/find';
import { prove } from '../../tools/exercises/prove';
import { runScript } from '../../tools/run';

const house = join(__dirname, 'fixtures/house');
const load: Load = (file) => import(file);
const place = (name: string) => findExercises(join(house, 'chapters')).find((found) => found.name === name)!;

afterAll(() => rmSync(join(house, 'node_modules'), { recursive: true, force: true }));

describe('the state of an answer', () => {
  test.each([
    ['double', 'open', 'still to be written: twice x'],
    ['half', 'wrong', 'at 3: half(3) is 1, expected 1.5'],
    ['square', 'done', ''],
  ])('%s: %s', async (name, state, why) => {
    expect(await examine(place(name), load)).toMatchObject({ state, why });
  });

  test('of a file that cannot be loaded is wrong', async () => {
    const broken: Load = (file) => (file.endsWith('double.ts') ? Promise.reject(new Error('no }')) : load(file));
    const why = 'the file cannot be loaded: no }';
    expect(await examine(place('double'), broken)).toMatchObject({ state: 'wrong', why });
  });
});

describe('the proof of an exercise', () => {
  test.each(['double', 'half', 'square'])('%s is sound, whatever the reader wrote', async (name) => {
    expect(await prove(place(name), load)).toEqual([]);
  });

  test('finds what is weak', async () => {
    expect(await prove(place('weak'), load)).toEqual([
      '"looks at nothing" does not notice that nothing is written yet',
      'the solution fails "exactly": the size of minus(1) is 1.000000001, expected 1',
      'the wrong answer "keepsTheSign" is accepted',
      'wrong/weak.ts has fewer than 2 wrong answers',
      'there is no hint',
    ]);
  });
});

describe('npm run exercises', () => {
  const exercises = (...args: string[]) => runScript(join(__dirname, '../../tools/exercises.ts'), args, { cwd: house });

  test('lists all with their state', async () => {
    const { code, stdout } = await exercises();
    expect(code).toBe(0);
    expect(stdout).toContain(
      '01-dice\n  open   double  The double of x\n  wrong  half    The half of x\n  done   square ',
    );
    expect(stdout).toContain('1 of 4 done.\nA hint for the next: npm run exercises 01 hint double\n');
  });

  test('tells for a chapter what is wrong', async () => {
    const { stdout } = await exercises('01');
    expect(stdout).toContain('at 3: half(3) is 1, expected 1.5\n         chapters/01-dice/exercises/half.ts\n');
  });

  test('gives one hint after the other, then names the solution', async () => {
    rmSync(join(house, 'node_modules'), { recursive: true, force: true });
    const told: string[] = [];
    for (let i = 0; i < 3; i++) told.push((await exercises('01', 'hint', 'double')).stdout);
    expect(told).toEqual([
      'hint 1 of 2: First hint.\n',
      'hint 2 of 2: Second hint.\n',
      'That was the last hint. One good answer: chapters/01-dice/exercises/solutions/double.ts\n',
    ]);
    expect((await exercises('01', 'hint', 'half')).stdout).toBe('hint 1 of 2: First hint.\n');
  });

  test.each([
    [['07'], 'error: no exercises in a chapter "07"; npm run exercises lists them all\n'],
    [
      ['01', 'hint', 'tripel'],
      'error: say: npm run exercises 01 hint NAME, with NAME one of double, half, square, weak\n',
    ],
  ])('%j: one line', async (args, line) => {
    const { code, stderr } = await exercises(...args);
    expect(stderr).toBe(line);
    expect(code).toBe(1);
  });
});

describe('what checks are made of', () => {
  test('expectClose names the place', () => {
    expectClose([1, [2, 3 + 1e-9]], [1, [2, 3]], 'x');
    expectClose(new Float32Array([0.1]), [0.1], 'x');
    expect(() => expectClose([1, [2, 4]], [1, [2, 3]], 'x')).toThrow('x[1][1] is 4, expected 3');
    expect(() => expectClose([1], [1, 2], 'x')).toThrow('x is [ 1 ], expected 2 values: [ 1, 2 ]');
    expect(() => expectClose(Number.NaN, 1, 'x')).toThrow('x is NaN, expected 1');
    expect(() => expectClose(undefined as unknown as number, 1, 'x')).toThrow('x is undefined, expected 1');
    expect(() => expectClose(undefined as unknown as number, [1], 'x')).toThrow('x is undefined, expected 1 values');
  });

  test('expectEqual compares deeply', () => {
    expectEqual({ a: [1] }, { a: [1] }, 'x');
    expect(() => expectEqual('a', 'b', 'x')).toThrow("x is 'a', expected 'b'");
  });

  test('slope is near the derivative', () => expect(slope(Math.sin, 1)).toBeCloseTo(Math.cos(1), 9));
});
