/**
 * A small GPT reads a text, is measured on the part it never saw, beside counting, and writes. Saved, it writes again
 * without having to learn again.
 */
import { noGrad, ops, tensor } from '../../core';
import { loadSafetensors, saveSafetensors } from '../../core/io';
import { Dice } from '../../datasets';
import { integer, number, path, phrase, script } from '../shared/script';
import { GPT, learn, type Plan, type Shape, write } from './gpt-model';
import { NGrams } from './ngrams';
import { type Style, sampler } from './sampling';
import { gptFigure } from './sequences/pictures/gpt';
import { idsOf, type Parts, perCharacter, readParts, type Tokeniser, tokeniserFor, tokeniserFromJSON } from './text';

const NOT_JUDGED = -100;
const AT_ONCE = 32; // windows

/**
 * The perplexity of a character. Windows overlap by half, and each judges what the one before has not: so nobody is
 * judged on what he had to guess out of nothing, the first window apart.
 */
export async function perplexity(model: GPT, tokeniser: Tokeniser, text: string): Promise<number> {
  const ids = tokeniser.encode(text);
  const length = Math.min(model.shape.context, ids.length - 1);
  const rows: { x: number[]; y: number[] }[] = [];
  for (let judged = 0; judged < ids.length - 1; ) {
    const start = Math.min(Math.max(0, judged - (length >> 1)), ids.length - 1 - length);
    const next = ids.slice(start + 1, start + 1 + length);
    rows.push({ x: ids.slice(start, start + length), y: next.map((id, i) => (start + i < judged ? NOT_JUDGED : id)) });
    judged = start + length;
  }
  let surprise = 0;
  for (let first = 0; first < rows.length; first += AT_ONCE) {
    const some = rows.slice(first, first + AT_ONCE);
    const [x, y] = (['x', 'y'] as const).map((side) =>
      tensor(
        some.map((row) => row[side]),
        { dtype: 'int32' },
      ),
    ); // [N, T]
    const sum = noGrad(() => {
      const scores = model.forward(x).flatten(0, 1); // [N·T, tokens]
      return ops.crossEntropy(scores, y.flatten(), { ignoreIndex: NOT_JUDGED, reduction: 'sum' });
    });
    surprise += await sum.item();
  }
  return perCharacter(surprise, tokeniser.decode(ids.slice(1))); // of the first there is nothing to judge by
}

/** Perplexity after some of the steps, on the beginning of the test part. */
export interface Progress {
  steps: number[];
  perplexity: number[];
}

const GLANCE = 2000; // characters

/** One life: the tokeniser and the model learn from the same part of the text. */
export async function live(
  { training, test }: Parts,
  { context, width, heads, layers }: Omit<Shape, 'tokens'>,
  plan: Plan,
  pairs: number,
  tick = async () => {},
) {
  const tokeniser = tokeniserFor(training, pairs);
  const ids = idsOf(tokeniser, training);
  if (ids.size <= context || tokeniser.encode(test).length < 2)
    throw new Error(`a text of ${training.length + test.length} characters is too short for windows of ${context}`);
  const model = new GPT({ tokens: tokeniser.length, context, width, heads, layers });
  const glances = [64, 32, 16, 8, 4, 2, 1].map((part) => Math.ceil(plan.steps / part));
  const progress: Progress = { steps: [], perplexity: [] };
  await learn(model, ids, plan, async (step) => {
    if (glances.includes(step)) {
      progress.steps.push(step);
      progress.perplexity.push(await perplexity(model, tokeniser, test.slice(0, GLANCE)));
    }
    await tick();
  });
  return { tokeniser, model: model.eval(), progress, perplexity: await perplexity(model, tokeniser, test) };
}

export type Life = Awaited<ReturnType<typeof live>>;

interface Writer {
  model: GPT;
  tokeniser: Tokeniser;
}

export const save = (file: string, { model, tokeniser }: Writer): Promise<void> =>
  saveSafetensors(file, model.stateDict(), {
    gpt: JSON.stringify({ shape: model.shape, kind: tokeniser.kind, tokeniser }),
  });

export async function load(file: string): Promise<Writer> {
  const { tensors, metadata } = await loadSafetensors(file);
  if (metadata.gpt === undefined) throw new Error(`${file} holds no GPT; this program saves one with --save`);
  const { shape, kind, tokeniser } = JSON.parse(metadata.gpt);
  const model = new GPT(shape);
  model.loadStateDict(tensors);
  model.eval();
  return { model, tokeniser: tokeniserFromJSON(kind, tokeniser) };
}

