/**
 * What a transformer costs: parameters and multiply-adds by formula, beside what the core counts, and from which
 * length on a text is dear.
 */
import { nn } from '../../core';
import { integer, script } from '../shared/script';
import { costFigure } from './pictures/cost';

// #region parameters
const linear = (inputs: number, outputs: number): number => inputs * outputs + outputs;
const norm = (D: number): number => 2 * D;

/** W_q, W_k, W_v and W_o, each [D, D] with a bias: however many heads there are. */
const attention = (D: number): number => 4 * linear(D, D);
const feedForward = (D: number, F: number): number => linear(D, F) + linear(F, D);

export const parameters = {
  encoderBlock: (D: number, F: number): number => attention(D) + feedForward(D, F) + 2 * norm(D),
  decoderBlock: (D: number, F: number): number => 2 * attention(D) + feedForward(D, F) + 3 * norm(D),
};
// #endregion

// #region multiply-adds
/** Of one encoder block and T words. */
export const multiplyAdds = (T: number, D: number, F: number) => ({
  projections: 4 * T * D * D, // q, k, v and what mixes the heads
  looking: 2 * T * T * D, //     scores, and mixtures of values: every word with every word
  feedForward: 2 * T * D * F,
});
// #endregion

export const total = (T: number, D: number, F: number): number =>
  Object.values(multiplyAdds(T, D, F)).reduce((sum, part) => sum + part, 0);

/** At which length looking costs as much as all the rest. */
export const evenLength = (D: number, F: number): number => 2 * D + F;

const grouped = (n: number): string => n.toLocaleString('en');

/** Blocks of these sizes: by formula, and as the core counts them. */
function counted(D: number, F: number, heads: number, T: number): string[][] {
  const encoder = new nn.TransformerEncoderLayer(D, heads, { dimFeedforward: F });
  const decoder = new nn.TransformerDecoderLayer(D, heads, { dimFeedforward: F });
  const size = `D ${D}, F ${F}, ${heads} heads`;
  const row = (what: string, formula: number, core: number) => [what, size, grouped(formula), grouped(core)];
  return [
    row('encoder block, parameters', parameters.encoderBlock(D, F), encoder.parameterCount()),
    row('decoder block, parameters', parameters.decoderBlock(D, F), decoder.parameterCount()),
    row(`encoder block, multiply-adds, ${T} words`, total(T, D, F), nn.summary(encoder, [1, T, D]).multiplyAdds),
  ];
}

/** The two models of the paper: six encoder and six decoder blocks, one table of 37,000 pieces of words. */
export const PAPER = { base: { D: 512, F: 2048 }, big: { D: 1024, F: 4096 } };

export const ofPaper = ({ D, F }: { D: number; F: number }): number =>
  6 * parameters.encoderBlock(D, F) + 6 * parameters.decoderBlock(D, F) + 37_000 * D;

script({
  about: 'Parameters and multiply-adds of a transformer, by formula and as the core counts them.',
  options: {
    width: integer(64, {
      min: 2,
      max: 1024,
      help: 'D, numbers a word; the feed-forward network is four times as wide',
    }),
    heads: integer(4, { min: 1, help: 'heads; they must divide the width' }),
    words: integer(50, { min: 1, max: 4096, help: 'words in a sentence' }),
  },
  next: 'npx ts-node chapters/10-attention-transformer/ablations.ts --predict',
  async run({ options, section, table, figure }) {
    const { width: D, heads, words: T } = options;
    const F = 4 * D;
    section('counted', 'By formula and as the core counts');
    table(['', 'size', 'formula', 'core'], [...counted(D, F, heads, T), ...counted(D, F, 1, T).slice(0, 1)]);

    section('paper', 'The models of 2017, by formula');
    table(
      ['', 'encoder block', 'decoder block', 'six of each, and 37,000 words', 'the paper says'],
      Object.entries(PAPER).map(([name, { D, F }]) => {
        const sizes = [parameters.encoderBlock(D, F), parameters.decoderBlock(D, F), ofPaper({ D, F })];
        return [name, ...sizes.map(grouped), name === 'base' ? '65 million' : '213 million'];
      }),
    );

    section('length', 'One encoder block of the base model: millions of multiply-adds');
    const { base } = PAPER;
    const lengths = [10, 100, 1000, evenLength(base.D, base.F), 10_000, 100_000];
    table(
      ['words', 'projections', 'looking', 'feed-forward', 'share of looking'],
      lengths.map((T) => {
        const { projections, looking, feedForward } = multiplyAdds(T, base.D, base.F);
        const millions = [projections, looking, feedForward].map((n) => grouped(Math.round(n / 1e6)));
        const share = (100 * looking) / total(T, base.D, base.F);
        return [grouped(T), ...millions, `${share.toFixed(1)} %`];
      }),
    );
    await figure('cost', await costFigure(base, multiplyAdds, evenLength(base.D, base.F)));
  },
});
