/**
 * What a tensor is: a row of numbers in memory, and a way to walk along it. Making tensors, their shapes and
 * strides, views that share memory, kinds of numbers, devices, and reading the values back.
 */
import { arange, currentDevice, memory, randn, type Tensor, tensor, zeros } from '../../core';
import { integer, script } from '../shared/script';
import { memoryDrawing, viewsDrawing } from './pictures/memory';

type Say = (...values: unknown[]) => void;

function creating(say: Say): void {
  // #region create
  const rows = [
    [1.5, 2, 3],
    [4, 5, 6],
  ];
  say(tensor(rows)); // from lists
  say(zeros([2, 3])); // also: ones([2, 3]), full([2, 3], 7), eye(3)
  say(arange(0, 120, 10)); // from 0 in steps of 10, up to but without 120
  say(randn([2, 3])); // random, around 0; also: rand, randint, bernoulli
  // #endregion
}

// #region sample
export const sample = (): Tensor => arange(0, 120, 10).reshape(3, 4);
// #endregion

// #region place
/** Where an element lies: at the offset, and for each axis as many strides further as its index says. */
export const placeOf = ({ offset, strides }: Tensor, ...index: number[]): number =>
  index.reduce((place, i, axis) => place + i * strides[axis], offset);
// #endregion

// #region views
export const views = (x: Tensor) => ({
  'x.slice(1)': x.slice(1), // row 1
  'x.slice(null, 2)': x.slice(null, 2), // column 2 of all rows
  'x.slice(null, [0, null, 2])': x.slice(null, [0, null, 2]), // every second column
  'x.slice(1).expand(3, 4)': x.slice(1).expand(3, 4), // row 1, three times
  'x.reshape(2, 6)': x.reshape(2, 6), // the same order, in two rows
  'x.transpose()': x.transpose(), // rows become columns
});
// #endregion

/** What a view costs, and what a copy costs. */
function cost(say: Say): void {
  const measure = (name: string, run: () => Tensor): void => {
    const before = memory()[currentDevice()].bytes;
    const start = performance.now();
    run();
    const time = performance.now() - start;
    const bytes = memory()[currentDevice()].bytes - before;
    say(`${name.padEnd(25)} ${String(bytes).padStart(8)} new bytes, ${time.toFixed(2)} ms`);
  };
  // #region cost
  const big = randn([2048, 2048]); // 4 million numbers
  const view = big.transpose();
  measure('big.transpose()', () => big.transpose());
  measure('view.toContiguous()', () => view.toContiguous());
  // #endregion
}

async function dtypes(say: Say): Promise<void> {
  // #region dtypes
  const wide = { dtype: 'float64', device: 'cpu' } as const; // a GPU has no float64
  say('0.1 + 0.2 in float32:', await tensor(0.1).add(0.2).item());
  say('0.1 + 0.2 in float64:', await tensor(0.1, wide).add(0.2).item());
  say('16777217 in float32: ', await tensor(16777217).item());
  say(tensor([0.9, -0.9, 2.5]).to('int32')); // fractions are cut off
  say(tensor([0.9, -0.9, 2.5]).gt(0)); // comparisons say 1 or 0
  // #endregion
}

async function reading(x: Tensor, say: Say): Promise<void> {
  // #region read
  say(await x.array()); // as nested lists
  say(await x.slice(null, 2).data()); // as a typed array, in the order of the view
  say(await x.sum().item()); // a tensor of one number, as a number
  // #endregion
}

async function moving(x: Tensor, say: Say): Promise<void> {
  // #region devices
  const there = await x.to(currentDevice()); // 'cpu', or 'gpu' with --device gpu
  const back = await there.to('cpu');
  say(`x is on the ${x.device}, there on the ${there.device}, back on the ${back.device}`);
  // #endregion
}

script({
  about: 'Tensors: making them, shapes and strides, views, kinds of numbers, devices, reading them back.',
  options: {
    row: integer(1, { min: 0, max: 2, help: 'of the element to find in memory' }),
    column: integer(2, { min: 0, max: 3, help: 'of the element to find in memory' }),
  },
  next: 'npx ts-node chapters/02-forward-pass/broadcasting.ts --predict',
  async run({ options: { row, column }, say, section, table, figure }) {
    section('create', 'Making tensors');
    creating(say);

    section('strides', 'One row of memory, and strides');
    const x = sample();
    say(x);
    say(`strides [${x.strides}], offset ${x.offset}`);
    const value = await x.slice(row, column).item();
    say(`element (${row}, ${column}) lies at place ${placeOf(x, row, column)} and is ${value}`);
    await figure('memory', memoryDrawing(x, await x.data(), row, column));

    section('views', 'Views: other walks through the same memory');
    const shown = Object.entries({ x, ...views(x) });
    const same = (view: Tensor) => (view.storage === x.storage ? 'yes' : 'no');
    table(
      ['', 'shape', 'strides', 'offset', 'memory of x'],
      shown.map(([name, view]) => [name, `[${view.shape}]`, `[${view.strides}]`, view.offset, same(view)]),
    );
    await figure('views', viewsDrawing(views(x), await x.data(), x.shape[1]));

    section('cost', 'What a view costs');
    cost(say);

    section('dtypes', 'Kinds of numbers');
    await dtypes(say);

    section('read', 'Reading the values back');
    await reading(x, say);

    section('devices', 'Devices');
    await moving(x, say);
  },
});
