/**
 * Random numbers: Philox to the bit, one stream however it is divided, and the distributions drawn from it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bernoulli, Generator, manualSeed, rand, randint, randn, randperm, type Tensor } from '../../core';
import { philox } from '../../core/kernels/philox';

type Words = readonly [number, number, number, number];

/** Philox 4×32-10 once more, as the paper writes it, with whole numbers of any size. */
function philoxOfPaper(counter: Words, key: readonly [number, number]): number[] {
  const WORD = 2n ** 32n;
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const [left, right] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
    [c0, c1, c2, c3] = [(right / WORD) ^ c1 ^ k0, right % WORD, (left / WORD) ^ c3 ^ k1, left % WORD];
    k0 = (k0 + 0x9e3779b9n) % WORD;
    k1 = (k1 + 0xbb67ae85n) % WORD;
  }
  return [c0, c1, c2, c3].map(Number);
}

const generator = (seed = 1): Generator => new Generator(seed);
const values = (t: Tensor): number[] => [...t.dataSync()];

describe('Philox 4×32-10', () => {
  test('the paper’s formula gives the known answers of Random123 (kat_vectors)', () => {
    const ALL = 0xffffffff;
    const PI: Words = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
    expect(philoxOfPaper([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect(philoxOfPaper([ALL, ALL, ALL, ALL], [ALL, ALL])).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
    expect(philoxOfPaper(PI, [0xa4093822, 0x299f31d0])).toEqual([0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]);
  });

  test('the core’s version agrees with it, for every seed and counter', () => {
    const upTo53 = fc.maxSafeNat();
    fc.assert(
      fc.property(upTo53, upTo53, (seed, counter) => {
        const split = (n: number): [number, number] => [n % 2 ** 32, Math.floor(n / 2 ** 32)];
        const block = new Uint32Array(4);
        philox(seed, counter, block);
        expect([...block]).toEqual(philoxOfPaper([...split(counter), 0, 0], split(seed)));
      }),
      {
        numRuns: 1000,
        examples: [
          [0, 0],
          [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
          [2 ** 32, 2 ** 32 - 1],
        ],
      },
    );
  });
});

describe('the stream', () => {
  const draws = {
    rand,
    randn,
    randint: (shape: number[], options: object) => randint(0, 10, shape, options),
    bernoulli: (shape: number[], options: object) => bernoulli(0.4, shape, options),
  };

  test.each(Object.entries(draws))('%s: is the same however it is divided', (_, draw) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 5 }), (blocks) => {
        const [one, many] = [generator(7), generator(7)];
        const whole = values(draw([4 * blocks.reduce((sum, n) => sum + n, 0)], { generator: one }));
        const parts = blocks.flatMap((n) => values(draw([n, 4], { generator: many })));
        expect(parts).toEqual(whole);
        expect(many.state).toEqual(one.state);
      }),
    );
  });

  test('a draw takes whole blocks of four, so the next one starts on a fresh block', () => {
    const g = generator();
    const first = values(rand([3], { generator: g }));
    const second = values(rand([3], { generator: g }));
    expect([...first, ...second]).toEqual(
      [0, 1, 2, 4, 5, 6].map((i) => values(rand([8], { generator: generator() }))[i]),
    );
  });

  test('the shape and the dtype make no difference', () => {
    const flat = values(rand([6], { generator: generator() }));
    expect(values(rand([2, 3], { generator: generator() }))).toEqual(flat);
    expect(values(rand([6], { generator: generator(), dtype: 'float64' }))).toEqual(flat);
  });

  test('one generator does not disturb another', () => {
    const [a, b] = [generator(1), generator(2)];
    const first = values(rand([4], { generator: a }));
    rand([100], { generator: b });
    expect([...first, ...values(rand([4], { generator: a }))]).toEqual(values(rand([8], { generator: generator(1) })));
  });

  test('different seeds, different numbers', () => {
    const seeds = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    const firsts = seeds.map((seed) => values(randint(0, 2 ** 31 - 1, [4], { generator: generator(seed) })).join());
    expect(new Set(firsts).size).toBe(seeds.length);
  });

  test('manualSeed starts it anew, for everything that has no generator of its own', () => {
    const draw = () => [rand([3]), randn([3]), randint(0, 9, [3]), bernoulli(0.5, [9]), randperm(9)].map(values);
    manualSeed(42);
    const first = draw();
    expect(draw()).not.toEqual(first);
    manualSeed(42);
    expect(draw()).toEqual(first);
  });

  test('its state can be put back', () => {
    const g = generator();
    rand([5], { generator: g });
    const { state } = g;
    const expected = values(rand([5], { generator: g }));
    g.state = state;
    expect(values(rand([5], { generator: g }))).toEqual(expected);
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => manualSeed(seed)).toThrow(new Error(`manualSeed: a seed is a whole number from 0 up, not ${seed}`));
  });
});

