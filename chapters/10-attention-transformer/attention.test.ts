/**
 * What the lesson claims of attention and the transformer: its sums by hand, its equalities, its experiments.
 */
import { describe, expect, test } from 'vitest';
import { gradCheck, manualSeed, nn, randn, tensor } from '../../core';
import { ARMS, lossByCounting } from './ablations';
import { evenLength, multiplyAdds, ofPaper, PAPER, parameters, total } from './cost';
import { compare, pairs, prepared } from './equal';
import { attend, dot, SENTENCES, softmax, WORDS } from './four-words';
import { HEADS, WORDS as LONG_WORDS, layerOf, look, ONE_HEAD, SENTENCE } from './heads';
import { changes, LOOKS, paddingLeak } from './masks';
import { reverse, shuffleAll } from './order';
import { accuracy, deal, gradientByDepth, learn, Network, WHOLE } from './rearrange';
import { measure } from './scaling';
import { attention, causalMask, multiHead, paddingMask, sinusoids } from './transformer';

const fixed = (values: number[], digits = 4) => values.map((value) => value.toFixed(digits)).join(' ');

describe('four words', () => {
  const readings = SENTENCES.map((sentence) => sentence.map((word) => WORDS[word]));

  test('the numbers worked by hand', () => {
    const { scores, weights, context } = attend(WORDS.bank, readings[0]);
    expect(scores).toEqual([0, 2, 2, 1.5]);
    expect(scores.map(Math.exp).reduce((a, b) => a + b)).toBeCloseTo(20.2598, 4);
    expect(fixed(weights)).toBe('0.0494 0.3647 0.3647 0.2212');
    expect(fixed(context)).toBe('1.4260 0.3647');
    expect(fixed(attend(WORDS.bank, readings[1]).context)).toBe('0.3647 1.4260');
  });

  test('the word that agrees with nobody gets the mean of all', () => {
    expect(attend(WORDS.the, readings[0]).context).toEqual([4.5 / 4, 1 / 4]);
  });

  test('transformer.ts says the same', async () => {
    const x = tensor(readings[0], { dtype: 'float64' });
    const [context] = attention(x, x, x, { scale: 1 });
    const expected = readings[0].flatMap((word) => attend(word, readings[0]).context);
    for (const [i, value] of [...(await context.data())].entries()) expect(value).toBeCloseTo(expected[i], 12);
  });
});

describe('scaling', () => {
  test('a product of d numbers of variance 1 has variance d', async () => {
    for (const d of [16, 256]) {
      manualSeed(0);
      const { spread } = await measure(d, { queries: 300, keys: 16 }, 1);
      expect(spread / Math.sqrt(d)).toBeCloseTo(1, 1);
    }
  });

  test('what gets back shrinks with the width, unless the scores are divided', async () => {
    const back = async (d: number, scale: number) => {
      manualSeed(1);
      return (await measure(d, { queries: 300, keys: 16 }, scale)).back;
    };
    expect(await back(1024, 1)).toBeLessThan((await back(4, 1)) / 5);
    expect(await back(1024, 1 / 32)).toBeGreaterThan(0.8 * (await back(4, 1 / 2)));
  });
});

describe('heads', () => {
  const sentence = SENTENCE.map((word) => LONG_WORDS[word]);

  test('two heads by hand are the layer of the core', async () => {
    const layer = layerOf(Object.values(HEADS)).to('float64');
    const x = tensor([sentence], { dtype: 'float64' });
    const rows = (await layer.forward(x, x, x)[0].array()) as number[][][];
    const byHand = Object.values(HEADS).map((head) => look(head, sentence));
    sentence.forEach((_, i) => {
      const expected = byHand.flatMap((looks) => looks[i].context);
      for (const [j, value] of rows[0][i].entries()) expect(value).toBeCloseTo(expected[j], 6);
    });
  });

  test('one head adds the scores of two, and multiplies their weights', () => {
    const [topic, who, both] = [HEADS.topic, HEADS.who, ONE_HEAD].map((head) => look(head, sentence)[3].weights);
    const product = topic.map((weight, i) => Math.log(weight * who[i]) / Math.SQRT2); // divided by 2, not by √2
    expect(fixed(softmax(product))).toBe(fixed(both));
  });
});

