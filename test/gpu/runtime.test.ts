/**
 * What surrounds the kernels on a GPU: moving and reading tensors, the flag that reports a wrong index, memory, grids
 * of every size, random numbers, and what is refused.
 */
import { describe, expect, test } from 'vitest';
import {
  bernoulli,
  crossEntropy,
  dropout,
  Generator,
  gather,
  manualSeed,
  memory,
  nn,
  ones,
  rand,
  randint,
  randn,
  randperm,
  type Tensor,
  tensor,
  useDevice,
  zeros,
} from '../../core';
import { leaves } from '../operations/evaluate';
import { operations } from '../operations/table';
import { describeGpu } from '../support/gpu';

const onGpu = { device: 'gpu' } as const;

describeGpu('a tensor on a GPU', () => {
  test('is moved there and back, as it is', async () => {
    const x = randn([3, 5]);
    const moved = await x.to('gpu');
    expect(moved.device).toBe('gpu');
    const back = await moved.to('cpu');
    expect([back.device, back.shape]).toEqual(['cpu', [3, 5]]);
    expect(back.dataSync()).toEqual(x.dataSync());
    const whole = tensor(
      [
        [1, -2],
        [2 ** 31 - 1, -(2 ** 31)],
      ],
      { dtype: 'int32' },
    );
    expect(await (await whole.to('gpu')).data()).toEqual(whole.dataSync());
  });

  test('is read in row-major order, whatever the view', async () => {
    const x = randn([4, 6]);
    const moved = await x.to('gpu');
    const views = [(t: Tensor) => t.transpose(), (t: Tensor) => t.slice([1, 4, 2], [0, 5]), (t: Tensor) => t.flip(0)];
    for (const view of views) expect(await view(moved).data()).toEqual(view(x).dataSync());
    expect(await moved.slice([2, 2]).data()).toEqual(new Float32Array(0));
    expect(await moved.slice(0, 0).item()).toBe(x.slice(0, 0).itemSync());
  });

  test('prints where it is and how to read it', () => {
    const text = 'Tensor(on the gpu: await t.data() reads it, shape [2,3], float32)';
    expect(String(zeros([2, 3], onGpu))).toBe(text);
  });

  test('cannot be read at once', () => {
    const message = 'dataSync: a tensor on the gpu cannot be read at once; use await t.data()';
    expect(() => ones([2], onGpu).dataSync()).toThrow(new Error(message));
  });

  test('comes with its model', async () => {
    const model = new nn.Sequential(new nn.Linear(4, 3), new nn.ReLU(), new nn.BatchNorm1d(3));
    const x = randn([5, 4]);
    const expected = model.forward(x).dataSync();
    await model.to('gpu');
    expect([...model.parameters(), ...model.buffers()].every(({ device }) => device === 'gpu')).toBe(true);
    const actual = await model.forward(await x.to('gpu')).data();
    for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i], 4);
    await model.to('cpu');
    expect(model.forward(x).device).toBe('cpu');
  });

  test('takes over weights from the CPU, and the CPU none that have not been fetched', async () => {
    const [near, far] = [new nn.Linear(4, 3), new nn.Linear(4, 3)];
    await far.to('gpu');
    const x = await randn([2, 4]).to('gpu');
    const expected = await far.forward(x).data();
    const before = far.forward(x); // still to be computed when the weights change
    far.loadStateDict(near.stateDict());
    expect([...(await before.data())]).toEqual([...expected]);
    expect([...(await far.weight.data())]).toEqual([...near.weight.dataSync()]);
    expect(() => near.loadStateDict(far.stateDict())).toThrow(
      "loadStateDict: weight is on the gpu and has to be fetched: await ….to('cpu'); bias is on the gpu",
    );
  });

  test('is made there when the GPU is in use', async () => {
    await useDevice('gpu');
    expect([zeros([2]), randn([2]), tensor([1, 2]), randperm(4)].map(({ device }) => device)).toEqual(
      new Array(4).fill('gpu'),
    );
  });
});

describeGpu('devices do not mix', () => {
  for (const { name, rows } of operations) {
    const row = rows.find(({ inputs }) => inputs.length > 1 && inputs.every(({ values }) => values.length > 0));
    if (row) {
      test(name, async () => {
        const inputs = leaves(row.inputs, 'float32');
        const mixed = [await inputs[0].to('gpu'), ...inputs.slice(1)];
        expect(() => row.run(...mixed)).toThrow(
          /^[\w ]+: .* on the (cpu|gpu), .* on the (cpu|gpu).* to\('(cpu|gpu)'\)/,
        );
      });
    }
  }
});

describeGpu('double precision', () => {
  const message = /^float64 lives on the CPU/;

  test('is refused, wherever it comes from', async () => {
    expect(() => zeros([2], { dtype: 'float64', device: 'gpu' })).toThrow(message);
    expect(() => tensor([2], { dtype: 'float64', device: 'gpu' })).toThrow(message);
    expect(() => ones([2], onGpu).to('float64')).toThrow(message);
    expect(() => ones([2], { dtype: 'int32', device: 'gpu' }).to('float64')).toThrow(message);
    await expect(ones([2], { dtype: 'float64' }).to('gpu')).rejects.toThrow(message);
  });
});

