/**
 * A task that only memory solves: a letter, then 50 digits that say nothing; which letter was it? Three cells as they
 * start, and the two with gates once more with their keeping gate open.
 */
import { manualSeed, nn, noGrad, ops, optim, randint, type Tensor } from '../../core';
import { integer, number, script } from '../shared/script';
import { type Arm, arms, nameOf, openKeepingGate } from './keeping';
import { recallFigure } from './pictures/recall';

// #region task
const [LETTERS, DIGITS] = [4, 4];

/** Symbols [N, 1 + distance]: one of the letters 0 to 3, then digits, which are the symbols 4 to 7. */
export function examples(count: number, distance: number): { symbols: Tensor; letter: Tensor } {
  const letter = randint(0, LETTERS, [count, 1]);
  const digits = randint(LETTERS, LETTERS + DIGITS, [count, distance]);
  return { symbols: ops.concat([letter, digits], 1), letter: letter.squeeze(1) };
}
// #endregion

export class Recall extends nn.Module {
  readonly layer: nn.RNN | nn.LSTM | nn.GRU;
  readonly head: nn.Linear;

  constructor({ cell, bias }: Arm, units: number) {
    super();
    this.layer = new nn[cell](LETTERS + DIGITS, units);
    if (bias !== null) openKeepingGate(this.layer as nn.LSTM | nn.GRU, bias);
    this.head = new nn.Linear(units, LETTERS);
  }

  override forward(symbols: Tensor): Tensor {
    const x = ops.oneHot(symbols, LETTERS + DIGITS).to('float32'); // [N, T] → [N, T, 8]
    const [states] = this.layer.forward(x) as [Tensor, unknown]; // [N, T, H]
    return this.head.forward(states.slice(null, -1)); // only the last state is asked: [N, 4]
  }
}

export interface Settings {
  distance: number;
  units: number;
  steps: number;
  rate: number;
}

const EVERY = 25; // steps from one look at the accuracy to the next

/** One life: the accuracy on fresh examples, every 25 steps. */
export async function learn(
  arm: Arm,
  { distance, units, steps, rate, seed }: Settings & { seed: number },
  tick: (label: string) => void | Promise<void> = () => {},
): Promise<number[]> {
  manualSeed(seed);
  const model = new Recall(arm, units);
  const optimizer = new optim.Adam(model.parameters(), { lr: rate });
  const fresh = examples(200, distance);
  const accuracies = [await accuracy(model, fresh)];
  for (let step = 1; step <= steps; step++) {
    const { symbols, letter } = examples(32, distance);
    const loss = ops.crossEntropy(model.forward(symbols), letter);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    if (step % EVERY === 0) accuracies.push(await accuracy(model, fresh));
    await tick(nameOf(arm));
  }
  return accuracies;
}

const accuracy = (model: Recall, { symbols, letter }: ReturnType<typeof examples>): Promise<number> =>
  noGrad(() => model.forward(symbols).argmax(1).eq(letter).to('float32').mean()).item();

/** The step at which nine in ten are right, and stay so. */
export function learnedAt(accuracies: number[]): number | null {
  const wrong = accuracies.findLastIndex((value) => value < 0.9);
  return wrong === accuracies.length - 1 ? null : (wrong + 1) * EVERY;
}

export interface Run {
  arm: Arm;
  steps: number[];
  accuracies: number[];
}

const CHOICES = ['none of them', 'the RNN', 'the LSTM and the GRU', 'all three'] as const;

function whoLearned(runs: Run[]): (typeof CHOICES)[number] {
  const learned = runs.filter(({ accuracies }) => learnedAt(accuracies) !== null).map(({ arm }) => arm.cell);
  if (learned.length === 0) return 'none of them';
  if (learned.length === 3) return 'all three';
  return learned.includes('RNN') ? 'the RNN' : 'the LSTM and the GRU';
}

script({
  about: 'A letter, then 50 random digits: which letter was it? Only memory can tell.',
  options: {
    distance: integer(50, { min: 1, max: 200, help: 'digits after the letter' }),
    units: integer(32, { min: 1, max: 128, help: 'numbers in the state' }),
    steps: integer(600, { min: 25, help: 'steps of Adam' }),
    rate: number(0.002, { min: 0, max: 1, help: 'learning rate' }),
    bias: number(4, { min: -10, max: 20, help: 'of the gate that keeps, in the last two arms' }),
  },
  settings: { quick: { steps: 250 }, full: { steps: 1200 } },
  predict: {
    question: 'A letter, then 50 random digits. Which cells, as the layers start them, learn to say the letter?',
    choices: CHOICES,
  },
  next: 'npx ts-node chapters/07-rnn-lstm-gru/fading.ts',
  async run({ options, section, table, figure, progress, predict, verdict }) {
    const guess = await predict();
    const bar = progress(5 * options.steps, 'training');
    const runs: Run[] = [];
    for (const arm of arms(options.bias)) {
      const accuracies = await learn(arm, options, (label) => bar.tick(label));
      runs.push({ arm, accuracies, steps: accuracies.map((_, i) => i * EVERY) });
    }
    bar.done();

    section('accuracy', `Accuracy on fresh examples; guessing gives ${(1 / LETTERS).toFixed(2)}`);
    table(
      ['', 'at the start', `after ${options.steps} steps`, '0.9 from step'],
      runs.map(({ arm, accuracies }) => [
        nameOf(arm),
        accuracies[0].toFixed(2),
        accuracies[accuracies.length - 1].toFixed(2),
        String(learnedAt(accuracies) ?? 'never'),
      ]),
    );
    section('verdict');
    const opened = runs.slice(3).map(({ arm, accuracies }) => `${arm.cell} ${learnedAt(accuracies) ?? 'never'}`);
    const why = `With a bias of ${options.bias} they are right from step: ${opened.join(', ')}.`;
    verdict(guess, whoLearned(runs.slice(0, 3)), why);
    await figure('recall', await recallFigure(runs, 1 / LETTERS));
  },
});
