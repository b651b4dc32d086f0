/**
 * jax-js, on WebAssembly or WebGPU, under jit but for the embedding, whose gradient it cannot jit. It has no scan, so
 * the LSTM is unrolled. Arrays are held by reference count: a function takes over what it is given, so who needs an
 * array again hands over `x.ref`.
 */
globalThis.navigator ??= { userAgent: 'Node' }; // jax-js asks the browser for its GPU, and Node 20 has no navigator
const jax = await import('@jax-js/jax');
const { blockUntilReady, grad, init, jit, lax, nn, numpy: np, tree, valueAndGrad, vjp } = jax;

let queue; // of the GPU, where one is used

async function start(device) {
  if (device === 'gpu') {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    Object.defineProperty(navigator, 'gpu', { value: create([]) });
  }
  const backend = device === 'gpu' ? 'webgpu' : 'wasm';
  if (!(await init(backend)).includes(backend)) throw new Error(`its backend ${backend} does not start`);
  jax.defaultDevice(backend);
  if (device === 'gpu') queue = jax.getWebGPUDevice().queue;
}

const toArray = ({ shape, values }) =>
  np.array(values, { dtype: values instanceof Int32Array ? np.int32 : np.float32 }).reshape(shape);

const allToArrays = (all) => Object.fromEntries(Object.entries(all).map(([name, values]) => [name, toArray(values)]));

/* ------------------------------------------------------------------------------------------ operations */

/** On a GPU, blockUntilReady waits until all is sent. */
async function arrival(results) {
  await blockUntilReady(results);
  await queue?.onSubmittedWorkDone();
  return results;
}

/** `shown`: which of several results is read. */
function operation(compute, shown) {
  return ({ data }) => {
    const arrays = allToArrays(data);
    const run = jit(compute);
    return async (read, times) => {
      if (read) return pick(run(tree.ref(arrays)), shown).data();
      const results = Array.from({ length: times }, () => run(tree.ref(arrays))); // what nobody waits for is not done
      tree.dispose(await arrival(results));
      return null;
    };
  };
}

function pick(results, shown) {
  if (shown === undefined) return results;
  const { [shown]: one, ...others } = results;
  tree.dispose(others);
  return one;
}

const withGradients = (compute, shown) =>
  operation(({ g, ...inputs }) => grad((p) => compute(p).mul(g).sum())(inputs), shown);

const layerNorm = (x, weight, bias) => nn.standardize(x).mul(weight).add(bias);

/* ---------------------------------------------------------------------------------------------- Adam */

const [RATE, BETA1, BETA2, EPSILON] = [1e-3, 0.9, 0.999, 1e-8];

const startAdam = (p) => ({
  p,
  m: tree.map((x) => np.zerosLike(x.ref), p),
  v: tree.map((x) => np.zerosLike(x.ref), p),
});

/** `bias`: 1 − β₁ᵗ and 1 − β₂ᵗ. */
function updated({ p, m, v }, g, bias) {
  const next = { p: {}, m: {}, v: {} };
  const [bias1, bias2] = [bias.ref.slice(0), bias.slice(1)];
  for (const name of Object.keys(p)) {
    const mean = m[name].mul(BETA1).add(g[name].ref.mul(1 - BETA1));
    const square = v[name].mul(BETA2).add(np.square(g[name]).mul(1 - BETA2));
    const root = np.sqrt(square.ref.div(bias2.ref)).add(EPSILON);
    next.p[name] = p[name].sub(mean.ref.div(bias1.ref).div(root).mul(RATE));
    next.m[name] = mean;
    next.v[name] = square;
  }
  bias1.dispose();
  bias2.dispose();
  return next;
}

const biasAt = (t) => np.array(new Float32Array([1 - BETA1 ** t, 1 - BETA2 ** t]));

function adam({ data }) {
  const g = { p: toArray(data.g) };
  let state = startAdam({ p: toArray(data.p) });
  let t = 0;
  const update = jit(updated);
  return async (read, times) => {
    for (let i = 0; i < times; i++) state = update(state, tree.ref(g), biasAt(++t));
    await arrival(state);
    return read ? state.p.p.ref.data() : null;
  };
}

/* -------------------------------------------------------------------------------------- training steps */

