/**
 * Sequence to sequence: an encoder-decoder learns to reverse digits, to sort them, and to write dates in one way; and
 * shows where it looked.
 */
import { manualSeed } from '../../core';
import { choice, integer, number, script } from '../shared/script';
import { alignmentFigure } from './sequences/pictures/seq2seq';
import { datePairs, readBook, TASKS, type Task } from './tasks';
import { type Alignment, align, type Life, live } from './translator';

/** What each is asked in the picture. */
const ASKED: Record<Task, string> = { reverse: '3142', sort: '3142', dates: 'May 23, 1987' };

script({
  about: 'Encoder and decoder: reverse digits, sort them, write dates in one way.',
  options: {
    task: choice(['all', ...TASKS], { help: 'which of the three' }),
    pairs: integer(16_000, { min: 100, max: 1_000_000, help: 'to learn from' }),
    test: integer(500, { min: 10, max: 10_000, help: 'to test on' }),
    shortest: integer(3, { min: 1, max: 30, help: 'digits in a row' }),
    longest: integer(6, { min: 1, max: 30, help: 'digits in a row' }),
    width: integer(32, { min: 4, max: 512, help: 'of a vector' }),
    heads: integer(4, { min: 1, max: 16, help: 'of each attention' }),
    layers: integer(2, { min: 1, max: 12, help: 'blocks on either side' }),
    epochs: integer(2, { min: 1, max: 100, help: 'passes over the pairs' }),
    batch: integer(64, { min: 1, max: 1024, help: 'pairs in a step' }),
    rate: number(0.006, { min: 0, max: 1, help: 'highest learning rate' }),
  },
  settings: {
    quick: { pairs: 3000, test: 200, longest: 4, rate: 0.01 },
    full: { pairs: 60_000, test: 2000, longest: 12, width: 64, rate: 0.003 },
  },
  next: 'npx ts-node chapters/10-attention-transformer/beam.ts',
  async run({ options, section, say, table, figure, progress }) {
    const { seed, pairs, test, epochs, batch } = options;
    section('styles', 'One day, as people write it, and as it shall be written');
    const day = datePairs(31_838);
    table(
      ['source', 'target'],
      day.map(({ source, target }) => [source, target]),
    );

    const tasks = options.task === 'all' ? TASKS : [options.task];
    const bar = progress(tasks.length * epochs * Math.ceil(pairs / batch), 'training');
    const lives: (Life & { task: Task })[] = [];
    for (const task of tasks) {
      manualSeed(seed);
      const book = readBook(task, { train: pairs, test }, options);
      lives.push({ task, ...(await live(seed, book, options, options, () => bar.tick(task))) });
    }
    bar.done();

    section('table', `After ${epochs} × ${pairs} pairs, on ${test} that were never seen`);
    table(
      ['task', 'parameters', 'loss, last epoch', 'wholly right'],
      lives.map(({ task, model, curves, exact }) => [
        task,
        model.parameterCount(),
        curves.loss[curves.loss.length - 1].toFixed(3),
        exact.toFixed(3),
      ]),
    );

    section('mistakes', 'Mistakes');
    const mistakes = lives.flatMap(({ task, book, said, right }) => {
      const places = right.map((_, i) => i).filter((i) => !right[i]);
      return places.slice(0, 3).map((i) => [task, book.test.pairs[i].source, said[i], book.test.pairs[i].target]);
    });
    if (mistakes.length > 0) table(['task', 'source', 'says', 'right would be'], mistakes);
    else say('none');

    const alignments: Alignment[] = [];
    for (const { task, model, book } of lives) alignments.push(await align(model, ASKED[task], book));
    section('look', 'What each symbol looks at most');
    for (const [i, { source, said, weights }] of alignments.entries()) {
      const most = weights.map((row) => source[row.indexOf(Math.max(...row))]);
      say(`${tasks[i].padEnd(8)} ${source.join('')}\n  says     ${said.join('')}\n  looks at ${most.join('')}\n`);
    }
    await figure('alignment', await alignmentFigure(alignments));
  },
});
