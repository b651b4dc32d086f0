/**
 * Chapter 01: the exact values of the curriculum, every number that the lesson works by hand, and the programs as a
 * reader runs them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Generator, rand } from '../../core';
import { runScript } from '../../tools/run';
import { distanceToOrigin } from './decision-line';
import { type Neuron, neuronOfTensors, score, sigmoid, step } from './neuron';
import { blank, correct, type Example, errorOf, learn, truthTable } from './perceptron';
import { nearestOnLine, scoresAbove } from './pictures/plane';
import { hidden, xor } from './xor';

const MOVIE: Neuron = { weights: [0.6, 0.3, 0.1], bias: -0.5 };
const [FIRST, SECOND] = [
  [1, 0, 1],
  [0.5, 0.2, 0.8],
];

const AND = truthTable(2, [0, 0, 0, 1]);
const OR = truthTable(2, [0, 1, 1, 1]);
const XOR = truthTable(2, [0, 1, 1, 0]);

test('the movie example, exactly', () => {
  expect(score(MOVIE, FIRST)).toBeCloseTo(0.2, 12);
  expect(step(score(MOVIE, FIRST))).toBe(1);
  expect(sigmoid(0.2).toFixed(4)).toBe('0.5498');
  expect(score(MOVIE, SECOND)).toBeCloseTo(-0.06, 12);
  expect(step(score(MOVIE, SECOND))).toBe(0);
  expect(sigmoid(-0.06).toFixed(4)).toBe('0.4850');
});

test('the exponentials of the lesson', () => {
  expect(Math.exp(-0.2).toFixed(4)).toBe('0.8187');
  expect(Math.exp(0.06).toFixed(4)).toBe('1.0618');
});

test('the slope of the sigmoid is a·(1 − a), and a nudge of 0.01 moves the answer by 0.0025', () => {
  const a = sigmoid(0.2);
  expect((1 - a).toFixed(4)).toBe('0.4502');
  expect((a * (1 - a)).toFixed(4)).toBe('0.2475');
  for (const z of [-3, -0.06, 0, 0.2, 2.5]) {
    const numeric = (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5;
    expect(sigmoid(z) * (1 - sigmoid(z))).toBeCloseTo(numeric, 9);
  }
  expect((sigmoid(0.21) - a).toFixed(4)).toBe('0.0025');
});

test('the neuron of tensors agrees with the one by hand', async () => {
  for (const inputs of [FIRST, SECOND]) {
    const z = score(MOVIE, inputs);
    const tensors = neuronOfTensors(MOVIE, inputs);
    expect(await tensors.z.item()).toBeCloseTo(z, 6);
    expect(await tensors.yes.item()).toBe(step(z));
    expect(await tensors.sure.item()).toBeCloseTo(sigmoid(z), 6);
  }
});

test('the line lies at a right angle to the weights, at the distance that the figure names', () => {
  for (const neuron of [
    { weights: [0.6, 0.3], bias: -0.5 },
    { weights: [-0.4, 0.5], bias: -0.2 },
    { weights: [0, -2], bias: 1 },
  ]) {
    const foot = nearestOnLine(neuron, [0, 0]);
    expect(score(neuron, foot)).toBeCloseTo(0, 12);
    expect(Math.hypot(...foot)).toBeCloseTo(distanceToOrigin(neuron), 12);
    const along = [foot[0] + neuron.weights[1], foot[1] - neuron.weights[0]];
    expect(score(neuron, along)).toBeCloseTo(0, 12);
  }
});

test('the tinted side is where the score is above the threshold', () => {
  const plane = { size: 100, domain: [-1, 1] as [number, number] };
  expect(scoresAbove(plane, { weights: [1, 0], bias: 0 }, 0.5)).toEqual([
    [0.5, -1],
    [1, -1],
    [1, 1],
    [0.5, 1],
  ]);
  expect(scoresAbove(plane, { weights: [0, 0], bias: -1 }, 0)).toEqual([]);
  expect(scoresAbove(plane, { weights: [0, 0], bias: 1 }, 0)).toHaveLength(4);
});

test('a correction lifts the score of its own example by rate · (x·x + 1)', () => {
  const example = { x: [1, 1], y: 1 };
  const before = { weights: [-2, 0.5], bias: 0 };
  expect(score(correct(before, example, 0.5), example.x) - score(before, example.x)).toBeCloseTo(0.5 * 3, 12);
});

test('AND takes ten corrections and OR four; both are learned', () => {
  const corrections = (examples: Example[]) => {
    const { learned, passes } = learn(examples, blank(2));
    expect(learned).toBe(true);
    const { neuron } = passes[passes.length - 1];
    for (const example of examples) expect(errorOf(neuron, example)).toBe(0);
    return passes.flatMap((pass) => pass.corrections);
  };
  const and = corrections(AND);
  expect(and).toHaveLength(10);
  expect(and[0].after).toEqual({ weights: [1, 1], bias: 1 });
  expect(and[1]).toMatchObject({ example: { x: [0, 0] }, after: { weights: [1, 1], bias: 0 } });
  expect(and[9].after).toEqual({ weights: [2, 1], bias: -2 });
  expect(score(and[9].after, [1, 0])).toBe(0); // the line runs through this point
  expect(corrections(OR)).toHaveLength(4);
});

test("Novikoff's bound for AND is 51", () => {
  const v = [2, 2, -3].map((value) => value / Math.sqrt(17));
  const margins = AND.map(({ x, y }) => (y === 1 ? 1 : -1) * (v[0] * x[0] + v[1] * x[1] + v[2]));
  const gamma = Math.min(...margins);
  const longest = Math.max(...AND.map(({ x }) => x[0] ** 2 + x[1] ** 2 + 1));
  expect(gamma).toBeCloseTo(1 / Math.sqrt(17), 12);
  expect(longest / gamma ** 2).toBeCloseTo(51, 9);
});

test('at XOR the neuron comes back to where it was after pass 2', () => {
  const { learned, passes } = learn(XOR, blank(2));
  expect(learned).toBe(false);
  expect(passes).toHaveLength(3);
  expect(passes[2].neuron).toEqual(passes[1].neuron);
  expect(passes[2].corrections).toHaveLength(4);
});

test('without a bias AND is not learned: the neuron comes back to where it was, and is wrong there', () => {
  const seen = new Set<string>();
  let neuron = blank(2);
  while (!seen.has(JSON.stringify(neuron))) {
    seen.add(JSON.stringify(neuron));
    for (const example of AND) neuron = { ...correct(neuron, example), bias: 0 };
  }
  expect(AND.some((example) => errorOf(neuron, example) !== 0)).toBe(true);
});

test('fourteen of sixteen gates with two inputs can be learned, 104 of 256 with three', () => {
  for (const [inputs, expected] of [
    [2, 14],
    [3, 104],
  ]) {
    const questions = 2 ** inputs;
    let learned = 0;
    for (let gate = 0; gate < 2 ** questions; gate++) {
      const answers = Array.from({ length: questions }, (_, i) => (gate >> i) & 1);
      if (learn(truthTable(inputs, answers), blank(inputs)).learned) learned++;
    }
    expect(learned).toBe(expected);
  }
});

test('three neurons do XOR', () => {
  for (const { x, y } of XOR) expect(xor(x)).toBe(y);
  expect(hidden([0, 1])).toEqual([1, 1]);
  expect(hidden([1, 1])).toEqual([1, 0]);
});

/** Evenings as in taste.ts, the genre counted from 0 to `stretch`. */
function evenings(seed: number, stretch = 1): Example[] {
  const movies = rand([100, 3], { generator: new Generator(seed) }).arraySync() as number[][];
  return movies.map(([reviews, genre, actor]) => ({
    x: [reviews, stretch * genre, actor],
    y: step(score(MOVIE, [reviews, genre, actor])),
  }));
}

