/** A run that Ctrl-C is to end: run by interrupt.test.ts in a terminal of its own. */
import { manualSeed, mseLoss, nn, optim, randn, train } from '../../core';

async function main(): Promise<void> {
  manualSeed(0);
  const model = new nn.Linear(4, 1);
  const history = await train.fit(model, {
    ...{ x: randn([64, 4]), y: randn([64, 1]), loss: mseLoss, epochs: 1_000_000 },
    optimizer: new optim.SGD(model.parameters(), { lr: 0.01 }),
    callbacks: [
      { epochEnd: ({ epoch }) => (epoch === 3 ? console.log('RUNNING') : undefined) },
      train.saveOnInterrupt(() =>
        process.argv[2] === 'slow' ? new Promise((resolve) => setTimeout(resolve, 60_000)) : undefined,
      ),
    ],
  });
  console.log(`ENDED ${history.stopped} ${history.epochs > 3}`);
}

void main();
