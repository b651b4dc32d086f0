/**
 * `npm start`: a tour in three stops. A neuron decides; a wrong derivative is caught; a network learns to part two
 * moons, drawn in the terminal while it learns, and as a picture.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { neuronOfTensors } from '../chapters/01-neuron/neuron';
import {
  bceWithLogitsLoss,
  customOperation,
  Generator,
  gradCheck,
  manualSeed,
  nn,
  noGrad,
  optim,
  randn,
  randperm,
  type Tensor,
  tensor,
} from '../core';
import { boundaryChart } from '../core/io/charts';
import { sparkline, terminalBoundary } from '../core/io/terminal';
import { moons } from '../datasets/moons';

const terminal = process.stdout.isTTY === true;
const colours = terminal && !process.env.NO_COLOR;
type Style = Parameters<typeof styleText>[0];
const paint = (style: Style, text: string): string => (colours ? styleText(style, text) : text);
const say = (text = ''): void => console.log(text);
const heading = (text: string): void => say(`\n${paint('bold', text)}\n${'─'.repeat(text.length)}`);

/** Time to read, in a terminal; Enter goes on at once. */
async function pause(seconds: number): Promise<void> {
  if (!terminal || !process.stdin.isTTY) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      process.stdin.off('data', goOn).pause();
      resolve();
    };
    const timer = setTimeout(goOn, 1000 * seconds);
    process.stdin.on('data', goOn).resume();
  });
}

async function neuron(): Promise<void> {
  heading('1. A neuron');
  const { z, sure } = neuronOfTensors({ weights: [0.6, 0.3, 0.1], bias: -0.5 }, [1, 0, 1]);
  const [score, answer] = [(await z.item()).toFixed(2), (await sure.item()).toFixed(4)];
  say('Shall you watch this movie? Weigh what speaks for it, add it up, and bend the sum into a number from 0 to 1.\n');
  say('   good reviews     1 × 0.6 ──╮');
  say(`   favourite genre  0 × 0.3 ──┼── z = ${score} ── sigmoid ── ${paint('bold', answer)}   watch it`);
  say('   liked actor      1 × 0.1 ──┤');
  say('   (and so to bed)     −0.5 ──╯\n');
  say('The numbers behind the × are its weights. To learn is to move them: but which way?');
}

/** The sigmoid, with a derivative that somebody wrote. */
const sigmoidWith = (slope: (y: Tensor) => Tensor) =>
  customOperation('sigmoid', {
    forward: (x) => x.sigmoid(),
    backward: (_, y) => ({ saves: [y], gradients: [(g) => g.mul(slope(y))] }),
  });

function gradientCheck(): void {
  heading('2. A gradient, put to the test');
  say('The slope of the answer tells which way. Every operation brings a formula for its slope, written by a person,');
  say('and people slip. So each formula is compared with what really happens when an input moves a little.\n');
  judge('y·(1 + y)', (y) => y.mul(y.add(1)));
  judge('y·(1 − y)', (y) => y.mul(y.neg().add(1)));
  say('Every operation of this repository is put to this test, whenever you run npm test.');
}

/** Checks the formula at six places, and tells of the one where it is furthest off. */
function judge(formula: string, slope: (y: Tensor) => Tensor): void {
  const inputs = [randn([2, 3], { dtype: 'float64', generator: new Generator(4), requiresGrad: true })];
  const { passed, worst } = gradCheck(sigmoidWith(slope), inputs);
  const verdict = passed ? paint('green', '✓ passes') : paint('red', '✗ fails');
  say(`   for y = sigmoid(x), the slope is ${formula}   ${verdict}`);
  if (!worst) return;
  const x = inputs[0].dataSync()[worst.element].toFixed(3);
  const [claimed, seen] = [worst.analytic.toFixed(6), worst.numeric.toFixed(6)];
  say(paint('dim', `   gradCheck, at x = ${x}: backward says ${claimed}, differences say ${seen}\n`));
}

type Points = ReturnType<typeof moons>;

const X = { label: 'x', domain: [-1.5, 2.5] as [number, number] };
const Y = { label: 'y', domain: [-1.1, 1.6] as [number, number] };

/** What the network says for every point of a grid over the plane: how sure it is of the second moon. */
function ask(model: nn.Sequential, columns: number, rows: number) {
  const along = ({ domain: [low, high] }: typeof X, i: number, count: number) => low + ((high - low) * i) / (count - 1);
  const grid = Float32Array.from({ length: 2 * columns * rows }, (_, k) => {
    const point = k >> 1;
    return k % 2 === 0 ? along(X, point % columns, columns) : along(Y, Math.floor(point / columns), rows);
  });
  const sure = noGrad(() => model.forward(tensor(grid, { shape: [columns * rows, 2] })).sigmoid());
  return { probability: sure.dataSync(), columns, rows };
}

