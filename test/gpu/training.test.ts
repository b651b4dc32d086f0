/**
 * Small models trained on both devices from one seed: they start alike, take the same way, and leave no memory behind.
 */
import { expect, test } from 'vitest';
import { crossEntropy, manualSeed, memory, nn, optim, randint, randn, type Tensor, useDevice } from '../../core';
import { collect } from '../../core/memory/lifetimes';
import { blobs, circles, moons, sine, spirals } from '../../datasets';
import { describeGpu } from '../support/gpu';

type Device = 'cpu' | 'gpu';

interface Experiment {
  model(): nn.Layer;
  /** A batch of inputs. */
  inputs(): Tensor;
  optimizer(parameters: Tensor[]): optim.Optimizer<{ lr: number }>;
}

const CLASSES = 4;
const BATCH = 8;
const BATCHES = 3;

/** The last state of an LSTM, scored. */
class Reader extends nn.Module {
  private readonly embedding = new nn.Embedding(20, 8);
  private readonly lstm = new nn.LSTM(8, 12);
  private readonly head = new nn.Linear(12, CLASSES);

  override forward(words: Tensor): Tensor {
    const [, [h]] = this.lstm.forward(this.embedding.forward(words)); // h: [1, N, 12]
    return this.head.forward(h.squeeze(0)); // [N, T] → [N, classes]
  }
}

/** Words that attend to one another, averaged and scored. */
class Attentive extends nn.Module {
  private readonly embedding = new nn.Embedding(20, 16);
  private readonly positions = new nn.SinusoidalPositions(16);
  private readonly block = new nn.TransformerEncoderLayer(16, 2, { dimFeedforward: 32, dropout: 0.1 });
  private readonly head = new nn.Linear(16, CLASSES);

  override forward(words: Tensor): Tensor {
    const signal = this.block.forward(this.positions.forward(this.embedding.forward(words))); // [N, T, 16]
    return this.head.forward(signal.mean(1)); // [N, classes]
  }
}

const experiments: Record<string, Experiment> = {
  dense: {
    model: () =>
      new nn.Sequential(new nn.Linear(10, 24), new nn.ReLU(), new nn.Dropout(0.2), new nn.Linear(24, CLASSES)),
    inputs: () => randn([BATCH, 10]),
    optimizer: (parameters) => new optim.Adam(parameters, { lr: 1e-2 }),
  },
  convolutional: {
    model: () =>
      new nn.Sequential(
        ...[new nn.Conv2d(2, 6, 3, { padding: 1 }), new nn.BatchNorm2d(6), new nn.ReLU(), new nn.MaxPool2d(2)],
        ...[new nn.Flatten(), new nn.Linear(6 * 4 * 4, CLASSES)],
      ),
    inputs: () => randn([BATCH, 2, 8, 8]),
    optimizer: (parameters) => new optim.SGD(parameters, { lr: 1e-2, momentum: 0.9 }),
  },
  LSTM: {
    model: () => new Reader(),
    inputs: () => randint(0, 20, [BATCH, 6]),
    optimizer: (parameters) => new optim.RMSprop(parameters, { lr: 1e-3 }),
  },
  transformer: {
    model: () => new Attentive(),
    inputs: () => randint(0, 20, [BATCH, 6]),
    optimizer: (parameters) => new optim.AdamW(parameters, { lr: 1e-3 }),
  },
};

/** Trains from seed 1, and returns the losses. `watch` is called after every step. */
async function trained(experiment: Experiment, device: Device, steps: number, watch?: (step: number) => void) {
  manualSeed(1);
  const model = await experiment.model().to(device);
  const batches = [];
  for (let i = 0; i < BATCHES; i++) {
    const x = experiment.inputs();
    const labels = randint(0, CLASSES, [x.shape[0]]);
    batches.push({ x: await x.to(device), labels: await labels.to(device) });
  }
  const optimizer = experiment.optimizer(model.parameters());
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { x, labels } = batches[step % BATCHES];
    const loss = crossEntropy(model.forward(x), labels);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(await loss.item());
    watch?.(step);
  }
  return losses;
}

const points = ({ x, y }: { x: Tensor; y: Tensor }): Tensor[] => [x, y];

/** Their values, drawn from seed 1 with this device in use. */
async function drawn(draw: () => Tensor[], device: Device): Promise<unknown[]> {
  await useDevice(device);
  manualSeed(1);
  const tensors = draw();
  expect(tensors.map((t) => t.device)).toEqual(tensors.map(() => device));
  return Promise.all(tensors.map((t) => t.array()));
}

describeGpu('what training starts from is the same to the last bit:', () => {
  test.each<[string, () => Tensor[]]>([
    ['weights', () => new nn.Linear(7, 5).parameters()],
    ['blobs', () => points(blobs(9))],
    ['circles', () => points(circles(9))],
    ['moons', () => points(moons(9))],
    ['spirals', () => points(spirals(9))],
    ['a sine wave', () => points(sine(9))],
  ])('%s', async (_, draw) => {
    expect(await drawn(draw, 'gpu')).toEqual(await drawn(draw, 'cpu'));
  });
});

describeGpu('50 steps from one seed', () => {
  test.each(Object.entries(experiments))('%s: the losses agree', async (_, experiment) => {
    const [cpu, gpu] = [await trained(experiment, 'cpu', 50), await trained(experiment, 'gpu', 50)];
    for (const [step, loss] of gpu.entries()) {
      expect(Math.abs(loss - cpu[step]), `step ${step}: ${loss} and ${cpu[step]}`).toBeLessThan(1e-3 * cpu[step]);
    }
    expect(gpu[49]).toBeLessThan(0.9 * gpu[49 % BATCHES]);
  });
});

/** Batches and layers of 16 KiB. Losses and other results of up to 4 KiB wait for the garbage collector. */
const wide: Experiment = {
  model: () => new nn.Sequential(new nn.Linear(64, 64), new nn.Tanh(), new nn.Linear(64, 64)),
  inputs: () => randn([64, 64]),
  optimizer: (parameters) => new optim.Adam(parameters, { lr: 1e-3 }),
};

describeGpu('300 steps', () => {
  test('take no more memory than 20', async () => {
    let settled = memory().gpu;
    await trained(wide, 'gpu', 300, (step) => {
      if (step !== 20) return;
      collect();
      memory({ resetPeak: true });
      settled = memory().gpu;
    });
    const { peakBytes } = memory().gpu;
    collect();
    expect(memory().gpu.bytes).toBeLessThanOrEqual(settled.bytes);
    expect(peakBytes - settled.bytes).toBeLessThan(300 * 4096);
  });
});