const N = 100_000;
const mean = (xs: number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
/** Within four standard errors, which a right generator misses once in 16,000 seeds. */
const near = (xs: number[], expected: number, deviation: number): boolean =>
  Math.abs(mean(xs) - expected) < (4 * deviation) / Math.sqrt(xs.length);

describe('uniform numbers', () => {
  const xs = values(rand([N], { generator: generator(5) }));

  test('lie in [0, 1), on multiples of 2⁻²⁴', () => {
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs)).toBeLessThan(1);
    expect(xs.every((x) => Number.isInteger(x * 2 ** 24))).toBe(true);
  });

  test('have the moments of a uniform distribution', () => {
    expect(near(xs, 1 / 2, Math.sqrt(1 / 12))).toBe(true);
    expect(
      near(
        xs.map((x) => x ** 2),
        1 / 3,
        Math.sqrt(4 / 45),
      ),
    ).toBe(true);
    expect(
      near(
        xs.slice(1).map((x, i) => x * xs[i]),
        1 / 4,
        Math.sqrt(7 / 144),
      ),
    ).toBe(true); // neighbours are independent
  });
});

describe('normal numbers', () => {
  const xs = values(randn([N], { generator: generator(5), dtype: 'float64' }));

  test.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ])('moment %d is %d', (power, expected, variance) => {
    expect(
      near(
        xs.map((x) => x ** power),
        expected,
        Math.sqrt(variance),
      ),
    ).toBe(true);
  });

  test('neighbours are independent, also those of one pair', () => {
    for (const distance of [1, 2, 4])
      expect(
        near(
          xs.slice(distance).map((x, i) => x * xs[i]),
          0,
          1,
        ),
      ).toBe(true);
  });

  test('are always finite', () => {
    expect(xs.every(Number.isFinite)).toBe(true);
    expect(Math.max(...xs)).toBeGreaterThan(3.5);
  });

  test('in float32 are those of float64, to 1e-6', () => {
    const single = values(randn([xs.length], { generator: generator(5) }));
    const differences = single.map((x, i) => Math.abs(x - xs[i]));
    expect(Math.max(...differences)).toBeLessThan(1e-6);
    expect(Math.max(...differences)).toBeGreaterThan(0);
  });
});

describe('bernoulli', () => {
  test('is 1 exactly where the 32 bits lie below p · 2³²', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (p, seed) => {
        const expected = [0, 1, 2]
          .flatMap((counter) => philoxOfPaper([counter, 0, 0, 0], [seed, 0]))
          .map((bits) => (bits < Math.floor(p * 2 ** 32) ? 1 : 0));
        expect(values(bernoulli(p, [12], { generator: generator(seed) }))).toEqual(expected);
      }),
    );
  });

  test('is sharp at the threshold', () => {
    const bits = philoxOfPaper([0, 0, 0, 0], [1, 0]);
    const at = (threshold: number): number[] =>
      values(bernoulli(threshold / 2 ** 32, [4], { generator: generator(1) }));
    for (const [lane, own] of bits.entries()) expect([at(own)[lane], at(own + 1)[lane]]).toEqual([0, 1]);
  });

  test('never and always mean what they say', () => {
    expect(mean(values(bernoulli(0, [1000])))).toBe(0);
    expect(mean(values(bernoulli(1, [1000])))).toBe(1);
  });

  test('gives int32, and refuses what is no probability', () => {
    expect(bernoulli(0.5, [1]).dtype).toBe('int32');
    for (const p of [-0.1, 1.1, Number.NaN])
      expect(() => bernoulli(p, [1])).toThrow(new Error(`bernoulli: a probability lies in [0, 1], not ${p}`));
  });
});

describe('whole numbers', () => {
  test('cover their range evenly and nothing else', () => {
    const xs = values(randint(-2, 3, [N], { generator: generator(5) }));
    expect(new Set(xs)).toEqual(new Set([-2, -1, 0, 1, 2]));
    for (const n of [-2, -1, 0, 1, 2])
      expect(
        near(
          xs.map((x) => (x === n ? 1 : 0)),
          1 / 5,
          Math.sqrt(4 / 25),
        ),
      ).toBe(true);
  });

  test('refuse an empty or broken range', () => {
    expect(() => randint(3, 3, [1])).toThrow(new Error('randint: no whole number lies in [3, 3)'));
    expect(() => randint(0, 1.5, [1])).toThrow(new Error('randint: no whole number lies in [0, 1.5)'));
  });

  test('randperm has every number once, in an order that depends on the seed', () => {
    const order = values(randperm(100, { generator: generator(1) }));
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(values(randperm(100, { generator: generator(1) }))).toEqual(order);
    expect(values(randperm(100, { generator: generator(2) }))).not.toEqual(order);
    expect(values(randperm(0))).toEqual([]);
  });

  test('every order of three is equally likely', () => {
    const g = generator(9);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = values(randperm(3, { generator: g })).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt((6000 * 5) / 36));
  });
});