/** A text that begins so, and how many tokens a second were written. */
export async function compose({ model, tokeniser }: Writer, begin: string, most: number, style: Style, dice: Dice) {
  const ids: number[] = [];
  const start = performance.now();
  const writing = write(model, tokeniser.encode(begin), sampler(style, dice));
  while (ids.length < most) ids.push((await writing.next()).value as number);
  return { text: begin + tokeniser.decode(ids), pace: (1000 * most) / (performance.now() - start) };
}

/** Lines that are too long for a screen, broken at spaces. */
const wrap = (text: string): string => text.replace(/(?=.{101})(.{1,100}) /g, '$1\n');

script({
  about: 'A small GPT: learns from any text, is measured beside counting, writes with temperature and top-k.',
  options: {
    file: path(undefined, { help: 'a text of your own' }),
    letters: integer(200_000, { min: 1000, help: 'of the text, at most' }),
    pairs: integer(0, { min: 0, max: 65_536, help: 'tokens of byte pairs, from 257; 0 takes characters' }),
    context: integer(64, { min: 2, max: 2048, help: 'tokens it can look back' }),
    width: integer(64, { min: 4, max: 1024, help: 'of a vector' }),
    heads: integer(4, { min: 1, max: 32, help: 'of each attention' }),
    layers: integer(2, { min: 1, max: 24, help: 'blocks' }),
    steps: integer(400, { min: 1, max: 1_000_000, help: 'of training' }),
    batch: integer(16, { min: 1, max: 512, help: 'windows in a step' }),
    rate: number(0.01, { min: 0, max: 1, help: 'highest learning rate' }),
    begin: phrase('The', { help: 'what is written begins so' }),
    length: integer(300, { min: 1, max: 100_000, help: 'tokens to be written' }),
    temperature: number(0.8, { min: 0.01, max: 10, help: 'below 1 more careful, above 1 bolder' }),
    topK: integer(40, { min: 1, max: 65_536, help: 'it draws from so many of the likeliest' }),
    save: path(undefined, { help: 'where to save the trained model, a safetensors file' }),
    sample: path(undefined, { help: 'write with a saved model, without training' }),
  },
  settings: {
    quick: { letters: 60_000, width: 32, context: 32, steps: 250, rate: 0.02, length: 200 },
    full: {
      letters: 2_000_000,
      context: 128,
      width: 128,
      layers: 4,
      steps: 3000,
      batch: 32,
      rate: 0.002,
      length: 1000,
    },
  },
  next: 'npx ts-node chapters/10-attention-transformer/cache.ts',
  async run({ options, section, say, table, figure, progress }) {
    const { begin, length, steps, sample, topK } = options;
    const dice = new Dice();
    const show = async (writer: Writer, most: number, style: Style) => {
      const { text, pace } = await compose(writer, begin, most, style, dice);
      const from = style.topK === 1 ? 'always the likeliest' : `temperature ${style.temperature}, of ${style.topK}`;
      say(`[${from}; ${Math.round(pace)} tokens/s]\n${wrap(text)}\n`);
    };
    if (sample !== undefined) return show(await load(sample), length, options);

    const parts = await readParts(options.file, options.letters);
    section('data');
    say(parts.source);
    const bar = progress(steps, 'training');
    const start = performance.now();
    const life = await live(parts, options, options, options.pairs, () => bar.tick());
    bar.done();
    const seconds = (performance.now() - start) / 1000;
    const { model, tokeniser } = life;
    say(
      `${model.parameterCount()} parameters, ${tokeniser.length} tokens (${tokeniser.kind}), ${seconds.toFixed(1)} s`,
    );

    section('perplexity', 'Perplexity per character, on the last tenth of the text');
    const counting = [1, 2, 4].map((back) => {
      const surprise = new NGrams(parts.training, back, parts.alphabet).surprise(parts.test);
      return { name: back === 1 ? 'bigram' : `${back + 1}-gram`, perplexity: perCharacter(surprise, parts.test) };
    });
    table(
      ['', 'perplexity'],
      [...counting, { name: `GPT, ${steps} steps`, perplexity: life.perplexity }].map(({ name, perplexity }) => [
        name,
        perplexity.toFixed(2),
      ]),
    );
    await figure('gpt', await gptFigure(life.progress, counting));

    section('writes', 'It writes');
    await show(life, length, options);
    section('styles', 'More careful, and bolder');
    await show(life, 120, { temperature: 1, topK: 1 });
    await show(life, 120, { temperature: 1.5, topK: Math.max(topK, tokeniser.length) });
    if (options.save !== undefined) {
      await save(options.save, life);
      say(`saved: npx ts-node chapters/10-attention-transformer/gpt.ts --sample ${options.save}`);
    }
  },
});
