/**
 * The four cases: few or many new pictures, similar to the old ones or different. Which strategy wins in each?
 */
import { concat, Generator } from '../../core';
import { digits } from '../../datasets';
import { integer, numbers, script } from '../shared/script';
import { type Examples, prepare, withFile } from './strategies';
import { compare, newClasses, type Outcomes, pretrain, RATES, type Task } from './transfer';

/** Ten digits, light strokes on black, brought to 32 × 32 and three equal colours. */
export const digitClasses = (seed: number, perClass: number, test: number): Task => ({
  seen: digitsAsPictures(perClass * 10, seed + 4000),
  aside: digitsAsPictures(400, seed + 5000),
  fresh: digitsAsPictures(test, seed + 3000),
  classes: 10,
});

function digitsAsPictures(count: number, seed: number): Examples {
  const { x, y } = digits(count, { generator: new Generator(seed) });
  const grey = prepare(
    x.pad([
      [0, 0],
      [0, 0],
      [2, 2],
      [2, 2],
    ]),
  );
  return { x: concat([grey, grey, grey], 1), y };
}

export const winner = (outcomes: Outcomes): string =>
  Object.entries(outcomes).reduce((best, each) => (each[1].accuracy > best[1].accuracy ? each : best))[0];

script({
  about: 'Few or many new pictures, similar to the old ones or different: which strategy wins?',
  options: {
    pretraining: integer(2500, { min: 60, help: 'pictures of the six old classes' }),
    few: integer(10, { min: 1, help: 'new pictures of each class' }),
    many: integer(100, { min: 2, help: 'the same, when there are many' }),
    shown: integer(3000, { min: 100, help: 'few pictures are repeated until so many have been shown' }),
    rates: numbers(RATES, { length: 'any', help: 'that each way tries' }),
    test: integer(400, { min: 40, help: 'fresh pictures to be judged by' }),
  },
  settings: {
    quick: { pretraining: 800, many: 30, shown: 400, rates: [1e-3, 1e-2], test: 200 },
    full: { pretraining: 6000, many: 1000, test: 1000 },
  },
  next: 'npx ts-node chapters/08-transfer-learning/classify.ts',
  async run({ options, section, table, progress }) {
    const { seed, pretraining, few, many, test } = options;
    const cases = [few, many].flatMap((count) => [
      { name: `${count} a class, similar`, task: newClasses(seed, count, test) },
      { name: `${count} a class, different`, task: digitClasses(seed, count, test) },
    ]);
    const rows: [name: string, outcomes: Outcomes][] = [];
    await withFile(async (file) => {
      const bar = progress(6 * Math.ceil(pretraining / 32), 'pre-training');
      await pretrain(seed, pretraining, file, bar.tick);
      bar.done();
      const work = progress(cases.length, 'cases');
      for (const { name, task } of cases) {
        rows.push([name, await compare(seed, file, task, options)]);
        await work.tick();
      }
      work.done();
    });
    section('cases', 'Accuracy on fresh pictures');
    table(
      ['new pictures', ...Object.keys(rows[0][1]), 'wins'],
      rows.map(([name, outcomes]) => [
        name,
        ...Object.values(outcomes).map(({ accuracy }) => accuracy.toFixed(3)),
        winner(outcomes),
      ]),
    );
  },
});
