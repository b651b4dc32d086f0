import { nn, optim, tensor, train } from '../../../core';
import { exercise, expectClose, expectEqual } from '../../shared/exercise';

type Answer = typeof import('./solutions/early-stopping');

/**
 * A run whose losses on the validation heap are given: how many epochs it makes, and what its only weight is in the
 * end. During epoch 1 it is 1, during epoch 2 it is 2, and so on.
 */
async function runWith({ stopEarly }: Answer, patience: number, losses: number[]) {
  const model = new nn.Linear(1, 1, { bias: false });
  let epoch = 0;
  const history = await train.fit(model, {
    x: tensor([[0]]),
    y: tensor([[0]]),
    epochs: losses.length,
    optimizer: new optim.SGD(model.parameters(), { lr: 0 }),
    loss: (prediction) => prediction.sum(), // at rate 0 it teaches nothing
    callbacks: [
      {
        epochEnd(_, logs) {
          logs.valLoss = losses[epoch++];
          model.loadStateDict({ weight: tensor([[epoch]]) });
        },
      },
      stopEarly(patience),
    ],
    progress: false,
  });
  return { epochs: history.epochs, weight: await model.weight.item() };
}

export default exercise<Answer>({
  title: 'Early stopping',
  hints: [
    'Remember from epoch to epoch: the lowest loss, the weights that gave it, and for how long nothing was better.',
    'A lower loss: remember it, clone every tensor of the stateDict, count from 0. Else count, and stop at patience.',
    'Object.entries(run.model.stateDict()).map(([name, t]) => [name, t.clone()]) goes into Object.fromEntries.',
  ],
  checks: {
    'a loss that keeps falling runs to the end': async (answer) => {
      const { epochs } = await runWith(answer, 2, [0.9, 0.7, 0.5, 0.3, 0.2]);
      expectEqual(epochs, 5, 'the number of epochs');
    },
    'patience of 2': async (answer) => {
      const { epochs } = await runWith(answer, 2, [0.9, 0.5, 0.6, 0.7, 0.1, 0.1]);
      expectEqual(epochs, 4, 'the number of epochs with losses 0.9, 0.5, 0.6, 0.7');
    },
    'epochs in a row': async (answer) => {
      const { epochs } = await runWith(answer, 2, [0.9, 1, 0.8, 0.9, 0.7, 0.8, 0.6]);
      expectEqual(epochs, 7, 'the number of epochs when every other one is better');
    },
    'as good is not better': async (answer) => {
      const { epochs } = await runWith(answer, 3, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
      expectEqual(epochs, 4, 'the number of epochs with a loss that stands still');
    },
    'the best weights come back': async (answer) => {
      const { weight } = await runWith(answer, 3, [0.9, 0.4, 0.8, 0.7, 0.6]);
      expectClose(weight, 2, 'the weight, which was 2 in the best epoch');
    },
    'also when nothing stopped the run': async (answer) => {
      const { weight } = await runWith(answer, 10, [0.9, 0.8, 0.3, 0.7]);
      expectClose(weight, 3, 'the weight, which was 3 in the best epoch');
    },
  },
});