test('from 0 the rate changes nothing but the unit of the weights', () => {
  for (let seed = 0; seed < 5; seed++) {
    const [fast, slow] = [1, 0.01].map((rate) => learn(evenings(seed), blank(3), rate));
    const mistakes = ({ passes }: typeof fast) =>
      passes.map(({ corrections }) => corrections.map(({ example }) => example.x[0]));
    expect(mistakes(slow)).toEqual(mistakes(fast));
    const [ends, endsSlow] = [fast, slow].map(({ passes }) => passes[passes.length - 1].neuron);
    ends.weights.forEach((weight, i) => {
      expect(100 * endsSlow.weights[i]).toBeCloseTo(weight, 6);
    });
  }
});

test('an input of another size makes learning longer', () => {
  const passes = (stretch: number) => learn(evenings(0, stretch), blank(3)).passes.length;
  expect(passes(1)).toBe(14);
  expect(passes(10)).toBe(76);
  expect(passes(100)).toBe(383);
});

const figures = mkdtempSync(join(tmpdir(), 'neuron-'));
afterAll(() => rmSync(figures, { recursive: true }));

const run = (name: string, args: string[], input = '') =>
  runScript(`chapters/01-neuron/${name}.ts`, [...args, '--out', figures], { input });

test.concurrent.each([
  ['neuron', ['--inputs', '2,0.5', '--weights', '1.5,-4', '--bias', '1'], 'x2      0.5      -4           -2.00'],
  ['decision-line', [], 'distance from the origin  0.745'],
  ['decision-line', ['--weights', '0,1'], 'crosses the x1 axis at    nowhere'],
  ['perceptron', ['--gate', 'xor', '--rate', '0.1'], 'from here it goes round for ever'],
  ['taste', ['--quick', '--seed', '3'], 'The experiment says: exactly as often.'],
  ['gates', ['--inputs', '2'], 'Of two inputs, XOR and XNOR are beyond it.'],
] as [string, string[], string][])('%s %j', async (name, args, expected) => {
  const { code, stdout, stderr } = await run(name, args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain(expected);
});

test.concurrent('a prediction is asked for, and answered', async () => {
  const wrong = await run('taste', ['--predict'], '1\n');
  expect(wrong.stdout).toContain('You predicted: more often. The experiment says: exactly as often.');
});

test.concurrent.each([
  ['neuron', ['--input', '1,0,1'], 2, 'unknown flag --input: did you mean --inputs?'],
  ['neuron', ['--inputs', '1,2'], 1, '2 inputs need as many weights, not 3'],
  ['decision-line', ['--weights', '0,0'], 1, 'there is no line'],
  ['gates', ['--inputs', '5'], 2, '--inputs: expected a whole number of at least 1 and at most 4, got "5"'],
] as [string, string[], number, string][])('%s %j is refused in one line', async (name, args, exit, expected) => {
  const { code, stderr } = await run(name, args);
  expect(code).toBe(exit);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain(expected);
});
