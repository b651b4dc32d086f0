/**
 * Saving and resuming: a run that was stopped goes on as if nothing had happened, if everything it knew was saved.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualSeed, optim } from '../../core';
import { loadSafetensors, loadTrainingState, saveSafetensors, saveTrainingState } from '../../core/io';
import { integer, script } from '../shared/script';
import { fit, largestDifference, network, threeHeaps } from './moons';

/** Data, a network and its optimiser: the same for the same seed. */
async function start(seed: number) {
  manualSeed(seed);
  const { training } = await threeHeaps();
  const model = network();
  return { training, model, optimizer: new optim.Adam(model.parameters(), { lr: 0.01 }) };
}

type Started = Awaited<ReturnType<typeof start>>;

const learn = ({ training, model, optimizer }: Started, initialEpoch: number, epochs: number) =>
  fit(model, training, { optimizer, initialEpoch, epochs });

/** A run without a stop, one that was saved whole and resumed, and one of which only the weights were saved. */
export async function threeRuns(seed: number, half: number, folder: string) {
  const without = await start(seed);
  await learn(without, 0, 2 * half);

  const state = join(folder, 'run.safetensors');
  const weights = join(folder, 'weights.safetensors');
  // #region save
  const stopped = await start(seed);
  await learn(stopped, 0, half);
  await saveTrainingState(state, { model: stopped.model, optimizer: stopped.optimizer }, { epoch: half });
  await saveSafetensors(weights, stopped.model.stateDict()); // for comparison: weights and nothing else
  // #endregion

  // #region resume
  const resumed = await start(seed); // another day: everything is built anew
  const { epoch } = await loadTrainingState(state, { model: resumed.model, optimizer: resumed.optimizer });
  await learn(resumed, epoch as number, 2 * half);
  // #endregion

  const withWeights = await start(seed);
  withWeights.model.loadStateDict((await loadSafetensors(weights)).tensors);
  await learn(withWeights, half, 2 * half);

  return {
    all: await largestDifference(without.model, resumed.model),
    weightsOnly: await largestDifference(without.model, withWeights.model),
    bytes: [state, weights].map((file) => statSync(file).size),
    tensors: Object.entries((await loadSafetensors(state)).tensors),
  };
}

script({
  about: 'Saving a run whole, and resuming it to the last bit.',
  options: { epochs: integer(10, { min: 1, help: 'before the stop, and as many after it' }) },
  next: 'npm run exercises 05',
  async run({ options: { seed, epochs }, section, table }) {
    const folder = mkdtempSync(join(tmpdir(), 'saving-'));
    try {
      const { all, weightsOnly, bytes, tensors } = await threeRuns(seed, epochs, folder);
      section('resume', `${epochs} epochs, a stop, ${epochs} more: how far from ${2 * epochs} without a stop`);
      table(
        ['saved', 'bytes', 'largest difference of a weight'],
        [
          ['weights, optimiser, random state, epoch', bytes[0], all],
          ['weights', bytes[1], weightsOnly.toFixed(3)],
        ],
      );
      section('file', 'What the file holds');
      const rows = tensors.map(([name, { shape }]) => [name, shape.join(' × ') || 'a number']);
      table(['tensor', 'shape'], rows);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
});