/** A step wholly under jit. */
function step({ parameters }, lossOf, inputs) {
  let state = startAdam(allToArrays(parameters));
  let t = 0;
  const train = jit((before, arrays, bias) => {
    const [loss, g] = valueAndGrad(lossOf)(tree.ref(before.p), arrays);
    return [loss, updated(before, g, bias)];
  });
  return async () => {
    const [loss, after] = train(state, tree.ref(inputs), biasAt(++t));
    state = after;
    return loss.data();
  };
}

/** A step with an embedding, whose gradient cannot be jitted; `lossOf` takes the parameters, the words' vectors, y. */
function stepWithEmbedding({ parameters, data }, lossOf) {
  let state = startAdam(allToArrays(parameters));
  let t = 0;
  const x = toArray(data.x);
  const y = toArray(data.y).astype(np.float32);
  const gradients = jit(valueAndGrad(lossOf, { argnums: [0, 1] }));
  const update = jit(updated);
  return async () => {
    const { 'embedding.weight': table, ...rest } = tree.ref(state.p);
    const [words, back] = vjp((w) => np.take(w, x.ref, 0), [table]);
    const [loss, [g, gWords]] = gradients(rest, words, y.ref);
    const [gTable] = back(gWords);
    back.dispose();
    state = update(state, { ...g, 'embedding.weight': gTable }, biasAt(++t));
    return loss.data();
  };
}

const linear = (p, name, x) => np.matmul(x, p[`${name}.weight`].transpose()).add(p[`${name}.bias`]);

function crossEntropy(logits, oneHot) {
  const [batch] = logits.shape;
  return nn
    .logSoftmax(logits)
    .mul(oneHot)
    .sum()
    .mul(-1 / batch);
}

/** The mean of log(1 + eᶻ) − y·z */
const bceWithLogits = (z, y) => nn.softplus(z.ref).sub(z.mul(y)).mean();

function mlp(inputs) {
  const lossOf = (p, { x, y }) => crossEntropy(linear(p, '2', nn.relu(linear(p, '0', x))), y);
  return step(inputs, lossOf, { x: toArray(inputs.data.x), y: nn.oneHot(toArray(inputs.data.y), 10) });
}

function autoencoder(inputs) {
  const lossOf = (p, { x }) => {
    let y = x.ref;
    for (const name of ['0', '2', '4']) y = nn.relu(linear(p, name, y));
    return bceWithLogits(linear(p, '6', y), x);
  };
  return step(inputs, lossOf, { x: toArray(inputs.data.x).astype(np.float32) });
}

const conv = (p, name, x) =>
  lax.conv(x, p[`${name}.weight`], [1, 1], 'VALID').add(p[`${name}.bias`].reshape([-1, 1, 1]));

/** 3 × 3 filters that leave the size as it is. */
const convSame = ({ x, weight }) => lax.conv(x, weight, [1, 1], 'SAME');

function maxPool(x) {
  const [n, c, h, w] = x.shape;
  const [down, across] = [h >> 1, w >> 1];
  const whole = x.slice([], [], [0, 2 * down], [0, 2 * across]);
  return np.max(whole.reshape([n, c, down, 2, across, 2]), [3, 5]);
}

function cnn(inputs) {
  const lossOf = (p, { x, y }) => {
    let features = maxPool(nn.relu(conv(p, '0', x)));
    features = maxPool(nn.relu(conv(p, '3', features)));
    features = nn.relu(conv(p, '6', features)).reshape([64, 1024]);
    return crossEntropy(linear(p, '11', nn.relu(linear(p, '9', features))), y);
  };
  return step(inputs, lossOf, { x: toArray(inputs.data.x), y: nn.oneHot(toArray(inputs.data.y), 10) });
}

function lstm(inputs) {
  const [batch, steps] = inputs.data.x.shape;
  const cell = (gates, weight, h, c) => {
    const [i, f, g, o] = np.split(gates.add(np.matmul(h, weight.transpose())), 4, 1);
    const next = nn
      .sigmoid(f)
      .mul(c)
      .add(nn.sigmoid(i).mul(np.tanh(g)));
    return [nn.sigmoid(o).mul(np.tanh(next.ref)), next];
  };
  const lossOf = (p, words, y) => {
    const bias = p['lstm.bias_ih_l0'].add(p['lstm.bias_hh_l0']);
    const gates = np.matmul(words, p['lstm.weight_ih_l0'].transpose()).add(bias); // [N, T, 4H]
    const weight = p['lstm.weight_hh_l0'];
    let [h, c] = [np.zeros([batch, 128]), np.zeros([batch, 128])];
    const parts = np.split(gates, steps, 1);
    for (const part of parts) [h, c] = cell(part.reshape([batch, 512]), weight.ref, h, c);
    weight.dispose();
    c.dispose();
    return bceWithLogits(linear(p, 'out', nn.relu(linear(p, 'hidden', h))), y);
  };
  return stepWithEmbedding(inputs, lossOf);
}

