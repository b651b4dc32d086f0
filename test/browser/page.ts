/**
 * The page: for every kernel a row of the table of operations that calls it, forward and backward, on the browser's GPU
 * and by the fast kernels, beside the reference in double precision. What came out stands in the page.
 */
import { type DType, type Tensor, useDevice } from '../../core';
import { cpu } from '../../core/kernels/cpu';
import { addKernels, kernelsFor } from '../../core/kernels/select';
import { simd } from '../../core/kernels/simd';
import { device } from '../../gpu/device';
import { callsOf } from '../operations/calls';
import { difference, loosened, SINGLE, type Values, valuesFrom, valuesOf } from '../operations/close';
import { evaluate, leaves } from '../operations/evaluate';
import { type Row, rows } from '../operations/table';

/** A row, and the kernels for whose sake it was chosen. */
interface Choice {
  row: Row;
  kernels: string[];
}

type Place = (t: Tensor) => Tensor | Promise<Tensor>;

const ALL = Object.keys(cpu);

const element = (id: string) => document.getElementById(id) as HTMLElement;

/** Each row that calls a kernel which none before it called; 'unary exp' is another than 'unary log'. */
function choose(): Choice[] {
  const called = new Set<string>();
  const choices = rows.filter(isOrdinary).map((row): Choice => {
    const kernels = [...callsOf([row]).kernels].filter((name) => !called.has(name));
    for (const name of kernels) called.add(name);
    return { row, kernels };
  });
  return choices.filter(({ kernels }) => kernels.length > 0);
}

/** An empty tensor launches nothing. */
const isOrdinary = ({ inputs, noGpu }: Row): boolean => !noGpu && inputs.every(({ values }) => values.length > 0);

/** The names of the kernels that the GPU is asked for from here on. */
function listenToGpu(): Set<string> {
  const called = new Set<string>();
  const listening = (dtype: DType) =>
    new Proxy(kernelsFor({ device: 'gpu', dtype }), {
      get(kernels, name) {
        called.add(String(name));
        return Reflect.get(kernels, name);
      },
    });
  addKernels('gpu', {
    float32: listening('float32'),
    float64: listening('float64'),
    int32: listening('int32'),
  });
  return called;
}

/** Where the row's results in single precision, computed at this place, are not the reference's; null if nowhere. */
async function compare({ inputs, run, looser }: Row, place: Place): Promise<string | null> {
  const double = evaluate(run, leaves(inputs));
  const single = evaluate(run, await Promise.all(leaves(inputs, 'float32').map(place)));
  for (const part of ['outputs', 'gradients'] as const) {
    const actual = await Promise.all(single[part].map(read));
    const found = difference(actual, double[part].map(valuesOf), loosened(SINGLE, looser?.times));
    if (found) return `${part}: ${found}`;
  }
  return null;
}

const read = async (t: Tensor | null): Promise<Values | null> => t && valuesFrom(t, await t.data());

/** The same; what is thrown on the way is a difference too. */
const judge = (row: Row, place: Place): Promise<string | null> =>
  compare(row, place).catch((error: Error) => error.message);

async function main(): Promise<string> {
  if (!simd) throw new Error('The fast kernels are not in this page: npm run simd builds them.');
  await useDevice('gpu');
  await useDevice('cpu'); // where tensors are made: each row says what goes to the GPU
  showMachine();
  const choices = choose();
  const called = listenToGpu();
  const start = performance.now();
  let failures = 0;
  for (const [i, choice] of choices.entries()) {
    element('verdict').textContent = `${i + 1} of ${choices.length}: ${choice.row.name} …`;
    const verdicts = [await judge(choice.row, (t) => t.to('gpu')), await judge(choice.row, (t) => t)];
    show(choice, verdicts);
    failures += verdicts.filter((verdict) => verdict !== null).length;
  }
  if (failures > 0) throw new Error(`${failures} of ${2 * choices.length} runs do not agree.`);
  const missing = ALL.filter((name) => !called.has(name));
  if (missing.length > 0) throw new Error(`The GPU was never asked for ${missing.join(', ')}.`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  return `All ${ALL.length} kernels agree, in ${choices.length} operations and ${seconds} seconds.`;
}

/* ----------------------------------------------------------------------------------------------- what is seen */

function showMachine(): void {
  const { vendor, architecture, description, isFallbackAdapter } = device().adapterInfo;
  const gpu = [vendor, architecture, description].filter(Boolean).join(', ') || 'one that does not give its name';
  const kind = isFallbackAdapter ? ' (a software renderer)' : '';
  element('machine').textContent = `GPU: ${gpu}${kind}. WebAssembly: the fast kernels, on one thread.`;
}

function show({ row, kernels }: Choice, verdicts: (string | null)[]): void {
  const line = document.createElement('tr');
  const cell = (text: string, className = '') =>
    line.append(Object.assign(document.createElement('td'), { textContent: text, className }));
  cell(row.name);
  cell(kernels.filter((name) => !kernels.some((other) => other.startsWith(`${name} `))).join(', '));
  for (const verdict of verdicts) cell(verdict ?? 'agrees', verdict ? 'bad' : 'good');
  element('rows').append(line);
}

function finish(state: 'passed' | 'failed', verdict: string): void {
  element('verdict').textContent = verdict;
  document.body.dataset.state = state;
}

main().then(
  (verdict) => finish('passed', verdict),
  (error: Error) => finish('failed', error.message),
);
