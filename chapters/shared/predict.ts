/**
 * Predict, then run: the reader commits to an answer before the experiment, which makes the result stick. Without
 * --predict nothing is asked, the experiment runs all the same, and the verdict is told.
 */
import { createInterface } from 'node:readline';
import { UsageError } from './options';

export interface Prediction<Choice extends string> {
  question: string;
  choices: readonly Choice[];
}

/** Asks until the answer is one of the choices, by number or by name. Without a terminal standard input answers. */
export async function ask<Choice extends string>({ question, choices }: Prediction<Choice>): Promise<Choice> {
  const prompt = `Your prediction (1-${choices.length}): `;
  const list = choices.map((choice, index) => `  ${index + 1}. ${choice}`).join('\n');
  process.stdout.write(`${question}\n${list}\n${prompt}`);
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = line.trim().toLowerCase();
    const choice = choices.find((name, index) => answer === String(index + 1) || answer === name.toLowerCase());
    if (choice !== undefined) {
      process.stdout.write('\n');
      return choice;
    }
    process.stdout.write(`"${line.trim()}" is none of these. ${prompt}`);
  }
  process.stdout.write('\n');
  throw new UsageError(
    '--predict needs an answer: run it in a terminal, or pipe one in, as in "echo 1 | npx ts-node …"',
  );
}

/** What the experiment showed, and whether the reader saw it coming. */
export function verdict(answer: string | null, truth: string, why: string): string {
  if (answer === null) return `The experiment says: ${truth}. ${why}\n(With --predict you are asked first.)`;
  if (answer === truth) return `You predicted: ${answer}. You were right. ${why}`;
  return `You predicted: ${answer}. The experiment says: ${truth}. ${why}`;
}