/** [N, heads, T, D]; nn.dotProductAttention needs Node 22. */
function attend({ q, k, v }) {
  const width = q.shape[3];
  return np.matmul(nn.softmax(np.matmul(q.mul(1 / Math.sqrt(width)), k.transpose([0, 1, 3, 2]))), v);
}

function transformer(inputs) {
  const [batch, steps] = inputs.data.x.shape;
  const norm = (p, name, x) => layerNorm(x, p[`${name}.weight`], p[`${name}.bias`]);
  const selfAttention = (p, x) => {
    const qkv = np.matmul(x, p['block.self_attn.in_proj_weight'].transpose()).add(p['block.self_attn.in_proj_bias']);
    const heads = (part) => part.reshape([batch, steps, 2, 32]).transpose([0, 2, 1, 3]);
    const [q, k, v] = np.split(qkv, 3, 2).map(heads);
    const seen = attend({ q, k, v }).transpose([0, 2, 1, 3]).reshape([batch, steps, 64]);
    return linear(p, 'block.self_attn.out_proj', seen);
  };
  const lossOf = (p, words, y) => {
    const x = words.add(p['positions.weight']);
    const seen = norm(p, 'block.norm1', x.ref.add(selfAttention(p, x)));
    const inner = linear(p, 'block.linear2', nn.relu(linear(p, 'block.linear1', seen.ref)));
    return bceWithLogits(linear(p, 'out', norm(p, 'block.norm2', seen.add(inner)).mean(1)), y);
  };
  return stepWithEmbedding(inputs, lossOf);
}

function mobileNet({ parameters, data, units }) {
  const p = allToArrays(parameters);
  const x = toArray(data.x);
  const forward = jit((q, input) => {
    let y = input;
    const kept = new Map();
    for (const [i, { kernel, stride, groups, bends, shortcutFrom }] of units.entries()) {
      if (units.some((unit) => unit.shortcutFrom === i)) kept.set(i, y.ref);
      const side = (kernel - 1) / 2;
      const padding = [
        [side, side],
        [side, side],
      ];
      const options = { featureGroupCount: groups };
      y = lax.convGeneralDilated(y, q[`${i}.weight`], [stride, stride], padding, options);
      const [scale, shift, mean, variance] = ['scale', 'shift', 'mean', 'variance'].map((name) =>
        q[`${i}.${name}`].reshape([-1, 1, 1]),
      );
      const factor = scale.div(np.sqrt(variance.add(1e-5)));
      y = y.sub(mean).mul(factor).add(shift);
      if (bends) y = nn.relu6(y);
      if (shortcutFrom !== undefined) y = y.add(kept.get(shortcutFrom));
    }
    return linear(q, 'out', y.mean([2, 3]));
  });
  return async () => forward(tree.ref(p), x.ref).data();
}

export const contestant = {
  start,
  compiles: true,
  workloads: {
    'matmul 512': operation(({ a, b }) => np.matmul(a, b)),
    'matmul 512 Aᵀ·B': operation(({ a, b }) => np.matmul(a.transpose(), b)),
    'matmul 512 A·Bᵀ': operation(({ a, b }) => np.matmul(a, b.transpose())),
    'matmul 1024': operation(({ a, b }) => np.matmul(a, b)),
    'matmul 2048': operation(({ a, b }) => np.matmul(a, b)),
    'matmul 4096': operation(({ a, b }) => np.matmul(a, b)),
    attention: operation(attend),
    'attention with gradients': withGradients(attend, 'q'),
    conv: operation(convSame),
    'conv with gradients': withGradients(convSame, 'x'),
    exp: operation(({ x }) => np.exp(x)),
    tanh: operation(({ x }) => np.tanh(x)),
    gelu: operation(({ x }) => nn.gelu(x, { approximate: false })),
    sum: operation(({ x }) => x.sum()),
    softmax: operation(({ x }) => nn.softmax(x)),
    'layer norm': operation(({ x, weight, bias }) => layerNorm(x, weight, bias)),
    adam,
    mlp,
    cnn,
    'lstm 128': lstm,
    'lstm 32': lstm,
    transformer,
    autoencoder,
    mobilenet: mobileNet,
  },
};
