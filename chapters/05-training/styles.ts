/**
 * Three ways to write a model: a stack of layers, a class with a forward of its own, and a graph with two inputs and
 * two outputs. The same layers, the same summary, the same train.fit.
 */
import { concat, manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { iris } from '../../datasets';
import { integer, script } from '../shared/script';
import { branchesFigure } from './pictures/styles';

// #region stack
export const stack = (): nn.Sequential => new nn.Sequential(new nn.Linear(2, 10), new nn.ReLU(), new nn.Linear(10, 1));
// #endregion

// #region class
export class Shortcut extends nn.Module {
  readonly enter = new nn.Linear(2, 10);
  readonly inner = new nn.Linear(10, 10);
  readonly leave = new nn.Linear(10, 1);

  override forward(x: Tensor): Tensor {
    const h = this.enter.forward(x).relu(); //             [N, 10]
    const around = this.inner.forward(h).relu().add(h); // [N, 10], with what came in added to what comes out
    return this.leave.forward(around); //                  [N, 1]
  }
}
// #endregion

// #region graph
export function branches() {
  const sepal = nn.input([2]); // length and width; one example's shape
  const petal = nn.input([1]); // length only
  const seenSepal = nn.apply(new nn.Linear(2, 8), sepal);
  const seenPetal = nn.apply(new nn.Linear(1, 8), petal);
  const both = nn.apply((s, p) => concat([s, p], 1).relu(), seenSepal, seenPetal); // [N, 16]
  const species = nn.apply(new nn.Linear(16, 3), both);
  const width = nn.apply(new nn.Linear(16, 1), both);
  return nn.model([sepal, petal], [species, width]);
}
// #endregion

/** Learns the species and the petals' width from the three other lengths. */
export async function learnBoth(seed: number, epochs: number) {
  manualSeed(seed);
  const { x, y } = await iris();
  const { train: training, test } = await train.trainTestSplit([x, y], { testSize: 0.2, stratify: y });
  const scale = train.standardiser(training[0]);
  // #region two-losses
  const examplesOf = ([lengths, species]: Tensor[]) => {
    const [sepal, petal, width] = scale.apply(lengths).split([2, 1, 1], 1); // [N, 2], [N, 1], [N, 1]
    return { x: [sepal, petal], y: [species, width] };
  };
  const model = branches();
  const loss = ([species, width]: readonly Tensor[], [label, actual]: readonly Tensor[]) =>
    ops.crossEntropy(species, label).add(ops.mseLoss(width, actual));
  const metrics = [train.forOutput(0, 'species', train.accuracy()), train.forOutput(1, 'width', train.r2())];
  const optimizer = new optim.Adam(model.parameters(), { lr: 0.01 });
  await train.fit(model, { ...examplesOf(training), loss, optimizer, epochs, progress: false });
  return train.evaluate(model, { ...examplesOf(test), metrics });
  // #endregion
}

script({
  about: 'Model styles: a stack, a class, a graph with two inputs and two outputs, and their summaries.',
  options: { epochs: integer(30, { min: 1, help: 'passes over the flowers' }) },
  next: 'npx ts-node chapters/05-training/saving.ts',
  async run({ options: { seed, epochs }, say, section, figure }) {
    section('stack', 'A stack');
    say(String(nn.summary(stack(), [1, 2])));
    section('class', 'A class');
    say(String(nn.summary(new Shortcut(), [1, 2])));
    section('graph', 'A graph');
    say(String(nn.summary(branches(), [1, 2], [1, 1])));

    section('learn', `Both outputs learned at once, ${epochs} epochs`);
    const { speciesAccuracy, widthR2 } = await learnBoth(seed, epochs);
    say(`species right: ${speciesAccuracy.toFixed(3)}    spread of the widths explained: ${widthR2.toFixed(3)}`);
    await figure('branches', branchesFigure());
  },
});