describe('masks', () => {
  test('with the causal mask what is behind cannot be felt, without or too late it can', async () => {
    manualSeed(3);
    const x = randn([5, 8]);
    const early = async (name: string) => Math.max(...(await changes(LOOKS[name], x)).slice(0, 4));
    expect(await early('causal mask')).toBe(0);
    expect(await early('no mask')).toBeGreaterThan(0.01);
    expect(await early('masked after softmax')).toBeGreaterThan(0.001);
    expect(await paddingLeak(x, true)).toBeLessThan(1e-6);
    expect(await paddingLeak(x, false)).toBeGreaterThan(0.01);
  });

  test('their shapes and values', async () => {
    expect(await causalMask(3).array()).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
    const mask = paddingMask([2, 3], 3);
    expect(mask.shape).toEqual([2, 1, 1, 3]);
    expect([...(await mask.data())]).toEqual([1, 1, 0, 1, 1, 1]);
  });
});

describe('by hand and from the core', () => {
  manualSeed(0);
  const all = pairs('float64');

  test.each(all.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    await prepared(one.layer, 'float64');
    const { values, gradients, compared } = await compare(one);
    expect(values).toBeLessThan(1e-12);
    expect(gradients).toBeLessThan(1e-12);
    expect(compared).toBe(one.layer.parameters().length + one.inputs.filter(({ dtype }) => dtype !== 'int32').length);
  });

  test('one weight taken for another is found', async () => {
    const one = pairs('float64').find(({ name }) => name === 'encoder block, norm first')!;
    await prepared(one.layer, 'float64');
    const { values, gradients } = await compare({
      ...one,
      byHand: (w, ...inputs) => {
        const wrong = w['norm1.weight'].mul(0).add(w['norm2.weight']);
        return one.byHand({ ...w, 'norm1.weight': wrong }, ...inputs);
      },
    });
    expect(values).toBeGreaterThan(1e-3);
    expect(gradients).toBeGreaterThan(1e-3);
  });

  test('the heads by hand pass the gradient check themselves', () => {
    manualSeed(5);
    const random = (...shape: number[]) => randn(shape, { dtype: 'float64', requiresGrad: true });
    const [weight, bias] = [random(18, 6), random(18)];
    const mixing = { 'out_proj.weight': random(6, 6), 'out_proj.bias': random(6) };
    const report = gradCheck(
      (x, w, b) => multiHead(x, x, { ...mixing, in_proj_weight: w, in_proj_bias: b }, 2, causalMask(3)),
      [random(2, 3, 6), weight, bias],
    );
    expect(report.message).toBe(report.passed ? report.message : '');
    expect(report.passed).toBe(true);
  });
});

describe('order', () => {
  test('without positions shuffled words get shuffled answers; positions or a causal mask end that', async () => {
    manualSeed(0);
    const [none, ...others] = await shuffleAll();
    expect(none.miss).toBeLessThan(1e-5);
    for (const { name, miss } of others) expect(miss, name).toBeGreaterThan(0.1);
  });

  test('the product of two places depends on their distance only', () => {
    const rows = sinusoids(100, 48);
    for (const offset of [0, 1, 5, 40]) {
      const first = dot(rows[0], rows[offset]);
      for (const t of [3, 17, 59]) expect(dot(rows[t], rows[t + offset])).toBeCloseTo(first, 10);
    }
    expect(dot(rows[7], rows[7])).toBeCloseTo(24, 10);
  });

  test('the last hand of the clock takes 47,117 places for a round', () => {
    expect(2 * Math.PI * 10000 ** (62 / 64)).toBeCloseTo(47117, -1);
  });

  test('sinusoids are those of the core', async () => {
    const table = await new nn.SinusoidalPositions(6).forward(tensor(sinusoids(9, 6), { dtype: 'float64' })).data();
    for (const [i, value] of sinusoids(9, 6).flat().entries()) expect(table[i]).toBeCloseTo(2 * value, 12);
  });

  test('one block learns to reverse three digits, and looks at the other end', async () => {
    const size = { length: 3, depth: 1, width: 32, heads: 2 };
    const { right, weights } = await reverse(0, size, WHOLE, 150);
    expect(right).toBeGreaterThan(0.9);
    expect(weights[2]).toBeGreaterThan(weights[1]);
    expect(weights[6]).toBeGreaterThan(weights[7]);
  });
});

