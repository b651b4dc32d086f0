/**
 * The first page: what is saved comes back, what is frozen stays, changes of pictures do what they say, scripts run.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { manualSeed, nn } from '../../core';
import { runScript } from '../../tools/run';
import { chances, colourJitter, mirror, type Picture, turned, upsideDown } from './augmentations';
import { winner } from './cases';
import { TASKS } from './series';
import { examples, extractFeatures, fineTune, load, newBase, newHead, save } from './strategies';
import { compare, epochsFor, NEW, newClasses } from './transfer';

const out = mkdtempSync(join(tmpdir(), 'transfer-'));
afterAll(() => rmSync(out, { recursive: true }));

const weightsOf = (part: nn.Module): number[][] => part.parameters().map((weight) => [...weight.dataSync()]);

describe('a base and a head', () => {
  const file = join(out, 'base.safetensors');
  const seen = examples(8, NEW, 1);

  test('the network has as many weights as the lesson says', () => {
    expect(new nn.Sequential(newBase(), newHead(6)).parameterCount()).toBe(22_646);
    expect(newHead(4).parameterCount()).toBe(132);
    expect(Object.values(TASKS).map(({ make }) => make().parameterCount())).toEqual([1313, 3409]);
  });

  test('what was saved comes back', async () => {
    manualSeed(0);
    const network = new nn.Sequential(newBase(), newHead(6));
    await save(network, file);
    expect(weightsOf(await load(file))).toEqual(weightsOf(network));
  });

  test('a frozen base stays as it is; fine-tuning changes all but its lowest block', async () => {
    const [before] = (await load(file)).layers as [nn.Sequential];
    const network = await extractFeatures(file, seen, 4, { epochs: 2, rate: 1e-2 });
    const [base] = network.layers as [nn.Sequential];
    expect(weightsOf(base)).toEqual(weightsOf(before));
    await fineTune(network, seen, { epochs: 2, rate: 1e-3 });
    const changed = base.layers.map(
      (block, i) => weightsOf(block as nn.Module).join() !== weightsOf(before.layers[i] as nn.Module).join(),
    );
    expect(changed).toEqual([false, true, true, true]);
  });

  test('few pictures are gone through more often', () => {
    expect([epochsFor(20, 3000), epochsFor(80, 3000), epochsFor(2000, 3000)]).toEqual([150, 38, 8]);
  });

  test('each way is judged at the rate that did best on the pictures set aside', async () => {
    const task = newClasses(0, 2, 40);
    const outcomes = await compare(0, file, task, { shown: 16, rates: [1e-9, 1e-2] });
    for (const { tried, rate } of Object.values(outcomes))
      expect(rate).toBe([1e-9, 1e-2][tried.indexOf(Math.max(...tried))]);
    const again = await compare(0, file, task, { shown: 16, rates: [outcomes['from scratch'].rate] });
    expect(again['from scratch'].accuracy).toBe(outcomes['from scratch'].accuracy);
  });

  test('the winner is the most accurate', () => {
    const outcome = (accuracy: number) => ({ tried: [accuracy], rate: 1e-3, accuracy });
    expect(winner({ 'from scratch': outcome(0.5), 'frozen base': outcome(0.7), 'fine-tuned': outcome(0.6) })).toBe(
      'frozen base',
    );
  });
});

describe('changes of a picture', () => {
  const picture: Picture = { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), side: 3 };
  const rounded = ({ values }: Picture): number[] => [...values].map((value) => Math.round(1e4 * value) / 1e4);

  test('flips and turns, by hand', () => {
    expect(rounded(mirror(picture))).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
    expect(rounded(upsideDown(picture))).toEqual([7, 8, 9, 4, 5, 6, 1, 2, 3]);
    expect(rounded(turned(picture, Math.PI / 2))).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3]);
  });

  test('both flips are half a turn: a 6 becomes a 9', () => {
    expect(rounded(mirror(upsideDown(picture)))).toEqual(rounded(turned(picture, Math.PI)));
  });

  test('colours stay between 0 and 1', () => {
    manualSeed(0);
    const chance = chances();
    const bright = { values: Float32Array.from({ length: 27 }, (_, i) => i / 26), side: 3 };
    for (let i = 0; i < 50; i++)
      for (const value of colourJitter(bright, chance).values) expect(value >= 0 && value <= 1).toBe(true);
  });
});

const run = (name: string, args: string[], input?: string) =>
  runScript(`chapters/08-transfer-learning/${name}.ts`, [...args, '--out', out], { input, env: { DATASETS_DIR: '' } });

const SMALL = ['--pretraining', '60', '--shown', '100', '--rates', '0.001', '--test', '40'];

const SCRIPTS: [name: string, args: string[], figures: string[]][] = [
  ['cases', [...SMALL, '--few', '2', '--many', '3'], []],
  ['augment', ['--per-class', '2', '--epochs', '3'], ['augment']],
  ['series', ['--pretraining', '100', '--epochs', '2'], ['series']],
];

describe.concurrent('scripts', { timeout: 120_000 }, () => {
  test.each(SCRIPTS)('%s runs, draws, and says what to do next', async (name, args, figures) => {
    const { code, stdout } = await run(name, args);
    expect(code).toBe(0);
    for (const figure of figures) expect(existsSync(join(out, `${figure}.png`)), figure).toBe(true);
    expect(stdout).toMatch(/\nNext: np/);
  });

  test('a prediction', async () => {
    const { code, stdout } = await run('transfer', [...SMALL, '--per-class', '1,20', '--predict'], '20\n');
    expect(code).toBe(0);
    expect(stdout).toContain('You predicted: 20.');
    expect(existsSync(join(out, 'transfer.png'))).toBe(true);
  });

  test('wrong flags get one line and exit code 2', async () => {
    const bad = [
      ['transfer', '--per-class', '5,10'],
      ['cases', '--few', '0'],
      ['augment', '--epochs', 'many'],
      ['series', '--fews', '3'],
    ];
    for (const [name, ...args] of bad) {
      const { code, stdout, stderr } = await run(name, args);
      expect([code, stdout], name).toEqual([2, '']);
      expect(stderr.trim().split('\n'), name).toHaveLength(1);
    }
  });
});
