/**
 * One step of each cell with one unit and numbers small enough for paper; then the layer of the core with the same
 * weights.
 */
import { nn, type Tensor, tensor } from '../../core';
import { script } from '../shared/script';
import { GATES, type Gate, gruStep, lstmStep, rnnStep } from './cells';

const X = 1; //   what comes in
const H = 0.5; // the last state
const C = 0.8; // the LSTM's memory

/** One number each: w for the input, u for the state, b the bias. */
const WEIGHTS = {
  RNN: { n: { w: 0.8, u: -0.6, b: 0 } },
  LSTM: {
    i: { w: 0.5, u: 0.4, b: 0 },
    f: { w: 0.1, u: 0.2, b: 1 },
    g: { w: 0.8, u: -0.6, b: 0 },
    o: { w: 0.3, u: 0.9, b: -0.2 },
  },
  GRU: {
    r: { w: 0.4, u: 0.2, b: -0.1 },
    z: { w: 0.2, u: 0.8, b: 0.4 },
    n: { w: 0.8, u: -0.6, b: 0 },
  },
};

type Numbers = { w: number; u: number; b: number };
type Name = keyof typeof WEIGHTS;

const float64 = (values: number[] | number[][]): Tensor => tensor(values, { dtype: 'float64', device: 'cpu' });

const gate = ({ w, u, b }: Numbers): Gate => ({
  W: float64([[w]]),
  U: float64([[u]]),
  b: float64([b]),
  d: float64([0]),
});

const gates = <Gates extends Record<string, Numbers>>(numbers: Gates) =>
  Object.fromEntries(Object.entries(numbers).map(([name, one]) => [name, gate(one)])) as Record<keyof Gates, Gate>;

/** Every value of the step, by its name in the formula. */
export async function step(name: Name): Promise<Record<string, number>> {
  const [x, h, c] = [X, H, C].map((value) => float64([[value]])); // [1, 1] each: a batch of one, one number
  const values: Record<string, Tensor> = {
    RNN: () => rnnStep(x, { h }, gates(WEIGHTS.RNN)),
    LSTM: () => lstmStep(x, { h, c }, gates(WEIGHTS.LSTM)),
    GRU: () => gruStep(x, { h }, gates(WEIGHTS.GRU)),
  }[name]();
  const pairs = Object.entries(values).map(async ([key, value]) => [key, await value.item()] as const);
  return Object.fromEntries(await Promise.all(pairs));
}

/** The layer of the core with these weights, over a sequence of one step: the new state, and the LSTM's memory. */
export async function byCore(name: Name): Promise<number[]> {
  const layer = await new nn[name](1, 1).to('cpu');
  layer.to('float64');
  const all = GATES[name].map((key) => (WEIGHTS[name] as Record<string, Numbers>)[key]);
  const { weightIh, weightHh, biasIh, biasHh } = layer.weights[0][0];
  weightIh.become(float64(all.map(({ w }) => [w])));
  weightHh.become(float64(all.map(({ u }) => [u])));
  biasIh!.become(float64(all.map(({ b }) => b)));
  biasHh!.become(float64(all.map(() => 0)));
  const [x, h, c] = [X, H, C].map((value) => float64([value]).reshape(1, 1, 1)); // [N, T, I]; states [storeys, N, H]
  if (layer instanceof nn.LSTM) {
    const [, states] = layer.forward(x, [h, c]);
    return Promise.all(states.map((state) => state.item()));
  }
  return [await layer.forward(x, h)[1].item()];
}

const NEW: Record<string, string> = { h: "h'", c: "c'" };

script({
  about: 'One step of each cell by hand: one unit, x = 1, last state 0.5.',
  next: 'npx ts-node chapters/07-rnn-lstm-gru/equality.ts',
  async run({ say, section }) {
    for (const name of ['RNN', 'LSTM', 'GRU'] as const) {
      section(name.toLowerCase(), `${name}: x = ${X}, h = ${H}${name === 'LSTM' ? `, c = ${C}` : ''}`);
      const values = Object.entries(await step(name));
      for (const [key, value] of values) say(`${(NEW[key] ?? key).padEnd(2)} = ${value.toFixed(4)}`);
      const core = (await byCore(name)).map((value) => value.toFixed(4));
      say(`the core: h' = ${core[0]}${core.length > 1 ? `, c' = ${core[1]}` : ''}`);
    }
  },
});
