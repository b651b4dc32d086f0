/**
 * Film reviews from a grammar, for whoever has no real ones. Some writers speak plainly, others by negation and
 * contrast; in between they report what others said. The tone of single words tells little, so counting them stays
 * behind; what the writer says about the film is always of one tone, so whoever reads in order can know it.
 */
import { type Generator, type Tensor, tensor } from '../core';
import { Dice } from './dice';
import { checkCount, inTurns } from './labelled';
import { contrasts, direct, filler, hearsay, neutral, tones, turned } from './reviews-grammar';

const SHORTEST = 20; // words
const LONGEST = 150;

type Tone = keyof typeof tones;
type Lexicon = Record<string, readonly string[]>;

/** The words for every slot, `{good}` and `{-good}`, of a sentence of each tone. */
const lexicons: Record<Tone, Lexicon> = {
  praise: lexicon(tones.praise, tones.blame),
  blame: lexicon(tones.blame, tones.praise),
};

function lexicon(own: Lexicon, other: Lexicon): Lexicon {
  const contrary = Object.entries(other).map(([slot, words]) => [`-${slot}`, words]);
  return { ...neutral, ...own, ...Object.fromEntries(contrary) };
}

/** `count` reviews and whether their writers liked the film, y int32 [N]: 0 and 1 in turns. */
export function reviews(
  count: number,
  { generator }: { generator?: Generator } = {},
): { texts: string[]; y: Tensor; source: string } {
  checkCount('reviews', count);
  const dice = new Dice(generator);
  const y = inTurns(count, 2);
  const texts = Array.from(y, (liked) => write(liked ? 'praise' : 'blame', dice));
  return { texts, y: tensor(y), source: `${count} generated film reviews` };
}

interface Writer {
  tone: Tone;
  /** How often this one says it straight out. */
  plainness: number;
  /** Which sentences there were, their slots unfilled. */
  used: Set<string>;
  dice: Dice;
}

/** Sentences until it is long enough: at least two opinions, and between them what says nothing about this writer. */
function write(tone: Tone, dice: Dice): string {
  const writer: Writer = { tone, plainness: 0.5 + 0.5 * dice.roll(), used: new Set(), dice };
  const length = SHORTEST + (LONGEST - SHORTEST) * dice.roll() ** 2;
  const sentences: string[] = [];
  let [words, opinions] = [0, 0];
  while (words < length || opinions < 2) {
    const isOpinion = dice.happens(0.5) || (opinions < 2 && words > LONGEST / 2);
    const sentence = isOpinion ? opinion(writer) : aside(writer);
    words += sentence.split(' ').length;
    if (words > LONGEST) break;
    sentences.push(sentence);
    opinions += Number(isOpinion);
  }
  return sentences.join(' ');
}

function opinion(writer: Writer): string {
  const { tone, plainness, dice } = writer;
  if (dice.happens(0.25)) return say(contrasts, tone, writer);
  return say(dice.happens(plainness) ? direct : turned, tone, writer);
}

/** Others may say what they like. */
const aside = (writer: Writer): string =>
  say(writer.dice.happens(0.5) ? hearsay : filler, writer.dice.pick(['praise', 'blame']), writer);

/** One of the sentences, if possible one that is new here, with its slots filled. */
function say(sentences: readonly string[], tone: Tone, { used, dice }: Writer): string {
  const unused = sentences.filter((sentence) => !used.has(sentence));
  const sentence = dice.pick(unused.length > 0 ? unused : sentences);
  used.add(sentence);
  const filled = sentence
    .replace(/\{([-\w]+)\}/g, (_, slot: string) => dice.pick(lexicons[tone][slot]))
    .replace(/\ba (?=[aeiou])/g, 'an ');
  return filled[0].toUpperCase() + filled.slice(1);
}
