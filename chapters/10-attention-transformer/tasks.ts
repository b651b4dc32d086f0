/**
 * Three tasks from one sequence of characters to another: digits to be reversed or sorted, and dates that people write
 * in many ways to be written in one.
 */
import { type Tensor, train } from '../../core';
import { characters, Dice, Vocabulary } from '../../datasets';

export interface Pair {
  source: string;
  target: string;
}

export const TASKS = ['reverse', 'sort', 'dates'] as const;
export type Task = (typeof TASKS)[number];

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');

/** Ways to write a date. Between dots the day stands first, between slashes the month: so one has to look. */
const STYLES: ((date: Date, day: number, month: string) => string)[] = [
  (date, day, month) => `${day} ${month} ${date.getUTCFullYear()}`, //                                   3 March 1987
  (date, day, month) => `${month} ${day}, ${date.getUTCFullYear()}`, //                                  March 3, 1987
  (date, day, month) => `${WEEKDAYS[date.getUTCDay()]}, ${day} ${month} ${date.getUTCFullYear()}`, // Tue, 3 March 1987
  (date, day, month) => `${day}-${month.slice(0, 3)}-${date.getUTCFullYear()}`, //                       3-Mar-1987
  (date, day) => `${day}.${date.getUTCMonth() + 1}.${date.getUTCFullYear()}`, //                         3.3.1987
  (date, day) => `${date.getUTCMonth() + 1}/${day}/${date.getUTCFullYear()}`, //                         3/3/1987
];

const FIRST_DAY = Date.UTC(1900, 0, 1);
const MILLISECONDS = 24 * 60 * 60 * 1000;
const DAYS = (Date.UTC(2100, 0, 1) - FIRST_DAY) / MILLISECONDS;

/** One day in every way in which it may be written, and the way of ISO 8601. */
export function datePairs(day: number): Pair[] {
  const date = new Date(FIRST_DAY + day * MILLISECONDS);
  const target = date.toISOString().slice(0, 10);
  return STYLES.map((style) => ({ source: style(date, date.getUTCDate(), MONTHS[date.getUTCMonth()]), target }));
}

export interface Lengths {
  shortest: number;
  longest: number;
}

/** A pair by chance. */
function draw(task: Task, { shortest, longest }: Lengths, dice: Dice): Pair {
  if (task === 'dates') return dice.pick(datePairs(dice.between(0, DAYS - 1)));
  const digits = Array.from({ length: dice.between(shortest, longest) }, () => dice.between(0, 9));
  const target = task === 'sort' ? [...digits].sort() : [...digits].reverse();
  return { source: digits.join(''), target: target.join('') };
}

export interface Count {
  train: number;
  test: number;
}

/** No test pair was trained on; of a date that is tested, not the day in any style. */
export function drawPairs(task: Task, count: Count, lengths: Lengths): { train: Pair[]; test: Pair[] } {
  const dice = new Dice();
  const identity = ({ source, target }: Pair): string => (task === 'dates' ? target : source);
  const learned = Array.from({ length: count.train }, () => draw(task, lengths, dice));
  const known = new Set(learned.map(identity));
  const test: Pair[] = [];
  for (let tries = 0; test.length < count.test; tries++) {
    if (tries > 100 * count.test)
      throw new Error(`nearly all ${task} pairs of ${lengths.shortest} digits are learned; take longer ones`);
    const pair = draw(task, lengths, dice);
    if (!known.has(identity(pair))) test.push(pair);
  }
  return { train: learned, test };
}

export const [PADDING, START, END] = [0, 2, 3]; // their numbers in every vocabulary
const MARKERS = ['<start>', '<end>'];

export interface Vocabularies {
  source: Vocabulary;
  target: Vocabulary;
}

/** Pairs as numbers: sources and their mask [N, S], what the decoder is given and what it is to answer [N, T]. */
export interface Sheet {
  pairs: Pair[];
  source: Tensor;
  mask: Tensor;
  given: Tensor;
  answer: Tensor;
}

export interface Book {
  vocabularies: Vocabularies;
  training: Sheet;
  test: Sheet;
}

export function readBook(task: Task, count: Count, lengths: Lengths): Book {
  const pairs = drawPairs(task, count, lengths);
  const vocabularyOf = (side: keyof Pair) =>
    Vocabulary.of(
      pairs.train.map((pair) => characters(pair[side])),
      { markers: MARKERS },
    );
  const vocabularies = { source: vocabularyOf('source'), target: vocabularyOf('target') };
  return { vocabularies, training: sheetOf(pairs.train, vocabularies), test: sheetOf(pairs.test, vocabularies) };
}

export function sheetOf(pairs: Pair[], vocabularies: Vocabularies): Sheet {
  const sources = pairs.map(({ source }) => vocabularies.source.encode(characters(source)));
  const targets = pairs.map(({ target }) => vocabularies.target.encode(characters(target)));
  const { tokens: source, mask } = train.padSequences(sources);
  const given = train.padSequences(targets.map((target) => [START, ...target])).tokens; //  <start> 1 9 8 7
  const answer = train.padSequences(targets.map((target) => [...target, END])).tokens; //   1 9 8 7 <end>
  return { pairs, source, mask, given, answer };
}

/** What was said, up to its end. */
export const untilEnd = (ids: readonly number[]): number[] => {
  const end = ids.indexOf(END);
  return ids.slice(0, end < 0 ? ids.length : end);
};
