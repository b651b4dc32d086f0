/**
 * A scalar autograd engine: numbers that remember how they were computed, so that one walk backwards gives the
 * slope of the result along each of them. All of backpropagation is here; core/ says the same of tensors.
 */
import { script } from '../shared/script';
import { valueGraph } from './pictures/value-graph';

// #region value
export class Value {
  private static made = 0;
  /** A result is made after what it was computed from, so this number is always the larger one. */
  readonly order = Value.made++;
  /** The slope of the result along this value, once `result.backward()` has passed. */
  grad = 0;

  constructor(
    public data: number,
    readonly label = '',
    readonly inputs: readonly Value[] = [],
    readonly slopes: readonly number[] = [], // of this value along each input
  ) {}
  // #endregion

  // #region operations
  // Each operation: its value, its sign, what it was computed from, and its slope along each of these.

  add(other: Value | number): Value {
    const [a, b] = [this, lift(other)];
    return new Value(a.data + b.data, '+', [a, b], [1, 1]);
  }

  sub(other: Value | number): Value {
    const [a, b] = [this, lift(other)];
    return new Value(a.data - b.data, '−', [a, b], [1, -1]);
  }

  mul(other: Value | number): Value {
    const [a, b] = [this, lift(other)];
    return new Value(a.data * b.data, '·', [a, b], [b.data, a.data]);
  }

  div(other: Value | number): Value {
    const [a, b] = [this, lift(other)];
    return new Value(a.data / b.data, '/', [a, b], [1 / b.data, -a.data / b.data ** 2]);
  }

  pow(n: number): Value {
    return new Value(this.data ** n, `^${n}`, [this], [n * this.data ** (n - 1)]);
  }

  exp(): Value {
    const y = Math.exp(this.data);
    return new Value(y, 'exp', [this], [y]);
  }

  log(): Value {
    return new Value(Math.log(this.data), 'log', [this], [1 / this.data]);
  }

  tanh(): Value {
    const y = Math.tanh(this.data);
    return new Value(y, 'tanh', [this], [1 - y ** 2]);
  }

  sigmoid(): Value {
    const y = 1 / (1 + Math.exp(-this.data));
    return new Value(y, 'σ', [this], [y * (1 - y)]);
  }

  relu(): Value {
    return new Value(Math.max(0, this.data), 'ReLU', [this], [this.data > 0 ? 1 : 0]);
  }
  // #endregion

  // #region backward
  /** Adds to `grad` of every value below this one how steeply this one rises along it. */
  backward(): void {
    const values = this.history();
    for (const value of values) if (value.inputs.length > 0) value.grad = 0; // left over from an earlier walk
    this.grad = 1;
    for (const value of values) {
      value.inputs.forEach((input, i) => {
        input.grad += value.slopes[i] * value.grad; // slopes multiply along a path and add up where paths meet
      });
    }
  }

  /** Everything this value was computed from, itself included, latest first. */
  history(): Value[] {
    const found = new Set<Value>([this]);
    for (const value of found) for (const input of value.inputs) found.add(input); // the loop also visits what it adds
    return [...found].sort((a, b) => b.order - a.order);
  }
  // #endregion
}

const lift = (x: Value | number): Value => (x instanceof Value ? x : new Value(x));

/** The neuron of chapter 01 and its loss against a viewer who loved the movie. */
function movie() {
  const x = [1, 0, 1].map((input, i) => new Value(input, `x${i + 1}`));
  const w = [0.6, 0.3, 0.1].map((weight, i) => new Value(weight, `w${i + 1}`));
  const b = new Value(-0.5, 'b');
  const lossOf = () => {
    const z = w.reduce((sum, weight, i) => sum.add(weight.mul(x[i])), b);
    return z.sigmoid().sub(1).pow(2);
  };
  return { parameters: [...w, b], lossOf };
}

script({
  about: 'A scalar autograd engine: two graphs with their values and gradients, and a neuron that learns.',
  next: 'npx ts-node chapters/03-backprop/three-ways.ts',
  async run({ say, section, table, figure }) {
    section('parabola', 'x² + 3x + 2 at x = 2');
    // #region parabola
    const x = new Value(2, 'x');
    const y = x.pow(2).add(x.mul(3)).add(2);
    y.backward();
    // #endregion
    say(`y = ${y.data}, slope along x = ${x.grad}`);

    section('neuron', 'The movie neuron');
    const { parameters, lossOf } = movie();
    const loss = lossOf();
    loss.backward();
    say(`loss ${loss.data.toFixed(4)}, from ${loss.history().length} values`);
    table(
      ['parameter', 'value', 'gradient'],
      parameters.map(({ label, data, grad }) => [label, data.toFixed(2), grad.toFixed(4)]),
    );
    const neuronGraph = valueGraph(loss, { title: 'One neuron and its loss, forward and back', parameters });

    section('learn', 'The neuron learns');
    // #region learn
    for (let step = 0; step <= 20; step++) {
      for (const parameter of parameters) parameter.grad = 0;
      const loss = lossOf();
      loss.backward();
      if (step % 5 === 0) say(`step ${String(step).padStart(2)}  loss ${loss.data.toFixed(4)}`);
      for (const parameter of parameters) parameter.data -= 1 * parameter.grad; // learning rate 1
    }
    // #endregion

    await figure('parabola-graph', valueGraph(y, { title: 'x² + 3x + 2 at x = 2', parameters: [x] }));
    await figure('neuron-graph', neuronGraph);
  },
});