/** The points of one moon, as charts want them. */
function moon(name: string, { x, y }: Points, label: number) {
  const [points, labels] = [x.arraySync() as number[][], y.dataSync()];
  const own = points.filter((_, i) => labels[i] === label);
  return { name, x: own.map(([left]) => left), y: own.map(([, up]) => up) };
}

const EPOCHS = 50;
const BATCH = 32;
const CELLS = { columns: 64, rows: 36 };

async function learn(): Promise<void> {
  heading('3. A network that learns');
  manualSeed(0);
  const [train, test] = [moons(800), moons(200)];
  const model = new nn.Sequential(
    new nn.Linear(2, 10),
    new nn.ReLU(),
    new nn.Linear(10, 10),
    new nn.ReLU(),
    new nn.Linear(10, 1),
  );
  const optimizer = new optim.Adam(model.parameters(), { lr: 0.01 });
  say('Two moons that no straight line can part. One neuron draws one line; here are 21 of them in three layers, with');
  say(`${model.parameterCount()} weights that start at random. The points shown are not among those it learns from.`);
  const marks = colours ? 'blue and orange are its answers, the dark points' : 'a and b are its answers, capitals';
  say(`(${marks} what is true.)\n`);

  const points = [moon('upper moon', test, 0), moon('lower moon', test, 1)];
  const screen = new Screen();
  const losses: number[] = [];
  for (let epoch = 0; epoch <= EPOCHS; epoch++) {
    if (epoch > 0) losses.push(await trainOnce(model, optimizer, train));
    const right = accuracy(model, test);
    const status = `after ${epoch} rounds: ${(100 * right).toFixed(1)} % of the new points are on the right side`;
    const picture = () => terminalBoundary({ ...ask(model, CELLS.columns, CELLS.rows), points, x: X, y: Y });
    if (epoch === 0 || epoch === EPOCHS || screen.moving) screen.draw(`${picture()}\n${status}`);
    if (screen.moving) await sleep(40);
  }
  say(`loss, round by round: ${sparkline(losses)}`);

  const title = 'Two moons, parted by 21 neurons';
  const chart = await boundaryChart({ title, ...ask(model, 120, 90), x: X, y: Y, points });
  const files = await chart.save('chapters/figures/two-moons');
  say(`As a picture: ${files.join(' and ')}`);
}

/** Once through all points, in random order; the mean loss. */
async function trainOnce(model: nn.Sequential, optimizer: optim.Adam, { x, y }: Points): Promise<number> {
  const order = randperm(x.shape[0]);
  let sum = 0;
  const batches = order.split(BATCH);
  for (const batch of batches) {
    const score = model.forward(x.indexSelect(0, batch)).squeeze(1); // [B]
    const loss = bceWithLogitsLoss(score, y.indexSelect(0, batch));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    sum += await loss.item();
  }
  return sum / batches.length;
}

function accuracy(model: nn.Sequential, { x, y }: Points): number {
  return noGrad(() => model.forward(x).squeeze(1).gt(0).eq(y).to('float32').mean()).itemSync();
}

/** A picture drawn over itself where the terminal can do that; elsewhere one below the other. */
class Screen {
  readonly moving = terminal && process.env.TERM !== 'dumb' && process.stdout.rows > CELLS.rows / 2 + 2;
  private lines = 0;

  draw(picture: string): void {
    if (this.moving && this.lines > 0) process.stdout.write(`\x1b[${this.lines}A`);
    const lines = picture.split('\n');
    for (const line of lines) process.stdout.write(`${this.moving ? '\x1b[2K' : ''}${line}\n`);
    this.lines = lines.length;
  }
}

async function tour(): Promise<void> {
  const start = performance.now();
  say(paint('bold', 'Deep learning from scratch, in three stops'));
  if (terminal) say(paint('dim', 'Enter goes on, Ctrl-C ends.'));
  await neuron();
  await pause(10);
  gradientCheck();
  await pause(10);
  await learn();

  heading('Where to go next');
  say('   chapters/README.md                           what all this is, and the path through it');
  say('   npx ts-node chapters/01-neuron/neuron.ts     the neuron again, with numbers of your own');
  say('   npm run exercises                            write the missing pieces, and let the checks judge');
  say('   core/README.md                               how the machine inside works');
  say(paint('dim', `\nThis took ${((performance.now() - start) / 1000).toFixed(1)} s.`));
}

tour().catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
