/** This repository's part: written as a reader of the chapters would write it. */
import {
  bceLoss,
  bceWithLogitsLoss,
  crossEntropy,
  memory,
  nn,
  noGrad,
  ops,
  optim,
  type Tensor,
  tensor,
  useDevice,
} from '../../core';
import type { Contestant, Go, Inputs, Values } from './serve';

const toTensor = ({ shape, values }: Values): Tensor =>
  tensor(values, { shape, dtype: values instanceof Int32Array ? 'int32' : 'float32' });

const allToTensors = (all: Record<string, Values>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(all).map(([name, values]) => [name, toTensor(values)]));

/* ------------------------------------------------------------------------------------------ operations */

const operation =
  (compute: (tensors: Record<string, Tensor>) => Tensor) =>
  ({ data }: Inputs): Go => {
    const tensors = allToTensors(data);
    return repeated(() => noGrad(() => compute(tensors)));
  };

/** Of many runs the last is waited for, and the others with it. */
const repeated =
  (run: () => Tensor): Go =>
  async (read, times) => {
    for (let i = 1; i < times; i++) run();
    const y = run();
    if (read) return y.data();
    await arrival(y);
    return null;
  };

/** On a GPU, reading one number is waiting for all. */
const arrival = (y: Tensor): unknown => y.device === 'gpu' && y.flatten().slice([0, 1]).data();

/** The gradients by all but g of the sum of g · y; `shown` is the one that is read. */
const withGradients =
  (compute: (tensors: Record<string, Tensor>) => Tensor, shown: string) =>
  ({ data }: Inputs): Go => {
    const { g, ...inputs } = allToTensors(data);
    const all = Object.values(inputs);
    for (const x of all) x.requiresGrad = true;
    return repeated(() => {
      for (const x of all) x.grad = null;
      compute(inputs).backward(g);
      return inputs[shown].grad as Tensor;
    });
  };

const attention = ({ q, k, v }: Record<string, Tensor>): Tensor => ops.scaledDotProductAttention(q, k, v);
const conv = ({ x, weight }: Record<string, Tensor>): Tensor => ops.conv2d(x, weight, null, { padding: 1 });

function adam({ data }: Inputs): Go {
  const p = new nn.Parameter(toTensor(data.p));
  p.grad = toTensor(data.g);
  const optimizer = new optim.Adam([p], { lr: 1e-3 });
  return async (read, times) => {
    for (let i = 0; i < times; i++) optimizer.step();
    await arrival(p);
    return read ? p.data() : null;
  };
}

/* -------------------------------------------------------------------------------------- training steps */

function step(model: nn.Module, { parameters }: Inputs, lossOf: () => Tensor): Go {
  model.loadStateDict(allToTensors(parameters));
  const optimizer = new optim.Adam(model.parameters(), { lr: 1e-3 });
  return async () => {
    optimizer.zeroGrad();
    const loss = lossOf();
    loss.backward();
    optimizer.step();
    return [await loss.item()];
  };
}

function mlp(inputs: Inputs): Go {
  const model = new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10));
  const { x, y } = allToTensors(inputs.data);
  return step(model, inputs, () => crossEntropy(model.forward(x), y));
}

function cnn(inputs: Inputs): Go {
  const model = new nn.Sequential(
    ...[new nn.Conv2d(3, 32, 3), new nn.ReLU(), new nn.MaxPool2d(2)],
    ...[new nn.Conv2d(32, 64, 3), new nn.ReLU(), new nn.MaxPool2d(2)],
    ...[new nn.Conv2d(64, 64, 3), new nn.ReLU(), new nn.Flatten()],
    ...[new nn.Linear(1024, 64), new nn.ReLU(), new nn.Linear(64, 10)],
  );
  const { x, y } = allToTensors(inputs.data);
  return step(model, inputs, () => crossEntropy(model.forward(x), y));
}

class Sentiment extends nn.Module {
  readonly embedding = new nn.Embedding(10_000, 128);
  readonly lstm = new nn.LSTM(128, 128);
  readonly hidden = new nn.Linear(128, 64);
  readonly out = new nn.Linear(64, 1);

