/**
 * The script runner, seen from outside: real child processes, their output and exit codes.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { helpText } from '../../chapters/shared/help';
import {
  argument,
  choice,
  integer,
  number,
  numbers,
  parseFlags,
  toggle,
  UsageError,
} from '../../chapters/shared/options';
import { type RunSettings, runScript } from '../../tools/run';
import { mean } from './fixtures/house/chapters/01-dice/dice';

const folder = mkdtempSync(join(tmpdir(), 'script-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cwd = join(__dirname, 'fixtures/house');
const script = 'chapters/01-dice/dice.ts';
const dice = (args: string, settings: RunSettings = {}) =>
  runScript(script, [...args.split(' ').filter(Boolean), '--out', folder], { cwd, ...settings });

const oneLine = /^[^\n]+\n$/;

test('a script that is only imported does not run', () => {
  expect(mean([1, 2, 6])).toBe(3);
});

describe.concurrent('a run', () => {
  test('prints, saves its figures, and closes with the files and what to try next', async () => {
    const { code, stdout, stderr } = await dice('');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The faces\n-{9}\n600 throws of a white die: 1 2 3 4 5 6\n/);
    expect(stdout).toContain('3.500');
    expect(stdout).toContain(`Figures written:\n  ${folder}/dice.svg\n\nNext: npx ts-node ${script} --throws 60\n`);
    expect(stdout).not.toContain('#');
  });

  test('takes flags in both forms, negative numbers among them', async () => {
    const { stdout } = await dice('--throws=7 --bias -1.5 --faces=1,-2 --colour red');
    expect(stdout).toContain('7 throws of a red die: -0.5 -3.5');
  });

  test.each([
    ['--quick', '6 throws'],
    ['--full', '6000 throws'],
    ['--quick --throws 8', '8 throws'],
    ['--throws 8 --full', '8 throws'],
  ])('%s: %s', async (args, expected) => {
    expect((await dice(args)).stdout).toContain(expected);
  });

  test('--help names every flag with its defaults, and runs nothing', async () => {
    const { code, stdout } = await dice('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Dice: the mean of many throws\.\n/);
    expect(stdout).toMatch(/--throws INTEGER +how many \(default 600; --quick 6; --full 6000\)/);
    for (const flag of ['--bias', '--device', '--seed', '--full', '--quick', '--predict', '--out', '--read-from'])
      expect(stdout).toContain(flag);
    expect(stdout).not.toContain('throws of a');
  });
});

describe('a wrong call is told in one line', () => {
  const throws = 'a whole number of at least 1 and at most 9';
  const options = {
    throws: integer(6, { min: 1, max: 9 }),
    bias: number(0),
    faces: numbers([1, 2]),
    sides: numbers([1, 2], { length: 'any' }),
    colour: choice(['white', 'red']),
    veryQuick: toggle(),
  };

  test.each([
    ['--thros 3', 'unknown flag --thros: did you mean --throws?'],
    ['--zzzzzzzzz', 'unknown flag --zzzzzzzzz: see --help'],
    ['extra', '"extra" is not a flag: flags start with --, and --help lists them'],
    ['--throws many', `--throws: expected ${throws}, got "many"`],
    ['--throws 0', `--throws: expected ${throws}, got "0"`],
    ['--throws 1.5', `--throws: expected ${throws}, got "1.5"`],
    ['--throws=', `--throws: expected ${throws}, got ""`],
    ['--throws --very-quick', `--throws needs a value: ${throws}`],
    ['--bias Infinity', '--bias: expected a number, got "Infinity"'],
    ['--faces 1,2,3', '--faces: expected 2 numbers with commas between, such as 1,2, got "1,2,3"'],
    ['--sides 1,x', '--sides: expected numbers with commas between, such as 1,2, got "1,x"'],
    ['--colour blue', '--colour: expected one of white, red, got "blue"'],
    ['--very-quick=yes', '--very-quick takes no value, got "yes"'],
  ])('%s', (args, line) => {
    expect(() => parseFlags(args.split(' '), options)).toThrow(new UsageError(line));
  });

  test('a right one gives what was given, with its types', () => {
    const given: { throws?: number; bias?: number; sides?: number[]; colour?: 'white' | 'red'; veryQuick?: boolean } =
      parseFlags(['--throws=7', '--bias', '-1e-3', '--sides', '-1', '--very-quick', '--colour=red'], options);
    expect(given).toEqual({ throws: 7, bias: -0.001, sides: [-1], colour: 'red', veryQuick: true });
  });

  describe('an argument needs no flag', () => {
    const withPhoto = { ...options, photo: argument({ help: 'what to look at' }) };
    const parse = (args: string) => parseFlags(args.split(' '), withPhoto);

    test.each(['a.jpg --throws 7', '--throws 7 a.jpg', '--photo a.jpg --throws=7'])('%s', (args) => {
      expect(parse(args)).toEqual({ photo: 'a.jpg', throws: 7 });
    });

    test('but there is one at most, and what begins with - is none', () => {
      const complaint = (word: string) => `"${word}" is not a flag: flags start with --, and --help lists them`;
      expect(() => parse('a.jpg b.jpg')).toThrow(new UsageError(complaint('b.jpg')));
      expect(() => parse('-h')).toThrow(new UsageError(complaint('-h')));
    });

    test('--help shows its place', () => {
      const text = helpText({ about: 'A die.' }, withPhoto, 'dice.ts');
      expect(text).toContain('npx ts-node dice.ts [PHOTO] [flags]');
      expect(text).toMatch(/--photo PATH +what to look at/);
      expect(helpText({ about: 'A die.' }, options, 'dice.ts')).toContain('npx ts-node dice.ts [flags]');
    });
  });

  test.each([
    ['--colour blue', '--colour: expected one of white, red, got "blue"'],
    ['--quick --full', '--quick and --full exclude each other'],
    ['--device tpu', '--device: expected one of cpu, gpu, got "tpu"'],
  ])('and exit 2: %s', async (args, line) => {
    expect(await dice(args)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
  });
});

describe.concurrent('a failure', () => {
  test('of the kind a reader can mend is one line with its place, exit 1', async () => {
    const { code, stderr } = await dice('--read-from shapes');
    expect(stderr).toMatch(/^error: matmul: inner sizes differ: \[2,3\] @ \[4,5\] \(3 vs 4\) \(dice\.ts:\d+\)\n$/);
    expect(code).toBe(1);
  });

  test('to open a file names it', async () => {
    const { code, stderr } = await dice('--read-from no/such/file');
    expect(stderr).toBe('error: no/such/file: no such file or folder\n');
    expect(code).toBe(1);
  });

  test('to write figures is told before the work begins', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, stdout, stderr } = await runScript(script, ['--out', join(file, 'figures')], { cwd });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(`${file}/figures: not a folder`);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  test('that is a bug shows its stack', async () => {
    const { code, stderr } = await dice('--read-from bug');
    expect(stderr).toMatch(/^TypeError: .+\n\s+at .*dice\.ts:\d+/);
    expect(code).toBe(1);
  });
});

describe.concurrent('--predict', () => {
  test('takes the answer from standard input, asks again after a bad one', async () => {
    const { code, stdout } = await dice('--predict --quick', { input: '4\nof few\n' });
    expect(code).toBe(0);
    expect(stdout).toContain('Which mean is larger?\n  1. of many throws\n  2. of few\n  3. neither\n');
    expect(stdout).toContain('"4" is none of these');
    expect(stdout).toContain('You predicted: of few. The experiment says: neither. Only its scatter shrinks.');
  });

  test('says who was right', async () => {
    const { stdout } = await dice('--predict --quick', { input: '3\n' });
    expect(stdout).toContain('You predicted: neither. You were right. Only its scatter shrinks.');
  });

  test('without an answer says so, exit 2', async () => {
    const { code, stderr } = await dice('--predict --quick');
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain('--predict needs an answer');
    expect(code).toBe(2);
  });

  test('is not needed: the verdict comes without it', async () => {
    expect((await dice('--quick')).stdout).toContain('The experiment says: neither.');
  });
});

test('Ctrl-C: one line, exit 130', async () => {
  const child = spawn(process.execPath, [require.resolve('ts-node/dist/bin'), script, '--endless', '--out', folder], {
    cwd,
  });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += text));
  child.stdout.once('data', () => child.kill('SIGINT'));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(stderr).toBe('stopped by Ctrl-C\n');
  expect(code).toBe(130);
});
