/**
 * Chapter 02: the curriculum's values, the numbers in the lesson's prose, and the scripts as a reader runs them.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { manualSeed, noGrad, ops, randn, type Tensor, tensor } from '../../core';
import { runScript } from '../../tools/run';
import { network, timeOf, X } from './batches';
import { loss, meet, meetings } from './broadcasting';
import { forward, forwardWithTensors, ourNetwork } from './by-hand';
import { collapse, randomLayers, through } from './layers';
import { answered, unanswered } from './mistakes';
import { multiplyAdds, pairs, parameters } from './mlp';
import { placeOf, sample, views } from './tensors';

const lesson = readFileSync('chapters/02-forward-pass/README.md', 'utf8');

const expectNear = (actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 6): void => {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i], digits);
};

describe('the network worked by hand', () => {
  const { z, h, logits, p } = forward([2, 1, -1, 3]);

  test('has the values of the curriculum', () => {
    expectNear(z, [0.7, 0.9, 1.2], 14);
    expectNear(h, [0.7, 0.9, 1.2], 14);
    expectNear(logits, [0.6, 0.67], 14);
    expect(p.map((value) => value.toFixed(8))).toEqual(['0.48250714', '0.51749286']);
  });

  test('says the same with tensors and with layers', async () => {
    const x = tensor([2, 1, -1, 3]);
    for (const scores of [forwardWithTensors(x), (await ourNetwork()).forward(x)]) {
      expectNear(scores.dataSync(), logits);
      expectNear(scores.softmax().dataSync(), p);
    }
  });

  test('is silenced by another last input', () => {
    const other = forward([2, 1, -1, -3]);
    expectNear(other.z, [-1.7, 2.1, -1.8], 14);
    expectNear(other.h, [0, 2.1, 0], 14);
  });

  test('is sure of the second class by 51.7 %, as the lesson says', () => {
    expect(lesson).toContain(`with ${(100 * p[1]).toFixed(1)} %`);
  });
});

describe('tensors', () => {
  const placesOf = (t: Tensor): number[] =>
    t.shape
      .reduce<number[][]>(
        (indices, extent) => indices.flatMap((index) => Array.from({ length: extent }, (_, i) => [...index, i])),
        [[]],
      )
      .map((index) => placeOf(t, ...index));

  test.each(Object.entries(views(sample())))('%s shows the places its strides lead to', (_, view) => {
    const values = [...view.dataSync()];
    expect(placesOf(view).map((place) => 10 * place)).toEqual(values); // the sample holds 10 times its place
  });

  test('views share memory, and a reshape of the transposed does not', () => {
    const x = sample();
    for (const view of Object.values(views(x))) expect(view.storage).toBe(x.storage);
    expect(x.transpose().reshape(2, 6).storage).not.toBe(x.storage);
  });

  test('float32 ends counting at 2²⁴', () => {
    expect(
      tensor(2 ** 24)
        .add(1)
        .itemSync(),
    ).toBe(2 ** 24);
    expect(
      tensor(2 ** 24)
        .add(2)
        .itemSync(),
    ).toBe(2 ** 24 + 2);
  });

  test('no operation writes into its input', () => {
    const x = tensor([1, 2]);
    x.add(1);
    expect([...x.dataSync()]).toEqual([1, 2]);
  });
});

describe('broadcasting', () => {
  test('follows the rule as the lesson draws it', () => {
    expect(meet([3, 4], [4])).toBe('[3,4]');
    expect(meet([3, 4], [3, 1])).toBe('[3,4]');
    expect(meet([3, 1], [4])).toBe('[3,4]');
    expect(meet([2, 3, 4], [3, 1])).toBe('[2,3,4]');
    expect(meet([3, 4], [3])).toBe('an error');
  });

  test('takes the mean off each row', () => {
    const { result } = meetings()[1];
    expectNear(result.sum(1).dataSync(), [0, 0, 0]);
  });

  test('makes the wrong loss of a perfect model twice the variance, and the mean its best answer', () => {
    const targets = tensor([1, 2, 3, 6]);
    const perfect = targets.reshape(4, 1);
    const always = (value: number) => loss(tensor([[value], [value], [value], [value]]), targets).itemSync();
    const variance = targets.var(undefined, { unbiased: false }).itemSync();
    expect(loss(perfect.reshape(4), targets).itemSync()).toBe(0);
    expect(loss(perfect, targets).itemSync()).toBeCloseTo(2 * variance, 5);
    expect(always(3)).toBeCloseTo(variance, 5);
    for (const value of [2.9, 3.1]) expect(always(value)).toBeGreaterThan(always(3));
  });

  test('is refused by mseLoss', () => {
    expect(() => ops.mseLoss(tensor([[1], [2]]), tensor([1, 2]))).toThrow('mseLoss: the prediction has shape [2,1]');
  });
});

describe('batches', () => {
  test('answer row by row what each input gets alone', async () => {
    const model = await ourNetwork();
    const together = model.forward(tensor(X));
    X.forEach((x, i) => {
      expectNear(together.slice(i).dataSync(), model.forward(tensor(x)).dataSync());
    });
  });

  test('are faster than a loop', () => {
    const model = network([4, 3, 2]);
    const batch = randn([256, 4]);
    const rows = batch.split(1);
    const loop = timeOf(() => noGrad(() => rows.map((x) => model.forward(x))));
    const atOnce = timeOf(() => noGrad(() => model.forward(batch)));
    expect(loop / atOnce).toBeGreaterThan(3);
  });
});

describe('layers', () => {
  manualSeed(7);
  const layers = randomLayers([2, ...Array(9).fill(16), 1]);
  const x = tensor([
    [0, 0],
    [1, -2],
    [0.3, 2.5],
  ]);

  test('collapse into one without an activation', () => {
    const deep = through(layers, x, (z) => z).dataSync();
    const one = collapse(layers);
    expect(one.W.shape).toEqual([2, 1]);
    expectNear(x.matmul(one.W).add(one.b).dataSync(), deep, 3);
  });

  test('do not collapse with one', () => {
    // three points on a line, at equal distances: a straight function has the mean of the outer two in the middle
    const line = tensor([
      [-2, 1],
      [0, 0.5],
      [2, 0],
    ]);
    const bend = (network: (x: Tensor) => Tensor) => {
      const [a, b, c] = network(line).dataSync();
      return Math.abs((a + c) / 2 - b);
    };
    expect(bend((points) => through(layers, points, (z) => z))).toBeLessThan(1e-3);
    expect(bend((points) => through(layers, points, (z) => z.relu()))).toBeGreaterThan(0.01);
  });

  test('have 2,241 parameters that could be three, as the lesson says', () => {
    const count = layers.reduce((sum, { W, b }) => sum + W.size + b.size, 0);
    expect(lesson).toContain(`${count.toLocaleString('en')} parameters, and the same could be said with three`);
  });
});

describe('counting', () => {
  const total = (sizes: number[], count: typeof parameters) =>
    pairs(sizes).reduce((sum, [inputs, outputs]) => sum + count(inputs, outputs), 0);
  const digits = [784, 128, 64, 10];

  test.each([[[4, 3, 2]], [digits], [[5, 1]]])('%j has as many parameters as the model says', (sizes) => {
    expect(network(sizes).parameterCount()).toBe(total(sizes, parameters));
  });

  test('gives the numbers of the lesson', () => {
    expect(total([4, 3, 2], parameters)).toBe(23);
    expect(total([4, 3, 2], multiplyAdds)).toBe(18);
    expect(total(digits, parameters)).toBe(109_386);
    expect(total(digits, multiplyAdds)).toBe(109_184);
    expect(lesson).toContain('23 in the network worked by hand; 109,386 for digits | 18; 109,184');
    expect((60_000 * 109_184) / 1e9).toBeCloseTo(6.55, 2);
  });
});

describe('mistakes', () => {
  test.each(answered().map((run) => [run.toString(), run]))('%s is answered', async (_, run) => {
    await expect((async () => run())()).rejects.toThrow(/^\w+: .{20,}/);
  });

  test.each(unanswered())('$written is not, and its numbers are wrong', ({ written, meant }) => {
    const [wrong, right] = [written(), meant()];
    expect(wrong.shape).toEqual(right.shape);
    expect(wrong.arraySync()).not.toEqual(right.arraySync());
  });
});

describe.concurrent('the scripts', () => {
  const out = mkdtempSync(join(tmpdir(), 'chapter-02-'));
  afterAll(() => rmSync(out, { recursive: true }));
  const run = (name: string, args: string[], input?: string) =>
    runScript(`chapters/02-forward-pass/${name}.ts`, args, { input });

  test.each([
    ['by-hand', 'p1 = 1.82211880 / 3.77635612 = 0.48250714', ['by-hand']],
    ['tensors', 'element (1, 2) lies at place 6 and is 60', ['memory', 'views']],
    ['broadcasting', 'perfect            0.000         7.000', ['broadcasting', 'perfect-model']],
    ['batches', 'Time for one input, layers 4-3-2', ['batch', 'loop-or-batch']],
    ['layers', 'The experiment says: a straight line.', ['layers']],
    ['mlp', 'in all: 109386 parameters, 109184 multiply-adds', ['mlp', 'parameters']],
    ['mistakes', 'matmul: inner sizes differ', []],
  ])('%s runs and draws', async (name, line, figures) => {
    const folder = join(out, name);
    const { code, stdout, stderr } = await run(name, ['--quick', '--out', folder]);
    expect({ code, stderr: stderr.replace(/^measuring.*\n/gm, '') }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(line);
    expect(readdirSync(folder).sort()).toEqual(figures.flatMap((figure) => [`${figure}.png`, `${figure}.svg`]).sort());
  });

  test.each([
    ['by-hand', ['--input', '1,2'], '--input: expected 4 numbers'],
    ['by-hand', ['--inputs', '1,2,3,4'], 'did you mean --input?'],
    ['tensors', ['--row', '3'], '--row: expected a whole number of at least 0 and at most 2'],
    ['mlp', ['--sizes', '784'], '--sizes: expected 2 or more whole numbers from 1 up'],
    ['batches', ['--sizes', '4,2.5'], '--sizes: expected 2 or more whole numbers from 1 up'],
    ['layers', ['--depth', '1'], '--depth: expected a whole number of at least 2'],
  ])('%s %j is refused in one line', async (name, args, line) => {
    const { code, stderr } = await run(name, args);
    expect(code).toBe(2);
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test.runIf(process.platform === 'linux')('a device that is not there is one line', async () => {
    const hidden = { VK_DRIVER_FILES: '/nowhere' }; // a GPU's driver says in lines of its own that it is not there
    const args = ['--device', 'gpu', '--out', out];
    const { code, stdout, stderr } = await runScript('chapters/02-forward-pass/tensors.ts', args, { env: hidden });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: useDevice: no GPU was found here \(npm run doctor .*\)\n$/m);
  });

  test.each([
    ['broadcasting', '1\n', 'You predicted: 0. The experiment says: more than 0.'],
    ['layers', 'a straight line\n', 'You predicted: a straight line. You were right.'],
  ])('%s judges the prediction %j', async (name, answer, verdict) => {
    const { stdout } = await run(name, ['--predict', '--quick', '--out', out], answer);
    expect(stdout).toContain(verdict);
  });
});