  override forward(x: Tensor): Tensor {
    const [, [h]] = this.lstm.forward(this.embedding.forward(x));
    return this.out.forward(this.hidden.forward(h.squeeze(0)).relu());
  }
}

class Classifier extends nn.Module {
  readonly embedding = new nn.Embedding(20_000, 64);
  readonly positions = new nn.LearnedPositions(200, 64);
  readonly block = new nn.TransformerEncoderLayer(64, 2, { dimFeedforward: 256, dropout: 0 });
  readonly out = new nn.Linear(64, 1);

  override forward(x: Tensor): Tensor {
    const seen = this.block.forward(this.positions.forward(this.embedding.forward(x))); // [N, T, D]
    return this.out.forward(seen.mean(1));
  }
}

function twoClasses(model: nn.Layer, inputs: Inputs): Go {
  const x = toTensor(inputs.data.x);
  const y = toTensor(inputs.data.y).to('float32');
  return step(model, inputs, () => bceWithLogitsLoss(model.forward(x), y));
}

function autoencoder(inputs: Inputs): Go {
  const model = new nn.Sequential(
    ...[new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 32), new nn.ReLU()],
    ...[new nn.Linear(32, 128), new nn.ReLU(), new nn.Linear(128, 784), new nn.Sigmoid()],
  );
  const x = toTensor(inputs.data.x).to('float32');
  return step(model, inputs, () => bceLoss(model.forward(x), x));
}

function mobileNet({ parameters, data, units }: Inputs): Go {
  const p = allToTensors(parameters);
  const x = toTensor(data.x);
  const forward = (): Tensor => {
    const before: Tensor[] = []; // each unit
    let y = x;
    for (const [i, { kernel, stride, groups, bends, shortcutFrom }] of units.entries()) {
      before.push(y);
      y = ops.conv2d(y, p[`${i}.weight`], null, { stride, padding: (kernel - 1) / 2, groups });
      const [scale, shift, mean, variance] = ['scale', 'shift', 'mean', 'variance'].map((name) => p[`${i}.${name}`]);
      y = ops.batchNorm(y, mean, variance, scale, shift, { training: false });
      if (bends) y = y.relu6();
      if (shortcutFrom !== undefined) y = y.add(before[shortcutFrom]);
    }
    return ops.linear(y.mean([2, 3]), p['out.weight'], p['out.bias']);
  };
  return async () => noGrad(forward).data();
}

export const ours: Contestant = {
  start: useDevice,
  peak: () => memory().gpu.peakBytes,
  workloads: {
    'matmul 512': operation(({ a, b }) => a.matmul(b)),
    'matmul 512 Aᵀ·B': operation(({ a, b }) => a.transpose().matmul(b)),
    'matmul 512 A·Bᵀ': operation(({ a, b }) => a.matmul(b.transpose())),
    'matmul 1024': operation(({ a, b }) => a.matmul(b)),
    'matmul 2048': operation(({ a, b }) => a.matmul(b)),
    'matmul 4096': operation(({ a, b }) => a.matmul(b)),
    attention: operation(attention),
    'attention with gradients': withGradients(attention, 'q'),
    conv: operation(conv),
    'conv with gradients': withGradients(conv, 'x'),
    exp: operation(({ x }) => x.exp()),
    tanh: operation(({ x }) => x.tanh()),
    gelu: operation(({ x }) => x.gelu()),
    sum: operation(({ x }) => x.sum()),
    softmax: operation(({ x }) => x.softmax(1)),
    'layer norm': operation(({ x, weight, bias }) => ops.layerNorm(x, [1024], weight, bias)),
    adam,
    mlp,
    cnn,
    'lstm 128': (inputs) => twoClasses(new Sentiment(), inputs),
    'lstm 32': (inputs) => twoClasses(new Sentiment(), inputs),
    transformer: (inputs) => twoClasses(new Classifier(), inputs),
    autoencoder,
    mobilenet: mobileNet,
  },
};
