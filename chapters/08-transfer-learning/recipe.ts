/**
 * The recipe in two phases: a new head on a frozen base, whose features are computed once; then the top of the base
 * learns too, slowly.
 */
import { manualSeed, nn, ops, optim, type Tensor, train } from '../../core';
import { imageFolder } from '../../datasets/image-folder';
import { UsageError } from '../shared/options';
import { integer, number, path, script } from '../shared/script';
import { type Conventions, KERAS, type Pretrained } from './conv-norm';
import { catsAndDogs, enlarge, fromFolder, type Task } from './pets';
import { recipeFigure } from './pretrained/pictures/recipe';
import { loadNetwork } from './recognise';
import { loadSmall } from './small';

export interface Base {
  network: Pretrained;
  prepare: Conventions['prepare'];
  features: number;
  about: string;
}

export async function chooseBase(weights: string | undefined): Promise<Base> {
  if (weights === undefined) {
    const about = 'the small network of this page (--weights FILE takes a real one)';
    return { network: await loadSmall(), prepare: KERAS.prepare, features: 128, about };
  }
  const { network, conventions, features, about } = await loadNetwork(weights);
  return { network, prepare: conventions.prepare, features, about };
}

export interface Plan {
  epochs: number;
  /** Parts of the base that learn in the second phase, counted from its end. */
  top: number;
  rate: number;
  /** From one part to the one below it the rate is multiplied by this. */
  decay: number;
}

export interface Phase {
  name: string;
  learned: number;
  own: number[]; // accuracy by epoch
  fresh: number[];
}

/** Both phases; `tick` is called after each epoch. */
export async function follow(base: Base, task: Task, plan: Plan, tick?: () => unknown): Promise<Phase[]> {
  const phases: Phase[] = [];
  // #region frozen
  const { parts } = base.network;
  base.network.freeze();
  const [bottom, top] = [parts.slice(0, -plan.top), parts.slice(-plan.top)];
  const pool = [new nn.AdaptiveAvgPool2d(1), new nn.Flatten()];
  const head = new nn.Sequential(new nn.Dropout(0.2), new nn.Linear(base.features, task.names.length));

  // What is frozen says the same in every epoch: so it is asked once.
  const maps = await through(new nn.Sequential(...bottom), { ...task, prepare: base.prepare });
  const features = await through(new nn.Sequential(...top, ...pool), maps);
  const headOnly = new optim.Adam(head.parameters(), { lr: 1e-3 });
  phases.push(await learn('head', head, features, headOnly, plan, tick));
  // #endregion

  // #region unfrozen
  for (const part of top) {
    part.unfreeze();
    for (const module of part.modules()) if (module instanceof nn.BatchNorm2d) module.freeze();
  }
  const model = new nn.Sequential(...top, ...pool, ...head.layers);
  const groups = [...top].reverse().map((part, depth) => ({
    params: part.parameters().filter(({ requiresGrad }) => requiresGrad),
    lr: plan.rate * plan.decay ** depth,
  }));
  const all = new optim.Adam([{ params: head.parameters() }, ...groups], { lr: plan.rate });
  phases.push(await learn('top of the base too', model, maps, all, plan, tick));
  // #endregion
  return phases;
}

interface Signals {
  train: { x: Tensor; y: Tensor };
  test: { x: Tensor; y: Tensor };
}

/** What layers make of the pictures (or of what other layers have made of them). */
async function through(
  layers: nn.Layer,
  { train: learn, test, prepare = (x) => x }: Signals & { prepare?: Conventions['prepare'] },
): Promise<Signals> {
  const send = (x: Tensor): Promise<Tensor> => train.predict(new Prepared(layers, prepare), { x, batchSize: 16 });
  return { train: { x: await send(learn.x), y: learn.y }, test: { x: await send(test.x), y: test.y } };
}

/** Prepares a batch at a time: enlarged, all pictures together would take a gigabyte. */
class Prepared extends nn.Module {
  constructor(
    private readonly layers: nn.Layer,
    private readonly prepare: Conventions['prepare'],
  ) {
    super();
  }

  override forward(x: Tensor): Tensor {
    return this.layers.forward(this.prepare(x));
  }
}

async function learn(
  name: string,
  model: nn.Sequential,
  signals: Signals,
  optimizer: optim.Adam,
  { epochs }: Plan,
  tick?: () => unknown,
): Promise<Phase> {
  const { curves } = await train.fit(model, {
    ...signals.train,
    validation: signals.test,
    epochs,
    batchSize: 32,
    loss: ops.crossEntropy,
    optimizer,
    metrics: [train.accuracy()],
    callbacks: [{ epochEnd: () => tick?.() }],
    progress: false,
  });
  const learned = model.parameterCount({ trainableOnly: true });
  return { name, learned, own: curves.accuracy, fresh: curves.valAccuracy };
}

script({
  about: 'Two classes from few pictures: a new head on a frozen base, then the top of the base too.',
  options: {
    folder: path(undefined, { help: 'pictures of your own, a folder for each class' }),
    weights: path(undefined, { help: 'a safetensors file of a MobileNet or ResNet-18' }),
    side: integer(128, { min: 32, max: 512, help: 'with --weights, pictures are brought to this size' }),
    perClass: integer(200, { min: 8, help: 'cats and dogs to learn from, of each' }),
    testing: integer(200, { min: 8, help: 'of each to be judged by' }),
    epochs: integer(10, { min: 1, help: 'of each phase' }),
    top: integer(3, { min: 1, help: 'parts of the base that learn in the second phase' }),
    rate: number(1e-5, { min: 0, help: 'of the second phase' }),
    decay: number(0.7, { min: 0, max: 1, help: 'the rate of each part is this share of the one above' }),
  },
  settings: { quick: { perClass: 60, testing: 60 }, full: { side: 224 } },
  next: 'npx ts-node chapters/08-transfer-learning/resnet-heads.ts',
  async run({ options, say, section, table, figure, progress }) {
    const { folder, weights, seed, perClass, testing, epochs, top, rate, decay } = options;
    const base = await chooseBase(weights);
    const side = weights === undefined ? 32 : options.side;
    if (top >= base.network.parts.length)
      throw new UsageError(`--top: the base has ${base.network.parts.length} parts, and one must stay frozen`);
    const task =
      folder === undefined
        ? await catsAndDogs(seed, perClass, testing)
        : await fromFolder(await imageFolder(folder, { size: side }), seed);
    section('recipe', `Two phases of ${epochs} epochs`);
    say(`base: ${base.about}`);
    say(`pictures: ${task.source}, ${side} × ${side}\n`);
    const bar = progress(2 * epochs, 'epochs');
    manualSeed(seed);
    const sized = (x: Tensor) => (x.shape[2] === side ? x : enlarge(x, side));
    const phases = await follow(
      { ...base, prepare: (x) => base.prepare(sized(x)) },
      task,
      { epochs, top, rate, decay },
      bar.tick,
    );
    bar.done();
    table(
      ['what learns', 'numbers that learn', 'learning pictures', 'fresh pictures'],
      phases.map(({ name, learned, own, fresh }) => [
        name,
        learned,
        own[epochs - 1].toFixed(3),
        fresh[epochs - 1].toFixed(3),
      ]),
    );
    await figure('recipe', await recipeFigure(phases));
  },
});
