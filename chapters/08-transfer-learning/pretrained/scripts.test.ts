/**
 * The scripts run, draw their figures, answer predictions, and refuse what is wrong in one line.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manualSeed } from '../../../core';
import { saveSafetensors } from '../../../core/io';
import { pictures } from '../../../datasets';
import { runScript } from '../../../tools/run';
import { MobileNetV2 } from '../mobilenet-v2';

const out = mkdtempSync(join(tmpdir(), 'pretrained-'));
afterAll(() => rmSync(out, { recursive: true }));

const run = (name: string, args: string[] = [], input?: string) =>
  runScript(`chapters/08-transfer-learning/${name}.ts`, [...args, '--out', out], { input, env: { DATASETS_DIR: '' } });

const weights = join(out, 'weights.safetensors');
const photo = join(out, 'photos/cat/0.png');

/** Weights of chance under the names of MobileNetV2, and a folder of pictures. */
beforeAll(async () => {
  manualSeed(0);
  const state = new MobileNetV2({ width: 0.35, classes: 12 }).stateDict();
  const named = Object.entries(state).filter(([name]) => !name.endsWith('num_batches_tracked'));
  await saveSafetensors(weights, Object.fromEntries(named));
  const { default: sharp } = await import('sharp');
  const { mkdirSync } = await import('node:fs');
  for (const [label, name] of ['cat', 'dog'].entries()) {
    mkdirSync(join(out, 'photos', name), { recursive: true });
    const { x } = pictures(5, { classes: [2 + label] });
    for (let i = 0; i < 5; i++) {
      const values = x.slice(i).permute(1, 2, 0).dataSync();
      const bytes = Uint8Array.from(values, (value) => Math.round(255 * value));
      const raw = { width: 32, height: 32, channels: 3 } as const;
      await sharp(bytes, { raw })
        .png()
        .toFile(join(out, 'photos', name, `${i}.png`));
    }
  }
});

const SMALL = ['--per-class', '8', '--testing', '8', '--epochs', '1'];

const SCRIPTS: [name: string, args: string[], figures: string[]][] = [
  [
    'separable',
    ['--channels', '6', '--filters', '9', '--side', '5', '--runs', '1'],
    ['separable', 'inverted-residual'],
  ],
  ['classify', [], ['classify']],
  ['conventions', ['--count', '16'], []],
  ['small', ['--count', '64', '--epochs', '1', '--test', '8', '--save', join(out, 'small.safetensors')], []],
  ['recipe', SMALL, ['recipe']],
  ['resnet-heads', [...SMALL, '--old', '64', '--old-epochs', '1'], ['resnet-heads']],
];

describe.concurrent('scripts', { timeout: 120_000 }, () => {
  test.each(SCRIPTS)('%s runs, draws, and says what to do next', async (name, args, figures) => {
    const { code, stdout, stderr } = await run(name, args);
    expect([code, stderr.replace(/^.*\d %.*\n/gm, '')]).toEqual([0, '']);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('a prediction', async () => {
    const args = ['--count', '32', '--epochs', '2', '--seeds', '1', '--predict'];
    const { code, stdout } = await run('forgotten', args, 'as before\n');
    expect(code).toBe(0);
    expect(stdout).toContain('You predicted: as before.');
    expect(stdout).toMatch(/^freeze\(\) +(\d\.\d+) +\1 /m);
  });

  test('a photo, weights and names', async () => {
    const names = join(out, 'names.txt');
    await writeFile(names, Array.from({ length: 12 }, (_, i) => `thing ${i}`).join('\n'));
    const picture = join(out, 'answer');
    const { code, stdout } = await run('classify', [
      photo,
      '--weights',
      weights,
      '--classes',
      names,
      '--picture',
      picture,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('MobileNetV2, width 0.35, 12 classes');
    expect(stdout.match(/^thing \d+ +0\.\d{3}$/gm)).toHaveLength(5);
    expect(existsSync(`${picture}.png`)).toBe(true);
  });

  test('a folder of pictures and weights', async () => {
    const args = ['--folder', join(out, 'photos'), '--weights', weights, '--side', '32', '--epochs', '1'];
    const { code, stdout } = await run('recipe', args);
    expect(code).toBe(0);
    expect(stdout).toContain('10 pictures of 2 classes');
    expect(stdout).toContain('base: MobileNetV2, width 0.35, 12 classes');
  });

  test('what cannot be is told in one line', async () => {
    const broken = join(out, 'broken.jpg');
    await writeFile(broken, 'no picture');
    const cases: [args: string[], code: number, message: string][] = [
      [[photo], 2, 'name the file of a network too'],
      [['--weights', weights], 2, 'name a photo too'],
      [[broken, '--weights', weights], 1, 'broken.jpg: it is no JPEG, PNG or WebP'],
      [[photo, '--weights', broken], 1, 'broken.jpg'],
      [[photo, '--weights', weights, '--classes', broken], 1, 'it names 1 classes, the network knows 12'],
    ];
    for (const [args, code, message] of cases) {
      const result = await run('classify', args);
      expect([result.code, result.stderr.trim().split('\n').length], message).toEqual([code, 1]);
      expect(result.stderr).toContain(message);
    }
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['forgotten', '--seed', 'x'],
      ['recipe', '--top', '7'],
      ['resnet-heads', '--side', '16'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
