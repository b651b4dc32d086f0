/**
 * TensorFlow.js, with the backend that is named: wasm (SIMD and threads) or cpu (JavaScript). Its layouts are its own:
 * pictures [N, H, W, C], filters [H, W, in, out], matrices [in, out]; parameters are turned once, before anything is
 * timed. The wasm backend lacks the gradient of the embedding; the steps that need one take minutes in the other.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');

async function start() {
  const backend = process.argv[3];
  if (backend === 'wasm') {
    const wasm = require('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  }
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start`);
}

const toTensor = ({ shape, values }) => tf.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float32');

const allToTensors = (all) => Object.fromEntries(Object.entries(all).map(([name, values]) => [name, toTensor(values)]));

/* ------------------------------------------------------------------------------------------ operations */

function operation(compute) {
  return ({ data }) => {
    const tensors = allToTensors(data);
    return async (read) => {
      const y = tf.tidy(() => compute(tensors));
      const values = read ? await y.data() : null;
      y.dispose();
      return values;
    };
  };
}

const gelu = (x) => x.mul(x.mul(Math.SQRT1_2).erf().add(1).mul(0.5));

function layerNorm({ x, weight, bias }) {
  const { mean, variance } = tf.moments(x, 1, true);
  return x.sub(mean).mul(variance.add(1e-5).rsqrt()).mul(weight).add(bias);
}

function adam({ data }) {
  const p = tf.variable(toTensor(data.p), true, 'p');
  const gradients = { p: toTensor(data.g) };
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  return async (read) => {
    optimizer.applyGradients(gradients);
    return read ? p.data() : null;
  };
}

/* -------------------------------------------------------------------------------------- training steps */

/** Weights as TensorFlow has them: matrices and filters turned. */
function turned(t) {
  if (t.rank === 2 && t.shape[1] === 64 * 4 * 4) {
    // it reads the CNN's flattened pictures
    return t.reshape([64, 64, 4, 4]).transpose([2, 3, 1, 0]).reshape([1024, 64]);
  }
  if (t.rank === 2) return t.transpose();
  return t.rank === 4 ? t.transpose([2, 3, 1, 0]) : t;
}

const pictures = (values) => tf.tidy(() => toTensor(values).transpose([0, 2, 3, 1]));

function step({ parameters }, lossOf) {
  const p = {};
  for (const [name, values] of Object.entries(parameters)) {
    p[name] = tf.variable(tf.tidy(() => turned(toTensor(values))));
  }
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  return async () => {
    const loss = optimizer.minimize(() => lossOf(p), true);
    const value = await loss.data();
    loss.dispose();
    return value;
  };
}

const linear = (p, name, x) => x.matMul(p[`${name}.weight`]).add(p[`${name}.bias`]);
const crossEntropy = (logits, oneHot) => tf.losses.softmaxCrossEntropy(oneHot, logits);

function mlp(inputs) {
  const x = toTensor(inputs.data.x);
  const y = tf.oneHot(toTensor(inputs.data.y), 10);
  return step(inputs, (p) => crossEntropy(linear(p, '2', linear(p, '0', x).relu()), y));
}

function autoencoder(inputs) {
  const x = toTensor(inputs.data.x).toFloat();
  return step(inputs, (p) => {
    const code = ['0', '2', '4'].reduce((y, name) => linear(p, name, y).relu(), x);
    return tf.losses.sigmoidCrossEntropy(x, linear(p, '6', code));
  });
}

function cnn(inputs) {
  const x = pictures(inputs.data.x);
  const y = tf.oneHot(toTensor(inputs.data.y), 10);
  const conv = (p, name, input) => input.conv2d(p[`${name}.weight`], 1, 'valid').add(p[`${name}.bias`]).relu();
  return step(inputs, (p) => {
    const first = conv(p, '0', x).maxPool(2, 2, 'valid');
    const second = conv(p, '3', first).maxPool(2, 2, 'valid');
    const features = conv(p, '6', second).reshape([64, 1024]);
    return crossEntropy(linear(p, '11', linear(p, '9', features).relu()), y);
  });
}

function mobileNet({ parameters, data, units }) {
  const p = {};
  for (const [name, values] of Object.entries(parameters)) {
    const unit = units[Number.parseInt(name, 10)];
    const isDepthwise = name.endsWith('.weight') && unit?.groups > 1;
    p[name] = tf.tidy(() => (isDepthwise ? toTensor(values).transpose([2, 3, 0, 1]) : turned(toTensor(values))));
  }
  const x = pictures(data.x);
  const forward = () => {
    let y = x;
    const before = [];
    for (const [i, { kernel, stride, groups, bends, shortcutFrom }] of units.entries()) {
      before.push(y);
      const side = (kernel - 1) / 2;
      const padded =
        stride > 1
          ? y.pad([
              [0, 0],
              [side, side],
              [side, side],
              [0, 0],
            ])
          : y;
      const padding = stride > 1 ? 'valid' : 'same'; // TensorFlow's own padding of a stride lies elsewhere
      const weight = p[`${i}.weight`];
      y = groups > 1 ? padded.depthwiseConv2d(weight, stride, padding) : padded.conv2d(weight, stride, padding);
      const [scale, shift, mean, variance] = ['scale', 'shift', 'mean', 'variance'].map((name) => p[`${i}.${name}`]);
      y = y.batchNorm(mean, variance, shift, scale, 1e-5);
      if (bends) y = y.relu6();
      if (shortcutFrom !== undefined) y = y.add(before[shortcutFrom]);
    }
    return linear(p, 'out', y.mean([1, 2]));
  };
  return async () => {
    const y = tf.tidy(forward);
    const values = await y.data();
    y.dispose();
    return values;
  };
}

export const contestant = {
  start,
  workloads: {
    'matmul 512': operation(({ a, b }) => a.matMul(b)),
    'matmul 512 Aᵀ·B': operation(({ a, b }) => a.matMul(b, true, false)),
    'matmul 512 A·Bᵀ': operation(({ a, b }) => a.matMul(b, false, true)),
    'matmul 1024': operation(({ a, b }) => a.matMul(b)),
    exp: operation(({ x }) => x.exp()),
    tanh: operation(({ x }) => x.tanh()),
    gelu: operation(({ x }) => gelu(x)),
    sum: operation(({ x }) => x.sum()),
    softmax: operation(({ x }) => x.softmax()),
    'layer norm': operation(layerNorm),
    adam,
    mlp,
    cnn,
    autoencoder,
    mobilenet: mobileNet,
  },
};
