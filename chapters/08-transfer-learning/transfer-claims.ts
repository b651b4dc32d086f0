/**
 * What the first page states about chance, each as a difference or ratio of two runs on the same data.
 */
import type { Bound, Claim } from '../shared/claims';
import * as augment from './augment';
import { digitClasses } from './cases';
import { adapt, type Errors, TASKS } from './series';
import { withFile } from './strategies';
import { compare, newClasses, type Outcomes, pretrain, RATES, type Task } from './transfer';

const PICTURES = 'pictures (generated)';

const SETTING = { shown: 3000, rates: RATES };

const gain = (
  script: string,
  figure: string,
  task: (seed: number) => Task,
  of: (outcomes: Outcomes) => number,
  bound: Bound,
): Claim => ({
  script,
  figure,
  bound,
  run: (seed) =>
    withFile(async (file) => {
      await pretrain(seed, 2500, file);
      return { value: of(await compare(seed, file, task(seed), SETTING)), data: PICTURES };
    }),
});

const helped: Claim = {
  script: 'augment.ts',
  figure: 'augmented less as they are, 20 of each, 60 epochs',
  bound: { atLeast: 0.05 },
  async run(seed) {
    const { without, augmented } = await augment.worth(seed, 20, 60);
    return { value: augmented - without, data: PICTURES };
  },
};

const hurt = (which: 'turned' | 'flipped', bound: Bound): Claim => ({
  script: 'augment.ts',
  figure: `sixes and nines read rightly, 20 digits of each, ${which}, 30 epochs`,
  bound,
  run: async (seed) => ({ value: (await augment.meaning(seed, 20, 30))[which], data: 'digits (generated)' }),
});

const ratio = ({ transferred, scratch }: Errors): number => transferred / scratch;

const onSeries = (name: keyof typeof TASKS, to: 'akin' | 'opposite', bound: Bound): Claim => ({
  script: 'series.ts',
  figure: `error pre-trained over error from scratch, ${name}, ${to}`,
  bound,
  run: async (seed) => ({
    value: ratio(await adapt(seed, TASKS[name], to, { pretraining: 2000, few: 20, epochs: 60 })),
    data: `${name} (generated)`,
  }),
});

export const transferClaims: Claim[] = [
  gain(
    'transfer.ts',
    'fine-tuned less from scratch, 20 of each',
    (seed) => newClasses(seed, 20, 400),
    (all) => all['fine-tuned'].accuracy - all['from scratch'].accuracy,
    { atLeast: 0.05 },
  ),
  gain(
    'transfer.ts',
    'fine-tuned with 20 of each, on pictures set aside: at 1e-3 less at 1e-1',
    (seed) => newClasses(seed, 20, 40),
    ({ 'fine-tuned': { tried } }) => tried[RATES.indexOf(1e-3)] - tried[RATES.indexOf(1e-1)],
    { atLeast: 0.1 },
  ),
  helped,
  hurt('turned', { atLeast: 0.8 }),
  hurt('flipped', { atMost: 0.6 }),
  gain(
    'cases.ts',
    'from scratch less frozen base, 100 of each digit',
    (seed) => digitClasses(seed, 100, 400),
    (all) => all['from scratch'].accuracy - all['frozen base'].accuracy,
    { atLeast: 0.2 },
  ),
  onSeries('MLP, flats', 'akin', { atMost: 0.5 }),
  onSeries('MLP, flats', 'opposite', { atLeast: 1.2 }),
  onSeries('LSTM, waves', 'akin', { atMost: 0.6 }),
  onSeries('LSTM, waves', 'opposite', { atLeast: 1.05 }),
];