describeGpu('an index out of range', () => {
  const labels = (...values: number[]) => tensor(values, { dtype: 'int32', device: 'gpu' });

  test.each([3, -1, 2 ** 31 - 1])('label %i is reported by the next read, and by no other', async (wrong) => {
    const scores = randn([2, 3], onGpu);
    const loss = crossEntropy(scores, labels(0, wrong));
    await expect(loss.data()).rejects.toThrow('crossEntropy: a label is out of the range of the classes');
    expect(await crossEntropy(scores, labels(0, 2)).item()).toBeGreaterThan(0);
    expect(Number.isFinite(await loss.item())).toBe(true);
  });

  test('whatever is read', async () => {
    const x = randn([4, 3], onGpu);
    const picks = [
      gather(x, 0, labels(0, 4, 1).reshape(1, 3)),
      x.indexSelect(0, labels(9)),
      x.indexSelect(1, labels(-1)),
    ];
    expect(picks.map(({ shape }) => shape)).toEqual([
      [1, 3],
      [1, 3],
      [4, 1],
    ]);
    await expect(ones([1], onGpu).data()).rejects.toThrow('an index is out of the range of its axis');
    expect(await ones([1], onGpu).data()).toEqual(new Float32Array([1]));
  });

  test('adds nothing', async () => {
    const y = zeros([3], onGpu).scatterAdd(0, labels(0, 3, 0), ones([3], onGpu));
    await expect(y.data()).rejects.toThrow('an index is out of the range of its axis');
    expect(await y.data()).toEqual(new Float32Array([2, 0, 0]));
  });
});

describeGpu('random numbers', () => {
  /** The same draw on both devices, after so many draws before it. */
  async function both(draw: (device: 'cpu' | 'gpu', generator: Generator) => Tensor, seed: number) {
    const drawn = (['cpu', 'gpu'] as const).map((device) => {
      const generator = new Generator(seed);
      generator.state = { seed, counter: 2 ** 32 - 3 }; // the counter's low word is about to overflow
      return draw(device, generator);
    });
    return Promise.all(drawn.map((t) => t.data()));
  }

  describe.each([7, 2 ** 45 + 3])('of the seed %i', (seed) => {
    test.each<[string, (device: 'cpu' | 'gpu', generator: Generator) => Tensor]>([
      ['uniforms', (device, generator) => rand([101], { device, generator })],
      ['masks', (device, generator) => bernoulli(0.3, [101], { device, generator })],
      ['certain masks', (device, generator) => bernoulli(1, [101], { device, generator })],
      ['whole numbers', (device, generator) => randint(-5, 1000, [101], { device, generator })],
      ['whole numbers of 32 bits', (device, generator) => randint(-(2 ** 31), 2 ** 31, [101], { device, generator })],
      ['permutations', (device, generator) => randperm(101, { device, generator })],
    ])('%s are the same bits', async (_, draw) => {
      const [cpu, gpu] = await both(draw, seed);
      expect(gpu).toEqual(cpu);
      expect(new Set(cpu).size).toBeGreaterThan(0);
    });

    test('normals agree to a millionth, those beyond 1 to a millionth of themselves', async () => {
      const [cpu, gpu] = await both((device, generator) => randn([10_001], { device, generator }), seed);
      const apart = Array.from(cpu, (value, i) => Math.abs(value - gpu[i]) / Math.max(1, Math.abs(value)));
      expect(Math.max(...apart)).toBeLessThan(1e-6);
    });
  });

  test('dropout leaves out the same', async () => {
    const [cpu, gpu] = await Promise.all(
      (['cpu', 'gpu'] as const).map((device) => {
        manualSeed(3);
        return dropout(ones([300], { device }), 0.4, { training: true }).data();
      }),
    );
    expect(gpu).toEqual(cpu);
    expect(new Set(cpu).size).toBe(2);
  });
});

describeGpu('memory', () => {
  test('is counted, live and at its peak', async () => {
    memory({ resetPeak: true });
    const before = memory().gpu;
    const block = 1024 * 1024;
    const [a, b] = [zeros([block / 4], onGpu), zeros([block / 4], onGpu)];
    const between = memory().gpu;
    expect([between.bytes - before.bytes, between.tensors - before.tensors]).toEqual([2 * block, 2]);
    expect(between.peakBytes).toBe(between.bytes);
    expect(await a.add(b).slice(0).item()).toBe(0);
    expect(memory().gpu.peakBytes - before.bytes).toBeGreaterThanOrEqual(3 * block);
  });

  test('that nobody has is refused with the sizes', () => {
    const all = /^out of memory on the gpu: 12\.00 GiB asked for, \d+\.\d\d GiB in use by \d+ tensors; use a smaller/;
    expect(() => zeros([3, 2 ** 30], onGpu)).toThrow(all);
  });
});
