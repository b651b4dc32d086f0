/**
 * Iris: generated flowers have the species' means and covariances; a real file is read, a damaged one refused.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Generator } from '../../core';
import { iris } from '../../datasets';
import { temporaryFolder } from '../io/folder';

afterEach(() => vi.unstubAllEnvs());

describe('without a real file', () => {
  test('there are 50 flowers of each species, measured to a millimetre', async () => {
    vi.stubEnv('DATASETS_DIR', '');
    const { x, y, features, species, source } = await iris({ generator: new Generator(1) });
    expect([x.shape, y.shape, y.dtype]).toEqual([[150, 4], [150], 'int32']);
    expect([...y.dataSync()]).toEqual(Array.from({ length: 150 }, (_, i) => Math.floor(i / 50)));
    expect([features.length, species]).toEqual([4, ['setosa', 'versicolor', 'virginica']]);
    expect(source).toContain('generated iris flowers');
    for (const length of x.dataSync()) {
      expect(length).toBeGreaterThan(0.09);
      expect(10 * length).toBeCloseTo(Math.round(10 * length), 4);
    }
    expect((await iris({ generator: new Generator(1) })).x.arraySync()).toEqual(x.arraySync());
    expect((await iris({ generator: new Generator(2) })).x.arraySync()).not.toEqual(x.arraySync());
  });

  test('they have the means and covariances of the species', async () => {
    vi.stubEnv('DATASETS_DIR', join(__dirname, 'nowhere'));
    const generator = new Generator(4);
    const flowers: number[][] = []; // versicolor, of which no length comes near the smallest
    for (let i = 0; i < 60; i++)
      flowers.push(...((await iris({ generator })).x.arraySync() as number[][]).slice(50, 100));
    const mean = [0, 1, 2, 3].map((feature) => flowers.reduce((sum, row) => sum + row[feature], 0) / flowers.length);
    const covariance = (a: number, b: number) =>
      flowers.reduce((sum, row) => sum + (row[a] - mean[a]) * (row[b] - mean[b]), 0) / flowers.length;
    [5.936, 2.77, 4.26, 1.326].forEach((expected, feature) => {
      expect(mean[feature]).toBeCloseTo(expected, 1);
    });
    expect(covariance(0, 0)).toBeCloseTo(0.266, 1);
    expect(covariance(2, 0) / Math.sqrt(covariance(0, 0) * covariance(2, 2))).toBeCloseTo(0.754, 1); // correlations
    expect(covariance(3, 2) / Math.sqrt(covariance(3, 3) * covariance(2, 2))).toBeCloseTo(0.787, 1);
    expect(covariance(1, 0) / Math.sqrt(covariance(1, 1) * covariance(0, 0))).toBeCloseTo(0.526, 1);
  });
});

describe('with a real file', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'tabular', 'iris.csv');
  const lines = Array.from({ length: 150 }, (_, i) => `${(i + 43) / 10},3.5,1.4,0.2,${Math.floor(i / 50)}`);
  const write = (content: readonly string[]) => {
    mkdirSync(join(folder, 'tabular'), { recursive: true });
    writeFileSync(path, `${content.join('\n')}\n`);
    vi.stubEnv('DATASETS_DIR', folder);
  };

  test('its flowers are taken', async () => {
    write(['150,4,setosa,versicolor,virginica', ...lines]);
    const { x, y, source } = await iris();
    expect(source).toBe('150 iris flowers (Fisher 1936)');
    expect((x.arraySync() as number[][])[7].map((value) => Math.round(10 * value))).toEqual([50, 35, 14, 2]);
    expect(y.sum().itemSync()).toBe(150);
  });

  const head = '150,4,setosa,versicolor,virginica';
  test.each<[what: string, content: string[], message: string]>([
    ['nothing', [], 'it has 0 flowers instead of 150'],
    ['fewer flowers', [head, ...lines.slice(0, 149)], 'it has 149 flowers instead of 150'],
    ['more flowers', [head, ...lines, '1,1,1,1,3'], 'it has 151 flowers instead of 150'],
    [
      'a word',
      [head, ...lines.slice(0, 9), '1,2,x,3,0', ...lines.slice(10)],
      'line 11 should have four lengths and the label 0',
    ],
    [
      'another label',
      [head, ...lines.slice(0, 70), '1,2,3,4,2', ...lines.slice(71)],
      'line 72 should have four lengths and the label 1',
    ],
    ['a negative length', [head, '-1,2,3,4,0', ...lines.slice(1)], 'line 2 should have four lengths'],
    ['fewer columns', ['150,3,a', '1,2,0'], 'line 2 should have four lengths and the label 0'],
    ['lines of different lengths', [head, '1,2,3'], 'line 2 has 3 fields, the first line 5'],
  ])('%s in it is told in one line', async (_, content, message) => {
    write(content);
    await expect(iris()).rejects.toThrow(`${path}: ${message}`);
  });
});