describe('cost', () => {
  test('the formulas are what the core counts', () => {
    for (const [D, F, heads, T] of [
      [12, 20, 3, 7],
      [16, 64, 1, 4],
    ]) {
      const encoder = new nn.TransformerEncoderLayer(D, heads, { dimFeedforward: F });
      const decoder = new nn.TransformerDecoderLayer(D, heads, { dimFeedforward: F });
      expect(parameters.encoderBlock(D, F)).toBe(encoder.parameterCount());
      expect(parameters.decoderBlock(D, F)).toBe(decoder.parameterCount());
      expect(total(T, D, F)).toBe(nn.summary(encoder, [1, T, D]).multiplyAdds);
    }
  });

  test('the models of the paper', () => {
    expect(parameters.encoderBlock(512, 2048)).toBe(3_152_384);
    expect(ofPaper(PAPER.base)).toBe(63_082_496);
    expect(ofPaper(PAPER.big)).toBe(214_245_376);
  });

  test('from 2D + F words on looking is the larger half', () => {
    const T = evenLength(512, 2048);
    expect(T).toBe(3072);
    const { projections, looking, feedForward } = multiplyAdds(T, 512, 2048);
    expect(looking).toBe(projections + feedForward);
  });
});

describe('sorting', () => {
  test('what is dealt', async () => {
    manualSeed(0);
    const [x, sorted] = deal('sort', 3, 5);
    const [rows, targets] = [await x.array(), await sorted.array()] as number[][][];
    rows.forEach((row, i) => {
      expect(targets[i]).toEqual([...row].sort((a, b) => a - b));
    });
    const [y, reversed] = deal('reverse', 1, 4);
    expect([...(await reversed.data())]).toEqual([...(await y.data())].reverse());
  });

  test('loss by counting: two places, ten digits', () => {
    // with 1 in 10 both digits are the same, and nothing is left to ask; otherwise it is a coin
    expect(lossByCounting(2)).toBeCloseTo(0.9 * Math.LN2, 12);
    expect(lossByCounting(1)).toBeCloseTo(0, 12);
  });

  test('the sizes in the boxes', () => {
    const sized = (length: number, depth: number) => {
      const model = new Network({ length, depth, width: 32, heads: 4 });
      return [model.parameterCount(), depth * total(length, 32, 128) + length * 32 * 10];
    };
    expect(sized(8, 4)).toEqual([51_530, 412_160]);
    expect(sized(6, 12)).toEqual([153_162, 914_304]);
    expect(sized(8, 1)).toEqual([13_418, 104_960]);
  });

  const size = { length: 4, depth: 2, width: 16, heads: 2 };

  test.each(Object.keys(ARMS) as (keyof typeof ARMS)[])(
    '%s: gradients arrive, a few steps can be made',
    async (arm) => {
      manualSeed(0);
      const model = new Network(size, ARMS[arm]);
      const norms = await gradientByDepth(model, 'sort', size.length);
      expect(norms).toHaveLength(2);
      for (const norm of norms) expect(norm).toBeGreaterThan(0);
      const losses = await learn(model, size.length, { task: 'sort', batch: 8, steps: 3, rate: 1e-3 });
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(await accuracy(model, 'sort', size.length, 20)).toBeLessThanOrEqual(1);
    },
  );
});
