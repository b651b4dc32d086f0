/**
 * What does the framework cost where the numbers themselves are next to nothing? One training step of the two-moons
 * network (2-10-10-1, batch 32, Adam): with the core, and as a loop over plain arrays that does the same arithmetic.
 * Both run in turns in one process; the difference is the overhead.
 *
 *   npx ts-node test/bench/two-moons.ts
 */
import { bceWithLogitsLoss, manualSeed, nn, optim, tensor } from '../../core';

const BATCH = 32;
const LAYERS = [
  [2, 10],
  [10, 10],
  [10, 1],
];
const RATE = 0.01;
const ROUNDS = 15;
const STEPS = 1000;

/** The data: two half circles, a little noisy. */
function moons(): { x: number[]; y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < BATCH; i++) {
    const [label, angle] = [i % 2, (Math.PI * i) / BATCH];
    x.push(label ? 1 - Math.cos(angle) : Math.cos(angle), label ? 0.5 - Math.sin(angle) : Math.sin(angle));
    y.push(label);
  }
  return { x, y };
}

function withCore(): () => number {
  manualSeed(0);
  const data = moons();
  const x = tensor(data.x, { shape: [BATCH, 2] });
  const y = tensor(data.y, { shape: [BATCH, 1] });
  const layers = LAYERS.flatMap(([inputs, outputs]) => [new nn.Linear(inputs, outputs), new nn.ReLU()]).slice(0, -1);
  const model = new nn.Sequential(...layers);
  const optimizer = new optim.Adam(model.parameters(), { lr: RATE });
  return () => {
    const loss = bceWithLogitsLoss(model.forward(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.itemSync();
  };
}

/** The same by hand. Row r of a layer's weights belongs to its output r. */
function byHand(): () => number {
  const { x, y } = moons();
  let seed = 1;
  const random = (bound: number): number => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return (seed / 2 ** 31 - 1) * bound;
  };
  const weights = LAYERS.map(([i, o]) => Array.from({ length: i * o }, () => random(1 / Math.sqrt(i))));
  const biases = LAYERS.map(([i, o]) => Array.from({ length: o }, () => random(1 / Math.sqrt(i))));
  const parameters = [...weights, ...biases];
  const means = parameters.map((p) => p.map(() => 0));
  const squares = parameters.map((p) => p.map(() => 0));
  let step = 0;

  const forward = (input: number[], layer: number): number[] => {
    const [inputs, outputs] = LAYERS[layer];
    const z = new Array<number>(BATCH * outputs);
    for (let r = 0; r < BATCH; r++)
      for (let o = 0; o < outputs; o++) {
        let sum = biases[layer][o];
        for (let i = 0; i < inputs; i++) sum += input[r * inputs + i] * weights[layer][o * inputs + i];
        z[r * outputs + o] = sum;
      }
    return z;
  };
  const backward = (input: number[], g: number[], layer: number): { gW: number[]; gB: number[]; gX: number[] } => {
    const [inputs, outputs] = LAYERS[layer];
    const gW = new Array<number>(inputs * outputs).fill(0);
    const gB = new Array<number>(outputs).fill(0);
    const gX = new Array<number>(layer > 0 ? BATCH * inputs : 0).fill(0);
    for (let r = 0; r < BATCH; r++)
      for (let o = 0; o < outputs; o++) {
        const gz = g[r * outputs + o];
        gB[o] += gz;
        for (let i = 0; i < inputs; i++) {
          gW[o * inputs + i] += gz * input[r * inputs + i];
          if (layer > 0) gX[r * inputs + i] += gz * weights[layer][o * inputs + i];
        }
      }
    return { gW, gB, gX };
  };

  return () => {
    const signals = [x];
    for (let layer = 0; layer < LAYERS.length; layer++) {
      const z = forward(signals[layer], layer);
      signals.push(layer < LAYERS.length - 1 ? z.map((v) => Math.max(v, 0)) : z);
    }
    const logits = signals[LAYERS.length];
    let loss = 0;
    let g = logits.map((z, r) => {
      loss += Math.max(z, 0) - z * y[r] + Math.log1p(Math.exp(-Math.abs(z)));
      return (1 / (1 + Math.exp(-z)) - y[r]) / BATCH;
    });
    const gradients: number[][] = [];
    for (let layer = LAYERS.length - 1; layer >= 0; layer--) {
      const { gW, gB, gX } = backward(signals[layer], g, layer);
      gradients[layer] = gW;
      gradients[LAYERS.length + layer] = gB;
      g = gX.map((v, i) => (signals[layer][i] > 0 ? v : 0));
    }
    step++;
    const [c1, c2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    parameters.forEach((w, p) => {
      const [m, s, gw] = [means[p], squares[p], gradients[p]];
      for (let i = 0; i < w.length; i++) {
        m[i] = 0.9 * m[i] + 0.1 * gw[i];
        s[i] = 0.999 * s[i] + 0.001 * gw[i] * gw[i];
        w[i] -= (RATE * (m[i] / c1)) / (Math.sqrt(s[i] / c2) + 1e-8);
      }
    });
    return loss / BATCH;
  };
}

/** Microseconds of one step, the mean over a round. */
function time(step: () => number): number {
  const start = performance.now();
  for (let i = 0; i < STEPS; i++) step();
  return ((performance.now() - start) / STEPS) * 1000;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

const [core, hand] = [withCore(), byHand()];
time(core);
time(hand);
const rounds = Array.from({ length: ROUNDS }, () => ({ core: time(core), hand: time(hand) }));
const [ours, theirs] = [median(rounds.map((r) => r.core)), median(rounds.map((r) => r.hand))];
const fastest = (values: number[]): string => Math.min(...values).toFixed(0);
console.log(`with the core   ${ours.toFixed(0)} µs a step (fastest round ${fastest(rounds.map((r) => r.core))})`);
console.log(`by hand         ${theirs.toFixed(0)} µs a step (fastest round ${fastest(rounds.map((r) => r.hand))})`);
console.log(`overhead        ${(ours - theirs).toFixed(0)} µs; loss ${core().toFixed(6)} and ${hand().toFixed(6)}`);
