/**
 * Exercise: top-k and perplexity per character.
 *
 * topK turns scores into probabilities of which only the k highest are above 0: divide by the temperature, then a
 * softmax over those k alone. Large scores must not overflow, and k may be larger than the number of scores.
 *
 * perCharacter takes the probabilities that a model gave to the tokens that came, and the text they spell. It says
 * among how many characters it hesitated, so that models with tokens of any length can be compared.
 *
 * Check it:  npm run exercises 10          Stuck?  npm run exercises 10 hint sequences-top-k
 */
import { notYet } from '../../shared/exercise';

export function topK(scores: number[], k: number, temperature: number): number[] {
  return notYet(`the probabilities of the ${k} likeliest of ${scores.length} at temperature ${temperature}`);
}

export function perCharacter(p: number[], text: string): number {
  return notYet(`the perplexity of each of ${text.length} characters, from ${p.length} tokens`);
}
